// SPDX-License-Identifier: MIT
// Warnings of what is allowed and mostly a mistake: tasks that may outlive what they point to, errors that vanish,
// cancellations that a loop swallows. Each is silent where the program shows that it is meant.
#include "check.h"

// ---------------------------------------------------------------------------------------- escaping locals

// async f(&x): the task may outlive x, unless somebody waits for it while x lives.
void note_escaping(Checker *c, Node *start)
{
    Node *call = node_strip(start->operand);
    if (call->kind != NODE_CALL || !c->state)
        return;
    for (Node *argument = call->list; argument; argument = argument->next) {
        Symbol *symbol = local_of_address(argument);
        if (symbol && symbol->storage != STORAGE_STATIC)
            vec_push(c->arena, c->state->escapes, (Escape){.start = start, .argument = argument, .local = symbol});
    }
}

typedef struct Escapes {
    Escape *escapes; // a Vec
    Arena *arena;
} Escapes;

static Symbol *root_of(Node *node)
{
    node = node_strip(node);
    while (node->kind == NODE_SUBSCRIPT || node->kind == NODE_MEMBER)
        node = node_strip(node->left);
    return node->kind == NODE_IDENTIFIER ? node->symbol : NULL;
}

static bool contains_node(const Node *outer, const Node *inner)
{
    return outer && inner->first >= outer->first && inner->last <= outer->last;
}

// Where each task goes: into a variable, or straight to who waits for it.
static bool find_keeper(Node *node, void *context)
{
    Escapes *found = context;
    for (size_t i = 0; i < vec_count(found->escapes); i++) {
        Escape *escape = &found->escapes[i];
        if (node->kind == NODE_DECLARATOR && contains_node(node->initialiser, escape->start))
            escape->keeper = node->symbol;
        else if (node->kind == NODE_ASSIGN && contains_node(node->right, escape->start))
            escape->keeper = root_of(node->left);
        else if (node->kind == NODE_YIELD_FROM && contains_node(node->operand, escape->start))
            escape->is_awaited = true;
    }
    return true;
}

static bool lives_at(const Symbol *local, const Node *node)
{
    return !local->scope || !local->scope->node || contains_node(local->scope->node, node);
}

// yield from h, yield from acoc_gather(g, h), yield from acoc_wait_for(tasks[i], 1) wait for what the variable keeps.
static bool find_waiter(Node *node, void *context)
{
    Escapes *found = context;
    if (node->kind != NODE_IDENTIFIER || !node->symbol || node->is_unevaluated)
        return true;
    for (size_t i = 0; i < vec_count(found->escapes); i++) {
        Escape *escape = &found->escapes[i];
        if (escape->keeper == node->symbol && escape->in_waiter && node->first > escape->start->last &&
            lives_at(escape->local, node))
            escape->is_awaited = true;
    }
    return true;
}

static bool find_waits(Node *node, void *context)
{
    Escapes *found = context;
    if (node->kind != NODE_YIELD_FROM)
        return true;
    for (size_t i = 0; i < vec_count(found->escapes); i++)
        found->escapes[i].in_waiter = true;
    node_walk(found->arena, node->operand, find_waiter, NULL, found);
    for (size_t i = 0; i < vec_count(found->escapes); i++)
        found->escapes[i].in_waiter = false;
    return true;
}

static void rule_escaping_locals(Checker *c, Node *body)
{
    Escapes found = {c->state->escapes, c->arena};
    if (!found.escapes)
        return;
    node_walk(c->arena, body, find_keeper, NULL, &found);
    node_walk(c->arena, body, find_waits, NULL, &found);
    for (size_t i = 0; i < vec_count(found.escapes); i++) {
        const Escape *escape = &found.escapes[i];
        if (escape->is_awaited)
            continue;
        check_warn(W_ESCAPING_LOCAL, escape->argument, "the task gets the address of '%s', which it may outlive",
                   escape->local->name->text);
        note_symbol(escape->local,
                    "'%s' lives until the end of its block: wait for the task before that, or allocate it",
                    escape->local->name->text);
    }
}

// ------------------------------------------------------------------------------------- errors that vanish

static bool names_kind(const Node *except, const char *kind)
{
    for (const Node *name = except->list; name; name = name->next)
        if (string_is(name->name, kind))
            return true;
    return false;
}

static bool is_empty(const Node *body)
{
    for (const Node *item = body->list; item; item = item->next)
        if (item->kind != NODE_EXPRESSION || item->operand)
            return false;
    return true;
}

// A kind of its own may be expected and mean nothing; all kinds at once are never expected.
static void rule_dropped_error(const Node *except)
{
    bool is_general = !except->list || names_kind(except, "acoc_Error") || names_kind(except, "acoc_BaseError");
    if (!is_general || !is_empty(except->body))
        return;
    warn_at(W_DROPPED_ERROR, except->first->place, except->first->length,
            "errors of every kind are caught here and dropped");
    note_at(except->first->place, except->first->length,
            "name the kinds that are expected, as in 'except (acoc_TimeoutError)', or report the error");
}

static bool look_for_a_way_out(Node *node, void *context)
{
    bool *found = context;
    *found |= node->kind == NODE_RAISE || node->kind == NODE_RETURN || node->kind == NODE_BREAK ||
              node->kind == NODE_GOTO;
    return !*found;
}

// An endless loop that catches its cancellation and goes on can never be ended.
static void rule_swallowed_cancellation(Checker *c, const Node *try, const Node *except)
{
    bool catches = !except->list || names_kind(except, "acoc_CancelledError") || names_kind(except, "acoc_BaseError");
    bool leaves = !falls_through(except->body);
    if (!catches || !try->body->suspends || leaves)
        return;
    node_walk(c->arena, except->body, look_for_a_way_out, NULL, &leaves);
    if (leaves)
        return;
    warn_at(W_SWALLOWED_CANCELLATION, except->first->place, except->first->length,
            "a cancellation is caught here, and the endless loop goes on");
    if (except->list)
        note_at(except->first->place, except->first->length, "end the block with 'raise;', 'break' or 'return'");
    else
        note_at(except->first->place, except->first->length,
                "write 'except (acoc_Error)', which lets cancellations pass, or end the block with 'raise;'");
}

static bool is_caught_before(const Node *try, const Node *except, const char *kind)
{
    for (const Node *part = try->list; part != except; part = part->next)
        if (part->kind == NODE_EXCEPT && (names_kind(part, kind) || names_kind(part, "acoc_BaseError")))
            return true;
    return false;
}

// Needs the try checked.
void rule_handlers(Checker *c, const Node *try)
{
    bool in_loop = false;
    for (const Context *context = c->context; context; context = context->outer)
        in_loop |= context->kind == CONTEXT_LOOP && is_endless(context->node);
    for (const Node *except = try->list; except; except = except->next) {
        if (except->kind != NODE_EXCEPT || except->first->in_system_header)
            continue;
        rule_dropped_error(except);
        if (in_loop && in_coroutine(c) && !is_caught_before(try, except, "acoc_CancelledError"))
            rule_swallowed_cancellation(c, try, except);
    }
}

// At a coroutine's end, when all of its nodes have types and symbols.
void rule_advice(Checker *c, Node *body)
{
    if (in_coroutine(c))
        rule_blocking_body(c, body);
    rule_escaping_locals(c, body);
}

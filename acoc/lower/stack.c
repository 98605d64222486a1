// SPDX-License-Identifier: MIT
// What lives on the C stack of one run of a coroutine and is gone when it suspends: the memory of alloca, and the
// address of a nested function (GNU) that uses locals of its outer one, which is code on the stack. It may be used
// between suspensions. Here its ways are followed through the function's own locals, whatever the order: a local that
// may lead to such memory must not be kept across a suspension, nor be an argument of what suspends or runs later.
#include "lower.h"

#include "../base/bits.h"

typedef struct StackCheck {
    LoweredFunction *function;
    Bits *leading;           // locals that may lead to such memory
    bool changed;
    Node *source;            // the first alloca, or use of such a function's address
} StackCheck;

static bool is_alloca(const Node *node)
{
    if (node->kind != NODE_CALL)
        return false;
    const Node *callee = node_strip(node->callee);
    return callee->kind == NODE_IDENTIFIER
        && (string_is(callee->name, "alloca") || string_is(callee->name, "__builtin_alloca")
            || string_is(callee->name, "__builtin_alloca_with_align"));
}

static bool is_source(const Node *node)
{
    return is_alloca(node) || (node->kind == NODE_IDENTIFIER && node->symbol && node->symbol->has_static_chain);
}

static bool may_hold_address(const Node *node)
{
    const Type *type = node->type;
    return !type || type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY || type->kind == TYPE_FUNCTION
        || type->kind == TYPE_HANDLE || type_is_record(type);
}

// May the value lead to such memory?
static bool leads(StackCheck *check, Node *node)
{
    if (node->is_unevaluated || (node_is_expression(node) && !may_hold_address(node)))
        return false;
    if (is_source(node)) {
        check->source = check->source ? check->source : node;
        return true;
    }
    const Local *local = node->kind == NODE_IDENTIFIER ? symbol_local(node->symbol) : NULL;
    if (local)
        return bits_has(check->leading, local->index);
    const Node *callee = node->kind == NODE_CALL ? node->callee : NULL;
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (part != callee && leads(check, part))
            return true;
    return false;
}

// The local that a place is part of, or that leads to it.
static Local *root_of(Node *place)
{
    for (;;) {
        place = node_strip(place);
        if (place->kind == NODE_IDENTIFIER)
            return symbol_local(place->symbol);
        if (place->kind != NODE_MEMBER && place->kind != NODE_ARROW && place->kind != NODE_SUBSCRIPT && place->kind != NODE_UNARY)
            return NULL;
        place = place->left;
    }
}

static void store(StackCheck *check, Local *local, Node *value)
{
    if (!local || !value || bits_has(check->leading, local->index) || !leads(check, value))
        return;
    bits_add(check->leading, local->index);
    check->changed = true;
}

static void follow(StackCheck *check, Node *node)
{
    if (node->is_unevaluated || node->kind == NODE_FUNCTION)
        return;
    if (node->kind == NODE_ASSIGN)
        store(check, root_of(node->left), node->right);
    if (node->kind == NODE_DECLARATOR)
        store(check, symbol_local(node->symbol), node->initialiser);
    if (node->lowered && node->lowered->temporary && node_is_expression(node))
        store(check, node->lowered->temporary, node);
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        follow(check, part);
}

// --------------------------------------------------------------------------------------------- verdicts

static void refuse(const StackCheck *check, const Token *needed, const char *why)
{
    const Node *source = check->source;
    if (is_alloca(source))
        error_at(source->first->place, source->first->length,
                 "the memory of 'alloca' is needed across a suspension, when it is gone");
    else
        error_at(source->first->place, source->first->length, "the address of the nested function '%s', which uses locals "
                 "of its outer one, is needed across a suspension, when it is gone", source->name->text);
    note_at(needed->place, needed->length, "%s", why);
    if (is_alloca(source))
        note_at(source->first->place, source->first->length,
                "use an array, of variable length too, or malloc() with 'defer free(…)'");
}

static bool is_argument(StackCheck *check, const Suspension *suspension)
{
    for (Node *argument = suspension->arguments; argument; argument = argument->next)
        if (leads(check, argument))
            return true;
    return suspension->handle && leads(check, suspension->handle);
}

static bool refuse_kept(StackCheck *check, const Suspension *suspension)
{
    for (size_t i = 0; i < vec_count(suspension->live); i++)
        if (bits_has(check->leading, suspension->live[i]->index)) {
            refuse(check, suspension->token, "a value that leads to it is kept across this suspension");
            return true;
        }
    for (size_t i = 0; i < vec_count(check->function->locals); i++) {
        const Local *local = check->function->locals[i];
        if (local->kept == LOCAL_RESIDENT && bits_has(check->leading, local->index)
            && local_is_declared_at(local, suspension->token)) {
            refuse(check, local->symbol ? local->symbol->token : suspension->token,
                   "this leads to it, and a suspension follows in its scope");
            return true;
        }
    }
    return false;
}

// async f(alloca(n)): runs later.
static Node *find_task(StackCheck *check, Node *node)
{
    if (node->kind == NODE_ASYNC && leads(check, node->operand))
        return node;
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;) {
        Node *found = find_task(check, part);
        if (found)
            return found;
    }
    return NULL;
}

static bool has_source(Node *node)
{
    if (is_source(node))
        return true;
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (has_source(part))
            return true;
    return false;
}

bool uses_stack_memory(const Function *function)
{
    return function->is_coroutine && has_source(function->node->function_body);
}

void check_stack_memory(Unit *unit, LoweredFunction *function)
{
    Node *body = function->function->node->function_body;
    if (!uses_stack_memory(function->function))
        return;
    StackCheck check = {.function = function, .leading = bits_new(unit->arena, vec_count(function->locals))};
    do {
        check.changed = false;
        follow(&check, body);
    } while (check.changed);
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        const Suspension *suspension = function->suspensions[i];
        if (is_argument(&check, suspension)) {
            refuse(&check, suspension->token, "it is given to what is awaited here");
            return;
        }
        if (refuse_kept(&check, suspension))
            return;
    }
    const Node *task = find_task(&check, body);
    if (task)
        refuse(&check, task->first, "it is given to a task, which runs later");
}

// SPDX-License-Identifier: MIT
// Who owns a handle. Every expression of type async R is either owned (a call, async E, an awaited handle: it comes with
// a count) or borrowed (a variable). Its context either takes a count (an initialiser, an assignment, return) or borrows
// one (an argument, yield from, a comparison). Two of the four pairs need something:
//
//     borrowed where a count is taken      needs_count: acoc_retain(h)
//     owned where it is only borrowed      owner: a hidden handle of the enclosing block keeps it and releases it
#include "lower.h"

static void walk(Lowering *l, Node *node, bool is_taken);

static bool is_handle(const Node *node)
{
    return node->type && node->type->kind == TYPE_HANDLE;
}

// Whether the value of this handle expression comes with a count of its own.
static bool is_owned(const Node *node)
{
    switch (node->kind) {
    case NODE_CALL:
        return !node->callee->symbol || !string_is(node->callee->symbol->name, "acoc_result");
    case NODE_ASYNC:
    case NODE_YIELD_FROM:
    case NODE_STATEMENT_EXPRESSION: // its last value is taken
        return true;
    case NODE_CAST: // (async int)acoc_future_new(…): a call's handle is its caller's
        return is_owned(node_strip(node->operand));
    default:
        return false;
    }
}

static Local *owner_new(Lowering *l, Node *node)
{
    if (vec_count(l->block->spare)) {
        vec_push(l->unit->arena, l->owners, vec_pop(l->block->spare));
        vec_last(l->owners)->serves_again = true;
        return vec_last(l->owners);
    }
    Local *owner = hidden_new(l, node->type, "acoc_owned_%zu", vec_count(l->function->locals));
    owner->is_handle = true;
    owner->region = l->block;
    owner->scope = l->block->node->kind == NODE_FUNCTION ? NULL : l->block->node;
    vec_push(l->unit->arena, l->block->handles, owner);
    vec_push(l->unit->arena, l->owners, owner);
    return owner;
}

static void remove_local(Local **locals, const Local *local)
{
    size_t count = vec_count(locals), at = count;
    while (at > 0 && locals[at - 1] != local) // it is one of the last
        at--;
    if (at == 0)
        return;
    for (; at < count; at++)
        locals[at - 1] = locals[at];
    (void)vec_pop(locals);
}

void owner_give_back(Lowering *l, Local *owner)
{
    remove_local(l->owners, owner);
    if (owner->serves_again)
        vec_push(l->unit->arena, l->block->spare, owner);
    else
        remove_local(l->block->handles, owner);
}

// A declared array or variable of handles is counted; what a pointer or a record leads to is its user's.
static bool is_counted_place(const Node *place)
{
    place = node_strip((Node *)place);
    if (place->kind == NODE_IDENTIFIER)
        return place->symbol && place->symbol->kind == SYMBOL_VARIABLE;
    if (place->kind == NODE_SUBSCRIPT)
        return place->left->type && place->left->type->kind == TYPE_ARRAY && is_counted_place(place->left);
    return false;
}

// What is initialised takes counts, but for pointers and arrays of them, which borrow: (acoc_future *[]){ a, b }.
static bool takes_counts(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type->kind != TYPE_POINTER;
}

// The handle has a count of the enclosing block's, whatever becomes of the place that it was read from.
static Local *keep_handle(Lowering *l, Node *node)
{
    Lowered *lowered = lowered_of(l->unit, node);
    if (!lowered->owner) {
        lowered->owner = owner_new(l, node);
        lowered->needs_count = true;
    }
    return lowered->owner;
}

// The elements of an array without a name, (async int[]){ a, b }: it lasts as long as its block, and nobody else could
// release them.
static void keep_elements(Lowering *l, Node *initialiser)
{
    for (Node *item = initialiser->list; item; item = item->next) {
        Node *value = node_strip(item->kind == NODE_DESIGNATED ? item->right : item);
        if (value->kind == NODE_INITIALISER)
            keep_elements(l, value);
        else if (is_handle(value))
            keep_handle(l, value)->lasts_block = true;
    }
}

static bool holds_handles(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type->kind == TYPE_HANDLE;
}

static void walk_literal(Lowering *l, Node *node, bool is_taken)
{
    bool is_kept = holds_handles(node->type) && (!is_taken || is_handle(node));
    for (int i = 0; i < 4; i++)
        if (node->child[i])
            walk(l, node->child[i], takes_counts(node->type) && !is_kept);
    for (int i = 0; i < 4 && is_kept; i++)
        if (node->child[i] && node->child[i]->kind == NODE_INITIALISER)
            keep_elements(l, node->child[i]);
}

static void walk_all(Lowering *l, Node *node, bool is_taken)
{
    if (node->kind == NODE_COMPOUND_LITERAL && node->type) {
        walk_literal(l, node, is_taken);
        return;
    }
    for (int i = 0; i < 4; i++)
        if (node->child[i])
            walk(l, node->child[i], false);
    for (Node *item = node->list; item; item = item->next)
        walk(l, item, false);
}

// ------------------------------------------------------------------------------------------ initialisers

// The expressions of an initialiser in their order, through braces, designators and records within records.
static void flatten(Lowering *l, Node *node, Node ***items)
{
    Node *literal = node_strip(node);
    if (node->kind == NODE_INITIALISER) {
        for (Node *item = node->list; item; item = item->next)
            flatten(l, item, items);
    } else if (node->kind == NODE_DESIGNATED) {
        flatten(l, node->right, items);
    } else if (literal->kind == NODE_COMPOUND_LITERAL && type_is_record(literal->type)) {
        flatten(l, literal->initialiser_list, items);
    } else {
        vec_push(l->unit->arena, *items, node);
    }
}

// struct pair p = { async f(), async g(may(x)) }: nobody has the struct when g raises. So what stands left of the last
// that may raise stays with hidden handles, and the struct gets counts of its own when that one has not raised.
static void walk_initialiser(Lowering *l, Node *node, bool is_taken)
{
    Node **items = NULL;
    flatten(l, node, &items);
    size_t last = vec_count(items);
    while (last > 0 && !items[last - 1]->may_raise)
        last--;
    for (size_t i = 0; i < vec_count(items); i++) {
        walk(l, items[i], is_taken);
        if (!is_taken || !is_handle(items[i]) || items[i]->is_lent || i + 1 >= last)
            continue;
        Local *owner = lowered_of(l->unit, items[i])->owner = owner_new(l, items[i]);
        vec_push(l->unit->arena, lowered_of(l->unit, items[last - 1])->counts, owner);
    }
}

// The elements of a declared array are stored one by one, so none is lost.
static bool is_stored_one_by_one(const Local *local, const Node *initialiser)
{
    bool is_row = local->is_handle && local->type->kind == TYPE_ARRAY && local->type->base->kind == TYPE_HANDLE;
    if (!is_row || initialiser->kind != NODE_INITIALISER)
        return false;
    int64_t index = 0;
    for (const Node *item = initialiser->list; item; item = item->next, index++)
        if ((index = node_item_index(item, index)) < 0)
            return false;
    return true;
}

void count_initialiser(Lowering *l, Local *local, Node *initialiser)
{
    if (!is_stored_one_by_one(local, initialiser)) {
        walk(l, initialiser, takes_counts(local->type));
        return;
    }
    lowered_of(l->unit, initialiser)->is_stored_one_by_one = true;
    for (Node *item = initialiser->list; item; item = item->next)
        walk(l, item, true);
}

static void walk_awaited(Lowering *l, Node *node)
{
    Node *operand = node_strip(node->operand);
    if (is_direct_call(operand)) {
        walk_all(l, operand, false);
        return;
    }
    if (node->symbol) { // X_await
        walk(l, node->operand, false);
        return;
    }
    walk(l, node->operand, false);
    // A variable of the function itself stays as it is while it waits; anything else could be overwritten meanwhile.
    bool is_own_variable = operand->kind == NODE_IDENTIFIER && symbol_local(operand->symbol)
        && !operand->symbol->address_taken;
    if (!is_own_variable)
        keep_handle(l, operand);
}

// Parts whose value is the value of the whole pass the question on.
static bool walk_transparent(Lowering *l, Node *node, bool is_taken)
{
    switch (node->kind) {
    case NODE_CAST:
        if (!is_handle(node->operand))
            return false;
        walk(l, node->operand, is_taken);
        return true;
    case NODE_PAREN:
    case NODE_EXTENSION:
        walk(l, node->operand, is_taken);
        return true;
    case NODE_CONDITIONAL:
        walk(l, node->condition, is_taken && !node->then);
        if (node->then)
            walk(l, node->then, is_taken);
        walk(l, node->otherwise, is_taken);
        return true;
    case NODE_COMMA:
        walk(l, node->left, false);
        walk(l, node->right, is_taken);
        return true;
    default:
        return false;
    }
}

static void walk(Lowering *l, Node *node, bool is_taken)
{
    is_taken = is_taken && !node->is_lent;
    if (node->is_unevaluated || (is_handle(node) && walk_transparent(l, node, is_taken)))
        return;
    if (node->kind == NODE_YIELD_FROM) {
        walk_awaited(l, node);
    } else if (node->kind == NODE_ASSIGN && is_handle(node)) {
        walk(l, node->left, false);
        Lowered *lowered = lowered_of(l->unit, node);
        lowered->sets_handle = is_counted_place(node->left);
        lowered->copies_handle = lowered->sets_handle && node->left->may_raise; // C may run either side first
        walk(l, node->right, !lowered->copies_handle);
    } else if (node->kind == NODE_ASYNC) {
        walk(l, node->operand, true);
    } else if (node->kind == NODE_DESIGNATED) {
        walk(l, node->right, is_taken);
    } else if (node->kind == NODE_INITIALISER) {
        walk_initialiser(l, node, is_taken);
    } else if (node->kind != NODE_STATEMENT_EXPRESSION) {
        walk_all(l, node, is_taken);
    }
    if (!is_handle(node) || !node_is_expression(node))
        return;
    if (is_taken && !is_owned(node))
        lowered_of(l->unit, node)->needs_count = true;
    else if (!is_taken && is_owned(node))
        lowered_of(l->unit, node)->owner = owner_new(l, node);
}

// After walk(): does the value come with a count that its context takes over?
static bool brings_count(const Node *node)
{
    if (node->lowered && (node->lowered->owner || node->lowered->counts_temporary))
        return false;
    switch (node->kind) {
    case NODE_PAREN:
    case NODE_EXTENSION:
        return brings_count(node->operand);
    case NODE_COMMA:
        return brings_count(node->right);
    case NODE_CAST:
        if (is_handle(node->operand))
            return brings_count(node->operand);
        break;
    case NODE_CONDITIONAL:
        return brings_count(node->otherwise) || brings_count(node->then ? node->then : node->condition);
    default:
        break;
    }
    return is_owned(node) || (node->lowered && node->lowered->needs_count);
}

// An operand that waits in a temporary while another suspends: should that one raise, its region releases it, so the
// temporary only borrows, and who takes it gets a count of its own. NULL when nothing has to be kept.
Local *keeper_of_operand(Lowering *l, Node *node)
{
    if (!is_handle(node) || !brings_count(node))
        return NULL;
    lowered_of(l->unit, node)->counts_temporary = true;
    return owner_new(l, node);
}

// The same for an awaited handle, which is in its temporary from the beginning.
Local *keeper_of_awaited(Lowering *l, Node *node)
{
    Lowered *lowered = lowered_of(l->unit, node);
    Local *keeper = lowered->owner ? lowered->owner : owner_new(l, node);
    lowered->counts_temporary = !lowered->owner;
    lowered->owner = NULL;
    return keeper;
}

void count_handles(Lowering *l, Node *expression, bool is_taken)
{
    if (expression)
        walk(l, expression, is_taken);
}

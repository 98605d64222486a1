// SPDX-License-Identifier: MIT
// A full expression that suspends becomes steps that run before it and a rest that is evaluated in place: every awaited
// call is a step of its own, its value a temporary. C's sequencing is kept; where C leaves the order open, operands run
// left to right, so what stands left of a suspension is saved in a temporary first:
//
//     f(a(), yield from b(), c)      1 = a();  await 2 = b();      f(1, 2, c)
//     p->x[i] += yield from b()      1 = p; 2 = i; 3 = 1->x[2];  await 4 = b();      1->x[2] = 3 + (4)
//     a && yield from b()            if (a) { await 2 = b(); 1 = 2 is true } else 1 = 0;      1
//
// Needs the region of the statement. Leaves Lowered.steps on the full expression and temporary, saved_left, instead on
// the nodes in it. The files beside this one: order.h.
#include "order.h"

// -------------------------------------------------------------------------------------------- operands

// What is left of it has no value of its own to put aside: its parts were cut one by one.
static bool is_braced(const Node *node)
{
    return node->kind == NODE_INITIALISER || node->kind == NODE_DESIGNATED;
}

// An array in a value, f().array, is put aside with the value around it: a pointer to it would outlive it.
static bool is_part_of_value(const Node *node)
{
    node = node_strip((Node *)node);
    return node->kind == NODE_MEMBER && node->type->kind == TYPE_ARRAY && !node->is_lvalue;
}

static bool acts_later(const Later *later)
{
    for (size_t i = 0; i < later->count; i++)
        if (has_effects(later->nodes[i]))
            return true;
    return false;
}

// c ? h : yield from g() has become a temporary: its hidden handle takes that over.
static void keep_cut_handle(Lowering *l, Node *operand)
{
    Lowered *lowered = operand->lowered;
    if (!lowered || !lowered->owner || !lowered->temporary)
        return;
    keep(l, lowered->owner, lowered->temporary);
    lowered->owner = NULL;
}

// waits: an operand behind it suspends.
static void cut_operand(Lowering *l, Node *operand, const Later *later, bool waits)
{
    if (is_part_of_value(operand)) {
        cut_place(l, operand, later);
        return;
    }
    cut(l, operand);
    if (is_braced(operand))
        return;
    keep_cut_handle(l, operand);
    if (waits ? !is_stable(operand, later) : acts_later(later) && has_effects(operand))
        save(l, operand);
    else if (waits && operand->lowered && operand->lowered->temporary)
        keep(l, keeper_of_operand(l, operand), operand->lowered->temporary);
}

void cut_operands(Lowering *l, Node *const *operands, size_t count)
{
    size_t last = count; // that suspends; what stands behind it is evaluated in place
    while (last > 0 && !operands[last - 1]->suspends)
        last--;
    for (size_t i = 0; i < last; i++) {
        Later later = { operands + i + 1, count - i - 1, NULL };
        cut_operand(l, operands[i], &later, i + 1 < last);
    }
}

static size_t list_count(const Node *list)
{
    size_t count = 0;
    for (; list; list = list->next)
        count++;
    return count;
}

static Node **operands_of(Lowering *l, Node *first, Node *list, size_t *count)
{
    *count = list_count(list) + (first != NULL);
    Node **operands = arena_alloc(l->unit->arena, (*count + 1) * sizeof *operands);
    size_t n = 0;
    if (first)
        operands[n++] = first;
    for (; list; list = list->next)
        operands[n++] = list;
    return operands;
}

// ---------------------------------------------------------------------------------------- initialisers

// The expressions of a braced initialiser in their order, through nested braces and designators.
static void flatten(Lowering *l, Node *node, Node ***items)
{
    if (node->kind == NODE_INITIALISER) {
        for (Node *item = node->list; item; item = item->next)
            flatten(l, item, items);
    } else if (node->kind == NODE_DESIGNATED) {
        flatten(l, node->right, items);
    } else {
        vec_push(l->unit->arena, *items, node);
    }
}

static void cut_initialiser(Lowering *l, Node *node)
{
    Node **items = NULL;
    flatten(l, node, &items);
    cut_operands(l, items, vec_count(items));
}

void cut_waiting_initialiser(Lowering *l, Node *node, const Later *later)
{
    Node **items = NULL;
    flatten(l, node, &items);
    for (size_t i = 0; i < vec_count(items); i++) {
        Later behind = { items + i + 1, vec_count(items) - i - 1, later };
        cut_operand(l, items[i], &behind, suspends_later(&behind));
    }
}

// ------------------------------------------------------------------------------------------- awaiting

bool is_direct_call(const Node *operand)
{
    return operand->kind == NODE_CALL && node_strip(operand->callee)->kind == NODE_IDENTIFIER
        && operand->callee->type && operand->callee->type->kind == TYPE_FUNCTION && operand->callee->type->is_coroutine
        && node_strip(operand->callee)->symbol && node_strip(operand->callee)->symbol->kind == SYMBOL_FUNCTION;
}

static Suspension *suspend_for_call(Lowering *l, Node *node, Symbol *callee, Node *arguments)
{
    size_t count;
    Node **operands = operands_of(l, NULL, arguments, &count);
    cut_operands(l, operands, count);
    Suspension *suspension = suspension_new(l, SUSPEND_CALL, node, node->token, node->type);
    suspension->callee = callee;
    suspension->arguments = arguments;
    return suspension;
}

static Suspension *suspend_for_handle(Lowering *l, Node *node, Node *handle)
{
    cut(l, handle);
    Suspension *suspension = suspension_new(l, SUSPEND_HANDLE, node, node->token, node->type);
    suspension->handle = handle;
    suspension->owned = handle->lowered ? handle->lowered->owner : NULL;
    return suspension;
}

static void spare_operands(Lowering *l, const Suspension *suspension)
{
    for (Node *argument = suspension->arguments; argument; argument = argument->next)
        spare(l, argument);
    if (suspension->handle)
        spare(l, suspension->handle);
}

static void cut_yield_from(Lowering *l, Node *node)
{
    Node *operand = node_strip(node->operand);
    Suspension *suspension;
    if (node->symbol) // X_await
        suspension = suspend_for_call(l, node, node->symbol, node->operand);
    else if (is_direct_call(operand))
        suspension = suspend_for_call(l, node, node_strip(operand->callee)->symbol, operand->list);
    else
        suspension = suspend_for_handle(l, node, operand);
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->suspension = suspension;
    if (node->type->kind == TYPE_VOID) {
        lowered->nothing_left = true;
    } else {
        lowered->temporary = suspension->result = temporary_new(l, node->type);
        suspension->result->is_awaited = true;
    }
    step_new(l, STEP_AWAIT, node, NULL)->suspension = suspension;
    spare_operands(l, suspension);
    if (node->type->kind == TYPE_HANDLE)
        keep(l, keeper_of_awaited(l, node), suspension->result);
}

// ---------------------------------------------------------------------------------- statement expressions

// C has no jump into ({ … }), and a resume is one: the block becomes a step, its last value a temporary.
static void cut_statement_expression(Lowering *l, Node *node)
{
    Lowered *lowered = lowered_of(l->unit, node);
    step_new(l, STEP_BLOCK, node, lowered->value);
    lowered->nothing_left = !lowered->value;
    if (!lowered->value)
        return;
    vec_push(l->unit->arena, l->full->temporaries, lowered->value);
    lowered->temporary = lowered->value;
    if (node->type->kind == TYPE_HANDLE)
        keep(l, keeper_of_awaited(l, node), lowered->value);
}

// -------------------------------------------------------------------------------------------- all of them

// The arm of _Generic or __builtin_choose_expr that is evaluated, and operands of other builtins.
static void cut_evaluated_operands(Lowering *l, Node *node)
{
    Node **operands = NULL;
    for (Node *part = node->list; part; part = part->next)
        if (!part->is_unevaluated && part->kind != NODE_TYPE_NAME)
            vec_push(l->unit->arena, operands, part->kind == NODE_ASSOCIATION ? part->operand : part);
    cut_operands(l, operands, vec_count(operands));
}

// The extents of a type name's arrays, int[n()], run before the operand.
static void cut_typed(Lowering *l, Node *node)
{
    Node **operands = NULL;
    Node *declarator = node->type_name ? node->type_name->declarator : NULL;
    for (Node *derivation = declarator ? declarator->list : NULL; derivation; derivation = derivation->next)
        if (derivation->kind == NODE_ARRAY && derivation->operand)
            vec_push(l->unit->arena, operands, derivation->operand);
    if (node->operand)
        vec_push(l->unit->arena, operands, node->operand);
    cut_operands(l, operands, vec_count(operands));
}

static void cut_call(Lowering *l, Node *node)
{
    size_t count;
    Node **operands = operands_of(l, node->callee, node->list, &count);
    cut_operands(l, operands, count);
}

static void cut_binary(Lowering *l, Node *node)
{
    if (node->op == T_AND_AND || node->op == T_OR_OR)
        cut_logical(l, node);
    else
        cut_operands(l, (Node *[]) { node->left, node->right }, 2);
}

void cut(Lowering *l, Node *node)
{
    if (!node->suspends)
        return;
    switch (node->kind) {
    case NODE_YIELD_FROM: cut_yield_from(l, node); break;
    case NODE_STATEMENT_EXPRESSION: cut_statement_expression(l, node); break;
    case NODE_BINARY: cut_binary(l, node); break;
    case NODE_ASSIGN: cut_assignment(l, node); break;
    case NODE_CONDITIONAL: cut_conditional(l, node); break;
    case NODE_COMMA: cut_comma(l, node); break;
    case NODE_CALL: cut_call(l, node); break;
    case NODE_SUBSCRIPT: cut_subscript(l, node, NULL); break;
    case NODE_INCREMENT:
    case NODE_POSTFIX: cut_place(l, node->operand, NULL); break;
    case NODE_UNARY: node->op == T_AND ? cut_place(l, node->operand, NULL) : cut(l, node->operand); break;
    case NODE_COMPOUND_LITERAL: cut_initialiser(l, node->initialiser_list); break;
    case NODE_INITIALISER:
    case NODE_DESIGNATED: cut_initialiser(l, node); break;
    case NODE_GENERIC:
    case NODE_BUILTIN: cut_evaluated_operands(l, node); break;
    case NODE_ASM: cut_asm(l, node); break;
    case NODE_CAST:
    case NODE_SIZEOF: cut_typed(l, node); break;
    default:
        if (node->operand)
            cut(l, node->operand);
    }
}

// -------------------------------------------------------------------------------------- full expressions

void order_expression(Lowering *l, Node *expression)
{
    mark_raising_calls(l, expression);
    if (!expression->suspends)
        return;
    l->steps = NULL;
    l->full = lowered_of(l->unit, expression);
    vec_clear(l->spare);
    cut(l, expression);
    l->full->steps = l->steps;
    l->full = NULL;
    l->steps = NULL;
}

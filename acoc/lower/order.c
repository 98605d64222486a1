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
// the nodes in it; also gives calls that may raise their region and point.
#include "lower.h"

static void cut(Lowering *l, Node *node);
static void cut_place(Lowering *l, Node *node, bool is_kept);

// ------------------------------------------------------------------------------------------------ steps

static Step *step_new(Lowering *l, StepKind kind, Node *node, Local *target)
{
    Step *step = NEW(l->unit->arena, Step);
    step->kind = kind;
    step->node = node;
    step->target = target;
    vec_push(l->unit->arena, l->steps, step);
    return step;
}

static bool is_truth(const Node *node)
{
    node = node_strip((Node *)node);
    if (node->kind == NODE_UNARY)
        return node->op == T_NOT;
    switch (node->kind == NODE_BINARY ? node->op : T_END) {
    case T_EQUAL: case T_NOT_EQUAL: case T_LESS: case T_GREATER: case T_LESS_EQUAL: case T_GREATER_EQUAL:
    case T_AND_AND: case T_OR_OR:
        return node->type->kind == TYPE_INT; // not the lanes of a vector
    default:
        return false;
    }
}

static Type *value_type(Lowering *l, const Node *node)
{
    Type *type = node->type;
    if (type->kind == TYPE_ARRAY)
        return type_pointer_to(l->unit->arena, type->base);
    if (type->kind == TYPE_FUNCTION)
        return type_pointer_to(l->unit->arena, type);
    if (is_truth(node))
        return type_basic(TYPE_BOOL); // as compilers know it: never negative
    return type_unqualified(l->unit->arena, type);
}

static void keep(Lowering *l, Local *keeper, Local *temporary)
{
    if (keeper)
        step_new(l, STEP_KEEP, NULL, keeper)->temporary = temporary;
}

static void save(Lowering *l, Node *node)
{
    Local *temporary = temporary_new(l, value_type(l, node));
    step_new(l, STEP_EVALUATE, node, temporary)->saves_node = true;
    lowered_of(l->unit, node)->temporary = temporary;
    keep(l, keeper_of_operand(l, node), temporary);
}

// --------------------------------------------------------------------------------- what need not be saved

static bool assigns(const Node *node, const Symbol *symbol)
{
    if ((node->kind == NODE_ASSIGN || node->kind == NODE_INCREMENT || node->kind == NODE_POSTFIX)) {
        const Node *place = node_strip(node->left);
        if (place->kind == NODE_IDENTIFIER && place->symbol == symbol)
            return true;
    }
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (assigns(part, symbol))
            return true;
    return false;
}

// Nothing that runs in `later` can change it: a constant, a function, or a variable of ours that later leaves alone.
static bool is_stable(const Node *node, Node *const *later, size_t count)
{
    node = node_strip((Node *)node);
    if (node->is_constant || node->kind == NODE_NUMBER || node->kind == NODE_STRING || !node->type
        || node->type->kind == TYPE_VOID)
        return true;
    if (node->lowered && node->lowered->temporary)
        return true;
    if (node->kind != NODE_IDENTIFIER || !node->symbol)
        return false;
    if (node->symbol->kind != SYMBOL_VARIABLE || node->type->kind == TYPE_FUNCTION)
        return true;
    if (node->type->kind == TYPE_ARRAY)
        return true;
    if (!symbol_local(node->symbol) || node->symbol->address_taken || node->type->qualifiers & QUAL_VOLATILE)
        return false;
    for (size_t i = 0; i < count; i++)
        if (assigns(later[i], node->symbol))
            return false;
    return true;
}

static bool has_effects(const Node *node)
{
    if (node->lowered && node->lowered->temporary)
        return false;
    if (node->kind == NODE_CALL || node->kind == NODE_ASSIGN || node->kind == NODE_INCREMENT
        || node->kind == NODE_POSTFIX || node->kind == NODE_ASYNC || node->kind == NODE_STATEMENT_EXPRESSION
        || (node->type && node->type->qualifiers & QUAL_VOLATILE))
        return true;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (has_effects(part))
            return true;
    return false;
}

// Operands whose order C leaves open, left to right.
static void cut_operands(Lowering *l, Node **operands, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Node *operand = operands[i];
        bool suspends_later = false, acts_later = false;
        for (size_t j = i + 1; j < count; j++) {
            suspends_later |= operands[j]->suspends;
            acts_later |= has_effects(operands[j]);
        }
        bool did_suspend = operand->suspends;
        if (did_suspend)
            cut(l, operand);
        if (operand->kind == NODE_INITIALISER || operand->kind == NODE_DESIGNATED)
            continue; // not a value; its parts were cut one by one
        if (suspends_later ? !is_stable(operand, operands + i + 1, count - i - 1)
                           : did_suspend && acts_later && has_effects(operand))
            save(l, operand);
        else if (suspends_later && operand->lowered && operand->lowered->temporary)
            keep(l, keeper_of_operand(l, operand), operand->lowered->temporary);
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

// ------------------------------------------------------------------------------------ places (lvalues)

static void cut_pointer(Lowering *l, Node *pointer, bool is_kept)
{
    if (pointer->suspends)
        cut(l, pointer);
    if (is_kept && !is_stable(pointer, NULL, 0))
        save(l, pointer);
}

static void cut_subscript(Lowering *l, Node *node, bool is_kept)
{
    Node *parts[2] = { node->left, node->right };
    for (int i = 0; i < 2; i++) {
        Node *part = parts[i];
        bool is_array = part->type->kind == TYPE_ARRAY;
        bool later = is_kept || (i == 0 && node->right->suspends);
        if (is_array)
            cut_place(l, part, later);
        else
            cut_pointer(l, part, later && !is_stable(part, parts + i + 1, 1 - (size_t)i));
        if (!is_array && is_kept && part->lowered && !part->lowered->temporary && !part->is_constant)
            save(l, part);
    }
}

// A place is its root plus saved indices and pointers, never an address of a local. is_kept: something suspends before
// it is used, so what it consists of must not change any more.
static void cut_place(Lowering *l, Node *node, bool is_kept)
{
    switch (node->kind) {
    case NODE_PAREN:
    case NODE_EXTENSION:
        cut_place(l, node->operand, is_kept);
        break;
    case NODE_MEMBER:
        if (node->operand->is_lvalue)
            cut_place(l, node->operand, is_kept);
        else
            cut_pointer(l, node->operand, is_kept);
        break;
    case NODE_ARROW:
        cut_pointer(l, node->operand, is_kept);
        break;
    case NODE_UNARY:
        cut_pointer(l, node->operand, is_kept && node->op == T_STAR);
        break;
    case NODE_SUBSCRIPT:
        cut_subscript(l, node, is_kept);
        break;
    default:
        if (node->suspends)
            cut(l, node);
    }
}

static void cut_assignment(Lowering *l, Node *node)
{
    bool later = node->right->suspends;
    cut_place(l, node->left, later);
    if (later && node->op != T_ASSIGN && !(node->left->type->qualifiers & QUAL_ATOMIC)
        && !is_stable(node->left, &node->right, 1)) {
        Local *saved = temporary_new(l, value_type(l, node->left));
        step_new(l, STEP_EVALUATE, node->left, saved);
        lowered_of(l->unit, node)->saved_left = saved;
    }
    if (later)
        node->right->kind == NODE_INITIALISER ? cut_initialiser(l, node->right) : cut(l, node->right);
}

// --------------------------------------------------------------------------------- branches in expressions

// Cuts node inside a branch of a step; what it leaves goes to target (NULL: evaluated for its effects).
static Step **cut_branch(Lowering *l, Node *node, Local *target, StepKind kind)
{
    Step **outer = l->steps;
    l->steps = NULL;
    if (node->suspends)
        cut(l, node);
    if (target)
        step_new(l, kind, node, target);
    else if (!(node->lowered && (node->lowered->nothing_left || node->lowered->temporary)))
        step_new(l, STEP_DO, node, NULL);
    Step **steps = l->steps;
    l->steps = outer;
    return steps;
}

static Step **constant_branch(Lowering *l, Local *target, int value)
{
    Step **outer = l->steps;
    l->steps = NULL;
    step_new(l, STEP_CONSTANT, NULL, target)->value = value;
    Step **steps = l->steps;
    l->steps = outer;
    return steps;
}

// a ?: b where a is true: its value, which was cut before the branch.
static Step **condition_branch(Lowering *l, Node *node, Local *target)
{
    Step **outer = l->steps;
    l->steps = NULL;
    step_new(l, STEP_EVALUATE, node->condition, target);
    Step **steps = l->steps;
    l->steps = outer;
    return steps;
}

static void cut_logical(Lowering *l, Node *node)
{
    if (node->left->suspends)
        cut(l, node->left);
    if (!node->right->suspends)
        return;
    Local *result = temporary_new(l, type_basic(TYPE_BOOL));
    Step *step = step_new(l, STEP_IF, node->left, NULL);
    bool is_and = node->op == T_AND_AND;
    Step **evaluated = cut_branch(l, node->right, result, STEP_TRUTH);
    Step **short_cut = constant_branch(l, result, !is_and);
    step->then = is_and ? evaluated : short_cut;
    step->otherwise = is_and ? short_cut : evaluated;
    lowered_of(l->unit, node)->temporary = result;
}

static void cut_conditional(Lowering *l, Node *node)
{
    if (node->condition->suspends)
        cut(l, node->condition);
    if (!(node->then && node->then->suspends) && !node->otherwise->suspends)
        return;
    bool is_void = node->type->kind == TYPE_VOID;
    Local *result = is_void ? NULL : temporary_new(l, value_type(l, node));
    if (!node->then && !is_stable(node->condition, &node->otherwise, 1))
        save(l, node->condition);
    Step *step = step_new(l, STEP_IF, node->condition, NULL);
    step->then = node->then ? cut_branch(l, node->then, result, STEP_EVALUATE) : condition_branch(l, node, result);
    step->otherwise = cut_branch(l, node->otherwise, result, STEP_EVALUATE);
    lowered_of(l->unit, node)->temporary = result;
    lowered_of(l->unit, node)->nothing_left = is_void;
}

static void cut_comma(Lowering *l, Node *node)
{
    if (!node->left->suspends && !node->right->suspends)
        return;
    if (node->left->suspends)
        cut(l, node->left);
    Lowered *left = node->left->lowered;
    if (!(left && (left->nothing_left || left->temporary)))
        step_new(l, STEP_DO, node->left, NULL);
    if (node->right->suspends)
        cut(l, node->right);
    Lowered *right = node->right->lowered;
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->instead = node->right;
    lowered->nothing_left = right && right->nothing_left;
    lowered->temporary = right ? right->temporary : NULL;
}

// ------------------------------------------------------------------------------------------- awaiting

bool is_direct_call(const Node *operand)
{
    return operand->kind == NODE_CALL && node_strip(operand->callee)->kind == NODE_IDENTIFIER
        && operand->callee->type && operand->callee->type->kind == TYPE_FUNCTION && operand->callee->type->is_coroutine
        && node_strip(operand->callee)->symbol && node_strip(operand->callee)->symbol->kind == SYMBOL_FUNCTION;
}

static void cut_yield_from(Lowering *l, Node *node)
{
    Node *operand = node_strip(node->operand);
    Type *type = node->type;
    Suspension *suspension;
    if (is_direct_call(operand)) {
        size_t count;
        Node **arguments = operands_of(l, NULL, operand->list, &count);
        cut_operands(l, arguments, count);
        suspension = suspension_new(l, SUSPEND_CALL, node, node->token, type);
        suspension->callee = node_strip(operand->callee)->symbol;
        suspension->arguments = operand->list;
    } else {
        if (operand->suspends)
            cut(l, operand);
        suspension = suspension_new(l, SUSPEND_HANDLE, node, node->token, type);
        suspension->handle = operand;
        suspension->owned = operand->lowered ? operand->lowered->owner : NULL;
    }
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->suspension = suspension;
    if (type->kind == TYPE_VOID) {
        lowered->nothing_left = true;
    } else {
        lowered->temporary = suspension->result = temporary_new(l, type);
        suspension->result->is_awaited = true;
    }
    step_new(l, STEP_AWAIT, node, NULL)->suspension = suspension;
    if (type->kind == TYPE_HANDLE)
        keep(l, keeper_of_awaited(l, node), suspension->result);
}

// Needs node->suspends. Afterwards what is left of node suspends no more.
static void cut(Lowering *l, Node *node)
{
    size_t count;
    Node **operands;
    switch (node->kind) {
    case NODE_YIELD_FROM:
        cut_yield_from(l, node);
        break;
    case NODE_BINARY:
        if (node->op == T_AND_AND || node->op == T_OR_OR)
            cut_logical(l, node);
        else
            cut_operands(l, (Node *[]) { node->left, node->right }, 2);
        break;
    case NODE_ASSIGN:
        cut_assignment(l, node);
        break;
    case NODE_CONDITIONAL:
        cut_conditional(l, node);
        break;
    case NODE_COMMA:
        cut_comma(l, node);
        break;
    case NODE_CALL:
        operands = operands_of(l, node->callee, node->list, &count);
        cut_operands(l, operands, count);
        break;
    case NODE_SUBSCRIPT:
        cut_subscript(l, node, false);
        break;
    case NODE_INCREMENT:
    case NODE_POSTFIX:
        cut_place(l, node->operand, false);
        break;
    case NODE_UNARY:
        if (node->op == T_AND)
            cut_place(l, node->operand, false);
        else
            cut(l, node->operand);
        break;
    case NODE_COMPOUND_LITERAL:
        cut_initialiser(l, node->initialiser_list);
        break;
    case NODE_INITIALISER:
    case NODE_DESIGNATED:
        cut_initialiser(l, node);
        break;
    case NODE_GENERIC:
    case NODE_BUILTIN:
        operands = operands_of(l, NULL, node->list, &count);
        for (size_t i = 0; i < count; i++)
            if (operands[i]->kind == NODE_ASSOCIATION)
                operands[i] = operands[i]->operand;
        cut_operands(l, operands, count);
        break;
    default:
        if (node->operand && node->operand->suspends)
            cut(l, node->operand);
    }
}

// --------------------------------------------------------------------------------- calls that may raise

static bool is_acoc_result(const Node *node)
{
    const Node *callee = node->kind == NODE_CALL ? node_strip(node->callee) : NULL;
    return callee && callee->kind == NODE_IDENTIFIER && string_is(callee->name, "acoc_result");
}

static bool is_raises_call(const Node *node)
{
    if (node->kind == NODE_ASYNC || is_acoc_result(node))
        return true;
    if (node->kind != NODE_CALL || !node->callee->type)
        return false;
    const Type *type = node->callee->type;
    if (type->kind == TYPE_POINTER)
        type = type->base;
    return type->kind == TYPE_FUNCTION && type->is_raises;
}

static void mark_raises(Lowering *l, Node *node)
{
    if (node->is_unevaluated)
        return;
    if (is_raises_call(node) && region_may_raise(l)) {
        Lowered *lowered = lowered_of(l->unit, node);
        lowered->is_raising_call = true;
        lowered->region = l->region;
        lowered->point = (unsigned)vec_count(l->function->points);
        vec_push(l->unit->arena, l->function->points, node->first);
    }
    if (node->kind == NODE_STATEMENT_EXPRESSION)
        return;
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        mark_raises(l, part);
}

// -------------------------------------------------------------------------------------- full expressions

static void begin_full(Lowering *l, Node *node)
{
    if (node->may_raise || node->kind == NODE_ASYNC || !node->suspends)
        mark_raises(l, node);
    l->steps = NULL;
    l->full = node->suspends ? lowered_of(l->unit, node) : NULL;
}

static void end_full(Lowering *l)
{
    l->full->steps = l->steps;
    l->full = NULL;
    l->steps = NULL;
}

void order_expression(Lowering *l, Node *expression)
{
    begin_full(l, expression);
    if (!expression->suspends)
        return;
    cut(l, expression);
    end_full(l);
}

void order_initialiser(Lowering *l, Node *initialiser)
{
    begin_full(l, initialiser);
    if (!initialiser->suspends)
        return;
    if (initialiser->kind == NODE_INITIALISER)
        cut_initialiser(l, initialiser);
    else
        cut(l, initialiser);
    end_full(l);
}

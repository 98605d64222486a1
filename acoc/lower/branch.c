// SPDX-License-Identifier: MIT
// && || ?: and the comma in an expression that suspends: the operand that C leaves out is left out, its steps stand in an
// arm of a step.
#include "order.h"

// Cuts node inside a branch of a step; what it leaves goes to target (NULL: evaluated for its effects).
static Step **cut_branch(Lowering *l, Node *node, Local *target, StepKind kind)
{
    Step **outer = l->steps;
    l->steps = NULL;
    cut(l, node);
    if (target)
        step_new(l, kind, node, target);
    else if (!is_done(node))
        step_new(l, STEP_DO, node, NULL);
    spare(l, node);
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

void cut_logical(Lowering *l, Node *node)
{
    cut(l, node->left);
    if (!node->right->suspends)
        return;
    Local *result = temporary_new(l, type_basic(TYPE_BOOL));
    Step *step = step_new(l, STEP_IF, node->left, NULL);
    spare(l, node->left);
    bool is_and = node->op == T_AND_AND;
    Step **evaluated = cut_branch(l, node->right, result, STEP_TRUTH);
    Step **short_cut = constant_branch(l, result, !is_and);
    step->then = is_and ? evaluated : short_cut;
    step->otherwise = is_and ? short_cut : evaluated;
    lowered_of(l->unit, node)->temporary = result;
}

void cut_conditional(Lowering *l, Node *node)
{
    cut(l, node->condition);
    if (!(node->then && node->then->suspends) && !node->otherwise->suspends)
        return;
    bool is_void = node->type->kind == TYPE_VOID;
    Local *result = is_void ? NULL : temporary_new(l, temporary_type(l, node));
    Later later = { &node->otherwise, 1, NULL };
    if (!node->then && !is_stable(node->condition, &later))
        save(l, node->condition);
    Step *step = step_new(l, STEP_IF, node->condition, NULL);
    if (node->then)
        spare(l, node->condition);
    step->then = node->then ? cut_branch(l, node->then, result, STEP_EVALUATE) : condition_branch(l, node, result);
    step->otherwise = cut_branch(l, node->otherwise, result, STEP_EVALUATE);
    lowered_of(l->unit, node)->temporary = result;
    lowered_of(l->unit, node)->nothing_left = is_void;
}

void cut_comma(Lowering *l, Node *node)
{
    cut(l, node->left);
    if (!is_done(node->left))
        step_new(l, STEP_DO, node->left, NULL);
    spare(l, node->left);
    cut(l, node->right);
    Lowered *right = node->right->lowered;
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->instead = node->right;
    lowered->nothing_left = right && right->nothing_left;
    lowered->temporary = right ? right->temporary : NULL;
}

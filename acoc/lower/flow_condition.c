// SPDX-License-Identifier: MIT
// Flow of conditions. One is followed into its arms instead of being computed as a value first: "c && (x = f())" has set x
// where it is true. The same holds when order.c has turned it into steps that end in a truth value: the branch on that
// value is taken where the value is decided.
#include "flow.h"

static void branch(FlowBuilder *builder, Block *yes, Block *no)
{
    flow_go(builder, yes);
    flow_go(builder, no);
}

// Does the step end by setting `truth` on each path?
static bool decides(const Step *step, const Local *truth)
{
    if (step->kind == STEP_CONSTANT || step->kind == STEP_TRUTH)
        return step->target == truth;
    return step->kind == STEP_IF && vec_count(step->then) && vec_count(step->otherwise) &&
           decides(vec_last(step->then), truth) && decides(vec_last(step->otherwise), truth);
}

// The temporary that a condition is nothing but, through parentheses and "!"; *negated tells how.
static Local *bare_truth(Node *node, bool *negated)
{
    *negated = false;
    while (node && !node_temporary(node)) {
        if (node->kind == NODE_UNARY && node->op == T_NOT)
            *negated = !*negated;
        else if (node->kind != NODE_PAREN)
            return NULL;
        node = node->operand;
    }
    return node_temporary(node);
}

// The truth that a step branches on when it is nothing but one that the step before it decides.
static Local *truth_from_before(Step **steps, size_t index, bool *negated)
{
    const Node *node = steps[index]->kind == STEP_IF ? steps[index]->node : NULL;
    if (!node || index == 0 || (node->lowered && vec_count(node->lowered->steps)))
        return NULL;
    Local *truth = bare_truth(steps[index]->node, negated);
    return truth && decides(steps[index - 1], truth) ? truth : NULL;
}

static void decide(FlowBuilder *builder, Step **steps, size_t index, Node *owner, Local *truth, Block *yes, Block *no);

// Runs the steps before a STEP_IF and its condition.
void flow_branch_of_step(FlowBuilder *builder, Step **steps, size_t index, Node *owner, Block *then, Block *otherwise)
{
    bool negated;
    Local *truth = truth_from_before(steps, index, &negated);
    if (truth) {
        decide(builder, steps, index - 1, owner, truth, negated ? otherwise : then, negated ? then : otherwise);
        return;
    }
    flow_run_steps(builder, steps, index, owner);
    flow_condition(builder, steps[index]->node, then, otherwise);
}

// Runs steps up to and with the one at index, which decides, and branches where it does.
static void decide(FlowBuilder *builder, Step **steps, size_t index, Node *owner, Local *truth, Block *yes, Block *no)
{
    Step *step = steps[index];
    if (step->kind == STEP_IF) {
        Block *then = flow_block(builder, "then"), *otherwise = flow_block(builder, "else");
        flow_branch_of_step(builder, steps, index, owner, then, otherwise);
        flow_start(builder, then);
        decide(builder, step->then, vec_count(step->then) - 1, NULL, truth, yes, no);
        flow_start(builder, otherwise);
        decide(builder, step->otherwise, vec_count(step->otherwise) - 1, NULL, truth, yes, no);
        return;
    }
    flow_run_steps(builder, steps, index, owner);
    if (step->node)
        flow_expression_to(builder, step->node, truth);
    flow_event(builder, EVENT_DEF, truth, NULL);
    flow_event(builder, EVENT_USE, truth, NULL);
    if (step->kind != STEP_CONSTANT)
        branch(builder, yes, no);
    else
        flow_go(builder, step->value ? yes : no);
}

static bool condition_by_steps(FlowBuilder *builder, Node *node, Block *yes, Block *no)
{
    Step **steps = node->lowered->steps;
    bool negated;
    Local *truth = bare_truth(node, &negated);
    if (!truth || !decides(vec_last(steps), truth))
        return false;
    decide(builder, steps, vec_count(steps) - 1, node, truth, negated ? no : yes, negated ? yes : no);
    return true;
}

static void short_circuit(FlowBuilder *builder, Node *node, Block *yes, Block *no)
{
    Block *right = flow_block(builder, node->op == T_AND_AND ? "and" : "or");
    if (node->op == T_AND_AND)
        flow_condition(builder, node->left, right, no);
    else
        flow_condition(builder, node->left, yes, right);
    flow_start(builder, right);
    flow_condition(builder, node->right, yes, no);
}

bool is_short_circuit(const Node *node)
{
    return node->kind == NODE_BINARY && (node->op == T_AND_AND || node->op == T_OR_OR);
}

// Leaves the current block undefined: callers start one.
void flow_condition(FlowBuilder *builder, Node *node, Block *yes, Block *no)
{
    if (node->lowered && vec_count(node->lowered->steps)) {
        if (condition_by_steps(builder, node, yes, no))
            return;
    } else if (!node_temporary(node)) {
        if (node->kind == NODE_PAREN) {
            flow_condition(builder, node->operand, yes, no);
            return;
        }
        if (node->kind == NODE_UNARY && node->op == T_NOT) {
            flow_condition(builder, node->operand, no, yes);
            return;
        }
        if (is_short_circuit(node)) {
            short_circuit(builder, node, yes, no);
            return;
        }
    }
    flow_expression(builder, node);
    if (node->is_constant)
        flow_go(builder, node->value ? yes : no);
    else
        branch(builder, yes, no);
}

void flow_logical(FlowBuilder *builder, Node *node)
{
    Block *after = flow_block(builder, "joined");
    short_circuit(builder, node, after, after);
    flow_start(builder, after);
}

void flow_conditional(FlowBuilder *builder, Node *node)
{
    Block *then = flow_block(builder, "then"), *otherwise = flow_block(builder, "else");
    Block *after = flow_block(builder, "joined");
    flow_condition(builder, node->condition, then, otherwise);
    flow_start(builder, then);
    flow_expression(builder, node->then);
    flow_go(builder, after);
    flow_start(builder, otherwise);
    flow_expression(builder, node->otherwise);
    flow_into(builder, after);
}

// SPDX-License-Identifier: MIT
// Flow of expressions: reads and writes of locals in the order of the emitted text, branches of && || ?:, the steps
// that lower/order.c cut an expression into, and the errors that calls inside it raise. Conditions: flow_condition.c.
#include "flow.h"

static void expression(FlowBuilder *builder, Node *node);
static void contents(FlowBuilder *builder, Node *node);

// ------------------------------------------------------------------------------------------------- lvalues

// The tracked local that an lvalue is, or is a member of: s in s.a.b. *is_whole tells which.
static Local *root_local(Node *node, bool *is_whole)
{
    *is_whole = true;
    for (;;) {
        node = node_strip(node);
        if (node->kind == NODE_GENERIC && node_chosen_arm(node)) {
            node = node_chosen_arm(node);
            continue;
        }
        if (node->kind == NODE_IDENTIFIER)
            return symbol_local(node->symbol);
        bool is_part = node->kind == NODE_MEMBER || node->kind == NODE_EXTENSION ||
                       (node->kind == NODE_SUBSCRIPT && node->left->type && node->left->type->kind == TYPE_VECTOR);
        if (!is_part)
            return NULL;
        *is_whole = false;
        node = node->operand;
    }
}

// The name of something variably modified is a cast, and an array's leads to its memory by a pointer.
static void place_of_local(FlowBuilder *builder, Node *node)
{
    Local *local = symbol_local(node->symbol);
    if (!local || !local->variable_type)
        return;
    flow_extents(builder, local->variable_type);
    if (local->owns_array)
        flow_event(builder, EVENT_USE, local, NULL);
}

// Evaluates what an lvalue needs, without reading the object.
static void lvalue(FlowBuilder *builder, Node *node)
{
    if (node_temporary(node)) {
        expression(builder, node);
        return;
    }
    switch (node->kind) {
    case NODE_IDENTIFIER:
        place_of_local(builder, node);
        return;
    case NODE_PAREN:
    case NODE_EXTENSION:
    case NODE_MEMBER:
        lvalue(builder, node->operand);
        return;
    case NODE_GENERIC:
        lvalue(builder, node_chosen_arm(node));
        return;
    case NODE_SUBSCRIPT:
        if (node->left->type && (node->left->type->kind == TYPE_VECTOR || node->left->type->kind == TYPE_ARRAY))
            lvalue(builder, node->left);
        else
            expression(builder, node->left);
        expression(builder, node->right);
        return;
    default:
        expression(builder, node);
    }
}

void flow_store(FlowBuilder *builder, Node *left)
{
    bool is_whole;
    Local *local = root_local(left, &is_whole);
    if (!local)
        return;
    if (local->is_handle) // the old one is released
        flow_event(builder, EVENT_USE, local, NULL);
    flow_event(builder, is_whole ? EVENT_DEF : EVENT_PARTIAL, local, NULL);
}

static void assignment(FlowBuilder *builder, Node *node)
{
    lvalue(builder, node->left);
    if (node->op != T_ASSIGN) {
        Local *saved = node->lowered ? node->lowered->saved_left : NULL;
        bool is_whole;
        Local *local = saved ? saved : root_local(node->left, &is_whole);
        flow_event(builder, EVENT_USE, local, saved ? NULL : node->left->token);
    }
    expression(builder, node->right);
    flow_store(builder, node->left);
}

static void increment(FlowBuilder *builder, Node *node)
{
    lvalue(builder, node->operand);
    bool is_whole;
    flow_event(builder, EVENT_USE, root_local(node->operand, &is_whole), node->operand->token);
    flow_store(builder, node->operand);
}

// -------------------------------------------------------------------------------------------- expressions

static void each(FlowBuilder *builder, Node *list)
{
    for (Node *node = list; node; node = node->next)
        expression(builder, node);
}

static bool calls_noreturn(const Node *node)
{
    const Node *callee = node_strip(node->callee);
    return callee->kind == NODE_IDENTIFIER && callee->symbol && callee->symbol->is_noreturn;
}

static void call(FlowBuilder *builder, Node *node)
{
    expression(builder, node->callee);
    each(builder, node->list);
    if (calls_noreturn(node))
        flow_stop(builder);
}

static void identifier(FlowBuilder *builder, Node *node)
{
    place_of_local(builder, node);
    flow_event(builder, EVENT_USE, symbol_local(node->symbol), node->token ? node->token : node->first);
}

static void read_names(FlowBuilder *builder, Node *node)
{
    if (node->kind == NODE_IDENTIFIER && symbol_local(node->symbol)) {
        place_of_local(builder, node);
        flow_event(builder, EVENT_USE, symbol_local(node->symbol), NULL);
    }
    if (node->kind == NODE_SPECIFIERS && node->type)
        flow_extents(builder, node->type);
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        read_names(builder, part);
}

// typeof(a), row: their lengths were computed before.
void flow_sizes(FlowBuilder *builder, Node *specifiers)
{
    if (specifiers->type && type_is_variably_modified(specifiers->type))
        read_names(builder, specifiers);
}

// The extents of its arrays are computed where it is reached.
static void type_name(FlowBuilder *builder, Node *node)
{
    Node *declarator = node->declarator;
    flow_sizes(builder, node->specifiers);
    for (Node *derivation = declarator ? declarator->list : NULL; derivation; derivation = derivation->next)
        if (derivation->kind == NODE_ARRAY)
            expression(builder, derivation->operand);
}

static void size_of(FlowBuilder *builder, Node *node)
{
    if (node->type_name)
        type_name(builder, node->type_name);
    else if (node->operand && node->operand->type && type_is_variably_modified(node->operand->type))
        read_names(builder, node->operand);
}

static void child_of_list(FlowBuilder *builder, Node *child)
{
    if (child->kind == NODE_TYPE_NAME)
        type_name(builder, child);
    else if (child->kind != NODE_DESIGNATOR)
        expression(builder, child);
}

static void contents_of_list(FlowBuilder *builder, Node *node)
{
    for (size_t i = 0; i < 4; i++)
        if (node->child[i])
            child_of_list(builder, node->child[i]);
    for (Node *child = node->list; child; child = child->next)
        child_of_list(builder, child);
}

// Its clean-ups are reached with and without a value: none stands from before.
static void statement_expression(FlowBuilder *builder, Node *node)
{
    flow_event(builder, EVENT_UNDEF, node->lowered ? node->lowered->value : NULL, NULL);
    flow_statement(builder, node->body);
}

static void contents_by_kind(FlowBuilder *builder, Node *node)
{
    switch (node->kind) {
    case NODE_IDENTIFIER: identifier(builder, node); return;
    case NODE_NUMBER:
    case NODE_STRING: return;
    case NODE_SIZEOF: size_of(builder, node); return;
    case NODE_ASSIGN: assignment(builder, node); return;
    case NODE_INCREMENT:
    case NODE_POSTFIX: increment(builder, node); return;
    case NODE_UNARY:
        if (node->op == T_AND)
            lvalue(builder, node->operand);
        else if (node->op != T_AND_AND)
            expression(builder, node->operand);
        return;
    case NODE_BINARY:
        if (is_short_circuit(node))
            flow_logical(builder, node);
        else
            contents_of_list(builder, node);
        return;
    case NODE_CONDITIONAL: flow_conditional(builder, node); return;
    case NODE_CALL: call(builder, node); return;
    case NODE_GENERIC: each(builder, node->list); return;
    case NODE_DESIGNATED: expression(builder, node->right); return;
    case NODE_STATEMENT_EXPRESSION:
        statement_expression(builder, node);
        flow_event(builder, EVENT_USE, node->lowered ? node->lowered->value : NULL, NULL);
        return;
    default: contents_of_list(builder, node);
    }
}

static void set_owner(FlowBuilder *builder, Local *owner)
{
    if (!owner)
        return;
    flow_event(builder, EVENT_USE, owner, NULL); // what it kept before, in a loop, is released
    flow_event(builder, EVENT_DEF, owner, NULL);
}

// The node itself, even where a temporary stands for it elsewhere.
static void contents(FlowBuilder *builder, Node *node)
{
    contents_by_kind(builder, node);
    Lowered *lowered = node->lowered;
    if (!lowered)
        return;
    if (lowered->is_raising_call)
        flow_may_raise(builder, lowered->region);
    set_owner(builder, lowered->owner);
}

// One of variably modified type is written as a cast, which needs its lengths.
static void read_temporary(FlowBuilder *builder, Local *temporary)
{
    flow_event(builder, EVENT_USE, temporary, NULL);
    if (temporary->variable_type)
        flow_extents(builder, temporary->variable_type);
}

static void expression(FlowBuilder *builder, Node *node)
{
    if (!node || node->is_unevaluated)
        return;
    Lowered *lowered = node->lowered;
    if (lowered)
        flow_run_steps(builder, lowered->steps, vec_count(lowered->steps), node);
    if (lowered && lowered->nothing_left)
        return;
    if (node_temporary(node)) {
        read_temporary(builder, node_temporary(node));
    } else if (lowered && lowered->instead) {
        expression(builder, lowered->instead);
        set_owner(builder, lowered->owner);
    } else {
        contents(builder, node);
    }
}

// "target = node": the node is not yet what its temporary stands for.
void flow_expression_to(FlowBuilder *builder, Node *node, Local *target)
{
    if (target && node_temporary(node) == target)
        contents(builder, node);
    else
        expression(builder, node);
}

void flow_expression(FlowBuilder *builder, Node *node)
{
    expression(builder, node);
}

void flow_place(FlowBuilder *builder, Node *place)
{
    lvalue(builder, place);
}

// --------------------------------------------------------------------------------------------------- steps

static void run_arms(FlowBuilder *builder, Step *step, Block *then, Block *otherwise)
{
    Block *after = flow_block(builder, "joined");
    flow_start(builder, then);
    flow_run_steps(builder, step->then, vec_count(step->then), NULL);
    flow_go(builder, after);
    flow_start(builder, otherwise);
    flow_run_steps(builder, step->otherwise, vec_count(step->otherwise), NULL);
    flow_into(builder, after);
}

// What a step computes. The owner of the steps may itself be one's node: then it must not run them again.
static void step_node(FlowBuilder *builder, Step *step, Node *owner)
{
    if (step->node && step->node == owner)
        contents(builder, step->node);
    else
        flow_expression_to(builder, step->node, step->target);
}

static void run_step(FlowBuilder *builder, Step *step, Node *owner)
{
    switch (step->kind) {
    case STEP_AWAIT:
        flow_suspend(builder, step->suspension);
        return;
    case STEP_EVALUATE:
    case STEP_TRUTH:
    case STEP_DO:
        step_node(builder, step, owner);
        break;
    case STEP_BLOCK:
        statement_expression(builder, step->node);
        return;
    case STEP_KEEP:
        flow_event(builder, EVENT_USE, step->temporary, NULL);
        flow_event(builder, EVENT_USE, step->target, NULL); // what it kept before is released
        break;
    case STEP_CONSTANT:
    case STEP_IF: // not here
        break;
    }
    flow_event(builder, EVENT_DEF, step->target, NULL);
}

void flow_run_steps(FlowBuilder *builder, Step **steps, size_t count, Node *owner)
{
    if (count == 0)
        return;
    Step *last = steps[count - 1];
    if (last->kind != STEP_IF) {
        flow_run_steps(builder, steps, count - 1, owner);
        run_step(builder, last, owner);
        return;
    }
    Block *then = flow_block(builder, "then"), *otherwise = flow_block(builder, "else");
    flow_branch_of_step(builder, steps, count - 1, owner, then, otherwise);
    run_arms(builder, last, then, otherwise);
}

void flow_steps(FlowBuilder *builder, Node *owner)
{
    Step **steps = owner->lowered ? owner->lowered->steps : NULL;
    flow_run_steps(builder, steps, vec_count(steps), owner);
}

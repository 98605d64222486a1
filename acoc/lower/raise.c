// SPDX-License-Identifier: MIT
// Which calls of a full expression may raise an error without suspending: each gets a point for the trace and the region
// whose landing place the error goes to.
#include "lower.h"

static bool is_raises_call(const Node *node)
{
    if (node->kind == NODE_ASYNC || node_is_result_call(node))
        return true;
    if (node->kind != NODE_CALL || !node->callee->type)
        return false;
    const Type *type = node->callee->type;
    if (type->kind == TYPE_POINTER)
        type = type->base;
    return type->kind == TYPE_FUNCTION && type->is_raises;
}

void mark_raising_calls(Lowering *l, Node *node)
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
        mark_raising_calls(l, part);
}

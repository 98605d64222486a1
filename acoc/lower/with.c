// SPDX-License-Identifier: MIT
// with: its object, the suspensions of X_enter and X_exit where they are coroutines, and its regions: the clean-up that
// leaves it around its statement, and the one that frees what it owns around all else.
#include "lower.h"

static Suspension *with_suspension(Lowering *l, Node *node, Symbol *function, Local *failure)
{
    const Type *type = function->type;
    if (type->kind != TYPE_FUNCTION || !type->is_coroutine)
        return NULL;
    Suspension *suspension = suspension_new(l, SUSPEND_CALL, node, node->first, type->base->base);
    suspension->callee = function;
    suspension->object = node->lowered->with_value;
    suspension->failure = failure;
    vec_push(l->unit->arena, suspension->uses, suspension->object);
    if (failure)
        vec_push(l->unit->arena, suspension->uses, failure);
    if (suspension->type->kind != TYPE_VOID) {
        Local *result = hidden_new(l, suspension->type, "acoc_with_%u", suspension->state);
        suspension->result = result;
    }
    return suspension;
}

// Two points, for an enter and an exit that raise without suspending.
static unsigned with_points(Lowering *l, Node *node)
{
    unsigned first = (unsigned)vec_count(l->function->points);
    vec_push(l->unit->arena, l->function->points, node->first);
    vec_push(l->unit->arena, l->function->points, node->first);
    return first;
}

// with (T *x = E) S:  the freeing clean-up around all, then enter, then the leaving clean-up around S.
void lower_with(Lowering *l, Node *node)
{
    Region *outer = l->region, *outer_block = l->block;
    Node *outer_scope = l->scope;
    Arena *arena = l->unit->arena;
    Lowered *lowered = lowered_of(l->unit, node);
    l->scope = node;
    Node *declarator = node->with_declaration ? node->with_declaration->list : NULL;
    Node *value = declarator ? declarator->initialiser : node->with_value;
    lower_expression(l, value, false);
    if (declarator)
        lowered->with_value = symbol_local(declarator->symbol);
    else
        lowered->with_value = hidden_new(l, type_unqualified(arena, value->type), "acoc_object_%zu",
                                         vec_count(l->function->locals));
    lowered->point = with_points(l, node);
    if (node->with_free)
        lowered->freeing = cleanup_open(l, node);
    lowered->enter = with_suspension(l, node, node->symbol, NULL);
    lowered->region = cleanup_open(l, node);
    lower_statement(l, node->with_body);
    Region *pending = pending_open(l, lowered->region);
    lowered->leave = with_suspension(l, node, node->with_exit, pending->failure);
    if (lowered->freeing)
        pending_open(l, lowered->freeing);
    l->region = outer;
    l->block = outer_block;
    l->scope = outer_scope;
}

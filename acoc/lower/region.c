// SPDX-License-Identifier: MIT
// Regions as they are made while the statements are walked over (cleanup.c), and the ways out of them.
#include "lower.h"

Region *region_open(Lowering *l, RegionKind kind, Node *node)
{
    Region *region = NEW(l->unit->arena, Region);
    region->kind = kind;
    region->node = node;
    region->outer = l->region;
    region->number = (unsigned)vec_count(l->function->regions);
    vec_push(l->unit->arena, l->function->regions, region);
    l->region = region;
    return region;
}

bool region_may_raise(const Lowering *l)
{
    const Function *function = l->function->function;
    if (function->is_coroutine || function->is_raises)
        return true;
    for (const Region *region = l->region; region; region = region->outer)
        if (region->kind == REGION_TRY || region->kind == REGION_HANDLER || region->kind == REGION_CLEANUP)
            return true;
    return false;
}

// A local that holds an error on its way.
Local *failure_new(Lowering *l, const char *what, unsigned number)
{
    return hidden_new(l, type_pointer_to(l->unit->arena, type_basic(TYPE_VOID)), "acoc_%s_%u", what, number);
}

// A protected part: opens the REGION_CLEANUP; its clean-up's own text is lowered in region->pending (pending_open).
Region *cleanup_open(Lowering *l, Node *node)
{
    Region *region = region_open(l, REGION_CLEANUP, node);
    region->leave = hidden_new(l, type_basic(TYPE_INT), "acoc_leave_%u", region->number);
    return region;
}

Region *pending_open(Lowering *l, Region *cleanup)
{
    l->region = cleanup->outer;
    Region *pending = region_open(l, REGION_PENDING, cleanup->node);
    pending->failure = failure_new(l, "pending", cleanup->number);
    cleanup->pending = pending;
    return pending;
}

// Every clean-up between here and exit->to has one way out more.
Exit *exit_new(Lowering *l, ExitKind kind, Node *target, Region *to)
{
    Exit *exit = NEW(l->unit->arena, Exit);
    exit->kind = kind;
    exit->target = target;
    exit->to = to;
    for (Region *region = l->region; region != to; region = region->outer)
        if (region->kind == REGION_CLEANUP)
            vec_push(l->unit->arena, region->exits, exit);
    return exit;
}

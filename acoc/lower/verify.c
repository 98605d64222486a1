// SPDX-License-Identifier: MIT
// What must hold between the steps of lower/. A broken promise is a fault of ours, not of the user's program: debug
// builds name it and stop; with NDEBUG nothing is checked.
#include "flow.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef NDEBUG

typedef struct Verifier {
    const LoweredFunction *function;
    const char *after;
} Verifier;

static void demand(const Verifier *verifier, bool holds, const char *what, const char *name, unsigned number)
{
    if (holds)
        return;
    fprintf(stderr, "acoc: internal error: %s: after %s: %s (%s %u)\n", verifier->function->function->name->text,
            verifier->after, what, name, number);
    abort();
}

static bool encloses(const Region *outer, const Region *inner)
{
    for (; inner; inner = inner->outer)
        if (inner == outer)
            return true;
    return false;
}

static void verify_locals(const Verifier *verifier)
{
    Local **locals = verifier->function->locals;
    for (size_t i = 0; i < vec_count(locals); i++) {
        demand(verifier, locals[i]->index == i, "a local stands at its index", "local", (unsigned)i);
        demand(verifier, locals[i]->type != NULL, "a local has a type", "local", (unsigned)i);
        demand(verifier, locals[i]->name != NULL, "a local has a name", "local", (unsigned)i);
    }
}

static void verify_regions(const Verifier *verifier)
{
    Region **regions = verifier->function->regions;
    for (size_t i = 0; i < vec_count(regions); i++) {
        const Region *region = regions[i];
        unsigned number = (unsigned)i;
        demand(verifier, region->number == i, "a region stands at its number", "region", number);
        demand(verifier, (region->outer == NULL) == (i == 0), "one region is the outermost", "region", number);
        demand(verifier, !region->outer || region->outer->number < i, "regions nest", "region", number);
        bool is_cleanup = region->kind == REGION_CLEANUP;
        demand(verifier, is_cleanup == (region->leave != NULL), "clean-ups know who left", "region", number);
        demand(verifier, !is_cleanup || (region->pending && region->pending->outer == region->outer),
               "a clean-up's text stands outside of what it protects", "region", number);
        bool has_failure = region->kind == REGION_HANDLER || region->kind == REGION_PENDING;
        demand(verifier, has_failure == (region->failure != NULL), "handlers and clean-ups hold an error", "region", number);
        for (size_t j = 0; j < vec_count(region->exits); j++)
            demand(verifier, encloses(region->exits[j]->to, region), "an exit leads outwards", "region", number);
    }
}

static void verify_suspensions(const Verifier *verifier)
{
    Suspension **suspensions = verifier->function->suspensions;
    for (size_t i = 0; i < vec_count(suspensions); i++) {
        const Suspension *suspension = suspensions[i];
        demand(verifier, suspension->state == i + 1, "states count from 1", "suspension", (unsigned)i + 1);
        demand(verifier, suspension->region != NULL, "an error of it has a landing place", "suspension", (unsigned)i + 1);
        demand(verifier, suspension->node || suspension->token, "it has a place", "suspension", (unsigned)i + 1);
    }
}

static unsigned count_in_flow(const Flow *flow, const Suspension *suspension)
{
    unsigned count = 0;
    for (size_t i = 0; i < vec_count(flow->blocks); i++) {
        const Block *block = flow->blocks[i];
        if (vec_count(block->events) && vec_last(block->events).suspension == suspension)
            count++;
    }
    return count;
}

static void verify_flow(const Verifier *verifier)
{
    const LoweredFunction *function = verifier->function;
    for (size_t i = 0; i < vec_count(function->suspensions); i++)
        demand(verifier, count_in_flow(function->flow, function->suspensions[i]) == 1,
               "each suspension ends one block of the flow graph", "suspension", (unsigned)i + 1);
    for (size_t i = 0; i < vec_count(function->flow->blocks); i++) {
        const Block *block = function->flow->blocks[i];
        for (size_t j = 0; j + 1 < vec_count(block->events); j++)
            demand(verifier, block->events[j].kind != EVENT_SUSPEND, "nothing follows a suspension in its block", "block",
                   (unsigned)i);
    }
}

static void verify_live(const Verifier *verifier)
{
    Suspension **suspensions = verifier->function->suspensions;
    for (size_t i = 0; i < vec_count(suspensions); i++) {
        const Suspension *suspension = suspensions[i];
        for (size_t j = 0; j < vec_count(suspension->live); j++)
            demand(verifier, suspension->live[j]->kept == LOCAL_SPILLED && suspension->live[j]->member,
                   "what is saved is spilled and has a member", suspension->live[j]->name, (unsigned)i + 1);
        const Local *result = suspension->result;
        demand(verifier, !result || (result->kept != LOCAL_TRANSIENT && result->member), "a result has a place to land",
               "suspension", (unsigned)i + 1);
    }
}

static bool share_bytes(const Local *a, const Local *b)
{
    return a->offset < b->offset + b->size && b->offset < a->offset + a->size;
}

static void verify_saved_together(const Verifier *verifier, const Suspension *suspension)
{
    for (size_t i = 0; i < vec_count(suspension->live); i++) {
        const Local *a = suspension->live[i], *result = suspension->result;
        demand(verifier, !result || result == a || !share_bytes(a, result), "a result lands beside what is saved", a->name,
               suspension->state);
        for (size_t j = i + 1; j < vec_count(suspension->live); j++)
            demand(verifier, !share_bytes(a, suspension->live[j]), "what is saved together shares no bytes", a->name,
                   suspension->state);
        Local **locals = verifier->function->locals;
        for (size_t j = 0; j < vec_count(locals); j++)
            demand(verifier, locals[j]->kept != LOCAL_RESIDENT || !local_scope_holds(locals[j], suspension) ||
                   !share_bytes(a, locals[j]), "nothing is saved over a resident", a->name, suspension->state);
    }
}

static void verify_frame(const Verifier *verifier)
{
    const LoweredFunction *function = verifier->function;
    for (size_t i = 0; i < vec_count(function->locals); i++) {
        const Local *local = function->locals[i];
        if (!local->member)
            continue;
        bool is_aligned = local->offset >= 16 && local->offset % local->alignment == 0;
        demand(verifier, is_aligned, "a member stands aligned behind the head", local->name, (unsigned)local->offset);
        demand(verifier, local->offset + local->size <= function->frame_size, "a member ends within the frame", local->name,
               (unsigned)local->offset);
    }
    for (size_t i = 0; i < vec_count(function->suspensions); i++)
        verify_saved_together(verifier, function->suspensions[i]);
}

void verify_lowered(Unit *unit, LoweredFunction *function, const char *after)
{
    (void)unit;
    Verifier verifier = {.function = function, .after = after};
    if (diag_error_count())
        return;
    verify_locals(&verifier);
    verify_regions(&verifier);
    verify_suspensions(&verifier);
    if (function->flow)
        verify_flow(&verifier);
    if (function->frame_size) {
        verify_live(&verifier);
        verify_frame(&verifier);
    }
}

#else

void verify_lowered(Unit *unit, LoweredFunction *function, const char *after)
{
    (void)unit, (void)function, (void)after;
}

#endif

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
    Arena *arena;
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

static void verify_flow(const Verifier *verifier)
{
    const LoweredFunction *function = verifier->function;
    size_t count = vec_count(function->suspensions);
    unsigned *seen = arena_alloc(verifier->arena, (count + 1) * sizeof *seen);
    for (size_t i = 0; i < vec_count(function->flow->blocks); i++) {
        const Block *block = function->flow->blocks[i];
        for (size_t j = 0; j < vec_count(block->events); j++) {
            const Event *event = &block->events[j];
            if (event->kind != EVENT_SUSPEND)
                continue;
            demand(verifier, j + 1 == vec_count(block->events), "nothing follows a suspension in its block", "block",
                   (unsigned)i);
            seen[event->suspension->state - 1]++;
        }
    }
    for (size_t i = 0; i < count; i++)
        demand(verifier, seen[i] == 1, "each suspension ends one block of the flow graph", "suspension", (unsigned)i + 1);
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

// Marks the bytes of a local as taken at a state; each may be taken once.
static void take_bytes(const Verifier *verifier, unsigned *taken, const Local *local, unsigned state)
{
    for (uint64_t i = local->offset; i < local->offset + local->size; i++) {
        demand(verifier, taken[i] != state, "what is in the frame together shares no bytes", local->name, state);
        taken[i] = state;
    }
}

static bool is_saved_at(const Local *local, const Suspension *suspension)
{
    for (size_t i = 0; i < vec_count(suspension->live); i++)
        if (suspension->live[i] == local)
            return true;
    return false;
}

static void verify_shared_bytes(const Verifier *verifier)
{
    enum { MOST = 1 << 20 };
    const LoweredFunction *function = verifier->function;
    if (vec_count(function->residents) * vec_count(function->suspensions) > MOST)
        return; // it would take longer than all else
    unsigned *taken = arena_alloc(verifier->arena, function->frame_size * sizeof *taken);
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        const Suspension *suspension = function->suspensions[i];
        for (size_t j = 0; j < vec_count(suspension->live); j++)
            take_bytes(verifier, taken, suspension->live[j], suspension->state);
        const Local *result = suspension->result;
        if (result && result->kept == LOCAL_SPILLED && !is_saved_at(result, suspension))
            take_bytes(verifier, taken, result, suspension->state);
        for (size_t j = 0; j < vec_count(function->residents); j++)
            if (local_scope_holds(function->residents[j], suspension))
                take_bytes(verifier, taken, function->residents[j], suspension->state);
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
    verify_shared_bytes(verifier);
}

void verify_lowered(Unit *unit, LoweredFunction *function, const char *after)
{
    (void)unit;
    if (diag_error_count())
        return;
    Verifier verifier = {.function = function, .after = after, .arena = arena_new()};
    verify_locals(&verifier);
    verify_regions(&verifier);
    verify_suspensions(&verifier);
    if (function->flow)
        verify_flow(&verifier);
    if (function->frame_size) {
        verify_live(&verifier);
        verify_frame(&verifier);
    }
    arena_free(verifier.arena);
}

#else

void verify_lowered(Unit *unit, LoweredFunction *function, const char *after)
{
    (void)unit, (void)function, (void)after;
}

#endif

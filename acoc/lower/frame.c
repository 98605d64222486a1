// SPDX-License-Identifier: MIT
// The frame of a coroutine: which kept locals share bytes, how the members are called and where they stand.
//
// Needs kept and Suspension.live. Leaves member, offset, overlaps and is_bytes of the locals, and slots,
// frame_size, frame_alignment of the function.
//
// A local occupies its member at certain suspensions: a spilled one where it is saved or where its value lands, a
// resident one wherever its scope reaches, a parameter at state 0 too. Two locals that are never there at the same one
// share a slot, a union in the frame struct. Larger locals choose first, and each goes where it wastes the least.
#include "flow.h"

#include "../base/spans.h"

#include <stdlib.h>

enum { FRAME_HEAD = 16, HEAD_ALIGNMENT = 8 }; // struct acoc_frame: two pointers

typedef struct Slot {
    Local *first, *last;
    Span *states;            // states at which one of them is there
    uint64_t size;
    uint32_t alignment;
    unsigned order;          // of making, for a stable sort
} Slot;

typedef struct FrameLayout {
    Arena *arena;
    LoweredFunction *function;
    Span **states_of;        // by local: the suspensions, 0 the start
    Suspension **by_place;   // a Vec: the suspensions in the order of their tokens
    size_t *breaks;          // by place: how many states up to there do not follow the one before
    Local **kept;            // a Vec
    Slot *slots;             // a Vec
    struct Map *members;     // names given, and how often: String* -> number
} FrameLayout;

// --------------------------------------------------------------------------------------- who is there when

static bool is_in_frame(const LoweredFunction *function, const Local *local)
{
    return local->kept != LOCAL_TRANSIENT || (local->is_parameter && function->function->is_coroutine);
}

static void add_state(FrameLayout *layout, const Local *local, unsigned state)
{
    Span **states = &layout->states_of[local->index];
    *states = spans_add(layout->arena, *states, (Span){state, state});
}

static int compare_places(const void *left, const void *right)
{
    const Token *a = suspension_token(*(Suspension *const *)left), *b = suspension_token(*(Suspension *const *)right);
    return (a > b) - (a < b);
}

static void sort_suspensions(FrameLayout *layout)
{
    for (size_t i = 0; i < vec_count(layout->function->suspensions); i++)
        vec_push(layout->arena, layout->by_place, layout->function->suspensions[i]);
    if (layout->by_place)
        qsort(layout->by_place, vec_count(layout->by_place), sizeof *layout->by_place, compare_places);
    layout->breaks = arena_alloc(layout->arena, (vec_count(layout->by_place) + 1) * sizeof *layout->breaks);
    for (size_t i = 1; i < vec_count(layout->by_place); i++)
        layout->breaks[i] = layout->breaks[i - 1] + (layout->by_place[i]->state != layout->by_place[i - 1]->state + 1);
}

// How many suspensions stand before the token.
static size_t count_before(const FrameLayout *layout, const Token *token)
{
    size_t count = 0;
    vec_bisect(count, vec_count(layout->by_place), middle, suspension_token(layout->by_place[middle]) < token);
    return count;
}

// Wherever its scope reaches.
static void add_resident_states(FrameLayout *layout, Local *local)
{
    size_t first = local->scope ? count_before(layout, local->scope->first) : 0;
    size_t end = local->scope ? count_before(layout, local->scope->last + 1) : vec_count(layout->by_place);
    Span **states = &layout->states_of[local->index];
    bool is_run = first < end && layout->breaks[first] == layout->breaks[end - 1];
    if (is_run)
        *states = spans_add(layout->arena, *states,
                            (Span){layout->by_place[first]->state, layout->by_place[end - 1]->state});
    for (size_t i = first; i < end && !is_run; i++)
        add_state(layout, local, layout->by_place[i]->state);
    for (size_t i = first; i < end && !local->is_literal && !local->lives_long; i++)
        vec_push(layout->arena, layout->by_place[i]->residents, local);
}

static void find_states(FrameLayout *layout)
{
    LoweredFunction *function = layout->function;
    for (size_t i = 0; i < vec_count(function->locals); i++) {
        Local *local = function->locals[i];
        if (!is_in_frame(function, local))
            continue;
        if (local->is_parameter)
            add_state(layout, local, 0);
        if (local->kept == LOCAL_RESIDENT)
            add_resident_states(layout, local);
        vec_push(layout->arena, layout->kept, local);
    }
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        const Suspension *suspension = function->suspensions[i];
        for (size_t j = 0; j < vec_count(suspension->live); j++)
            add_state(layout, suspension->live[j], suspension->state);
        if (suspension->result)
            add_state(layout, suspension->result, suspension->state);
    }
}

// --------------------------------------------------------------------------------------------------- slots

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

// Larger first; equal ones in the order of their declaration.
static int compare_kept(const void *left, const void *right)
{
    const Local *a = *(Local *const *)left, *b = *(Local *const *)right;
    int by_size = compare_numbers(b->size, a->size);
    int by_alignment = compare_numbers(b->alignment, a->alignment);
    return by_size ? by_size : by_alignment ? by_alignment : compare_numbers(a->index, b->index);
}

// Members need no gaps when their alignments fall; over-aligned ones stand last, where their gap is the smallest.
static int compare_slots(const void *left, const void *right)
{
    const Slot *a = left, *b = right;
    bool a_over = a->alignment > FRAME_HEAD, b_over = b->alignment > FRAME_HEAD;
    if (a_over != b_over)
        return a_over ? 1 : -1;
    int by_alignment = a_over ? compare_numbers(a->alignment, b->alignment) : compare_numbers(b->alignment, a->alignment);
    return by_alignment ? by_alignment : compare_numbers(a->order, b->order);
}

// The smallest slot that is free at all of the local's states. What is larger came first, so it always fits; a slot
// of lower alignment would have to move.
static Slot *find_slot(const FrameLayout *layout, const Local *local)
{
    Slot *best = NULL;
    for (size_t i = 0; i < vec_count(layout->slots); i++) {
        Slot *slot = &layout->slots[i];
        if (slot->alignment < local->alignment || spans_meet(layout->states_of[local->index], slot->states))
            continue;
        if (!best || slot->size < best->size)
            best = slot;
    }
    return best;
}

static void put_into_slot(FrameLayout *layout, Local *local)
{
    Slot *slot = local->lives_long && !local->symbol ? NULL : find_slot(layout, local);
    if (!slot) {
        Slot fresh = {.first = local, .size = local->size, .alignment = local->alignment,
                      .order = (unsigned)vec_count(layout->slots)};
        vec_push(layout->arena, layout->slots, fresh);
        slot = &vec_last(layout->slots);
    } else {
        slot->last->overlaps = local;
    }
    slot->last = local;
    slot->states = spans_join(layout->arena, slot->states, layout->states_of[local->index]);
}

// -------------------------------------------------------------------------------------------------- names

static void name_member(FrameLayout *layout, Local *local)
{
    const char *name = local->symbol && local->symbol->name ? local->symbol->name->text : local->name;
    String *base = intern_text(name), *member = base;
    uintptr_t count = (uintptr_t)map_get(layout->members, base);
    while (map_get(layout->members, member))
        member = intern_text(arena_printf(layout->arena, "%s_%u", name, (unsigned)++count));
    map_put(layout->members, member, (void *)(uintptr_t)1);
    if (count)
        map_put(layout->members, base, (void *)count);
    local->member = member->text;
}

// ------------------------------------------------------------------------------------------------- offsets

static uint64_t round_up(uint64_t value, uint64_t alignment)
{
    return (value + alignment - 1) / alignment * alignment;
}

static void place_slots(FrameLayout *layout)
{
    LoweredFunction *function = layout->function;
    uint64_t end = FRAME_HEAD;
    function->frame_alignment = HEAD_ALIGNMENT;
    for (size_t i = 0; i < vec_count(layout->slots); i++) {
        Slot *slot = &layout->slots[i];
        uint64_t offset = round_up(end, slot->alignment);
        for (Local *local = slot->first; local; local = local->overlaps)
            local->offset = offset;
        bool is_union = slot->first->overlaps != NULL;
        end = offset + (is_union ? round_up(slot->size, slot->alignment) : slot->size);
        if (slot->alignment > function->frame_alignment)
            function->frame_alignment = slot->alignment;
        vec_push(layout->arena, function->slots, slot->first);
    }
    function->frame_size = round_up(end, function->frame_alignment);
}

// --------------------------------------------------------------------------------------------- bytes

// It may only stand at the end of a struct.
static bool ends_openly(const Type *type)
{
    if (!type_is_record(type) || type->record->has_flexible_array)
        return type_is_record(type);
    size_t count = vec_count(type->record->members);
    return count && ends_openly(type->record->members[count - 1].type);
}

// A type that cannot be that of a member of the frame struct.
bool type_is_kept_as_bytes(const Type *type)
{
    return !type_is_nameable_at_file_scope(type) || type->kind == TYPE_VA_LIST || type_has_const_member(type)
        || ends_openly(type);
}

// ------------------------------------------------------------------------------------------------ warning

// -Wframe-larger-than=N: the frame, and the locals that make at least a tenth of it.
static void warn_of_size(const LoweredFunction *function)
{
    unsigned long limit = diag_limit(W_FRAME_LARGER_THAN);
    const Token *name = function->function->node->declarator->token;
    if (!limit || function->frame_size <= limit || !name)
        return;
    warn_at(W_FRAME_LARGER_THAN, name->place, name->length,
            "the frame of '%s' takes %llu bytes, more than %lu", function->function->name->text,
            (unsigned long long)function->frame_size, limit);
    for (size_t i = 0; i < vec_count(function->slots); i++) {
        const Local *local = function->slots[i];
        const Token *token = local->symbol ? local->symbol->token : NULL;
        if (token && local->size >= function->frame_size / 10)
            note_at(token->place, token->length, "'%s' takes %llu bytes", local->symbol->name->text,
                    (unsigned long long)local->size);
    }
}

void lay_out_frame(Unit *unit, LoweredFunction *function)
{
    if (!function->function->is_coroutine)
        return;
    FrameLayout layout = {.arena = unit->arena, .function = function};
    layout.states_of = arena_alloc(unit->arena, (vec_count(function->locals) + 1) * sizeof *layout.states_of);
    layout.members = map_new(unit->arena);
    map_put(layout.members, intern_text("acoc_base"), (void *)(uintptr_t)1);
    sort_suspensions(&layout);
    find_states(&layout);
    for (size_t i = 0; i < vec_count(layout.kept); i++) {
        Local *local = layout.kept[i];
        local->is_bytes = type_is_kept_as_bytes(local->type);
        local->alignment = local->alignment ? local->alignment : 1;
        name_member(&layout, local);
        if (local->lives_long)
            local->name = arena_printf(unit->arena, "acoc_frame_->%s", local->member);
    }
    if (layout.kept)
        qsort(layout.kept, vec_count(layout.kept), sizeof *layout.kept, compare_kept);
    for (size_t i = 0; i < vec_count(layout.kept); i++)
        put_into_slot(&layout, layout.kept[i]);
    if (layout.slots)
        qsort(layout.slots, vec_count(layout.slots), sizeof *layout.slots, compare_slots);
    place_slots(&layout);
    warn_of_size(function);
}

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

#include "../base/bits.h"

#include <stdlib.h>

enum { FRAME_HEAD = 16, HEAD_ALIGNMENT = 8 }; // struct acoc_frame: two pointers

typedef struct Slot {
    Local *first, *last;
    Bits *states;            // states at which one of them is there
    uint64_t size;
    uint32_t alignment;
    unsigned order;          // of making, for a stable sort
} Slot;

typedef struct FrameLayout {
    Arena *arena;
    LoweredFunction *function;
    size_t states;           // suspensions and state 0
    Bits **states_of;        // by local
    Local **kept;            // a Vec
    Slot *slots;             // a Vec
    struct Map *members;     // names given: String* -> Local*
} FrameLayout;

// --------------------------------------------------------------------------------------- who is there when

static bool is_in_frame(const LoweredFunction *function, const Local *local)
{
    return local->kept != LOCAL_TRANSIENT || (local->is_parameter && function->function->is_coroutine);
}

static void add_resident_states(FrameLayout *layout, const Local *local)
{
    Suspension **suspensions = layout->function->suspensions;
    for (size_t i = 0; i < vec_count(suspensions); i++)
        if (local_scope_holds(local, suspensions[i]))
            bits_add(layout->states_of[local->index], i + 1);
}

static void find_states(FrameLayout *layout)
{
    LoweredFunction *function = layout->function;
    for (size_t i = 0; i < vec_count(function->locals); i++) {
        Local *local = function->locals[i];
        layout->states_of[i] = bits_new(layout->arena, layout->states);
        if (!is_in_frame(function, local))
            continue;
        if (local->is_parameter)
            bits_add(layout->states_of[i], 0);
        if (local->kept == LOCAL_RESIDENT)
            add_resident_states(layout, local);
        vec_push(layout->arena, layout->kept, local);
    }
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        const Suspension *suspension = function->suspensions[i];
        for (size_t j = 0; j < vec_count(suspension->live); j++)
            bits_add(layout->states_of[suspension->live[j]->index], i + 1);
        if (suspension->result)
            bits_add(layout->states_of[suspension->result->index], i + 1);
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
        if (slot->alignment < local->alignment || bits_meet(slot->states, layout->states_of[local->index], layout->states))
            continue;
        if (!best || slot->size < best->size)
            best = slot;
    }
    return best;
}

static void put_into_slot(FrameLayout *layout, Local *local)
{
    Slot *slot = find_slot(layout, local);
    if (!slot) {
        Slot fresh = {.first = local, .size = local->size, .alignment = local->alignment,
                      .order = (unsigned)vec_count(layout->slots)};
        fresh.states = bits_new(layout->arena, layout->states);
        vec_push(layout->arena, layout->slots, fresh);
        slot = &vec_last(layout->slots);
    } else {
        slot->last->overlaps = local;
    }
    slot->last = local;
    bits_join(slot->states, layout->states_of[local->index], layout->states);
}

// -------------------------------------------------------------------------------------------------- names

static void name_member(FrameLayout *layout, Local *local)
{
    const char *name = local->symbol && local->symbol->name ? local->symbol->name->text : local->name;
    String *member = intern_text(name);
    for (unsigned i = 2; map_get(layout->members, member); i++)
        member = intern_text(arena_printf(layout->arena, "%s_%u", name, i));
    map_put(layout->members, member, local);
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
static bool must_be_bytes(const Type *type)
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
    layout.states = vec_count(function->suspensions) + 1;
    layout.states_of = arena_alloc(unit->arena, (vec_count(function->locals) + 1) * sizeof *layout.states_of);
    layout.members = map_new(unit->arena);
    map_put(layout.members, intern_text("acoc_base"), function);
    find_states(&layout);
    for (size_t i = 0; i < vec_count(layout.kept); i++) {
        Local *local = layout.kept[i];
        local->is_bytes = must_be_bytes(local->type);
        local->alignment = local->alignment ? local->alignment : 1;
        name_member(&layout, local);
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

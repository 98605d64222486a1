// SPDX-License-Identifier: MIT
// Which locals are alive across which suspension, and what follows from it: who is spilled there, who lives in the
// frame, who must be zeroed at its declaration, and which reads of unset locals the C compiler can no longer see.
//
// Needs flow. Leaves Suspension.live and zero, Local.kept, Local.must_be_zeroed, LoweredFunction.residents, and at labels
// Lowered.jumped_past.
//
// Alive is what a path from the suspension reads before it sets it. A local may be unset where a path from its declaration
// comes without setting it. That is asked twice. As the C compiler sees the text, a clean-up that stands there once mixes
// the states of everybody who enters it; as the user wrote it, who leaves it one way has entered it for that way
// (Edge.through). Reads that are unset only in the first sense get no warning, but their local is zeroed so that the C
// compiler gives none either. What begins as 0 (handles, locals of ours) and has not been set since needs no place in the
// frame: it is 0 again behind the suspension.
#include "range.h"

#include <stdlib.h>

enum {
    LARGEST_ALIGNMENT = 16,  // of working copies; what asks for more stays where it was aligned once
    MOST_SUSPENSIONS = 64,   // across which a temporary is saved and loaded each time
    MOST_OF_VARIABLE = 128   // the same for the user's variables, whose loops want registers
};

typedef struct UnsetRead {
    const Token *token;
    const Local *local;
    bool never_set;
} UnsetRead;

typedef struct Liveness {
    Unit *unit;
    LoweredFunction *function;
    Ranges *ranges;
    Fact unset, unset_by_way, set;
    bool must_begin_again;   // a local turned out to need memory
    UnsetRead *reads;        // a Vec: what to warn of
    Token **suspended;       // a Vec: the places of all suspensions, sorted
    Block **labels;          // a Vec: the blocks that begin with a label or case, by its place
} Liveness;

// ---------------------------------------------------------------------------------------------- residency

bool local_needs_memory(const Local *local)
{
    const Type *type = local->type;
    if (!local->symbol)
        return local->is_literal || local->lives_long; // others of ours are only assigned and read
    if (local->outlives_declaration || local->lives_long)
        return true;
    if (local->owns_array)
        return false; // it is a pointer to its memory
    if (type_is_variably_modified(type))
        return false; // left as it is: nothing suspends behind it in its scope
    if (type->kind == TYPE_VA_LIST)
        return !local->is_parameter; // a parameter is a pointer to the caller's
    if (type->kind == TYPE_ARRAY)
        return true;
    if (local->symbol->type->qualifiers & QUAL_VOLATILE)
        return true;
    if (local->symbol->address_taken)
        return true;
    return type_alignment(type) > LARGEST_ALIGNMENT || local->alignment > LARGEST_ALIGNMENT || type_has_const_member(type);
}

Token *suspension_token(const Suspension *suspension)
{
    return suspension->token ? suspension->token : suspension->node->first;
}

bool local_scope_holds(const Local *local, const Suspension *suspension)
{
    const Node *scope = local->scope;
    if (!scope || scope == suspension->node)
        return true;
    const Token *token = suspension_token(suspension);
    return token >= scope->first && token <= scope->last;
}

static int compare_tokens(const void *left, const void *right)
{
    const Token *a = *(Token *const *)left, *b = *(Token *const *)right;
    return (a > b) - (a < b);
}

static void sort_suspensions(Liveness *live)
{
    Suspension **suspensions = live->function->suspensions;
    for (size_t i = 0; i < vec_count(suspensions); i++)
        vec_push(live->ranges->arena, live->suspended, suspension_token(suspensions[i]));
    if (live->suspended)
        qsort(live->suspended, vec_count(live->suspended), sizeof *live->suspended, compare_tokens);
}

static bool scope_suspends(const Liveness *live, const Local *local)
{
    const Node *scope = local->scope;
    size_t index = 0, count = vec_count(live->suspended);
    if (!scope)
        return count > 0;
    vec_bisect(index, count, middle, live->suspended[middle] < scope->first);
    return index < count && live->suspended[index] <= scope->last;
}

static void place_residents(Liveness *live)
{
    LoweredFunction *function = live->function;
    vec_clear(function->residents);
    for (size_t i = 0; i < vec_count(function->locals); i++) {
        Local *local = function->locals[i];
        local->must_be_zeroed = false;
        local->kept = local_needs_memory(local) && scope_suspends(live, local) ? LOCAL_RESIDENT : LOCAL_TRANSIENT;
        if (local->kept == LOCAL_RESIDENT)
            vec_push(live->unit->arena, function->residents, local);
    }
}

// ---------------------------------------------------------------------------------------------- what is saved

// A spilled local is saved and reloaded by its name, so it must be declared where the suspension stands. Handles are
// declared at the beginning of their block.
static bool can_be_saved(const Local *local, const Suspension *suspension)
{
    if (!local->symbol || local->is_parameter)
        return true;
    if (!local_scope_holds(local, suspension))
        return false;
    return local->is_handle || local->owns_array || local->scope == suspension->node || !local->symbol->token
        || local->symbol->token <= suspension_token(suspension);
}

static bool holds_behind(const Liveness *live, const Fact *fact, const Block *block)
{
    return fact->out[block->number] == live->ranges->mark;
}

static void save_across(Liveness *live, Local *local, const Block *block)
{
    Suspension *suspension = block_suspension(block);
    bool may_be_set = holds_behind(live, &live->set, block);
    if (!can_be_saved(local, suspension)) {
        local->outlives_declaration |= may_be_set && local_scope_holds(local, suspension);
        live->must_begin_again |= local->outlives_declaration;
    } else if (local_begins_as_zero(local) && !may_be_set) {
        if (!local_is_zero_at_entry(local))
            vec_push(live->unit->arena, suspension->zero, local);
    } else {
        local->kept = LOCAL_SPILLED;
        local->must_be_zeroed |= holds_behind(live, &live->unset, block);
        vec_push(live->unit->arena, suspension->live, local);
    }
}

// --------------------------------------------------------------------------------------------- unset reads

// Is the fact true at the event? It is one of the local's in the block.
static bool holds_at(const Liveness *live, const Fact *fact, const Block *block, const Event *event)
{
    bool holds = fact->in[block->number] == live->ranges->mark;
    for (const Event *earlier = block->events; earlier < event; earlier++)
        if (earlier->local == event->local)
            holds = range_fact_behind(fact->kind, earlier->kind, holds);
    return holds;
}

// A read that only the C compiler's view calls unset; warnings are of what the user's text has not set.
static void note_unset_reads(Liveness *live, Local *local)
{
    const Ranges *ranges = live->ranges;
    UnsetRead first = {.local = local};
    bool is_mixed = false, is_unset = false;
    for (size_t i = ranges->first[local->index]; i < ranges->first[local->index + 1]; i++) {
        const Occurrence *at = &ranges->occurrences[i];
        if (at->event->kind != EVENT_USE || !holds_at(live, &live->unset, at->block, at->event))
            continue;
        bool is_truly = holds_at(live, &live->unset_by_way, at->block, at->event);
        is_mixed = true;
        is_unset |= is_truly;
        if (!is_truly || !at->event->token || (first.token && first.token <= at->event->token))
            continue;
        first.token = at->event->token;
        first.never_set = !holds_at(live, &live->set, at->block, at->event);
    }
    if (first.token && local->symbol && local->must_be_zeroed)
        vec_push(ranges->arena, live->reads, first);
    local->must_be_zeroed |= is_mixed && !is_unset; // truly unset: the C compiler shall see it
}

static int compare_reads(const void *left, const void *right)
{
    const UnsetRead *a = left, *b = right;
    return (a->token > b->token) - (a->token < b->token);
}

static void warn_of_reads(const Liveness *live)
{
    if (live->reads)
        qsort(live->reads, vec_count(live->reads), sizeof *live->reads, compare_reads);
    for (size_t i = 0; i < vec_count(live->reads); i++) {
        const UnsetRead *read = &live->reads[i];
        warn_at(read->never_set ? W_UNINITIALIZED : W_MAYBE_UNINITIALIZED, read->token->place, read->token->length,
                read->never_set ? "'%s' is used uninitialized" : "'%s' may be used uninitialized", read->local->name);
        const Token *declared = read->local->symbol->token;
        if (declared)
            note_at(declared->place, declared->length, "'%s' was declared here", read->local->name);
    }
}

// ----------------------------------------------------------------------------------------------- jumps past

static int compare_labels(const void *left, const void *right)
{
    const Block *a = *(Block *const *)left, *b = *(Block *const *)right;
    return (a->node->first > b->node->first) - (a->node->first < b->node->first);
}

static void sort_labels(Liveness *live)
{
    const Flow *flow = live->function->flow;
    for (size_t i = 0; i < vec_count(flow->blocks); i++)
        if (flow->blocks[i]->node && flow->blocks[i]->node->lowered)
            vec_push(live->ranges->arena, live->labels, flow->blocks[i]);
    if (live->labels)
        qsort(live->labels, vec_count(live->labels), sizeof *live->labels, compare_labels);
}

// The labels behind its declaration in its scope.
static Block **labels_of(const Liveness *live, const Local *local)
{
    const Token *declared = local->symbol->declaration->last;
    Block **labels = NULL;
    size_t i = 0, count = vec_count(live->labels);
    vec_bisect(i, count, middle, live->labels[middle]->node->first <= declared);
    for (; i < count && live->labels[i]->node->first <= local->scope->last; i++)
        if (live->labels[i]->node->last <= local->scope->last)
            vec_push(live->ranges->arena, labels, live->labels[i]);
    return labels;
}

// A resident is used through a pointer that its declaration sets. C allows jumps past the declaration.
static void find_jumps_past(Liveness *live, Local *local)
{
    bool is_declared = local->symbol && !local->is_parameter && !local->is_handle && !local->lives_long;
    if (!is_declared || !local->scope || !local->symbol->declaration)
        return;
    Block **labels = labels_of(live, local);
    if (!labels)
        return;
    range_find(live->ranges, local, labels, SIZE_MAX);
    range_follow(live->ranges, FACT_UNSET, false, &live->unset);
    for (size_t i = 0; i < vec_count(labels); i++)
        if (live->unset.in[labels[i]->number] == live->ranges->mark)
            vec_push(live->unit->arena, labels[i]->node->lowered->jumped_past, local);
}

// ------------------------------------------------------------------------------------------------- the whole

// A variable that is declared by a statement of its own, or by a for, can be set where its declaration stands.
static bool is_plain_variable(const Local *local)
{
    const Node *declarator = local->symbol->declaration;
    bool is_declared_alone = !local->scope || local->scope->kind == NODE_BLOCK || local->scope->kind == NODE_FOR;
    return declarator && is_declared_alone && !local->is_parameter && !local->is_handle && !local->symbol->has_cleanup
        && type_is_scalar(local->type) && !(local->symbol->type->qualifiers & ~(unsigned)QUAL_CONST)
        && !(declarator->initialiser && declarator->initialiser->kind == NODE_INITIALISER);
}

// Across how many suspensions is it saved and loaded, before a member of the frame stands for it?
static size_t most_suspensions(const Local *local)
{
    if (local->variable_type || type_is_kept_as_bytes(local->type))
        return SIZE_MAX;
    if (local->symbol)
        return is_plain_variable(local) ? MOST_OF_VARIABLE : SIZE_MAX;
    return local->is_temporary ? MOST_SUSPENSIONS : SIZE_MAX;
}

static void look_at(Liveness *live, Local *local)
{
    Ranges *ranges = live->ranges;
    if (ranges->first[local->index] == ranges->first[local->index + 1])
        return;
    if (!range_find(ranges, local, NULL, most_suspensions(local))) {
        local->lives_long = live->must_begin_again = true;
        return;
    }
    range_follow(ranges, FACT_UNSET, false, &live->unset);
    range_follow(ranges, FACT_UNSET, true, &live->unset_by_way);
    range_follow(ranges, FACT_SET, true, &live->set);
    for (size_t i = 0; i < vec_count(ranges->alive); i++)
        if (block_suspension(ranges->alive[i]))
            save_across(live, local, ranges->alive[i]);
    note_unset_reads(live, local);
}

static void forget_suspensions(LoweredFunction *function)
{
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        vec_clear(function->suspensions[i]->live);
        vec_clear(function->suspensions[i]->zero);
    }
}

// The values of what they await land in the frame.
static void keep_results(LoweredFunction *function)
{
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        Local *result = function->suspensions[i]->result;
        if (result && result->kept == LOCAL_TRANSIENT)
            result->kept = LOCAL_SPILLED;
    }
}

static void jumps_past_residents(Liveness *live)
{
    sort_labels(live);
    for (size_t i = 0; i < vec_count(live->function->residents); i++)
        find_jumps_past(live, live->function->residents[i]);
}

bool find_live_locals(Unit *unit, LoweredFunction *function)
{
    Arena *arena = arena_new();
    Liveness live = {.unit = unit, .function = function, .ranges = ranges_new(arena, function)};
    forget_suspensions(function);
    sort_suspensions(&live);
    place_residents(&live);
    for (size_t i = 0; i < vec_count(function->locals); i++)
        if (!local_needs_memory(function->locals[i]))
            look_at(&live, function->locals[i]);
    keep_results(function);
    if (!live.must_begin_again) {
        jumps_past_residents(&live);
        warn_of_reads(&live);
    }
    arena_free(arena);
    return !live.must_begin_again;
}

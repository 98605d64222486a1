// SPDX-License-Identifier: MIT
// Which locals are alive across which suspension, and what follows from it: who is spilled there, who lives in the
// frame, who must be zeroed at its declaration, and which reads of unset locals the C compiler can no longer see.
//
// Needs flow. Leaves Suspension.live, Local.kept, Local.must_be_zeroed, LoweredFunction.residents, and at labels
// Lowered.jumped_past.
//
// Alive is what a path from the suspension reads before it sets it (backwards over the graph). A local may be unset
// where a path from its declaration comes without setting it (forwards). The second question is asked twice. As the C
// compiler sees the text, a clean-up that stands there once mixes the states of everybody who enters it; as the user
// wrote it, who leaves it one way has entered it for that way (Edge.through). Reads that are unset only in the first
// sense get no warning, but their local is zeroed so that the C compiler gives none either.
#include "flow.h"

#include "../base/bits.h"

enum { LARGEST_ALIGNMENT = 16 }; // of working copies; what asks for more stays where it was aligned once

typedef struct Liveness {
    Unit *unit;
    Arena *arena;            // for the sets: they are large and end with the question
    LoweredFunction *function;
    Flow *flow;
    size_t locals;
    Bits **live_out;         // by block: alive at its end
    Bits **unset_out;        // by block: may be unset at its end
    Bits **set_out;          // by block: may be set at its end
    Bits *warned;
    Bits *mixed;             // read where only the mixing in clean-ups makes them look unset
    bool must_begin_again;   // a local turned out to need memory
    Bits **lost;             // by suspension: residents whose pointers a resume does not set
    Block **order;           // a Vec: blocks in postorder from the entry, then the unreachable ones
} Liveness;

// ---------------------------------------------------------------------------------------------- residency

bool local_needs_memory(const Local *local)
{
    const Type *type = local->type;
    if (!local->symbol)
        return local->is_literal; // others of ours are only assigned and read
    if (local->outlives_declaration)
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

static const Token *place_of(const Suspension *suspension)
{
    return suspension->token ? suspension->token : suspension->node->first;
}

bool local_scope_holds(const Local *local, const Suspension *suspension)
{
    const Node *scope = local->scope;
    if (!scope || scope == suspension->node)
        return true;
    const Token *token = place_of(suspension);
    return token >= scope->first && token <= scope->last;
}

static void place_residents(Arena *arena, LoweredFunction *function)
{
    for (size_t i = 0; i < vec_count(function->locals); i++) {
        Local *local = function->locals[i];
        if (!local_needs_memory(local))
            continue;
        for (size_t j = 0; j < vec_count(function->suspensions) && local->kept != LOCAL_RESIDENT; j++)
            if (local_scope_holds(local, function->suspensions[j]))
                local->kept = LOCAL_RESIDENT;
        if (local->kept == LOCAL_RESIDENT)
            vec_push(arena, function->residents, local);
    }
}

// -------------------------------------------------------------------------------------- order of the blocks

typedef struct Visit {
    Block *block;
    size_t next;
} Visit;

static void visit_from(Liveness *live, Block *start, Bits *seen)
{
    Arena *arena = live->arena;
    Visit *stack = NULL;
    if (bits_has(seen, start->number))
        return;
    bits_add(seen, start->number);
    vec_push(arena, stack, (Visit){start, 0});
    while (vec_count(stack)) {
        Visit *top = &vec_last(stack);
        if (top->next == vec_count(top->block->out)) {
            vec_push(arena, live->order, top->block);
            (void)vec_pop(stack);
            continue;
        }
        Block *to = top->block->out[top->next++]->to;
        if (bits_has(seen, to->number))
            continue;
        bits_add(seen, to->number);
        vec_push(arena, stack, (Visit){to, 0});
    }
}

static void order_blocks(Liveness *live)
{
    Bits *seen = bits_new(live->arena, vec_count(live->flow->blocks));
    visit_from(live, live->flow->entry, seen);
    for (size_t i = 0; i < vec_count(live->flow->blocks); i++)
        visit_from(live, live->flow->blocks[i], seen);
}

static Bits **sets_per_block(Liveness *live)
{
    size_t count = vec_count(live->flow->blocks);
    Bits **sets = arena_alloc(live->arena, count * sizeof *sets);
    for (size_t i = 0; i < count; i++)
        sets[i] = bits_new(live->arena, live->locals);
    return sets;
}

// ------------------------------------------------------------------------------------------------- liveness

// gen: read before set in the block; kill: set, or declared anew, in it.
static void summarise(const Block *block, Bits *gen, Bits *kill)
{
    for (size_t i = vec_count(block->events); i-- > 0;) {
        const Event *event = &block->events[i];
        unsigned index = event->local ? event->local->index : 0;
        if (event->kind == EVENT_DEF || event->kind == EVENT_UNDEF) {
            bits_remove(gen, index);
            bits_add(kill, index);
        } else if (event->kind == EVENT_USE) {
            bits_add(gen, index);
        }
    }
}

static bool add_alive(Liveness *live, const Block *block, Bits **gen, Bits **kill)
{
    bool changed = false;
    Bits *out = live->live_out[block->number];
    for (size_t i = 0; i < vec_count(block->out); i++) {
        unsigned to = block->out[i]->to->number;
        for (size_t word = 0; word < bits_words(live->locals); word++) {
            Bits in = gen[to][word] | (live->live_out[to][word] & ~kill[to][word]);
            changed |= (in & ~out[word]) != 0;
            out[word] |= in;
        }
    }
    return changed;
}

static void solve_liveness(Liveness *live)
{
    Bits **gen = sets_per_block(live), **kill = sets_per_block(live);
    live->live_out = sets_per_block(live);
    for (size_t i = 0; i < vec_count(live->flow->blocks); i++)
        summarise(live->flow->blocks[i], gen[i], kill[i]);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < vec_count(live->order); i++)
            changed |= add_alive(live, live->order[i], gen, kill);
    }
}

// ----------------------------------------------------------------------------------------- set and unset

static void apply(const Liveness *live, const Event *event, Bits *unset, Bits *set)
{
    if (event->kind == EVENT_SUSPEND)
        bits_join(unset, live->lost[event->suspension->state - 1], live->locals);
    if (!event->local)
        return;
    unsigned index = event->local->index;
    if (event->kind == EVENT_DEF || event->kind == EVENT_PARTIAL || event->kind == EVENT_PLACE) {
        bits_remove(unset, index);
        bits_add(set, index);
    } else if (event->kind == EVENT_UNDEF) {
        bits_add(unset, index);
        bits_remove(set, index);
    }
}

static void join_edge(const Liveness *live, const Edge *edge, bool by_way, Bits *unset, Bits *set)
{
    const Bits *from_unset = live->unset_out[edge->from->number], *from_set = live->set_out[edge->from->number];
    const Bits *through = by_way && edge->through ? live->unset_out[edge->through->number] : NULL;
    for (size_t word = 0; word < bits_words(live->locals); word++) {
        unset[word] |= through ? from_unset[word] & through[word] : from_unset[word];
        set[word] |= from_set[word];
    }
}

// The state at the beginning of a block. Everything is unset at the entry.
static void state_at(const Liveness *live, const Block *block, bool by_way, Bits *unset, Bits *set)
{
    for (size_t word = 0; word < bits_words(live->locals); word++) {
        unset[word] = block == live->flow->entry ? ~(Bits)0 : 0;
        set[word] = 0;
    }
    for (size_t i = 0; i < vec_count(block->in); i++)
        join_edge(live, block->in[i], by_way, unset, set);
}

static bool add_state(Liveness *live, const Block *block, bool by_way, Bits *unset, Bits *set)
{
    state_at(live, block, by_way, unset, set);
    for (size_t i = 0; i < vec_count(block->events); i++)
        apply(live, &block->events[i], unset, set);
    bool changed = false;
    for (size_t word = 0; word < bits_words(live->locals); word++) {
        changed |= unset[word] != live->unset_out[block->number][word] || set[word] != live->set_out[block->number][word];
        live->unset_out[block->number][word] = unset[word];
        live->set_out[block->number][word] = set[word];
    }
    return changed;
}

// Of locals in memory, set and unset speak of the pointers that their declarations set.
static void find_lost_pointers(Liveness *live)
{
    LoweredFunction *function = live->function;
    size_t count = vec_count(function->suspensions);
    live->lost = arena_alloc(live->arena, (count + 1) * sizeof *live->lost);
    for (size_t i = 0; i < count; i++) {
        live->lost[i] = bits_new(live->arena, live->locals);
        for (size_t j = 0; j < live->locals; j++)
            if (function->locals[j]->kept == LOCAL_RESIDENT
                && !local_is_declared_at(function->locals[j], place_of(function->suspensions[i])))
                bits_add(live->lost[i], j);
    }
}

static void solve_unset(Liveness *live, bool by_way)
{
    live->unset_out = sets_per_block(live);
    live->set_out = sets_per_block(live);
    Bits *unset = bits_new(live->arena, live->locals), *set = bits_new(live->arena, live->locals);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = vec_count(live->order); i-- > 0;)
            changed |= add_state(live, live->order[i], by_way, unset, set);
    }
}

// --------------------------------------------------------------------------------------------- conclusions

// A spilled local is saved and reloaded by its name, so it must be declared where the suspension stands. Handles are
// declared at the beginning of their block.
static bool can_be_saved(const Local *local, const Suspension *suspension)
{
    if (!local->symbol || local->is_parameter)
        return true;
    if (!local_scope_holds(local, suspension))
        return false;
    return local->is_handle || local->owns_array || local->scope == suspension->node || !local->symbol->token
        || local->symbol->token <= place_of(suspension);
}

static void save_across(Liveness *live, Suspension *suspension, const Block *block, const Bits *unset, const Bits *set)
{
    LoweredFunction *function = live->function;
    vec_clear(suspension->live);
    for (size_t i = 0; i < live->locals; i++) {
        Local *local = function->locals[i];
        if (!bits_has(live->live_out[block->number], i))
            continue;
        if (!can_be_saved(local, suspension)) {
            local->outlives_declaration |= bits_has(set, i) && local_scope_holds(local, suspension);
            live->must_begin_again |= local->outlives_declaration;
            continue;
        }
        local->kept = LOCAL_SPILLED;
        local->must_be_zeroed |= bits_has(unset, i);
        vec_push(live->unit->arena, suspension->live, local);
    }
    if (suspension->result && suspension->result->kept == LOCAL_TRANSIENT)
        suspension->result->kept = LOCAL_SPILLED; // its value lands in the frame
}

// Before the event: what it saves when it suspends.
static void save_at(Liveness *live, const Block *block, const Event *event, const Bits *unset, const Bits *set)
{
    if (event->kind == EVENT_SUSPEND)
        save_across(live, event->suspension, block, unset, set);
}

// A read that only the C compiler's view calls unset; `sure` holds what the user's text has set.
static void warn_at_read(Liveness *live, const Event *event, const Bits *unset, const Bits *set)
{
    Local *local = event->local;
    if (event->kind != EVENT_USE || !bits_has(unset, local->index) || !local->must_be_zeroed)
        return;
    if (!local->symbol || !event->token || bits_has(live->warned, local->index))
        return;
    bits_add(live->warned, local->index);
    bool never = !bits_has(set, local->index);
    warn_at(never ? W_UNINITIALIZED : W_MAYBE_UNINITIALIZED, event->token->place, event->token->length,
            never ? "'%s' is used uninitialized" : "'%s' may be used uninitialized", local->name);
    const Token *declared = local->symbol->token;
    if (declared)
        note_at(declared->place, declared->length, "'%s' was declared here", local->name);
}

typedef void Visitor(Liveness *live, const Block *block, const Event *event, const Bits *unset, const Bits *set);

static void each_event(Liveness *live, bool by_way, Visitor *visit)
{
    Bits *unset = bits_new(live->arena, live->locals), *set = bits_new(live->arena, live->locals);
    for (size_t i = vec_count(live->order); i-- > 0;) {
        const Block *block = live->order[i];
        state_at(live, block, by_way, unset, set);
        for (size_t j = 0; j < vec_count(block->events); j++) {
            visit(live, block, &block->events[j], unset, set);
            apply(live, &block->events[j], unset, set);
        }
    }
}

static void note_mixed_read(Liveness *live, const Block *block, const Event *event, const Bits *unset, const Bits *set)
{
    (void)block, (void)set;
    if (event->kind == EVENT_USE && bits_has(unset, event->local->index))
        bits_add(live->mixed, event->local->index);
}

static void warn_at_event(Liveness *live, const Block *block, const Event *event, const Bits *unset, const Bits *set)
{
    (void)block;
    if (event->kind == EVENT_USE && bits_has(unset, event->local->index))
        bits_remove(live->mixed, event->local->index); // truly unset: the C compiler shall see it
    warn_at_read(live, event, unset, set);
}

// A resident is used through a pointer that its declaration sets. C allows jumps past the declaration.
static bool is_passed_at(const Local *local, const Node *label, const Bits *unset)
{
    bool is_declared = local->kept == LOCAL_RESIDENT && local->symbol && !local->is_parameter && !local->is_handle;
    if (!is_declared || !bits_has(unset, local->index) || !local->scope || !local->symbol->declaration)
        return false;
    return local->scope->first < label->first && label->last <= local->scope->last &&
           local->symbol->declaration->last < label->first;
}

static void find_jumped_past(Liveness *live)
{
    Bits *unset = bits_new(live->arena, live->locals), *set = bits_new(live->arena, live->locals);
    for (size_t i = 0; i < vec_count(live->flow->blocks); i++) {
        const Block *block = live->flow->blocks[i];
        if (!block->node || !block->node->lowered)
            continue;
        state_at(live, block, false, unset, set);
        for (size_t j = 0; j < live->locals; j++)
            if (is_passed_at(live->function->locals[j], block->node, unset))
                vec_push(live->unit->arena, block->node->lowered->jumped_past, live->function->locals[j]);
    }
}

static void forget(LoweredFunction *function)
{
    vec_clear(function->residents);
    for (size_t i = 0; i < vec_count(function->locals); i++) {
        function->locals[i]->kept = LOCAL_TRANSIENT;
        function->locals[i]->must_be_zeroed = false;
    }
}

bool find_live_locals(Unit *unit, LoweredFunction *function)
{
    Liveness live = {.unit = unit, .arena = arena_new(), .function = function, .flow = function->flow};
    live.locals = vec_count(function->locals);
    live.warned = bits_new(live.arena, live.locals);
    live.mixed = bits_new(live.arena, live.locals);
    forget(function);
    place_residents(unit->arena, function);
    order_blocks(&live);
    solve_liveness(&live);
    find_lost_pointers(&live);
    solve_unset(&live, false);
    each_event(&live, false, save_at);
    if (!live.must_begin_again) {
        each_event(&live, false, note_mixed_read);
        find_jumped_past(&live);
        solve_unset(&live, true);
        each_event(&live, true, warn_at_event);
        for (size_t i = 0; i < live.locals; i++)
            function->locals[i]->must_be_zeroed |= bits_has(live.mixed, i);
    }
    arena_free(live.arena);
    return !live.must_begin_again;
}

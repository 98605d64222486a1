// SPDX-License-Identifier: MIT
// Where one local is alive, and where it may be set or unset. Each local is asked for by itself: alive by walking back from
// its reads, set and unset by walking on from where that begins, through blocks in which it is alive. Where it is not
// alive nobody cares. So the work is as long as the lives of the locals are, and a function of many thousand
// temporaries takes no longer for each of them than one of ten.
//
// A clean-up stands in the text once, so in the graph all ways into it lead to all ways on behind it. By way, a fact holds
// behind it only if it held where it was entered for this way out, or if the clean-up's own text made it so.
#include "range.h"

// ---------------------------------------------------------------------------------------------- occurrences

static void count_occurrences(Ranges *ranges)
{
    for (size_t i = 0; i < vec_count(ranges->flow->blocks); i++) {
        const Block *block = ranges->flow->blocks[i];
        for (size_t j = 0; j < vec_count(block->events); j++)
            if (block->events[j].local)
                ranges->first[block->events[j].local->index + 1]++;
    }
    for (size_t i = 0; i < vec_count(ranges->function->locals); i++)
        ranges->first[i + 1] += ranges->first[i];
}

static void list_occurrences(Ranges *ranges)
{
    size_t locals = vec_count(ranges->function->locals);
    size_t *next = arena_alloc(ranges->arena, (locals + 1) * sizeof *next);
    for (size_t i = 0; i < locals; i++)
        next[i] = ranges->first[i];
    ranges->occurrences = arena_alloc(ranges->arena, (ranges->first[locals] + 1) * sizeof *ranges->occurrences);
    for (size_t i = 0; i < vec_count(ranges->flow->blocks); i++) {
        Block *block = ranges->flow->blocks[i];
        for (size_t j = 0; j < vec_count(block->events); j++) {
            const Event *event = &block->events[j];
            if (event->local)
                ranges->occurrences[next[event->local->index]++] = (Occurrence){block, event};
        }
    }
}

static void list_edges_behind(Ranges *ranges)
{
    for (size_t i = 0; i < vec_count(ranges->flow->blocks); i++) {
        const Block *block = ranges->flow->blocks[i];
        for (size_t j = 0; j < vec_count(block->out); j++)
            if (block->out[j]->through)
                vec_push(ranges->arena, ranges->behind[block->out[j]->through->number], block->out[j]);
    }
}

Ranges *ranges_new(Arena *arena, LoweredFunction *function)
{
    Ranges *ranges = NEW(arena, Ranges);
    size_t blocks = vec_count(function->flow->blocks) + 1;
    *ranges = (Ranges){.arena = arena, .function = function, .flow = function->flow};
    ranges->first = arena_alloc(arena, (vec_count(function->locals) + 2) * sizeof *ranges->first);
    ranges->behind = arena_alloc(arena, blocks * sizeof *ranges->behind);
    ranges->occurs = arena_alloc(arena, blocks * sizeof *ranges->occurs);
    ranges->first_here = arena_alloc(arena, blocks * sizeof *ranges->first_here);
    ranges->alive_in = arena_alloc(arena, blocks * sizeof *ranges->alive_in);
    ranges->alive_out = arena_alloc(arena, blocks * sizeof *ranges->alive_out);
    count_occurrences(ranges);
    list_occurrences(ranges);
    list_edges_behind(ranges);
    return ranges;
}

static const Occurrence *first_occurrence(const Ranges *ranges)
{
    return ranges->occurrences + ranges->first[ranges->local->index];
}

static const Occurrence *last_occurrence(const Ranges *ranges) // behind it
{
    return ranges->occurrences + ranges->first[ranges->local->index + 1];
}

static void find_blocks_of_occurrences(Ranges *ranges)
{
    const Occurrence *first = first_occurrence(ranges), *end = last_occurrence(ranges);
    for (const Occurrence *occurrence = end; occurrence-- > first;) {
        ranges->occurs[occurrence->block->number] = ranges->mark;
        ranges->first_here[occurrence->block->number] = (size_t)(occurrence - ranges->occurrences);
    }
}

// ---------------------------------------------------------------------------------------------------- alive

static bool ends_value(EventKind kind)
{
    return kind == EVENT_DEF || kind == EVENT_UNDEF || kind == EVENT_NULL || kind == EVENT_PLACE;
}

// What stands before the first end of its value in the block: a read?
static bool is_read_first(const Ranges *ranges, const Occurrence *occurrence)
{
    const Block *block = occurrence->block;
    for (; occurrence < last_occurrence(ranges) && occurrence->block == block; occurrence++)
        if (occurrence->event->kind == EVENT_USE || ends_value(occurrence->event->kind))
            return occurrence->event->kind == EVENT_USE;
    return false;
}

static bool has_end_of_value(const Ranges *ranges, const Block *block)
{
    if (!range_occurs(ranges, block))
        return false;
    const Occurrence *occurrence = ranges->occurrences + ranges->first_here[block->number];
    for (; occurrence < last_occurrence(ranges) && occurrence->block == block; occurrence++)
        if (ends_value(occurrence->event->kind))
            return true;
    return false;
}

static void is_alive_at_start(Ranges *ranges, Block *block)
{
    if (ranges->alive_in[block->number] == ranges->mark)
        return;
    ranges->alive_in[block->number] = ranges->mark;
    vec_push(ranges->arena, ranges->waiting, block);
}

static void is_alive_at_end(Ranges *ranges, Block *block)
{
    if (ranges->alive_out[block->number] == ranges->mark)
        return;
    ranges->alive_out[block->number] = ranges->mark;
    vec_push(ranges->arena, ranges->alive, block);
    ranges->suspensions += block_suspension(block) != NULL;
    if (!has_end_of_value(ranges, block))
        is_alive_at_start(ranges, block);
}

bool range_find(Ranges *ranges, const Local *local, Block *const *uses, size_t most)
{
    ranges->local = local;
    ranges->mark++;
    ranges->suspensions = 0;
    vec_clear(ranges->alive);
    vec_clear(ranges->waiting);
    find_blocks_of_occurrences(ranges);
    for (const Occurrence *at = first_occurrence(ranges); at < last_occurrence(ranges); at++)
        if (ranges->first_here[at->block->number] == (size_t)(at - ranges->occurrences) && is_read_first(ranges, at))
            is_alive_at_start(ranges, at->block);
    for (size_t i = 0; i < vec_count(uses); i++)
        is_alive_at_start(ranges, uses[i]);
    while (vec_count(ranges->waiting)) {
        const Block *block = vec_pop(ranges->waiting);
        for (size_t i = 0; i < vec_count(block->in); i++)
            is_alive_at_end(ranges, block->in[i]->from);
        if (ranges->suspensions > most)
            return false;
    }
    return true;
}

// ------------------------------------------------------------------------------------------------------ facts

bool range_fact_behind(FactKind kind, EventKind event, bool before)
{
    switch (event) {
    case EVENT_DEF:
    case EVENT_PARTIAL:
    case EVENT_PLACE: return kind == FACT_SET;
    case EVENT_UNDEF: return kind == FACT_UNSET;
    case EVENT_NULL: return false;
    default: return before;
    }
}

// A resume does not set the pointer of a local in memory that is not declared where it suspended.
static bool is_lost_at(const Ranges *ranges, const Block *block)
{
    const Suspension *suspension = block_suspension(block);
    return suspension && ranges->local->kept == LOCAL_RESIDENT
        && !local_is_declared_at(ranges->local, suspension_token(suspension));
}

static bool holds_at_end(const Ranges *ranges, const Fact *fact, const Block *block, bool holds)
{
    if (range_occurs(ranges, block)) {
        const Occurrence *occurrence = ranges->occurrences + ranges->first_here[block->number];
        for (; occurrence < last_occurrence(ranges) && occurrence->block == block; occurrence++)
            holds = range_fact_behind(fact->kind, occurrence->event->kind, holds);
    }
    return holds || (fact->kind == FACT_UNSET && is_lost_at(ranges, block));
}

static bool is_set_in_cleanup(const Ranges *ranges, const CleanupText *text)
{
    for (const Occurrence *at = first_occurrence(ranges); at < last_occurrence(ranges); at++) {
        bool is_inside = at->block == text->start
            || (at->block->number >= text->first && at->block->number < text->end);
        if (is_inside && range_fact_behind(FACT_SET, at->event->kind, false))
            return true;
    }
    return false;
}

// Its own text may have set the local; what it makes unset is gone with its scope.
static bool may_hold_behind(const Ranges *ranges, const Fact *fact, const Edge *edge)
{
    if (!fact->by_way || !edge->through || fact->out[edge->through->number] == ranges->mark)
        return true;
    return fact->kind == FACT_SET && is_set_in_cleanup(ranges, edge->passed);
}

static void cross(Ranges *ranges, Fact *fact, const Edge *edge)
{
    unsigned to = edge->to->number;
    if (fact->out[edge->from->number] != ranges->mark || fact->in[to] == ranges->mark
        || ranges->alive_in[to] != ranges->mark || !may_hold_behind(ranges, fact, edge))
        return;
    fact->in[to] = ranges->mark;
    vec_push(ranges->arena, ranges->waiting, edge->to);
}

static void leave(Ranges *ranges, Fact *fact, const Block *block)
{
    if (fact->out[block->number] == ranges->mark)
        return;
    fact->out[block->number] = ranges->mark;
    for (size_t i = 0; i < vec_count(block->out); i++)
        cross(ranges, fact, block->out[i]);
    for (size_t i = 0; i < vec_count(ranges->behind[block->number]); i++)
        cross(ranges, fact, ranges->behind[block->number][i]);
}

// Where it begins: everything is unset at the entry, and behind what makes it so.
static void begin_fact(Ranges *ranges, Fact *fact)
{
    Block *entry = ranges->flow->entry;
    if (fact->kind == FACT_UNSET && ranges->alive_in[entry->number] == ranges->mark) {
        fact->in[entry->number] = ranges->mark;
        vec_push(ranges->arena, ranges->waiting, entry);
    }
    for (const Occurrence *at = first_occurrence(ranges); at < last_occurrence(ranges); at++)
        if (holds_at_end(ranges, fact, at->block, false))
            leave(ranges, fact, at->block);
    if (ranges->local->kept != LOCAL_RESIDENT)
        return;
    for (size_t i = 0; i < vec_count(ranges->alive); i++)
        if (holds_at_end(ranges, fact, ranges->alive[i], false))
            leave(ranges, fact, ranges->alive[i]);
}

void range_follow(Ranges *ranges, FactKind kind, bool by_way, Fact *fact)
{
    if (!fact->in) {
        size_t blocks = vec_count(ranges->flow->blocks) + 1;
        fact->in = arena_alloc(ranges->arena, blocks * sizeof *fact->in);
        fact->out = arena_alloc(ranges->arena, blocks * sizeof *fact->out);
    }
    fact->kind = kind;
    fact->by_way = by_way;
    begin_fact(ranges, fact);
    while (vec_count(ranges->waiting)) {
        const Block *block = vec_pop(ranges->waiting);
        if (holds_at_end(ranges, fact, block, true))
            leave(ranges, fact, block);
    }
}

// SPDX-License-Identifier: MIT
// --emit=dot: the state machine of each coroutine as a graph for Graphviz. Its states are the start, the suspensions,
// named by their lines, and the two ends; an edge says what happens on the way from one to the next:
//
//     runs                    from the start, without having waited
//     resumes                 the awaited thing has ended well
//     error or cancelled      it raised, or the task was cancelled there (dashed)
//     returns, raises         the same where the way ends
//
// A way is followed through the flow graph up to the next suspension or end. Behind a clean-up, which stands there once
// for all that enter it, it goes on only as it could have entered.
#include "emit.h"

#include "../base/bits.h"
#include "../model/flow.h"

typedef struct Way {
    const Flow *flow;
    Arena *arena;
    Bits *seen;              // blocks
    Block **reached;         // a Vec: those whose ways on are still to be followed
    Edge **waiting;          // a Vec: edges behind clean-ups that were not entered that way yet
} Way;

typedef struct DotDump {
    Unit *unit;
    const LoweredFunction *function;
    unsigned number;         // of the function
    FILE *out;
} DotDump;

static const Suspension *suspension_of(const Block *block)
{
    size_t count = vec_count(block->events);
    return count && block->events[count - 1].kind == EVENT_SUSPEND ? block->events[count - 1].suspension : NULL;
}

static void reach(Way *way, Block *block)
{
    if (bits_has(way->seen, block->number))
        return;
    bits_add(way->seen, block->number);
    if (!suspension_of(block))
        vec_push(way->arena, way->reached, block);
}

static void follow_edge(Way *way, Edge *edge)
{
    if (!edge->through || bits_has(way->seen, edge->through->number))
        reach(way, edge->to);
    else
        vec_push(way->arena, way->waiting, edge);
}

// The start of the clean-up that the edge leaves: where whatever enters it comes together.
static const Block *cleanup_of(const Edge *edge)
{
    return edge->through->out[0]->to;
}

// Edges whose way in has been seen by now, or whose clean-up was never entered: then the way began inside of it.
static bool follow_waiting(Way *way, bool from_inside)
{
    Edge **waiting = way->waiting;
    bool followed = false;
    way->waiting = NULL;
    for (size_t i = 0; i < vec_count(waiting); i++) {
        bool may_go = bits_has(way->seen, waiting[i]->through->number)
            || (from_inside && !bits_has(way->seen, cleanup_of(waiting[i])->number));
        if (may_go)
            reach(way, waiting[i]->to);
        else
            vec_push(way->arena, way->waiting, waiting[i]);
        followed |= may_go;
    }
    return followed;
}

static void follow(Way *way)
{
    do {
        while (vec_count(way->reached)) {
            Block *block = vec_pop(way->reached);
            for (size_t i = 0; i < vec_count(block->out); i++)
                follow_edge(way, block->out[i]);
        }
    } while (follow_waiting(way, false) || follow_waiting(way, true));
}

static void put_edge(const DotDump *dump, unsigned from, const char *to, const char *label, bool is_error)
{
    fprintf(dump->out, "        f%u_%u -> f%u_%s [label=\"%s\"%s];\n", dump->number, from, dump->number, to, label,
            is_error ? ", style=dashed" : "");
}

// The states, from 1 on, whose suspensions the way has reached.
static Bits *states_reached(const DotDump *dump, const Way *way)
{
    Bits *states = bits_new(way->arena, vec_count(dump->function->suspensions) + 1);
    for (size_t i = 0; i < vec_count(way->flow->blocks); i++) {
        const Suspension *suspension = bits_has(way->seen, i) ? suspension_of(way->flow->blocks[i]) : NULL;
        if (suspension)
            bits_add(states, suspension->state);
    }
    return states;
}

// From a state on: `start` is what follows it first.
static void put_way(const DotDump *dump, unsigned from, Block *start, const char *label, bool is_error)
{
    Way way = {.flow = dump->function->flow, .arena = dump->unit->arena};
    way.seen = bits_new(way.arena, vec_count(way.flow->blocks));
    reach(&way, start);
    follow(&way);
    const Bits *states = states_reached(dump, &way);
    for (size_t state = 1; state <= vec_count(dump->function->suspensions); state++)
        if (bits_has(states, state))
            put_edge(dump, from, arena_printf(way.arena, "%zu", state), label, is_error);
    if (bits_has(way.seen, way.flow->returned->number))
        put_edge(dump, from, "return", is_error ? "error or cancelled, returns" : "returns", is_error);
    if (bits_has(way.seen, way.flow->raised->number))
        put_edge(dump, from, "raise", is_error ? "error or cancelled" : "raises", is_error);
}

static void put_states(const DotDump *dump)
{
    const Function *function = dump->function->function;
    unsigned number = dump->number;
    fprintf(dump->out, "    subgraph cluster_%u {\n        label=\"%s\";\n", number, function->name->text);
    fprintf(dump->out, "        f%u_0 [label=\"start\\nline %u\", shape=oval];\n", number,
            function->node->declarator->token->place.line);
    for (size_t i = 0; i < vec_count(dump->function->suspensions); i++)
        fprintf(dump->out, "        f%u_%zu [label=\"line %s\"];\n", number, i + 1,
                suspension_place(dump->unit, dump->function, dump->function->suspensions[i]));
    fprintf(dump->out, "        f%u_return [label=\"return\", shape=oval];\n", number);
    fprintf(dump->out, "        f%u_raise [label=\"raise\", shape=oval];\n", number);
}

static void dump_function(const DotDump *dump)
{
    const Flow *flow = dump->function->flow;
    put_states(dump);
    put_way(dump, 0, flow->entry, "runs", false);
    for (size_t i = 0; i < vec_count(flow->blocks); i++) {
        const Block *block = flow->blocks[i];
        const Suspension *suspension = suspension_of(block);
        for (size_t j = 0; suspension && j < vec_count(block->out); j++) {
            bool is_error = block->out[j]->is_raise;
            put_way(dump, suspension->state, block->out[j]->to, is_error ? "error or cancelled" : "resumes", is_error);
        }
    }
    fprintf(dump->out, "    }\n");
}

bool dump_dot(Unit *unit, FILE *out)
{
    unsigned number = 0;
    fprintf(out, "digraph acoc {\n    node [shape=box, fontname=\"monospace\"];\n    edge [fontname=\"monospace\", fontsize=10];\n");
    for (size_t i = 0; i < vec_count(unit->functions); i++) {
        const Function *function = unit->functions[i];
        if (!function->is_coroutine || !function->lowered || !function->lowered->flow)
            continue;
        DotDump dump = {.unit = unit, .function = function->lowered, .number = number++, .out = out};
        dump_function(&dump);
    }
    fprintf(out, "}\n");
    return !ferror(out);
}

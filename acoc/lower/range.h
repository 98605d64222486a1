// SPDX-License-Identifier: MIT
// Inside lower/: the life of one local after the other in the flow graph (range.c), for live.c.
#ifndef ACOC_LOWER_RANGE_H
#define ACOC_LOWER_RANGE_H

#include "flow.h"

typedef enum FactKind {
    FACT_UNSET,              // it may be unset
    FACT_SET                 // it may be set
} FactKind;

// Where something holds of the local at hand. By block: Ranges.mark where it holds at its beginning, at its end.
typedef struct Fact {
    FactKind kind;
    bool by_way;             // who has entered a clean-up for one way out leaves it that way (Edge.through)
    unsigned *in, *out;
} Fact;

typedef struct Occurrence {
    Block *block;
    const Event *event;
} Occurrence;

typedef struct Ranges {
    Arena *arena;            // ends with the question
    LoweredFunction *function;
    const Flow *flow;
    Occurrence *occurrences; // of all locals, one local after the other, in the order of the blocks and events
    size_t *first;           // by local: its first occurrence; one more at the end
    const Edge ***behind;    // by block: a Vec of the edges behind a clean-up that was entered by it
    const Local *local;      // the one at hand
    unsigned mark;           // what was found for it
    unsigned *occurs;        // by block: mark, where it has occurrences
    size_t *first_here;      // by block: the first of them
    unsigned *alive_in, *alive_out; // by block: mark, where it is alive at the beginning, at the end
    Block **alive;           // a Vec: the blocks at whose end it is alive
    Block **waiting;         // a Vec
    size_t suspensions;      // across which it is alive
} Ranges;

Ranges *ranges_new(Arena *arena, LoweredFunction *function);
// Goes to a local: where is it alive? uses: more blocks (a Vec) at whose beginning it is read. False: across more than
// `most` suspensions.
bool range_find(Ranges *ranges, const Local *local, Block *const *uses, size_t most);
// Where does a fact hold? Known only where the local is alive. The arrays are taken from an earlier answer, if any.
void range_follow(Ranges *ranges, FactKind kind, bool by_way, Fact *fact);
bool range_fact_behind(FactKind kind, EventKind event, bool before); // an event of the local changes it

static inline bool range_occurs(const Ranges *ranges, const Block *block) { return ranges->occurs[block->number] == ranges->mark; }

// The suspension that ends the block, or NULL.
static inline Suspension *block_suspension(const Block *block)
{
    return vec_count(block->events) ? vec_last(block->events).suspension : NULL;
}

#endif

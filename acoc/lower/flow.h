// SPDX-License-Identifier: MIT
// Inside lower/: the builder of flow graphs, shared by flow.c (blocks, regions, ways out), flow_expr.c (expressions and
// the steps they were cut into), flow_condition.c (those that branch) and flow_stmt.c (statements).
#ifndef ACOC_LOWER_FLOW_H
#define ACOC_LOWER_FLOW_H

#include "../model/flow.h"
#include "lower.h"

// What stands for the node's value, or NULL.
static inline Local *node_temporary(const Node *node) { return node && node->lowered ? node->lowered->temporary : NULL; }

// A loop or switch around the current place.
typedef struct FlowTarget {
    Node *node;
    Region *inside;          // of a for's own declaration: its handles and clean-ups end between break_to and outside
    Block *break_to, *outside;
    Block *continue_to;      // NULL for a switch
    Block *switch_head;      // NULL for a loop
    bool has_default;
} FlowTarget;

typedef struct FlowLabel {
    Symbol *symbol;
    Block *block;
} FlowLabel;

// One way into a clean-up, and with it one way on behind it.
typedef enum WayKind { WAY_FALL, WAY_RAISE, WAY_EXIT } WayKind;

typedef struct FlowWay {
    WayKind kind;
    Exit *exit;              // WAY_EXIT
    Block *block;            // sets `leave`, goes to the clean-up
} FlowWay;

typedef struct FlowRegion {
    Block *landing;          // where an error raised in the region goes, made when first needed
    Block *cleanup;          // REGION_CLEANUP: start of the one copy of the clean-up
    CleanupText *text;       // REGION_CLEANUP: from its beginning on
    FlowWay *ways;           // REGION_CLEANUP: a Vec
} FlowRegion;

typedef struct FlowBuilder {
    Unit *unit;
    Arena *arena;
    LoweredFunction *function;
    Flow *flow;
    Block *current;
    Region *region;          // around the current place
    FlowRegion *regions;     // by Region.number
    FlowTarget *targets;     // a Vec, innermost last
    FlowLabel *labels;       // a Vec
    Block **computed;        // a Vec: blocks that end in goto *p
} FlowBuilder;

// ---- flow.c
Block *flow_block(FlowBuilder *builder, const char *label);
void flow_start(FlowBuilder *builder, Block *block);                 // goes on in block without an edge
void flow_go(FlowBuilder *builder, Block *to);                       // an edge from the current block
void flow_into(FlowBuilder *builder, Block *block);                  // edge and start
void flow_stop(FlowBuilder *builder);                                // what follows cannot be reached from here
// kind for local, unless it is NULL or needs memory.
void flow_event(FlowBuilder *builder, EventKind kind, Local *local, Token *token);
void flow_release(FlowBuilder *builder, const Region *region);       // what a REGION_HANDLES holds
void flow_extents(FlowBuilder *builder, const Type *type);           // reads the kept lengths of its arrays
void flow_may_raise(FlowBuilder *builder, Region *region);           // region NULL: the current one
void flow_raise(FlowBuilder *builder, Region *region);
Block *flow_landing(FlowBuilder *builder, Region *region);
bool flow_is_raised_to(FlowBuilder *builder, Region *region);         // its landing was asked for
void flow_suspend(FlowBuilder *builder, Suspension *suspension);     // arguments and handle included
void flow_leave(FlowBuilder *builder, Exit *exit, Region *from);     // from `from` to the exit's target
void flow_begin_cleanup(FlowBuilder *builder, Region *region);
void flow_end_cleanup(FlowBuilder *builder, Region *region, bool may_swallow);
Block *flow_label(FlowBuilder *builder, Symbol *symbol);

// ---- flow_expr.c
void flow_expression(FlowBuilder *builder, Node *node);              // NULL is allowed
void flow_place(FlowBuilder *builder, Node *place);                  // what an lvalue needs, without reading the object
void flow_steps(FlowBuilder *builder, Node *owner);                  // those that it was cut into
void flow_store(FlowBuilder *builder, Node *place);                  // a value goes to it; evaluates nothing
void flow_sizes(FlowBuilder *builder, Node *node);                   // what the variably modified types in it read
void flow_run_steps(FlowBuilder *builder, Step **steps, size_t count, Node *owner); // owner: of them, or NULL
void flow_expression_to(FlowBuilder *builder, Node *node, Local *target);

// ---- flow_condition.c
void flow_condition(FlowBuilder *builder, Node *node, Block *yes, Block *no); // callers start a block behind it
void flow_logical(FlowBuilder *builder, Node *node);                 // a && or || whose value is used
void flow_conditional(FlowBuilder *builder, Node *node);
// Runs the steps before the STEP_IF at index and its condition; callers start a block behind it.
void flow_branch_of_step(FlowBuilder *builder, Step **steps, size_t index, Node *owner, Block *then, Block *otherwise);
bool is_short_circuit(const Node *node);

// ---- flow_stmt.c
void flow_statement(FlowBuilder *builder, Node *node);               // NULL is allowed

// ---- live.c
// Its value must stand at an address of its own: an array, volatile, its address taken, not assignable. Such a local
// has no events: where a suspension stands in its scope it lives in the frame.
bool local_needs_memory(const Local *local);
bool local_scope_holds(const Local *local, const Suspension *suspension);
Token *suspension_token(const Suspension *suspension);                // where it stands

// ---- frame.c
bool type_is_kept_as_bytes(const Type *type);                        // it cannot be that of a member of the frame struct

#endif

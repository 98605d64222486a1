// SPDX-License-Identifier: MIT
// What lower/ decides about a function, for emit/ to write down. The tree itself stays as the user wrote it: decisions
// hang on its nodes (Node.lowered) and on the function (Function.lowered).
//
// The text that these decisions describe, for one function:
//
//     T acoc_await_f(task, base frame, result, parameters)       or the plain function itself
//     {
//         hidden locals; on resume: switch to acoc_resume_N, state 0 loads the parameters; stack check
//         the user's body, in which
//             - a full expression with Lowered.steps becomes "steps; what is left of it"
//             - a node with Lowered.temporary is replaced by the temporary's name
//             - leaving a Region runs what the region asks for
//     acoc_return: release the frame; *result = acoc_value; return ACOC_DONE;
//     acoc_raised_0: release the frame; return ACOC_RAISED;
//     }
#ifndef ACOC_LOWERED_H
#define ACOC_LOWERED_H

#include "tree.h"

typedef struct Step Step;
typedef struct Suspension Suspension;
typedef struct Region Region;
typedef struct Exit Exit;
typedef struct Lowered Lowered;
typedef struct LoweredFunction LoweredFunction;

// ---------------------------------------------------------------------------------------------- locals

typedef enum LocalClass {
    LOCAL_TRANSIENT,         // never alive across a suspension: untouched
    LOCAL_SPILLED,           // a C local, saved and reloaded around the suspensions it lives across
    LOCAL_RESIDENT           // lives in the frame from the start of its scope: arrays, volatile, address taken, records
                             // with const members, over-aligned; a pointer in its place, uses become (*name)
} LocalClass;

struct Local {
    Symbol *symbol;          // the user's variable; NULL: one of ours
    Type *type;              // of the working copy: without its own const
    const char *name;        // in the output: the user's name, or another where it would hide or clash
    const char *member;      // its member of the frame struct when it is kept (spilled or resident)
    LocalClass kept;
    unsigned index;          // in LoweredFunction.locals
    Node *scope;             // the node whose end ends its life (a block, for, with …); NULL: the function
    Region *region;          // handles: the REGION_HANDLES that releases it
    bool is_parameter;
    bool is_handle;          // counted: a handle or an array of handles
    bool serves_again;       // a hidden handle of several statements
    bool lasts_block;        // a hidden handle: kept to the end of its block, not of its statement
    bool is_awaited;         // temporary that an awaited call fills: zeroed, since compilers that inline the callee see
                             // a way by which it stays unset
    bool is_temporary;       // numbered temporary, declared where its step stands
    bool is_hidden;          // of ours, declared at the top of the function: acoc_value, acoc_leave_N, …
    bool must_be_zeroed;     // may be unassigned at a suspension that saves it: zero at its declaration
    bool is_bytes;           // its type cannot be named at file scope: kept as aligned bytes
    bool is_unreached;       // its declaration is never executed: it stands in a switch before the first case
    bool outlives_declaration; // kept across a suspension that stands before its declaration, so it needs memory
    bool is_declared_early;  // resident: its declaration stands before the steps of its own initialiser
    bool needs_name;         // a parameter without a name
    Type *variable_type;     // its type as written where that is variably modified and its scope suspends: `type` is that
                             // of what is kept then, a pointer, and its name is written as a cast
    bool is_extent;          // of ours: the value of an array's length
    bool owns_array;         // of variable length: the pointer leads to memory of its own, given back with its scope
    bool is_literal;         // a compound literal whose address is kept: memory of its block
    bool lives_long;         // resident: many suspensions would save it, so it is named in the frame, without a pointer
    uint64_t size, offset;   // bytes; offset in the frame, as acoc lays it out
    uint32_t alignment;
    Local *overlaps;         // next local of the same union in the frame struct, NULL at the end
};

// ------------------------------------------------------------------------- steps: expressions cut in order

typedef enum StepKind {
    STEP_EVALUATE,           // target = node
    STEP_TRUTH,              // target = node is true (0 or 1)
    STEP_CONSTANT,           // target = value (0 or 1)
    STEP_DO,                 // node evaluated for its effects
    STEP_KEEP,               // target, a hidden handle, takes over what temporary holds
    STEP_BLOCK,              // node, a statement expression: its block, whose last value goes to target (or NULL)
    STEP_AWAIT,              // suspension; its value goes to suspension->result
    STEP_IF                  // if (node) then else otherwise
} StepKind;

struct Step {
    StepKind kind;
    Node *node;
    Local *target;
    int value;
    Local *temporary;        // STEP_KEEP
    Suspension *suspension;
    Step **then, **otherwise; // Vecs
};

typedef enum SuspensionKind {
    SUSPEND_CALL,            // acoc_await_NAME(task, NULL, &result, arguments)
    SUSPEND_HANDLE           // acoc_await(task, handle, &result, size)
} SuspensionKind;

struct Suspension {
    SuspensionKind kind;
    unsigned state;          // 1, 2, … in the order of the text
    Node *node;              // NODE_YIELD_FROM; NODE_WITH for enter and exit
    Symbol *callee;          // SUSPEND_CALL
    Node *arguments;         // SUSPEND_CALL: first argument, linked by next (their temporaries are set); NULL: none
    Local *object;           // with: the argument instead
    Local *failure;          // X_exit: the pending failure, whose error is the second argument; NULL otherwise
    Node *handle;            // SUSPEND_HANDLE: the expression
    Local *owned;            // SUSPEND_HANDLE: keeps the handle alive meanwhile and is released after, or NULL
    Type *type;              // R
    Local *result;           // NULL when R is void
    Region *region;          // where an error goes
    Token *token;            // its line in tables and messages
    Local **live;            // a Vec: spilled locals to save and reload here (without result)
    Local **zero;            // a Vec: those that are alive here, but always 0: to be 0 again behind it
    Local **uses;            // with: object and failure (a Vec)
    Local **residents;       // a Vec: those whose scope is around it and whose pointers a resume sets, where declared
};

// ------------------------------------------------- regions: what must happen when a part of the text is left

// Regions nest as the text does. An error raised in a region goes to its landing place; a jump or return passes all
// regions between its place and its target, from the inside out.
typedef enum RegionKind {
    REGION_FUNCTION,         // outermost. Landing: acoc_raised_0
    REGION_HANDLES,          // a block with handles. Every way out releases `handles`, in line. Landing: releases
                             // them, then goes on to the landing of outer
    REGION_TRY,              // the body of a try with except clauses (not its else). Landing: the clauses in turn
    REGION_HANDLER,          // an except clause's body; `failure` holds what is being handled. Every way out frees it;
                             // landing: acoc_replaced(failure), then outer's landing
    REGION_CLEANUP,          // the text that a finally, defer, with or cleanup attribute protects. Every way out stores which in `leave`
                             // and goes to the one copy of the clean-up; behind it leave decides where to go on.
                             // Landing: leave = ACOC_LEAVE_RAISE, the clean-up
    REGION_PENDING           // the clean-up itself; `failure` holds the pending error or NULL. Landing:
                             // acoc_replaced(failure), then the landing of outer. Nothing jumps out of it
} RegionKind;

enum { ACOC_LEAVE_FALL = 0, ACOC_LEAVE_RAISE = 1, ACOC_LEAVE_EXIT = 2 }; // values of `leave`; exits[i] is EXIT + i

struct Region {
    RegionKind kind;
    Region *outer;           // of REGION_PENDING: the outer of its REGION_CLEANUP
    Node *node;              // block, try, except, finally/defer/with, declarator with a cleanup attribute
    unsigned number;         // label acoc_raised_N, acoc_cleanup_N; 0 for the function
    Local **handles;         // REGION_HANDLES: a Vec; handles, and arrays with memory of their own
    Local **spare;           // REGION_HANDLES: a Vec, its hidden handles whose statements are over
    Local *failure;          // REGION_HANDLER, REGION_PENDING: acoc_failure *
    Local *leave;            // REGION_CLEANUP: int
    Exit **exits;            // REGION_CLEANUP: a Vec, the jumps and returns that pass it
    Region *pending;         // REGION_CLEANUP: the region of its clean-up's text
    bool is_raised_to;       // its landing place is used
};

typedef enum ExitKind { EXIT_RETURN, EXIT_BREAK, EXIT_CONTINUE, EXIT_GOTO } ExitKind;

struct Exit {
    ExitKind kind;
    Node *target;            // the loop or switch; the NODE_LABEL; NULL for return
    Region *to;              // the region around the target; leaving stops there
};

// ------------------------------------------------------------------------------- what hangs on a node

struct Lowered {
    Step **steps;            // full expressions: what runs before what is left of them (a Vec)
    Local **temporaries;     // full expressions: the temporaries of its steps, declared before them (a Vec)
    bool nothing_left;       // the steps were all of it
    Node *instead;           // write this part of the node instead of the whole (the right side of a comma)
    Local *temporary;        // write this local instead of the node
    bool is_saved;           // which a STEP_EVALUATE of the node itself sets
    Local *value;            // NODE_STATEMENT_EXPRESSION: takes its last value, where it must outlive the block's end
    Node *value_of;          // NODE_EXPRESSION: the statement expression whose last value it is
    Local *extent;           // an array's length: keeps its value, for the types that it is part of
    Local **declared_handles; // blocks: their locals that are released at their end (a Vec)
    Node **extents;          // declarators: the lengths whose values are kept here (a Vec)
    Region *allocates;       // declarators of arrays of variable length: where the failure to find memory goes
    bool is_rewritten;       // declarators: variably modified, and their scope suspends
    bool is_lowered;         // an array's length: seen already
    bool acts;               // an array's length in a parameter: evaluated twice it would show
    Local *literal;          // NODE_COMPOUND_LITERAL: the memory that it lives in
    Local *saved_left;       // compound assignment: the left operand's value read before: left = saved op right
    Suspension *suspension;  // NODE_YIELD_FROM
    Region *region;          // statements: the region that they open (see RegionKind), or for return, break, continue,
                             // goto, raise and calls of raises functions: the region that they stand in
    Region *cleanup;         // NODE_TRY with finally: its REGION_CLEANUP, outside its REGION_TRY
    Region *freeing;         // NODE_WITH that owns: the REGION_CLEANUP of X_free, around all else
    Exit *exit;              // return, break, continue, goto
    Local **jumped_past;     // labels, case, default: residents whose declaration a jump to here passes (a Vec)
    Local *with_value;       // NODE_WITH: holds E
    Suspension *enter, *leave; // NODE_WITH: async X_enter, X_exit
    unsigned point;          // raise and calls of raises functions: their point's number
    struct Block *block;     // labels: where the flow graph goes on
    unsigned continue_label; // loops whose continue must be a goto acoc_continue_N; 0: not
    bool counts_temporary;   // temporary is borrowed from owner, but its context takes a count: acoc_retain() around it
    bool needs_count;        // a borrowed handle given to one who takes a count: acoc_retain() around it
    bool drops_count;        // expression statement whose value is an owned handle: acoc_release() around it
    Local *owner;            // an owned handle that nobody takes: kept here; released where its region is left
    Local **counts;          // an expression that may raise: hidden handles to be counted once more when it has not (a Vec)
    bool is_stored_one_by_one; // initialiser of an array of handles
    Local **owners;          // expression statements and declarations: what they keep owned, released behind them (a Vec)
    bool copies_handle;      // with sets_handle: the left side may raise, so the right side is lent and counted last
    bool sets_handle;        // assignment that counts: releases what the left side held
    bool is_raising_call;    // a call after which the slot is looked at; region and point are set
};

struct LoweredFunction {
    Function *function;
    Local **locals;          // a Vec: parameters, the user's locals, then ours
    Suspension **suspensions; // a Vec: suspensions[state - 1]
    Region **regions;        // a Vec: regions[number]
    Token **points;          // a Vec: the places of raises and calls of raises functions; their points follow the states
    Node **extents;          // a Vec: lengths in the types of the parameters whose values are kept
    Local *value;            // acoc_value; NULL when nothing is returned
    Local **residents;       // a Vec: the locals that live in the frame
    bool has_label_addresses; // &&label is a value: the body must exist once
    Local **slots;           // a Vec: the first local of each slot of the frame struct, in the order of its members
    uint64_t frame_size;     // as laid out, head included
    uint32_t frame_alignment;
    struct Flow *flow;       // lower/flow.c, for --emit=flow
};

// The local behind a symbol in the function being lowered, or NULL (static, extern, file scope).
static inline Local *symbol_local(const Symbol *symbol) { return symbol ? symbol->local : NULL; }

// 0 from the beginning of its block, or of the function, until it is set.
static inline bool local_begins_as_zero(const Local *local)
{
    return !local->is_parameter && !local->is_literal && (local->is_hidden || local->is_handle || local->owns_array);
}

// Declared at the function's very beginning: 0 after each resume, too.
static inline bool local_is_zero_at_entry(const Local *local)
{
    bool is_of_region = local->region && local->region->kind == REGION_HANDLES;
    return is_of_region ? local->region->outer->kind == REGION_FUNCTION : local->is_hidden;
}

// Is it declared where this token stands? Handles are declared at the beginning of their block.
static inline bool local_is_declared_at(const Local *local, const Token *token)
{
    if (local->scope && (token < local->scope->first || token > local->scope->last))
        return false;
    if (local->is_handle || local->is_parameter || !local->symbol
        || (local->is_declared_early && local->symbol->token < token))
        return true;
    return local->symbol->declaration && local->symbol->declaration->last < token;
}

#endif

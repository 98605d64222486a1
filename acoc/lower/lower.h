// SPDX-License-Identifier: MIT
// Private to lower/: the steps that turn one checked function into decisions for emit/, in the order of lower.c.
#ifndef ACOC_LOWER_H
#define ACOC_LOWER_H

#include "../base/diag.h"
#include "../base/map.h"
#include "../compiler.h"
#include "../model/lowered.h"
#include "../model/model.h"

typedef struct CaseLabel {
    Node *node;
    Region *region, *from;   // where it stands; around its switch
} CaseLabel;

// What a statement needs to know about where it stands.
typedef struct Lowering {
    Unit *unit;
    LoweredFunction *function;
    Region *region;          // innermost
    Region *block;           // innermost REGION_HANDLES: where an owned temporary is released
    Node *loop, *loop_or_switch; // targets of continue and break
    Region *loop_region, *switch_region; // the regions around them
    Node *head;              // the loop whose condition or step is at hand, with what break and continue leave there
    Node *head_loop, *head_loop_or_switch;
    Lowered *full;           // the full expression that is being cut
    Step **steps;            // where its steps go now (a Vec)
    Local **spare;           // a Vec: its temporaries whose values have been used
    bool uses_stack_memory;  // stack.c has something to check
    Local **owners;          // a Vec: hidden handles that the statements at hand have taken
    Node *scope;             // innermost block, for or with: the life of a temporary
    Node **gotos, **labels;  // Vecs, of the whole function
    Node **wild_gotos;       // a Vec: labels of asm goto
    CaseLabel *cases;        // a Vec
} Lowering;

// ---- lower.c
Lowered *lowered_of(Unit *unit, Node *node);                 // makes it
Local *local_new(Lowering *l, Type *type, const char *name); // appended to the function's locals
Local *hidden_new(Lowering *l, Type *type, const char *format, ...) __attribute__((format(printf, 3, 4)));
Local *temporary_new(Lowering *l, Type *type);
Suspension *suspension_new(Lowering *l, SuspensionKind kind, Node *node, Token *token, Type *result);

// ---- region.c: regions and exits
Region *region_open(Lowering *l, RegionKind kind, Node *node);
Region *cleanup_open(Lowering *l, Node *node);               // a part that a clean-up protects begins
Region *pending_open(Lowering *l, Region *cleanup);          // it ends, the clean-up's own text begins
Local *failure_new(Lowering *l, const char *what, unsigned number); // acoc_WHAT_NUMBER, holds a pending error
Exit *exit_new(Lowering *l, ExitKind kind, Node *target, Region *to); // a way out from l->region
bool region_may_raise(const Lowering *l);                    // an error raised here has somewhere to go

// ---- cleanup.c: walks the statements and hands each full expression to handles.c and order.c
void lower_function_body(Lowering *l);
void lower_statement(Lowering *l, Node *node);               // NULL is allowed
void lower_expression(Lowering *l, Node *expression, bool is_taken); // a full one, or NULL; is_taken: see count_handles
bool suspends_behind(const Node *node, const Token *token);  // something in node, behind the token

void lower_length(Lowering *l, Node *length);                // of an array of variable length

// ---- with.c
void lower_with(Lowering *l, Node *node);

// ---- variable.c: variably modified types
bool must_be_rewritten(const Lowering *l, const Symbol *symbol);
void lower_variable_type(Lowering *l, const Node *declaration, Node *declarator);
void lower_variable_parameters(Lowering *l);
void keep_extents_of_value(Lowering *l, Node *node);   // of what a temporary is to hold

// ---- jump.c: return, goto, break and continue; what goto, case and asm goto lead to
void lower_return(Lowering *l, Node *node);
void lower_goto(Lowering *l, Node *node);
void lower_jump(Lowering *l, Node *node);                    // break, continue
void resolve_jumps(Lowering *l);

// ---- handles.c: who owns a handle
void count_handles(Lowering *l, Node *expression, bool is_taken); // a full expression; is_taken: its value is taken over
void count_initialiser(Lowering *l, Local *local, Node *initialiser);

void owner_give_back(Lowering *l, Local *owner);             // it is not needed
Local *keeper_of_operand(Lowering *l, Node *node);           // before it waits in a temporary; NULL: needs none
Local *keeper_of_awaited(Lowering *l, Node *node);

// ---- raise.c: calls that may raise without suspending get their region and point
void mark_raising_calls(Lowering *l, Node *expression);

// ---- order.c: a full expression, initialiser or asm that suspends -> steps
void order_expression(Lowering *l, Node *expression);
bool is_direct_call(const Node *operand);                    // awaited without making an object of it

// ---- stack.c: alloca and addresses of nested functions. Needs kept and Suspension.live
bool uses_stack_memory(const Function *function);
void check_stack_memory(Unit *unit, LoweredFunction *function);

// ---- flow.c, live.c, frame.c, verify.c
void build_flow(Unit *unit, LoweredFunction *function);        // needs steps, regions, exits; leaves function->flow
bool find_live_locals(Unit *unit, LoweredFunction *function);  // needs flow; leaves live, kept, must_be_zeroed. False: a
                                                               // local turned out to need memory, so the flow is another
void lay_out_frame(Unit *unit, LoweredFunction *function);     // needs kept; leaves member, offset, overlaps, sizes
void verify_lowered(Unit *unit, LoweredFunction *function, const char *after);

#endif

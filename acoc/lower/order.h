// SPDX-License-Identifier: MIT
// Inside lower/: the files that cut one full expression into steps. order.c dispatches and knows operands, awaiting and
// statement expressions; place.c lvalues and assignment; branch.c && || ?: and the comma; save.c what is put aside and
// what need not be.
#ifndef ACOC_LOWER_ORDER_H
#define ACOC_LOWER_ORDER_H

#include "lower.h"

// What runs behind an operand, as a chain; NULL: nothing.
typedef struct Later {
    Node *const *nodes;
    size_t count;
    const struct Later *more;
} Later;

// ---- order.c. What is left of a node suspends no more.
void cut(Lowering *l, Node *node);                       // nothing to do where it does not suspend
void cut_operands(Lowering *l, Node *const *operands, size_t count); // whose order C leaves open: left to right

void cut_waiting_initialiser(Lowering *l, Node *node, const Later *later); // braced, of a place that waits for later

// ---- place.c. Where something suspends later, what a place consists of is put aside.
void cut_place(Lowering *l, Node *node, const Later *later);
void cut_subscript(Lowering *l, Node *node, const Later *later);
void cut_assignment(Lowering *l, Node *node);
void cut_asm(Lowering *l, Node *node);

// ---- branch.c
void cut_logical(Lowering *l, Node *node);
void cut_conditional(Lowering *l, Node *node);
void cut_comma(Lowering *l, Node *node);

// ---- save.c
Step *step_new(Lowering *l, StepKind kind, Node *node, Local *target);
Type *temporary_type(Lowering *l, Node *node);         // of a temporary for its value
void save(Lowering *l, Node *node);                      // a temporary stands for it from now on
void spare(Lowering *l, Node *node);                     // what is left of it has been evaluated, its temporaries are free
void keep(Lowering *l, Local *keeper, Local *temporary); // keeper NULL: nothing
bool suspends_later(const Later *later);
// Nothing that runs later can change it: a constant, a function, or a variable of ours that later leaves alone.
bool is_stable(const Node *node, const Later *later);
bool has_effects(const Node *node);
bool is_done(const Node *node);                          // nothing of it is left to be evaluated

#endif

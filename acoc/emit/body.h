// SPDX-License-Identifier: MIT
// Private to the files of emit/ that rewrite one lowered function: body.c, statement.c, loop.c, try.c, expression.c,
// suspend.c, leave.c, local.c.
#ifndef ACOC_EMIT_BODY_H
#define ACOC_EMIT_BODY_H

#include "../base/diag.h"
#include "emit.h"

typedef struct Body {
    Unit *unit;
    Function *function;
    LoweredFunction *lowered;
    const char *label;       // names of the function's tables: acoc_points_LABEL
    bool is_coroutine;
    bool uses_return;        // acoc_return is jumped to
    unsigned labels;         // numbered labels given out so far
} Body;

// ---- entry.c
void emit_entry_before(Unit *unit, Function *function, Output *out); // what stands before a coroutine's body

// ---- statement.c
void emit_statement(Body *body, Node *node);
// What a block needs at its beginning and at its end; the function's own block gets them with its prologue.
bool needs_inner_block(const Node *block);
bool ends_in_jump(const Node *list);                     // control never comes to its end
void write_block_end(Body *body, Output *out, Region *region, Node *block, Token *token);
Region *cleanup_of_declarator(const Node *declarator);   // of its attribute, where we run it; NULL: the C compiler does

// ---- loop.c
void emit_if(Body *body, Node *node);
void emit_switch(Body *body, Node *node);
void emit_while(Body *body, Node *node);
void emit_do(Body *body, Node *node);
void emit_for(Body *body, Node *node);

// ---- try.c
void emit_try(Body *body, Node *node);
void emit_with(Body *body, Node *node);

// ---- expression.c
void emit_expression(Body *body, Node *node);
void emit_identifier(Body *body, Node *node);
// The node's value, whatever temporary stands for it elsewhere.
void write_value(Body *body, Output *out, Node *node);
bool has_steps(const Node *expression);
// What the steps of a full expression left to be evaluated, as a statement for its effects.
void write_remains(Output *out, Node *expression);

// ---- suspend.c
void write_steps(Body *body, Output *out, Node *expression); // temporaries and steps of a full expression
void write_suspension(Body *body, Output *out, Suspension *suspension);
void write_point(Body *body, Output *out, unsigned point, Token *token); // &acoc_points_f[…]
void write_raised_check(Body *body, Output *out, unsigned point, Region *region, Token *token); // behind a raises call

// ---- leave.c
const char *landing_label(Region *region);               // where an error raised in it goes; marks it as used
bool passes_work(const Region *from, const Exit *exit);  // leaving needs more than the jump itself
void write_leave(Body *body, Output *out, Region *from, const Exit *exit, Token *token);
bool is_left_specially(const Region *cleanup);           // other than by falling out: `leave` is used
bool keeps_pending(const Region *cleanup);               // its pending failure is used
// is_reached: the protected text may be left by falling out of it.
void write_cleanup_begin(Output *out, Region *region, bool is_reached, Token *token);
void write_cleanup_end(Body *body, Output *out, Region *region, bool is_reached, Token *token);
void write_releases(Body *body, Output *out, Region *region, Token *token);
void write_handles_landing(Body *body, Output *out, Region *region, bool is_reached, Token *token); // is_reached: text before it falls in

// ---- local.c
bool emit_declaration(Body *body, Node *node);           // edits in place; false: it must be written anew
void write_declaration(Body *body, Output *out, Node *node);
bool must_redeclare(const Node *node);
// ---- variable.c: variably modified types
bool is_rewritten_declarator(const Node *declarator);
bool write_variable_declarator(Body *body, Output *out, Node *declarator);
void write_extents(Body *body, Output *out, Node *const *lengths);
void write_array_release(Body *body, Output *out, const Local *local, Token *token);
const char *variable_use(Body *body, const Local *local);
void emit_specifiers(Body *body, Node *specifiers);

// ---- local.c
// "local = " before a value and what closes it behind; a record with const members takes a copy, since C assigns none.
void write_assignment_begin(Output *out, const Local *local, Token *token);
void write_assignment_end(Output *out, const Local *local, Token *token);
// "T name = initial;" in the form that its class asks for. initial NULL: none.
void write_local(Body *body, Output *out, Local *local, const char *initial, Token *token);
bool asks_for_clean_up(const Node *item); // a defer, or a declaration of variables with the attribute
void write_clean_ups_of_variables(Body *body, Output *out, Node *declarator, bool is_reached); // and of those behind it
void write_handle_beginnings(Output *out, Region *region, Token *token);
void write_kept_handle_beginnings(Body *body, Output *out, Region *region, Token *token);
// Between a local, or a parameter of the given name, and its member of the frame.
void write_save(Output *out, const Local *local, const char *name, Token *token);
void write_reload(Output *out, const Local *local, const char *name, Token *token);
const char *local_use(Body *body, const Local *local);   // name or (*name)
const char *zero_of(const Type *type);                   // "0" or "{0}"

#endif

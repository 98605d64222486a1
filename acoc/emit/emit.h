// SPDX-License-Identifier: MIT
// Inside emit/: stages produce edits over tokens, only render.c writes.
#ifndef ACOC_EMIT_H
#define ACOC_EMIT_H

#include <stdio.h>

#include "../compiler.h"
#include "../model/lowered.h"
#include "../model/model.h"

// A piece of output: text of ours, to be attributed to the user's line at `place`, or a range of the user's own tokens,
// written with the edits inside it.
typedef struct Piece {
    const char *text;        // NULL: tokens
    Place place;
    Token *first, *last;
    bool inside;             // ignore the replacement of exactly first..last
} Piece;

// A replacement text: a Vec of pieces in order.
typedef struct Output {
    Arena *arena;
    Piece *pieces;
} Output;

Output *output_new(Unit *unit);
// Text of ours; '\n' in it starts a new output line, again attributed to place, with the indentation of its line. place
// NULL: declarations that nobody steps through or complains about; their lines need no #line.
void output_text(Output *output, Token *place, const char *format, ...) __attribute__((format(printf, 3, 4)));
void output_tokens(Output *output, Token *first, Token *last);
void output_node(Output *output, const Node *node);
// The node's tokens with the edits inside it, but not one that replaces exactly this range.
void output_inside(Output *output, const Node *node);

// ---- edit.c: edits over unit->tokens. Issue them outermost first: at one token the text of edit_before() comes in the
// order issued, that of edit_after() in the reverse order; a replacement swallows the edits inside it except where its
// own pieces give ranges of the same tokens back. While a replacement is being written it is not applied again.
void edit_replace(Unit *unit, Token *first, Token *last, Output *replacement);
void edit_before(Unit *unit, Token *token, Output *text);
void edit_after(Unit *unit, Token *token, Output *text);
void edit_replace_text(Unit *unit, Token *first, Token *last, const char *format, ...) __attribute__((format(printf, 4, 5)));
void edit_before_text(Unit *unit, Token *token, const char *format, ...) __attribute__((format(printf, 3, 4)));
void edit_after_text(Unit *unit, Token *token, const char *format, ...) __attribute__((format(printf, 3, 4)));
void edit_delete(Unit *unit, Token *token);

// What writer.c and render.c ask the store. `order` counts edits in the order issued: at a place where two meet, the
// one issued first is the outer one.
typedef struct Edit {
    unsigned order;
    Token *first, *last;
    Output *text;
    bool is_active;          // a replacement that is being written
    unsigned held;           // pieces being written that ask for the inside of its range
} Edit;

typedef struct TokenEdits {  // those that meet at one token; each a Vec
    Edit **before, **after;
    Edit **replacing;        // replacements that begin here
    Edit **ending;           // replacements that end here
} TokenEdits;

const TokenEdits *edits_at(const Unit *unit, const Token *token); // NULL when there are none
bool has_edits(const Unit *unit, const Token *first, const Token *last);
bool output_is_empty(const Output *output);

// ---- declare.c: async and raises in declarations, type names and parameters, anywhere in the unit
// Before emit_body(): prototypes that must stand before functions of the main file: of acoc_await_f for the coroutine
// functions of headers that they await (unless the output has the headers in it), and those that carry attributes.
void emit_prototypes(Unit *unit, bool self_contained);
// After emit_body(). Declarations of the main file.
void emit_declarations(Unit *unit);
// The same for those of headers: a self-contained output has them too.
void emit_declarations_of_headers(Unit *unit);
// "acoc_status acoc_await_f(acoc_task *, acoc_frame *, R *, …)" with the given parameter names (NULL: none), no semicolon.
const char *spell_await_function(Unit *unit, Symbol *function, const char **names, const char *task, const char *frame,
                                 const char *result);
// "acoc_awaitable f(…)", no names, no semicolon.
const char *spell_object_function(Unit *unit, const Symbol *function);
// A struct, union or enum without a name gets a tag, so that what is declared anew can name it.
void name_record(Unit *unit, const Type *type);
// The acoc_points and acoc_function names of a function.
const char *function_label(const Function *function);

// ---- attribute.c: attributes of coroutine functions, pragmas
void add_await_attributes(Text *text, const Node *attributes); // those that acoc_await_f has too
void edit_attributes(Unit *unit, const Node *attributes);      // takes away those that f cannot have
void write_attribute_prototypes(Unit *unit, Output *output, const Function *function); // for a definition
void edit_loop_pragmas(Unit *unit, const Node *loop);          // of a loop that suspends
bool pragma_is_one_of(const Token *pragma, const char *const *names); // names as they begin behind #pragma, NULL at the end

// ---- body.c and its neighbours: one lowered function
void emit_body(Unit *unit, Function *function);

// ---- dump_frames.c: how a suspension is called, its line with a letter where the line has several
const char *suspension_place(Unit *unit, const LoweredFunction *function, const Suspension *suspension);

// ---- entry.c: frame struct, points, constructor, C main
void emit_entry(Unit *unit, Function *function);

#endif

// SPDX-License-Identifier: MIT
// Between assert.c, assertion.c and render.c: --emit=asserts, acoc's types put to the C compiler.
#ifndef ACOC_EMIT_ASSERT_H
#define ACOC_EMIT_ASSERT_H

#include "emit.h"

// Why nothing is asserted of an expression.
typedef enum Unasserted {
#define UNASSERTED(name, text) UNASSERTED_##name,
#include "unasserted.def"
#undef UNASSERTED
    UNASSERTED_COUNT
} Unasserted;

// Where an assertion will stand: what is declared before this token, in these scopes, can be named there.
typedef struct Site {
    const Token *token;
    Scope *scope;
} Site;

typedef struct Asserts {
    Unit *unit;
    size_t expressions, constants, records;  // asserted: types, with a value, layouts
    size_t skipped[UNASSERTED_COUNT];
    unsigned functions;      // depth of functions around the code at hand
    bool is_lowered;         // the code at hand is a coroutine or uses an idea of ours: it will be other code
} Asserts;

// ---- assertion.c: what is said of one node, added to text
void add_assertion(Asserts *asserts, const Site *site, Text *text, Node *expression);
void add_record_assertion(Asserts *asserts, const Site *site, Text *text, const Node *record);

// ---- assert.c: puts them where they belong. Needs a checked unit; issues edits.
void emit_asserts(Asserts *asserts);
void write_assert_counts(const Asserts *asserts, FILE *out);

#endif

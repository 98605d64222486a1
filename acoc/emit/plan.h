// SPDX-License-Identifier: MIT
// Between plan.c and render.c: which parts of the main file are written anew, and why that cannot be done.
#ifndef ACOC_EMIT_PLAN_H
#define ACOC_EMIT_PLAN_H

#include "emit.h"

// External declarations that have edits: usually one, more when one macro makes several.
typedef struct Plan {
    Token *first, *last;
    size_t raw_first, raw_last; // the raw tokens that they stand for: indices
    String **hidden;            // a Vec: macros that must not be seen while the text is read again
} Plan;

typedef struct Plans {
    Plan *plans;                // a Vec, in the order of the text
    const Token *obstacle;      // why the output must be self-contained; NULL: it need not
    const char *reason;         // "… because " reason
    const char *remedy;
} Plans;

// The short words in declarations of headers are an obstacle, and headers in the text of the file itself.
void check_headers(Unit *unit, Plans *plans);
void make_plans(Unit *unit, Plans *plans);
bool is_hidden(String *const *hidden, const String *name);
// The first obstacle counts.
void need_self_contained(Plans *plans, const Token *token, const char *reason, const char *remedy);

#endif

// SPDX-License-Identifier: MIT
// The pattern that a stretch of the main file's lines makes for align.c: which of its tokens are macros.
#ifndef ACOC_PATTERN_H
#define ACOC_PATTERN_H

#include "../model/model.h"
#include "read.h"

// A piece of the pattern: one written token, or a macro with its arguments; several of these where nothing between them
// tells what each of them gives.
typedef struct Piece {
    uint32_t first, end;    // raw tokens
    bool is_macro, is_several;
    int64_t expansion;      // macro: how many tokens it gives, -1 when that is not known
} Piece;

typedef struct Pattern {
    const Reader *reader;
    Macros macros;          // in force where the stretch at hand begins
    Piece *pieces;          // a Vec
} Pattern;

// greedy: parentheses behind a macro are arguments of what it expands to (`#define f g`, g function-like).
void make_pieces(Pattern *pattern, uint32_t first, uint32_t end, bool greedy); // of these raw tokens
Piece piece_at(const Pattern *pattern, uint32_t index, bool greedy); // the one that begins with raw token index
bool is_macro_name(const Pattern *pattern, uint32_t raw);
bool is_macro_use(const Pattern *pattern, const Token *token);

#endif

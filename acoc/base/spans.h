// SPDX-License-Identifier: MIT
// Sets of small numbers as sorted spans, for sets of few long runs among many numbers: a Vec of Span, NULL the empty set.
#ifndef ACOC_SPANS_H
#define ACOC_SPANS_H

#include <stdbool.h>

#include "arena.h"

typedef struct Span {
    unsigned first, last;
} Span;

Span *spans_add(Arena *arena, Span *set, Span span); // the set, which may have moved
Span *spans_join(Arena *arena, Span *set, const Span *other);
bool spans_meet(const Span *a, const Span *b);       // has each number of a to look for in b

#endif

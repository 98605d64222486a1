// SPDX-License-Identifier: MIT
// Programs with one fault in them: the tokens of a text, and what becomes of it when one is missing or stands twice.
#ifndef ACOC_TEST_DAMAGE_H
#define ACOC_TEST_DAMAGE_H

#include <stddef.h>

// The bytes of one token.
typedef struct Span {
    size_t first, end;
} Span;

// The tokens of a text that ends with a zero byte; at most so many are written. Gives how many there are.
size_t damage_spans(const char *text, size_t length, Span *spans, size_t most);

typedef enum Damage {
    DAMAGE_CUT,     // the text ends behind the token
    DAMAGE_WITHOUT, // the token is missing
    DAMAGE_TWICE,   // the token stands twice
    DAMAGE_COUNT
} Damage;

// The damaged text, zero-terminated; room for length + the span + 2 bytes. Gives its length.
size_t damage_make(char *into, const char *text, size_t length, Span span, Damage damage);

#endif

// SPDX-License-Identifier: MIT
// Interned strings (equal spellings are equal pointers) and a string builder.
#ifndef ACOC_TEXT_H
#define ACOC_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"

typedef struct String {
    uint32_t length, hash;
    uint32_t meaning; // what the word means to those who read words; 0 at first
    char text[]; // terminated
} String;

uint32_t text_hash(const char *text, size_t length); // String.hash of what has this spelling
String *intern(const char *text, size_t length);
String *intern_text(const char *text); // terminated text
bool string_is(const String *string, const char *text); // false for NULL

// A builder on the heap: `Text t = {0}; text_printf(&t, …); … text_free(&t)`. data is terminated once something was added.
typedef struct Text {
    char *data;
    size_t length, capacity;
} Text;

void text_append(Text *text, const char *bytes, size_t length);
void text_puts(Text *text, const char *terminated);
void text_printf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprintf(Text *text, const char *format, va_list arguments);
void text_free(Text *text);
// A stream that writes into it, and its end, before which the text is not there. Not open_memstream(): when there is no
// memory for more, glibc's drops bytes and says nothing.
FILE *text_open(Text *text);
void text_close(FILE *stream);

// A command's words as a shell splits them: at blanks, with '…', "…" and \ quoting. A Vec; NULL when there is none, or
// a quote is not closed.
const char **text_words(Arena *arena, const char *command);

#endif

// SPDX-License-Identifier: MIT
// Memory by lifetime: an arena hands out zeroed memory and gives it all back at once. Out of memory ends the
// program with a message, so callers need no checks.
#ifndef ACOC_ARENA_H
#define ACOC_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void *arena_alloc(Arena *arena, size_t size); // zeroed, aligned for anything
char *arena_copy(Arena *arena, const char *text, size_t length); // adds a final zero
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_free(Arena *arena);

#define NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))

#endif

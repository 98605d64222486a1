// SPDX-License-Identifier: MIT
// Memory by lifetime: an arena hands out zeroed memory and gives it all back at once. Out of memory ends the
// program with a message, so callers need no checks.
#ifndef ACOC_ARENA_H
#define ACOC_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void *arena_alloc(Arena *arena, size_t size); // zeroed, aligned for anything
// Gives bytes of arena_alloc (or NULL) more room: the old contents, then anything. They may move.
void *arena_grow(Arena *arena, void *bytes, size_t old_size, size_t size);
char *arena_copy(Arena *arena, const char *text, size_t length); // adds a final zero
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_free(Arena *arena);

// All arenas together may hold so many bytes (0: any number). exceeded() tells the user and ends the run; limit 0: it is
// the system that has no more.
void arena_limit(size_t bytes, void (*exceeded)(size_t limit));
void arena_out_of_memory(void) __attribute__((noreturn)); // for memory that does not come from arenas
size_t arena_most_bytes(void); // what they held at most, so far

#define NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))

#endif

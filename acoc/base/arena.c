// SPDX-License-Identifier: MIT
// Arenas: a chain of zeroed blocks. Small requests are cut from the newest block; a request that would waste most of
// a block gets one of its own, placed behind the newest so that cutting goes on there.
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16 };

typedef struct Block {
    struct Block *next;
    size_t used, capacity;
    _Alignas(ALIGNMENT) char bytes[];
} Block;

struct Arena {
    Block *newest;
};

static void *zeroed(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory) {
        fprintf(stderr, "acoc: error: out of memory (%zu more bytes were needed)\n", size);
        exit(1);
    }
    return memory;
}

static Block *block_new(size_t capacity)
{
    Block *block = zeroed(sizeof(Block) + capacity);
    block->capacity = capacity;
    return block;
}

Arena *arena_new(void)
{
    Arena *arena = zeroed(sizeof(Arena));
    arena->newest = block_new(BLOCK_SIZE);
    return arena;
}

static void *alloc_alone(Arena *arena, size_t size)
{
    Block *block = block_new(size);
    block->used = size;
    block->next = arena->newest->next;
    arena->newest->next = block;
    return block->bytes;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded > BLOCK_SIZE / 4 || rounded < size)
        return alloc_alone(arena, rounded < size ? SIZE_MAX - sizeof(Block) : rounded);
    if (arena->newest->used + rounded > arena->newest->capacity) {
        Block *block = block_new(BLOCK_SIZE);
        block->next = arena->newest;
        arena->newest = block;
    }
    void *memory = arena->newest->bytes + arena->newest->used;
    arena->newest->used += rounded;
    return memory;
}

char *arena_copy(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    for (Block *block = arena->newest, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

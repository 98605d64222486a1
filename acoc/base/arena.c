// SPDX-License-Identifier: MIT
// Arenas: a chain of zeroed blocks. Requests are cut from the newest block; each block is twice as big as the one before
// it, so a small program takes little and a big one makes few calls. A request that would waste much of a block gets one
// of its own, placed behind the newest so that cutting goes on there; such a block can grow, which moves pages, not
// bytes. Large blocks ask the system for huge pages: most of the time that a big program's memory costs is page faults.
//
// All that arenas hold together is counted and limited: a program that is meant to exhaust memory meets an error with a
// name before it meets the system's end of memory.
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FIRST_BLOCK = 64 * 1024, BIGGEST_BLOCK = 8 * 1024 * 1024, HUGE_FROM = 4 * 1024 * 1024, ALIGNMENT = 16 };

typedef struct Block {
    struct Block *next, *previous; // previous: NULL for the newest
    size_t used, capacity;
    _Alignas(ALIGNMENT) char bytes[];
} Block;

struct Arena {
    Block *newest;
};

static struct {
    size_t held, most, limit; // bytes; limit 0: none
    void (*exceeded)(size_t limit);
} memory;

// -------------------------------------------------------------------------------------- the system's memory

static void out_of_memory(size_t size)
{
    fprintf(stderr, "acoc: error: out of memory (%zu more bytes were needed)\n", size);
    exit(1);
}

// Counts bytes that are about to be taken.
static void take_bytes(size_t size)
{
    if (memory.limit && (size > memory.limit || memory.held > memory.limit - size)) {
        if (memory.exceeded)
            memory.exceeded(memory.limit);
        out_of_memory(size);
    }
    memory.held += size;
    if (memory.held > memory.most)
        memory.most = memory.held;
}

static void prefer_huge_pages(Block *block)
{
#ifdef MADV_HUGEPAGE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = ((uintptr_t)block + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)block->bytes + block->capacity) & ~(page - 1);
    if (block->capacity >= HUGE_FROM && first < end)
        madvise((void *)first, end - first, MADV_HUGEPAGE);
#else
    (void)block;
#endif
}

static Block *block_new(size_t capacity)
{
    take_bytes(sizeof(Block) + capacity);
    Block *block = calloc(1, sizeof(Block) + capacity);
    if (!block)
        out_of_memory(capacity);
    block->capacity = capacity;
    prefer_huge_pages(block);
    return block;
}

static void link_neighbours(Arena *arena, Block *block)
{
    if (block->previous)
        block->previous->next = block;
    else
        arena->newest = block;
    if (block->next)
        block->next->previous = block;
}

// ------------------------------------------------------------------------------------------------ requests

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof(Arena));
    if (!arena)
        out_of_memory(sizeof(Arena));
    arena->newest = block_new(FIRST_BLOCK);
    return arena;
}

static void *alloc_alone(Arena *arena, size_t size)
{
    Block *block = block_new(size);
    block->used = size;
    block->previous = arena->newest;
    block->next = arena->newest->next;
    link_neighbours(arena, block);
    return block->bytes;
}

static void add_block(Arena *arena)
{
    size_t last = arena->newest->capacity;
    Block *block = block_new(last < BIGGEST_BLOCK ? last * 2 : BIGGEST_BLOCK);
    block->next = arena->newest;
    link_neighbours(arena, block);
}

static size_t rounded(size_t size)
{
    return size <= SIZE_MAX / 2 ? (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1) : SIZE_MAX / 2;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size = rounded(size);
    if (size > FIRST_BLOCK / 4)
        return alloc_alone(arena, size);
    if (arena->newest->used + size > arena->newest->capacity)
        add_block(arena);
    void *bytes = arena->newest->bytes + arena->newest->used;
    arena->newest->used += size;
    return bytes;
}

static void *grow_alone(Arena *arena, Block *block, size_t size)
{
    take_bytes(size - block->capacity);
    block = realloc(block, sizeof(Block) + size);
    if (!block)
        out_of_memory(size);
    block->used = block->capacity = size;
    link_neighbours(arena, block);
    prefer_huge_pages(block);
    return block->bytes;
}

void *arena_grow(Arena *arena, void *bytes, size_t old_size, size_t size)
{
    old_size = rounded(old_size);
    size = rounded(size);
    if (bytes && old_size > FIRST_BLOCK / 4)
        return grow_alone(arena, (Block *)(void *)((char *)bytes - offsetof(Block, bytes)), size);
    void *grown = arena_alloc(arena, size);
    if (bytes)
        memcpy(grown, bytes, old_size);
    return grown;
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
        memory.held -= sizeof(Block) + block->capacity;
        free(block);
    }
    free(arena);
}

// --------------------------------------------------------------------------------------------- the account

void arena_limit(size_t bytes, void (*exceeded)(size_t limit))
{
    memory.limit = bytes;
    memory.exceeded = exceeded;
}

size_t arena_most_bytes(void)
{
    return memory.most;
}

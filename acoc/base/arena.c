// SPDX-License-Identifier: MIT
// Arenas: a chain of zeroed blocks. Requests are cut from the newest block; a small program fits the first one, and each
// block of a bigger one is twice as big as the one before it. A request that would waste much of a block gets one of its
// own, placed behind the newest so that cutting goes on there; such a block can grow, which moves pages, not bytes.
//
// Most of the time that memory costs is the system's: a page fault for every 4 KiB. So big blocks are whole huge pages,
// of which one fault gives 2 MiB.
//
// All that arenas hold together is counted and limited: a program that is meant to exhaust memory meets an error with a
// name before it meets the system's end of memory.
#include "arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_BLOCK = 64 * 1024, HUGE_PAGE = 2 * 1024 * 1024, BIGGEST_BLOCK = 4 * HUGE_PAGE, ALONE_FROM = HUGE_PAGE / 4,
       ALIGNMENT = 16 };

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

// To tell the user takes memory too: it has no limit, and when there is none the text is fixed.
static void __attribute__((noreturn)) give_up(size_t limit)
{
    void (*exceeded)(size_t) = memory.exceeded;
    memory.exceeded = NULL;
    memory.limit = 0;
    if (exceeded)
        exceeded(limit);
    fputs("acoc: error: out of memory\n", stderr);
    exit(1);
}

void arena_out_of_memory(void)
{
    give_up(0);
}

// Counts bytes that are about to be taken.
static void take_bytes(size_t size)
{
    if (memory.limit && (size > memory.limit || memory.held > memory.limit - size))
        give_up(memory.limit);
    memory.held += size;
    if (memory.held > memory.most)
        memory.most = memory.held;
}

static bool is_mapped(size_t size)
{
    return size >= ALONE_FROM;
}

// A usual file needs no more, and is spared thousands of page faults. Beyond it huge pages are dear where a machine has
// few of them at hand: the time of a large file then went up and down by as much as it takes.
static const size_t HUGE_UP_TO = (size_t)32 << 20;

// Whole huge pages, zeroed, at a multiple of their size: more is mapped, and what stands out at both ends given back.
static void *map(size_t size)
{
    char *wide = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (wide == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)wide & (HUGE_PAGE - 1);
    if (before)
        munmap(wide, before);
    munmap(wide + before + size, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
    if (memory.held <= HUGE_UP_TO)
        madvise(wide + before, size, MADV_HUGEPAGE);
#endif
    return wide + before;
}

// SIZE_MAX: more than there can be.
static size_t block_size(size_t capacity)
{
    if (capacity > SIZE_MAX / 2)
        return SIZE_MAX;
    size_t size = sizeof(Block) + capacity;
    return is_mapped(size) ? (size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1) : size;
}

static Block *block_new(size_t capacity)
{
    size_t size = block_size(capacity);
    if (size == SIZE_MAX)
        arena_out_of_memory();
    take_bytes(size);
    Block *block = is_mapped(size) ? map(size) : calloc(1, size);
    if (!block)
        give_up(0);
    block->capacity = size - sizeof(Block);
    return block;
}

static void release(void *bytes, size_t size)
{
    if (is_mapped(size))
        munmap(bytes, size);
    else
        free(bytes);
}

static void move_bytes(void *to, void *from, size_t size)
{
#ifdef MREMAP_FIXED
    if (is_mapped(size) && mremap(from, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to)
        return;
#endif
    memcpy(to, from, size);
    release(from, size);
}

// What it holds, in a block that has room for so many bytes.
static Block *block_grow(Block *block, size_t capacity)
{
    size_t size = sizeof(Block) + block->capacity;
    memory.held -= size;
    Block *bigger = block_new(capacity);
    size_t room = bigger->capacity;
    move_bytes(bigger, block, size);
    bigger->capacity = room;
    return bigger;
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
        give_up(0);
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
    size_t size = last < HUGE_PAGE / 2 ? HUGE_PAGE : last < BIGGEST_BLOCK / 2 ? (last + sizeof(Block)) * 2 : BIGGEST_BLOCK;
    Block *block = block_new(size - sizeof(Block));
    block->next = arena->newest;
    link_neighbours(arena, block);
}

static size_t rounded(size_t size)
{
    return size <= SIZE_MAX / 2 ? (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1) : SIZE_MAX;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size = rounded(size);
    if (size >= ALONE_FROM)
        return alloc_alone(arena, size);
    if (arena->newest->used + size > arena->newest->capacity)
        add_block(arena);
    void *bytes = arena->newest->bytes + arena->newest->used;
    arena->newest->used += size;
    return bytes;
}

static void *grow_alone(Arena *arena, Block *block, size_t size)
{
    if (size > block->capacity)
        block = block_grow(block, size);
    block->used = size;
    link_neighbours(arena, block);
    return block->bytes;
}

// What was cut last has its room behind it.
static bool extend(Arena *arena, const char *bytes, size_t old_size, size_t size)
{
    Block *block = arena->newest;
    if (bytes + old_size != block->bytes + block->used || block->capacity - block->used < size - old_size || size >= ALONE_FROM)
        return false;
    block->used += size - old_size;
    return true;
}

void *arena_grow(Arena *arena, void *bytes, size_t old_size, size_t size)
{
    old_size = rounded(old_size);
    size = rounded(size);
    if (bytes && old_size >= ALONE_FROM)
        return grow_alone(arena, (Block *)(void *)((char *)bytes - offsetof(Block, bytes)), size);
    if (bytes && extend(arena, bytes, old_size, size))
        return bytes;
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
        size_t size = sizeof(Block) + block->capacity;
        next = block->next;
        memory.held -= size;
        release(block, size);
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

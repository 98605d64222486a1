// SPDX-License-Identifier: MIT
// Growing of the arrays of vec.h, to twice the room. A small one moves and leaves its old room with the arena; a big one
// has memory of its own, which grows.
#include "vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { FIRST_CAPACITY = 8 };

// More than there can be is SIZE_MAX, which arenas refuse.
static size_t bytes_for(size_t capacity, size_t item_size)
{
    size_t bytes;
    bool overflows = __builtin_mul_overflow(capacity, item_size, &bytes) ||
                     __builtin_add_overflow(bytes, sizeof(VecHeader), &bytes);
    return overflows ? SIZE_MAX : bytes;
}

void *vec_with_room(Arena *arena, size_t item_size, size_t capacity)
{
    VecHeader *header = arena_alloc(arena, bytes_for(capacity, item_size));
    header->capacity = capacity;
    return header + 1;
}

void *vec_grow(Arena *arena, void *items, size_t item_size)
{
    VecHeader *header = items ? vec_header(items) : NULL;
    size_t old = header ? header->capacity : 0;
    size_t capacity = old ? old * 2 : FIRST_CAPACITY;
    header = arena_grow(arena, header, old ? bytes_for(old, item_size) : 0, bytes_for(capacity, item_size));
    header->capacity = capacity;
    return header + 1;
}

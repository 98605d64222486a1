// SPDX-License-Identifier: MIT
// Growing of the arrays of vec.h: the old elements move to twice the room, the old room stays with the arena.
#include "vec.h"

#include <string.h>

enum { FIRST_CAPACITY = 8 };

void *vec_grow(Arena *arena, void *items, size_t item_size)
{
    size_t count = vec_count(items);
    if (items && count < vec_header(items)->capacity)
        return items;
    size_t capacity = count ? count * 2 : FIRST_CAPACITY;
    VecHeader *header = arena_alloc(arena, sizeof(VecHeader) + capacity * item_size);
    header->count = count;
    header->capacity = capacity;
    if (count)
        memcpy(header + 1, items, count * item_size);
    return header + 1;
}

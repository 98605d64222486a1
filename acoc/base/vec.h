// SPDX-License-Identifier: MIT
// A growable array in an arena: `T *items = NULL; vec_push(arena, items, item); items[i]`. Its length stands before
// its first element; NULL is the empty one. Growing moves it, so keep indices, not pointers, while pushing.
#ifndef ACOC_VEC_H
#define ACOC_VEC_H

#include "arena.h"

typedef struct VecHeader {
    size_t count, capacity;
} VecHeader;

void *vec_with_room(Arena *arena, size_t item_size, size_t capacity); // empty, and will not move before it is full
void *vec_grow(Arena *arena, void *items, size_t item_size); // to twice the room

#define vec_header(items) ((VecHeader *)(void *)(items) - 1)
#define vec_count(items) ((items) ? vec_header(items)->count : (size_t)0)
#define vec_is_full(items) (!(items) || vec_header(items)->count == vec_header(items)->capacity)
#define vec_push(arena, items, ...)                                                                  \
    (vec_is_full(items) ? (void)((items) = vec_grow((arena), (items), sizeof *(items))) : (void)0,     \
     (items)[vec_header(items)->count++] = (__VA_ARGS__))
// Room for one more at the end, to be filled in place: its address.
#define vec_add(arena, items)                                                                        \
    (vec_is_full(items) ? (void)((items) = vec_grow((arena), (items), sizeof *(items))) : (void)0,     \
     &(items)[vec_header(items)->count++])
#define vec_last(items) ((items)[vec_header(items)->count - 1])
#define vec_pop(items) ((items)[--vec_header(items)->count])
#define vec_clear(items) ((items) ? (void)(vec_header(items)->count = 0) : (void)0)

// The search by halves: moves index on to the first, or to end, for which `is_before`, an expression of middle, is
// false. It is true up to there and nowhere behind.
#define vec_bisect(index, end, middle, is_before)                                                    \
    for (size_t high_ = (end), middle; (index) < high_; ) {                                          \
        middle = (index) + (high_ - (index)) / 2;                                                    \
        if (is_before)                                                                               \
            (index) = middle + 1;                                                                    \
        else                                                                                         \
            high_ = middle;                                                                          \
    }

#endif

// SPDX-License-Identifier: MIT
// Sets of small numbers as words of bits. A set of n numbers is an array of bits_words(n) words.
#ifndef ACOC_BITS_H
#define ACOC_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

typedef uint64_t Bits;

static inline size_t bits_words(size_t count) { return (count + 63) / 64; }
static inline Bits *bits_new(Arena *arena, size_t count) { return arena_alloc(arena, bits_words(count + 1) * sizeof(Bits)); }
static inline void bits_add(Bits *set, size_t number) { set[number / 64] |= (Bits)1 << number % 64; }
static inline void bits_remove(Bits *set, size_t number) { set[number / 64] &= ~((Bits)1 << number % 64); }
static inline bool bits_has(const Bits *set, size_t number) { return set[number / 64] >> number % 64 & 1; }

static inline bool bits_meet(const Bits *a, const Bits *b, size_t count)
{
    for (size_t i = 0; i < bits_words(count); i++)
        if (a[i] & b[i])
            return true;
    return false;
}

static inline void bits_join(Bits *to, const Bits *from, size_t count)
{
    for (size_t i = 0; i < bits_words(count); i++)
        to[i] |= from[i];
}

#endif

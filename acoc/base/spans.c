// SPDX-License-Identifier: MIT
// Sorted spans of numbers: neighbours are one span, so a set that grows at its end takes no time to grow.
#include "spans.h"

#include <string.h>

#include "vec.h"

// The first span that ends at or behind number.
static size_t find(const Span *set, unsigned number)
{
    size_t index = 0, count = vec_count(set);
    if (count && set[count - 1].last < number)
        return count;
    vec_bisect(index, count, middle, set[middle].last < number);
    return index;
}

static Span *insert(Arena *arena, Span *set, size_t index, Span span)
{
    vec_push(arena, set, span);
    memmove(set + index + 1, set + index, (vec_count(set) - 1 - index) * sizeof *set);
    set[index] = span;
    return set;
}

Span *spans_add(Arena *arena, Span *set, Span span)
{
    size_t first = find(set, span.first ? span.first - 1 : 0), end = first;
    for (; end < vec_count(set) && set[end].first <= span.last + 1; end++) {
        span.first = set[end].first < span.first ? set[end].first : span.first;
        span.last = set[end].last > span.last ? set[end].last : span.last;
    }
    if (end == first)
        return insert(arena, set, first, span);
    set[first] = span;
    memmove(set + first + 1, set + end, (vec_count(set) - end) * sizeof *set);
    vec_header(set)->count -= end - first - 1;
    return set;
}

Span *spans_join(Arena *arena, Span *set, const Span *other)
{
    for (size_t i = 0; i < vec_count(other); i++)
        set = spans_add(arena, set, other[i]);
    return set;
}

bool spans_meet(const Span *a, const Span *b)
{
    for (size_t i = 0; i < vec_count(a); i++) {
        size_t at = find(b, a[i].first);
        if (at < vec_count(b) && b[at].first <= a[i].last)
            return true;
    }
    return false;
}

// SPDX-License-Identifier: MIT
// What may be meant by a name that is not known: `Similar s = similar_to("slep"); similar_offer(&s, "sleep"); …`, then
// s.found is the nearest of the names that were offered, NULL when none is near enough for a slip of the pen.
#ifndef ACOC_SIMILAR_H
#define ACOC_SIMILAR_H

#include <stddef.h>

typedef struct Similar {
    const char *name, *found;
    size_t length;
    unsigned best; // letters between name and the nearest so far
} Similar;

Similar similar_to(const char *name);
void similar_offer(Similar *similar, const char *candidate); // it must live on

#endif

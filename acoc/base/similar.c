// SPDX-License-Identifier: MIT
// The distance between names: how many letters have to be put in, left out, replaced or swapped with their neighbour
// (optimal string alignment). The nearest name is found when few letters differ for the length of the one asked for.
#include "similar.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_NAME = 63 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

static unsigned letters_between(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned rows[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
    }
    return rows[a_length % 3][b_length];
}

Similar similar_to(const char *name)
{
    size_t length = strlen(name);
    unsigned most = length < 3 || length > LONGEST_NAME ? 0 : length < 6 ? 1 : length < 12 ? 2 : 3;
    return (Similar){.name = name, .length = length, .best = most + 1};
}

void similar_offer(Similar *similar, const char *candidate)
{
    size_t length = strlen(candidate);
    if (length > LONGEST_NAME || length + similar->best <= similar->length || similar->length + similar->best <= length ||
        !strcmp(candidate, similar->name))
        return;
    unsigned distance = strcasecmp(candidate, similar->name)
                            ? letters_between(similar->name, similar->length, candidate, length) : 0;
    if (distance >= similar->best)
        return;
    similar->best = distance;
    similar->found = candidate;
}

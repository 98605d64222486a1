// SPDX-License-Identifier: MIT
// What the programs of this folder share. Plain C: it is the same for a case and its sync twin.
#ifndef CASE_H
#define CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNUSED __attribute__((unused))

// Prints and returns a value, so that the order and count of evaluations show.
UNUSED static int trace(const char *what, int value)
{
    printf("%s %d\n", what, value);
    return value;
}

UNUSED static void show(const char *what, long long value)
{
    printf("%s = %lld\n", what, value);
}

#endif

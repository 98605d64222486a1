// SPDX-License-Identifier: MIT
// Files that we write: whole, or as they were before.
#ifndef ACOC_OUTPUT_H
#define ACOC_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

// Writes the text to a file, NULL: to standard output. Says so when that is impossible: nobody sees half of a file, and
// an earlier one keeps its contents.
bool output_write(Arena *arena, const char *path, const char *text, size_t length);

#endif

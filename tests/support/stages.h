// SPDX-License-Identifier: MIT
// The whole compiler in this process, some thousand times a second: a preprocessed text goes through every stage and
// every dump. What must not happen ends the process: a crash, a broken promise of verify.c, too much memory.
#ifndef ACOC_TEST_STAGES_H
#define ACOC_TEST_STAGES_H

#include <stdbool.h>
#include <stddef.h>

// Once, before the first run: what stands before each text; NULL: tests/fuzz/prelude.h. False when that cannot be read.
bool stages_begin(const char *context);
// Gives the number of errors; 0: there was an output. Messages go to standard error.
unsigned stages_run(const char *text, size_t length);

#endif

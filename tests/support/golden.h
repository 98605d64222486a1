// SPDX-License-Identifier: MIT
// Compares text with a file that is kept beside the case. UPDATE=1 in the environment writes the file instead.
#ifndef ACOC_TEST_GOLDEN_H
#define ACOC_TEST_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>

// Checks that text equals the content of path; a failure shows the differing lines.
bool golden_check(const char *path, const char *text, size_t size);
// Replaces each occurrence of from in text (which must have been malloc'ed) by to; returns the new text.
char *golden_replace(char *text, const char *from, const char *to);

#endif

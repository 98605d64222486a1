// SPDX-License-Identifier: MIT
#define TWICE(x) ((x) + (x)
static int in_header(void) { return missing_in_header; }

// SPDX-License-Identifier: MIT
// No newline at the end, behind a directive.
// gcc: -std=gnu11
// clang: -std=gnu11
int x;
#define A
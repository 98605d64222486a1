// SPDX-License-Identifier: MIT
// Conditionals with omitted operands.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(int x, char *p, double d) { return x ?: 3; }
char *g(char *p) { return p ?: "x"; }
int h(int a, int b, int c) { return a ?: b ?: c ? a : b ?: c; }
int k(void) { return (1 ?: 2) ? 4 : 5 ?: 6; }

// SPDX-License-Identifier: MIT
// A nested function with an old-style definition.
// gcc: -std=gnu11
int f(int n) {
    int g(a, b) int a;
    char *b;
    { return a + n + *b; }
    return g(1, "x");
}

// SPDX-License-Identifier: MIT
// Nested functions have no linkage: one has nothing to do with what the file calls so.
// gcc: -std=gnu11
static int same();
int outer(void)
{
    auto int same();
    auto double other(int);
    int j = 4;
    int same() { return j; }
    double other(int i) { return i + j; }
    return same() + (int)other(1);
}
static int same() { return 3; }
int other(void) { return same(); }

// SPDX-License-Identifier: MIT
// Before C99 what is declared in a statement that chooses or repeats, or in a part of it, belongs to the block around it.
// gcc: -std=gnu90
// clang: -std=gnu90
int f(int a)
{
    if (sizeof(struct s { char c[2]; }))
        a = 1;
    for (; a < (int)sizeof(enum { A, B });)
        a += A + B;
    while (sizeof(struct s) == 2 && a < (int)sizeof(struct u { int i; }))
        a++;
    return a + sizeof(struct s) + sizeof(struct u) + B;
}

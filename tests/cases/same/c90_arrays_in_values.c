// SPDX-License-Identifier: MIT
// Before C99 an array in a value does not become a pointer.
// gcc: -std=gnu90
// clang: -std=gnu90
struct s { char c[17]; } x, y;
struct s f(void);
int a[sizeof(0, f().c) == 17 ? 1 : -1], b[sizeof(0, (a ? x : y).c) == 17 ? 1 : -1], c[sizeof(0, x.c) == sizeof(char *) ? 1 : -1];
int g(int i) { return f().c[1] + (x = y).c[i] + i[f().c]; }

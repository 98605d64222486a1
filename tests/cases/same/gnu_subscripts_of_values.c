// SPDX-License-Identifier: MIT
// Subscripts of arrays that are no lvalues.
// gcc: -std=gnu11
// clang: -std=gnu11
struct foo {
    int a[4];
};
struct foo f(void);
struct foo g;
int bar(int i) { return f().a[i] + (0, g).a[1] + (i ? g : f()).a[2] + (g = f()).a[0] + sizeof(f().a) + *f().a; }

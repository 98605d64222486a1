// SPDX-License-Identifier: MIT
// In offsetof a->b is a[0].b.
// gcc: -std=gnu11
struct s { int c; struct { float f, g[3]; } a[2]; };
_Static_assert(__builtin_offsetof(struct s, a->g[1]) == __builtin_offsetof(struct s, a[0].g[1]), "");
unsigned long f(int i) { return __builtin_offsetof(struct s, a->g[i]); }

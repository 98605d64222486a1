// SPDX-License-Identifier: MIT
// Machine modes, of vectors too.
// gcc: -std=gnu11
// clang: -std=gnu11
typedef int v4si __attribute__((mode(V4SI)));
typedef float v4sf __attribute__((mode(V4SF)));
v4si mv;
v4sf mf;
typedef unsigned u8 __attribute__((mode(QI)));
u8 u;
int f(v4si a) { return a[0] + mv[1] + u + (int)mf[2]; }
int szu[sizeof u == 1 ? 1 : -1];

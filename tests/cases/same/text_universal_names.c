// SPDX-License-Identifier: MIT
// Universal character names and UTF-8 in names.
// gcc: -std=gnu11
// clang: -std=gnu11
int \u00e9t\u00e9 = 3; int été2 = 4, 变量 = 5, \U0001F600x = 3; int f(void) { return été + 变量 + été2; } char *s = "\u00e9\xc3\xa9é", *t = "日本語 \U0001F600"; int L_été(int \u03b1) { return α + \u03B1; }
#define λ(x) x
int z = λ(3);

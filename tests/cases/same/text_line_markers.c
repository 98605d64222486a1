// SPDX-License-Identifier: MIT
// #line and line markers: preprocessed text as input.
// gcc: -std=gnu11
// clang: -std=gnu11
# 1 "foo.c"
# 1 "<built-in>" 1
# 1 "/usr/include/bar.h" 1 3 4
typedef int bar_t;
# 5 "foo.c" 2
bar_t x;
#line 300
int y = __LINE__;
#line 10 "other.c"
int z = __LINE__; char *f = __FILE__;
# 20
int w;
# 1 "sys.h" 3
int q;

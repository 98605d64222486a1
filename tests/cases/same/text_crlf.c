// SPDX-License-Identifier: MIT
// Line ends of DOS.
// gcc: -std=gnu11
// clang: -std=gnu11
int x;
#define A \
 3
int y = A;
char *s = "a\
b";
// c \
more
/* a
 b */ int z;

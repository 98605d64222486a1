// SPDX-License-Identifier: MIT
// Escaped newlines in words, strings, comments.
// gcc: -std=gnu11
// clang: -std=gnu11
int ma\
in_x; char *s = "ab\   
cd"; // line \
continued
int q = 1 +\
 2; /\
* comment *\
/ int z; /\
/ other
#define A \
  3
int zz = A;

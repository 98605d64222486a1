// SPDX-License-Identifier: MIT
// Line ends of DOS and Unix in one file.
// gcc: -std=gnu11
// clang: -std=gnu11
int x;
int y;
int z;

#define Q 1
#ifdef Q
int q;
#endif

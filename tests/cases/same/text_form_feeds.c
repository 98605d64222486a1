// SPDX-License-Identifier: MIT
// Form feeds and vertical tabs.
// gcc: -std=gnu11
// clang: -std=gnu11
int x;
int y;

#define	A	3
int z=A;
 #define B 2

// SPDX-License-Identifier: MIT
// Qualifiers, static and * in array parameters.
// gcc: -std=gnu11
// clang: -std=gnu11
void star(int (*)[*], int[static const 3], int[volatile restrict 2], int[*][*], int[static volatile 2 + 1]);
void q(int n, int[_Atomic 3]);

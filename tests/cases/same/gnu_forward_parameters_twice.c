// SPDX-License-Identifier: MIT
// Two lists of forward parameters.
// gcc: -std=gnu11
int two(int a; int b; int x[a][b], int a, int b) { return x[a - 1][b - 1]; }
int one(int n; int x[n], int n) { return x[n - 1]; }

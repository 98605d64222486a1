// SPDX-License-Identifier: MIT
// Parameters declared before their place in the list.
// gcc: -std=gnu11
void a(int n; int p[n], int n);
int b(int n, long m; char p[n][m], int n, long m) { return p[0][0] + sizeof *p; }
void (*fp)(int n; int (*)[n], int n);
void c(int n; double p[n], int n, ...);

// SPDX-License-Identifier: MIT
// Types that the parameters of a definition in the old style declare are visible in its body; parameters in any order.
// gcc: -std=gnu11
// gcc: -std=gnu89
int defines(a, b, e) struct s { int i; } *a; int b; enum { A, B } e; { struct s t = *a; return a->i + b + t.i + (e == B); }
int out_of_order(p, n, m, k) int n; int p[3]; register short m; { return p[n] + m + k; }

// SPDX-License-Identifier: MIT
// Variable-length arrays.
// gcc: -std=gnu11
// clang: -std=gnu11
extern int n;
void g(void) {
    int a[n], b[sizeof a], (*c)[n] = &a, *d[n];
    static int(*e)[3];
    extern int x[];
    int y[][2] = {{1}, {2}};
    goto l;
l:;
    int(*f)[n][n + 1];
    typeof(*c) h;
    sizeof(int[n++]);
    (void)sizeof h;
}
int x[3];

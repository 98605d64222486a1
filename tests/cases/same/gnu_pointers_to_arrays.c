// SPDX-License-Identifier: MIT
// Pointers to arrays with qualifiers.
// gcc: -std=gnu11
// clang: -std=gnu11
extern void transpose(int N, int M, double out[M][N], const double in[N][M]);
void f(void) {
    double x[3][2], y[2][3];
    transpose(3, 2, y, x);
    const int(*p)[3];
    int a[3];
    p = &a;
    (void)p;
}

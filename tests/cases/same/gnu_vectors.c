// SPDX-License-Identifier: MIT
// Vector operations.
// gcc: -std=gnu11
// clang: -std=gnu11
typedef int v4si __attribute__((vector_size(16)));
typedef float v4sf __attribute__((vector_size(16)));
v4si a, b, c;
v4sf fa, fb;
int f(int i) {
    c = a + b;
    c = a > b;
    c = (v4si)(fa > fb);
    b = a + 1;
    a = 2 * b;
    c = -a;
    a[0] = 1;
    a += b;
    return a[i] + (a == b)[1];
}
v4si g(v4si m) {
    v4si r = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    v4sf q = __builtin_convertvector(r, v4sf);
    return r + (v4si)q;
}

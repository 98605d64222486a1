// SPDX-License-Identifier: MIT
// Vectors of all sizes; __builtin_shuffle.
// gcc: -std=gnu11
typedef int v4si __attribute__((vector_size(16)));
typedef float v4sf __attribute__((vector_size(16)));
typedef double v4df __attribute__((vector_size(32)));
typedef short v8hi __attribute__((vector_size(16)));
typedef char v64qi __attribute__((vector_size(64)));
typedef int v1 __attribute__((vector_size(4)));
typedef long long v2di __attribute__((vector_size(16)));
typedef unsigned char v3 __attribute__((vector_size(4)));
v4si a = {1, -2, 3, -4}, b, c;
long l;
short s;
v4sf fa, fb;
v8hi hv;
int f(int i) {
    c = a + b;
    c = a * b - a / b % c;
    c = ~a & b | c ^ a;
    c = a << b >> 1;
    c = a > b;
    c = fa > fb;
    b = a + 1;
    a = 2 * b;
    hv = hv + (short)1;
    c = -a;
    a[0] = 1;
    a += b;
    a <<= 1;
    return a[i] + (a == b)[1] + ((v4si){1, 2})[0];
}
v4si g(v4si m) {
    v4si r = __builtin_shuffle(a, m);
    r = __builtin_shuffle(a, b, m);
    r = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    v4sf q = __builtin_convertvector(r, v4sf);
    v2di z = (v2di)a;
    return r + (v4si)q + (v4si)z + (v4si){1, 2, 3, 4};
}
typeof(a > b) t1;
typeof(fa > fb) t2;
typeof(__builtin_shufflevector(a, b, 0, 1)) t3;
int sz[sizeof(t3) == 8 ? 1 : -1];
struct vs {
    v4si v;
    char c;
} vs;
int szv[sizeof(struct vs) == 32 ? 1 : -1];
v4si *pv(v4si *p) { return &p[2]; }
v4si arr[3] = {{1}, {2, 3}};
v4df df(v4df x) { return x * 2.0 + (v4df){}; }
v4si (*fpv)(v4si) = g;

// SPDX-License-Identifier: MIT
// Functions with one name and different parameters.
// clang: -std=gnu11
__attribute__((overloadable)) int f(int);
__attribute__((overloadable)) double f(double);
float __attribute__((overloadable)) f(float x) { return x; }
struct ov {
    int z;
};
__attribute__((overloadable)) struct ov f(const char *, int);
int t[sizeof(f(1.0)) == 8 ? 1 : -1];
int u(void) { return f(1) + f(2.0) + f("x", 1).z; }
__attribute__((overloadable)) int f(struct ov);
int k(struct ov o) { return f(o); }
typedef int ints __attribute__((vector_size(16)));
typedef float floats __attribute__((vector_size(16)));
__attribute__((overloadable)) int truth(_Bool);
__attribute__((overloadable)) int truth(struct ov);
__attribute__((overloadable)) int lanes(ints);
__attribute__((overloadable)) int lanes(struct ov);
int conversions(int *p, floats v) { return truth(p) + lanes(v); }

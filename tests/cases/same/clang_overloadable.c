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

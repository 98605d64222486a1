// SPDX-License-Identifier: MIT
// Casts to a union type.
// gcc: -std=gnu11
// clang: -std=gnu11
union foo {
    int i;
    double d;
};
int x;
double y;
void hack(union foo);
void f(void) {
    union foo u = (union foo)x;
    u = (union foo)y;
    hack((union foo)x);
    hack((union foo)3);
    union foo w = (const union foo)2.0;
    (void)w;
    (void)u;
}

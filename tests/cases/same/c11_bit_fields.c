// SPDX-License-Identifier: MIT
// Structs as results, bit-fields of every kind.
// gcc: -std=gnu11
// clang: -std=gnu11
struct s {
    int a;
} f(void), *g(int), h;
struct {
    int z;
} anon1, *anon2;
struct s2 {
    struct s3 {
        int q;
    } r;
};
struct s3 glob;
union u {
    struct {
        int a;
    };
    int b;
};
struct bitf {
    unsigned long a : 33, : 0, b : 1;
    _Bool c : 1;
    enum { EE } e : 2;
    const volatile int d : 3;
    signed char f : 7;
};
int q(struct bitf *p) { return p->a + p->b + p->c + p->e + p->d + p->f + (p->a = 3); }

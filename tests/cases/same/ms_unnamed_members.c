// SPDX-License-Identifier: MIT
// Members that are added by a tag or a typedef name.
// gcc: -fms-extensions
// clang: -fms-extensions
struct base {
    int a;
    char c;
};
typedef struct {
    int t;
} td;
struct derived {
    struct base;
    int b;
    td;
    union u {
        int q;
    };
    struct named {
        int nn;
    };
};
int f(struct derived *d) { return d->a + d->b + d->t + d->q + d->nn + d->c; }
struct derived dd = {{1, 2}, 3, {4}};

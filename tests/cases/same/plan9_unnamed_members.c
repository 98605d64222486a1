// SPDX-License-Identifier: MIT
// Members by the name of their typedef.
// gcc: -fplan9-extensions
struct s1 {
    int a;
};
typedef struct {
    int t;
} s2;
struct s3 {
    struct s1;
    s2;
    int z;
};
int take(struct s1 *);
int take2(s2 *);
int f(struct s3 *p) { return take(p) + take2(p) + p->s2.t + p->a + p->t; }

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

// The typedef's name is a member's name in designators and offsets, too.
struct s4 {
    int a;
    s2;
};
struct s4 with_designator = {.a = 1, .s2 = {2}};
int at_offset[__builtin_offsetof(struct s4, s2.t)];
_Static_assert(sizeof at_offset == sizeof(int) * sizeof(int), "");
_Static_assert((long)&((struct s4 *)0)->s2.t == sizeof(int), "");

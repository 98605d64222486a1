// SPDX-License-Identifier: MIT
// Named address spaces of x86.
// gcc: -std=gnu11
// clang: -std=gnu11
int __seg_fs *p;
__seg_gs int q(int __seg_gs *x, const __seg_gs char *y) { return *x + *y; }
struct s {
    int a;
};
int r(struct s __seg_fs *s) { return s->a + ((int __seg_gs *)0)[3]; }
extern __seg_fs int tl;
int u(void) { return tl + *(volatile __seg_fs int *)16; }
typeof(*p) *pp;
int __seg_fs *const cp = 0;
int *__seg_fs *dp;
_Thread_local int w;

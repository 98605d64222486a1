// SPDX-License-Identifier: MIT
// typeof keeps and drops qualifiers as the compilers do.
// gcc: -std=gnu11
// clang: -std=gnu11
struct s {
    int a : 3;
    const int b;
} s;
const int ci = 3;
int arr[3];
int fn(int);
void f(void) {
    typeof(ci) x = 3;
    typeof(arr) y;
    typeof(fn) *z;
    typeof(s.b) w = 1;
    typeof(&arr) p;
    typeof(fn(1)) q;
    typeof(+s.a) r;
    typeof(*(&ci)) t = 2;
    typeof((const int)3) u;
    typeof(1 ? (void *)0 : &ci) v;
    typeof(arr[0] = 3) k;
    typeof(({ ci; })) se;
    typeof((ci)) pp = 3;
    u = 3;
    se = 4;
    k = 4;
    (void)x;
    (void)y;
    (void)z;
    (void)w;
    (void)p;
    (void)q;
    (void)r;
    (void)t;
    (void)v;
    (void)pp;
}

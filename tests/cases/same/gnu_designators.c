// SPDX-License-Identifier: MIT
// Designators in all spellings.
// gcc: -std=gnu11
// clang: -std=gnu11
int a[6] = {[4] = 29, [2] = 15};
int b[6] = {[4] 29, [2] 15};
int widths[] = {[0 ... 9] = 1, [10 ... 99] = 2, [100] = 3};
struct point {
    int x, y;
} p = {.y = 1, .x = 2};
struct point q = {y : 3, x : 4};
union foo {
    int i;
    double d;
} u = {.d = 4};
union foo u2 = {d : 4};
int v[6] = {[1] = 1, 2, [4] = 4};
int ws[256] = {[' '] = 1, ['\t'] = 1, ['\r'] = 1};
struct point pa[10] = {[2].y = 1, [2].x = 2, [0].x = 3, [5 ... 7].x = 4, [8 ... 9] = {1, 2}};
struct n {
    struct {
        int z[3];
        struct point p;
    } i;
    union {
        int k;
        float f;
    };
    int t;
} n = {.i.z[1] = 3, .i.p.y = 2, .k = 4, 5, .i = {.p = {1}}};
enum { E0, E1, E2 };
const char *names[] = {[E2] = "2", [E0] = "0"};
int c2[][3] = {[1][2] = 3, [3] = {1}};
int d2[2][2] = {[0] = {[1] 4}, [1][0] = 3};
int oo[3] = {[0 ... 1] 5};

// SPDX-License-Identifier: MIT
// Attributes in brackets in every position; empty initialisers.
// clang: -std=gnu2x
#warning hello
int e1[3] = {};
struct ds {
    int a;
} e2 = {};
void h(int x) {
    int *p = (int[3]){};
    struct ds q = {};
}
int x[[]][3][[]];
int * [[]] ptr[[]];
int fn[[]](int a[[]], [[]] int b)[[]];
[[gnu::always_inline, __gnu__::__cold__]] inline void gn(void) {}
[[__deprecated__]] extern int dd;
[[using_unknown::x(1 + [] {})]] extern int unk;
[[gnu::aligned(16)]] int al;
struct {
    int b : 3;
    int[[]] c;
} bf;
[[]];
void st(int x) {
    [[]] x++;
    [[gnu::unused]] lab : x--;
    [[]] if (x)[[]] return;
    [[]] for (;;)[[]] break;
    [[]] {}
    [[]] switch (x) { [[]] case 1 : [[]] default : [[]]; }
    do
        [[]];
    while (0);
    goto lab;
}

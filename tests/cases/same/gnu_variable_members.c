// SPDX-License-Identifier: MIT
// Structs with members of variable size.
// gcc: -std=gnu11
int f(int n) {
    struct S {
        int x[n];
        int y;
    } s;
    struct S *p = &s;
    p->x[0] = 1;
    s.y = 3;
    return p->y + sizeof s + __builtin_offsetof(struct S, y);
}
void g(int n) {
    union {
        char a[n];
        int b;
    } u;
    u.b = n;
    struct T {
        int k;
        char c[n][n];
    } t[n];
    t[0].c[1][2] = 'x';
}

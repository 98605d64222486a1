// SPDX-License-Identifier: MIT
// Initialisers that are no constants, compound literals.
// gcc: -std=gnu11
// clang: -std=gnu11
void bar(void);
double f(double f_, double g) {
    double beat[2] = {f_ - g, f_ + g};
    return beat[0];
}
struct foo {
    int a;
    char b[2];
} structure;
int x, y;
void g(void) {
    structure = ((struct foo){x + y, 'a', 0});
    char **foo = (char *[]){"x", "y", "z"};
    (void)foo;
    static struct foo z = (struct foo){1, 'a', 'b'};
    static int yy[] = (int[]){1, 2, 3};
    static int zz[] = (int[3]){1};
    (void)z;
    (void)yy;
    (void)zz;
}
struct foo top = (struct foo){.a = 3};
int *pa = (int[]){1, 2};
struct foo *ps = &(struct foo){1, "a"};
int h(void) { return ((struct foo){.b = "x"}).b[0] + (int){3} + (const int[]){1, 2, 3}[1] + sizeof((char[]){"abc"}); }

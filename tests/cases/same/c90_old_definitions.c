// SPDX-License-Identifier: MIT
// Definitions in the old style, in every shape, and declarations without a type.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(a, b, c)
int a;
char *b;
register double c;
{ return a + *b + c; }
main(argc, argv) char **argv;
{ return argc; }
char *g(x, y) { return 0; }
static h() { return 3; }
int (*fp(a))() int a;
{ return 0; }
int arr(a, n)
int a[], n;
{ return a[n]; }
long ff(f, g)
float f;
int (*g)();
{ return f + g(); }
unsigned short s(x)
unsigned short x;
{ return x; }
struct p {
    int a;
} sp(q) struct p q;
{ return q; }
typedef int T;
int td(a, T2)
T a;
T T2;
{ return a + T2; }
void noparams() {}
double dd(a, b)
short a, b;
{ return a * b; }
x, *y, z[3];
static w;
const cc = 3;
extern ext();
register1;
implicit() { return undeclared(3) + other(); }
inl(a) const int a;
{ return a; }
vol(a) volatile a;
{ return a; }
int last(a) int (*a)[3];
{ return 1; }
*ptrf(a)
int a;
{ return 0; }
volatile vf() { return 1; }
fnp(g) int g();
{ return g(1); }
arr2(m) int m[2][3];
{ return m[1][2]; }
int st(a) struct { int z; } a;
{ return a.z; }
int same(a, b)
int a;
{ return a + b; }
int shadows(b)
int b;
{ return b; }

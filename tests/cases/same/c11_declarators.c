// SPDX-License-Identifier: MIT
// Declarators and specifiers in odd orders.
// gcc: -std=gnu11
// clang: -std=gnu11
int const static volatile x;
char *const (*(*const fp)(int (*)[3], ...))[4];
long unsigned int typedef ulint;
int((y));
int (*(*(*z)(void))[2])(int);
int(f)(int (*)(int), int(int)), (*g[3])(void);
const struct cs { int a; } * csp;
struct cs static const *const css;
short int unsigned extern us;
double long ld2;
_Complex long double cld;
long _Complex double cld2;
char signed sc;
int short is;
long long unsigned int llu;
int long long static lli;
void (*signal_(int, void (*)(int)))(int);
typedef int fn_t(int), *pi, a3[3];
fn_t fdecl, *fptr;
a3 aa = {1, 2, 3};
const a3 ca = {0};
int (*const volatile cvp)[2];
void g2(register int a, const register char *b);
int h(int (*)(), int (*)[]), k(void(void), int[static 1]);
int auto_(void) {
    auto int a = 1;
    auto b_ = 2;
    return a + b_;
}
struct {
    int : 4, a : 3;
} sb;
;
;
int last;
;

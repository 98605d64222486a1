// SPDX-License-Identifier: MIT
// In a function too an array whose length only the compiler computes is one of fixed length: sizes of structs with it are constants.
// gcc: -std=gnu11
// clang: -std=gnu11
#define THREE __builtin_strlen("abc")
typedef char named[THREE];
enum { COUNT = THREE };
int f(void)
{
    struct plain { char c[THREE]; } x = { "ab" };
    struct through { named c; char d[2][COUNT]; };
    struct around { struct plain list[2]; int behind; };
    enum { SIZE = sizeof(struct plain), OF_VALUE = sizeof x, THROUGH = sizeof(struct through), AROUND = sizeof(struct around),
           OFFSET = __builtin_offsetof(struct around, behind), OLD = (unsigned long)&((struct around *)0)->behind };
    struct { int b : sizeof(struct plain); } y = { 1 };
    int list[] = { [sizeof(struct plain)] = 1 };
    _Static_assert(SIZE == 3 && OF_VALUE == 3 && THROUGH == 9 && OFFSET == OLD && AROUND == 12, "");
    return __builtin_choose_expr(sizeof(struct plain) == 3, "a", 1)[0] + y.b + list[3];
}

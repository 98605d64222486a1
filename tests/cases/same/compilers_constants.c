// SPDX-License-Identifier: MIT
// What only the compiler computes stands wherever C wants a constant, and no number that follows from it is guessed.
// unasserted: 27 have a type that only the compiler knows: acoc says none
// gcc: -std=gnu11
// clang: -std=gnu11
#define THREE __builtin_strlen("abc")
struct record {
    unsigned field : THREE, other : (1.0 < 2.0) + 4;
    unsigned char narrow : THREE;
    unsigned long wide : THREE + 30;
    int sign : THREE;
    unsigned : THREE;
    int behind;
};
struct outer { struct record records[2]; int list[THREE]; char behind; };
union both { struct record record; unsigned bits : 1.5 > 1.0; };
struct aligned { char first; int second __attribute__((aligned(4 * (int)(THREE + 1)))); };
int first[] = { [THREE] = 1, 2, [1.0 < 2.0] = 3 }, second[9] = { [0 ... THREE] = 1, [THREE + 1 ... THREE + 2] = 2, 4 };
int third[THREE] = { 1, [THREE - 1] = 2 }, fourth[][2] = { [0][THREE - 2] = 1, { 2, 3 } };
struct { int a[4], b; } fifth = { .a[THREE] = 1, .b = 2 };
typedef int vector __attribute__((vector_size(4 * (THREE + 1))));
vector sixth = { 1, 2 };
_Alignas(4 * (THREE + 1)) int seventh;
enum {
    SIZE = sizeof(struct record), OUTER = sizeof(struct outer), ALIGNMENT = _Alignof(struct aligned),
    OFFSET = __builtin_offsetof(struct outer, behind), COUNT = sizeof third / sizeof *third, FIRST = sizeof first,
    OLD = (unsigned long)&((struct aligned *)0)->second, CHOSEN = __builtin_choose_expr(THREE == 3, 1, 2.0)
};
_Static_assert(SIZE >= 16 && OUTER > 2 * SIZE && COUNT == THREE && FIRST == 5 * sizeof(int), "");
_Static_assert(CHOSEN == 1 && OLD == 16 && ALIGNMENT == 16, "");
struct copy { unsigned width : sizeof(struct record) - SIZE + 1; char bytes[sizeof(struct outer)]; };
enum sign { NONE, SIGN = -(int)(1.0 < 2.0), LENGTH = THREE, AFTER };
_Static_assert(_Generic((enum sign)1 + 0, unsigned: 1, int: 2) == 2 && sizeof(enum sign) == 4, "");
_Static_assert(_Generic(((struct record *)0)->field + 1, int: 1, unsigned: 2) == 1, "");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct record *)0)->field + 1), int), "");
_Static_assert(!__builtin_types_compatible_p(enum sign, unsigned), "");
enum {
    FOUND = _Generic((int (*)[THREE])0, int (*)[4]: 3, int (*)[3]: 50),
    SIGNED = _Generic((enum sign *)0, unsigned *: 3, int *: 50),
    KIND = __builtin_classify_type(__builtin_choose_expr(THREE == 3, 1.0, 2))
};
struct guess { char list[__builtin_types_compatible_p(int[THREE], int[4]) ? 3 : 50]; };
_Static_assert(FOUND == 50 && SIGNED == 50 && KIND == 8 && sizeof(struct guess) == 50, "");
_Static_assert(__builtin_types_compatible_p(enum sign **, int **) && !__builtin_types_compatible_p(enum sign, float), "");
_Static_assert(sizeof(_Generic((int (*)[THREE])0, int (*)[4]: (char)3, int (*)[3]: 50L, char *: 50L)) == sizeof(long), "");
_Static_assert(sizeof(1 ? __builtin_choose_expr(THREE == 3, 1LL, 2.0f) : 1) == 8, "");
int signs(enum sign sign, int n)
{
    enum { SIZES = sizeof(enum sign) };
    return sign - n < 0 ? AFTER : SIZES + _Generic(sign - 1, int: n, unsigned: 2.0);
}
int f(const struct record *record, int n)
{
    struct { unsigned inner : THREE; } local = { 1 };
    __typeof__(record->field - 1) difference = record->field - local.inner;
    __auto_type chosen = __builtin_choose_expr(THREE == 3, n, 2.0);
    int list[THREE];
    static int kept[THREE] = { 1 };
    switch (n) {
    case THREE: return 1;
    case SIZE * 100: return 2;
    case 1000 ... 1000 + THREE: return 3;
    }
    list[0] = difference + chosen + kept[0] + record->narrow + record->sign + (record->wide > 1);
    return record->field > (unsigned)n ? list[0] : -record->field;
}

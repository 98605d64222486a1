// SPDX-License-Identifier: MIT
// Of a number that no type holds gcc keeps the lowest 64 bits, and warns; of these it finds the type.
// gcc: -std=gnu11 -w
#define TYPE(x) _Generic((x), int: 1, unsigned: 2, long: 3, unsigned long: 4, __int128: 5)
enum {
    INT = TYPE(18446744073709551617), LONG = TYPE(99999999999999999999999), UNSIGNED = TYPE(18446744073709551616u),
    HEXADECIMAL = TYPE(0xfffffffffffffffffffff), LEFT = 18446744073709551617 + 1, WIDE = TYPE(9223372036854775808)
};
int table[LEFT == 2 ? 1 : -1];

// SPDX-License-Identifier: MIT
// Before C99 a decimal number that no signed type holds is an unsigned long or what its suffix says.
// gcc: -std=gnu89
// clang: -std=gnu89
int is_unsigned[_Generic(9223372036854775808, unsigned long: 1)];
int with_suffix[_Generic(9223372036854775808L, unsigned long: 1)];
int longer_suffix[_Generic(9223372036854775808LL, unsigned long long: 1)];
int largest_long[_Generic(9223372036854775807, long: 1)];
int hexadecimal[_Generic(0x8000000000000000, unsigned long: 1)];
int beyond_int[_Generic(2147483648, long: 1)];
unsigned long largest(void) { return 18446744073709551615 - 1; }

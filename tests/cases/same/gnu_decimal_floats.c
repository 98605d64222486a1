// SPDX-License-Identifier: MIT
// Decimal floating types.
// gcc: -std=gnu11
_Decimal32 a = 1.2df;
_Decimal64 b = 1.2dd;
_Decimal128 c = 1.2dl;
_Decimal64 d = 1.DD;
_Decimal64 f(_Decimal32 x, _Decimal64 y) { return x + y * 2 - (_Decimal64)1; }
double g(_Decimal64 x) { return (double)x; }
typedef _Decimal32 d32 __attribute__((mode(SD)));
typedef float d64 __attribute__((mode(DF)));

// SPDX-License-Identifier: MIT
// Floating types that clang has too.
// gcc: -std=gnu11
__float128 a = 1.0q;
_Float16 h = 1.0f16;
float f;
double hx = 0x.1p-3;
_Float16 k(_Float16 x) { return x + x * (_Float16)2.0; }
__float80 g = 1.0w;

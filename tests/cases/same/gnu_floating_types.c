// SPDX-License-Identifier: MIT
// Floating types and their suffixes.
// gcc: -std=gnu11
__float128 a = 1.0q;
_Float128 b = 1.0f128;
_Float64 c = 1.0f64;
_Float32 d = 1.0f32;
_Float64x e = 1.0f64x;
_Float32x f = 1.0F32x;
__float80 g = 1.0w;
__float80 g2 = 2.5W;
_Float16 h = 1.0f16;
__ibm_t;
_Complex _Float128 cb;
_Float64 _Complex cc;
long double ld = 0x1.8p3L;
double hx = 0x.1p-3, hy = 0x1.p+3, hz = 0XA.P1F;
_Float128 k(_Float128 x) { return x * 2 + __builtin_fabsf128(x) + __builtin_sqrtf128(x); }
__float128 q = __builtin_infq();
_Float32 i32 = __builtin_inff32();
_Float64 n64 = __builtin_nanf64("");
_Float64x hv = __builtin_huge_valf64x();

// SPDX-License-Identifier: MIT
// Bit-fields as Microsoft's compilers lay them out, for one type and, with -mms-bitfields, for all.
// gcc: -std=gnu11
// clang: -std=gnu11
// gcc: -mms-bitfields -DALL
// clang: -mms-bitfields -DALL
#define S(e) _Static_assert(e, #e)
struct __attribute__((ms_struct)) a { char c; long long b : 3; int d : 4; char z; };
struct __attribute__((gcc_struct)) g { char c; long long b : 3; int d : 4; char z; };
struct plain { char c; long long b : 3; int d : 4; char z; };
struct __attribute__((ms_struct)) zero { int : 0; char c; int b : 10; long long : 0; int d : 3; unsigned e : 29; short : 0; char z; };
struct __attribute__((ms_struct)) same { int i : 20; unsigned u : 12; int j : 1; char k : 1; char z; };
S(sizeof(struct a) == 24 && __builtin_offsetof(struct a, z) == 20);
#if !defined ALL || !defined __clang__ // which does not know the other attribute
S(sizeof(struct g) == 8);
#endif
#ifdef ALL
S(sizeof(struct plain) == 24);
#else
S(sizeof(struct plain) == 8);
#endif
S(sizeof(struct zero) == 16 && sizeof(struct same) == 12);

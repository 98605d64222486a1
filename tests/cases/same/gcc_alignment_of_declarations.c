// SPDX-License-Identifier: MIT
// Alignments of objects and of types: of what is declared twice, of pointers, copied with GNU's copy.
// gcc: -std=gnu11
// gcc: -std=gnu2x
#define S(e) _Static_assert(e, #e)
typedef int T;
typedef int T __attribute__((aligned(64)));
typedef int T;
S(_Alignof(T) == 64);
extern const int v1[];
const int __attribute__((aligned(16))) v1[] = {1};
extern const int __attribute__((aligned(16))) v2[];
const int v2[] = {1};
S(_Alignof(v1) == 16 && _Alignof(v2) == 16);
int c __attribute__((aligned(2)));
__typeof__(c) cc;
struct { char a; __typeof__(v2[0]) b; __typeof__(c) c; } m;
S(_Alignof(c) == 2 && _Alignof(cc) == 4 && sizeof m == 12);
int *__attribute__((aligned(16))) p16, *p8;
S(_Alignof(p16) == 16 && _Alignof(p8) == 8);
struct __attribute__((packed)) PA { int i; char c; };
struct __attribute__((copy((struct PA *)0))) PB { long l; char c; };
struct PM { char c; __attribute__((copy((struct PA *)0))) double d; };
struct PN { char c; __attribute__((copy(((struct PM *)0)->d))) int i; };
S(sizeof(struct PB) == 9 && sizeof(struct PM) == 9 && sizeof(struct PN) == 5);
struct __attribute__((aligned(8))) A8 { char c; };
struct __attribute__((copy((c, *(struct A8 *)0)))) B8 { short s; };
__attribute__((copy((struct A8 *)0))) int a8;
int a32 __attribute__((aligned(32))), b32 __attribute__((copy(a32)));
S(_Alignof(struct B8) == 8 && _Alignof(a8) == 8 && _Alignof(b32) == 32);
typedef struct { char c[8]; } V __attribute__((aligned(8)));
S(_Alignof(V) == 8);

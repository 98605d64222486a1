// SPDX-License-Identifier: MIT
// _Pragma in every place.
// gcc: -std=gnu11
// clang: -std=gnu11
_Pragma("GCC diagnostic push") int a; _Pragma("pack(1)") struct { char c; int i; } p; _Pragma("pack()")
#define P(x) _Pragma(#x)
#define BEGIN P(GCC diagnostic push) P(GCC diagnostic ignored "-Wunused")
BEGIN int b; void f(void) { BEGIN int c; P(GCC ivdep) for (int i = 0; i < 3; i++) ; if (a) P(message("x")) b++; _Pragma("foo") int d = 3 + _Pragma("bar") 4; (void)d; (void)c; } P(weak f)
int g(int x _Pragma("foo"), int y) { return x _Pragma("q") + y; _Pragma("end") } _Pragma(L"wide") _Pragma("once")

// SPDX-License-Identifier: MIT
// push_macro and pop_macro by the user.
// gcc: -std=gnu11
// clang: -std=gnu11
#define X 1
#pragma push_macro("X")
#undef X
#define X 2
int a = X;
#pragma pop_macro("X")
int b = X; _Pragma("push_macro(\"X\")")
#undef X
_Pragma("pop_macro(\"X\")") int c = X;

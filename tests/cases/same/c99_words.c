// SPDX-License-Identifier: MIT
// C99 without GNU words.
// gcc: -std=c99
// clang: -std=c99
int asm = 3, typeof = 4;
static inline int f(int *restrict p) {
    for (int i = 0; i; i++)
        ;
    return sizeof((int[]){1, 2});
}
_Bool b;
double d = 0x1p3;
int alignas, bool, true_, thread_local, nullptr, constexpr, static_assert, false, true;

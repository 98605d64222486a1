// SPDX-License-Identifier: MIT
// Overflow builtins.
// gcc: -std=gnu11
_Bool f(int a, long b, unsigned long long c, short *s) {
    return __builtin_add_overflow(a, b, s) | __builtin_sadd_overflow(a, 2, &a) | __builtin_mul_overflow(c, 3, &b) |
           __builtin_umulll_overflow(c, c, &c) | __builtin_usubl_overflow(1, 2, (unsigned long *)&b);
}
_Bool g(int a) {
    return __builtin_add_overflow_p(a, 3, (short)0) + __builtin_mul_overflow_p(1, 3, (__typeof__((1) + (3)))0);
}
unsigned h(unsigned a, unsigned *c) { return __builtin_ia32_addcarryx_u32(1, a, a, c); }

// SPDX-License-Identifier: MIT
// Carry builtins.
// clang: -std=gnu11
unsigned h(unsigned a, unsigned *c) {
    return __builtin_addc(a, a, 1, c) + __builtin_subcl(a, a, 1, (unsigned long *)c) +
           __builtin_addcb(1, 2, 3, (unsigned char *)c);
}

// SPDX-License-Identifier: MIT
// -fno-asm.
// gcc: -std=gnu11 -fno-asm
// clang: -std=gnu11 -fno-asm
int asm = 3, typeof = 4;
inline int f(void) { return 1; }

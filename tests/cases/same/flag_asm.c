// SPDX-License-Identifier: MIT
// -fasm in a strict mode.
// gcc: -std=c11 -fasm
// clang: -std=c11 -fasm
asm("nop");
typeof(3) x;

/* SPDX-License-Identifier: MIT
   C90: other keywords, // is no comment.
// gcc: -std=c89
// clang: -std=c89
*/
int f() { int a = 4 //* divide */ 2
; return a; } int typeof = 3, asm = 4, inline = 5, restrict = 6; __typeof__(typeof) x; __inline__ int g() { return __extension__ 3; } __asm__("");

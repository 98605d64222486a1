// SPDX-License-Identifier: MIT
// Trigraphs by flag.
// gcc: -trigraphs
// clang: -trigraphs
int x??(3??) = ??< 1, 2 ??>; char *s = "what??!";

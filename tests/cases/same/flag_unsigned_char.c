// SPDX-License-Identifier: MIT
// -funsigned-char.
// gcc: -funsigned-char
// clang: -funsigned-char
_Static_assert((char)-1 > 0, "");
_Static_assert('\xff' == 255, "");
int x = _Generic((char)0 + 1, int : 1);

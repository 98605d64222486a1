// SPDX-License-Identifier: MIT
// _BitInt and its older name.
// clang: -std=gnu11
_ExtInt(13) a;
unsigned _ExtInt(24) b;
_BitInt(7) c;
unsigned _BitInt(128) d;
_BitInt(33) signed e;
_BitInt(13) f(_BitInt(13) x) { return x + a * 2; }
typeof(c + a) g;
int h(void) { return sizeof(_BitInt(100)) + (_BitInt(8))3; }

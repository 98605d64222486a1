// SPDX-License-Identifier: MIT
// The arguments of an attribute that the compiler does not know are any balanced tokens.
// gcc: -std=gnu11
// gcc: -std=c2x
// clang: -std=c2x
[[unknown]] int a;
[[unknown(!)]] int b;
[[some::thing(int x = [1, {2}] ; ::)]] int c;
int f([[unknown(.)]] int p) { [[unknown(%)]]; return p; }
struct [[unknown(struct { } ())]] s { int i [[unknown(-> ->)]]; };

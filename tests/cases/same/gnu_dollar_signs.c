// SPDX-License-Identifier: MIT
// Dollar signs in names.
// gcc: -std=gnu11
// clang: -std=gnu11
int $a, b$c = 3, $;
int f$(int $x) { return $x + $a; }
#define D$ 3
int z = D$;

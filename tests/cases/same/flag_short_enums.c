// SPDX-License-Identifier: MIT
// -fshort-enums.
// gcc: -fshort-enums
// clang: -fshort-enums
enum e { A, B = 200 };
enum n { C = -1, D = 100 };
enum w { E = 70000 };
struct s {
    enum e a;
    enum n b;
};
int x[sizeof(enum e) == 1 ? 1 : -1];
int y[sizeof(struct s) == 2 ? 1 : -1];
int z[sizeof(enum w) == 4 ? 1 : -1];
_Static_assert(sizeof(enum e) == 1, "");
int g = _Generic((enum n)1, signed char : 1);

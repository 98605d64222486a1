// SPDX-License-Identifier: MIT
// -fpack-struct.
// gcc: -fpack-struct
// clang: -fpack-struct
struct s {
    char a;
    long b;
};
int x[sizeof(struct s) == 9 ? 1 : -1];

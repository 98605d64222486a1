// SPDX-License-Identifier: MIT
// -fpack-struct=n.
// gcc: -fpack-struct=1
// clang: -fpack-struct=1
struct s {
    char a;
    int b;
};
int x[sizeof(struct s) == 5 ? 1 : -1];

// SPDX-License-Identifier: MIT
// Case ranges.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(int c) {
    switch (c) {
    case 'A' ... 'Z':
        return 1;
    case 0 ... 5:
    case -5 ... - 1:
        return 2;
    case 7:
    default:
        return 3;
    }
}

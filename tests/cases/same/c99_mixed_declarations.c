// SPDX-License-Identifier: MIT
// Declarations between statements.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(void) {
    int i;
    i++;
    int j = i + 2;
    for (int k = 0, l = 3; k < l; k++)
        j++;
lab:;
    int m = 3;
    goto lab2;
lab2:
    return m + j;
}

// SPDX-License-Identifier: MIT
// -mlong-double-64.
// gcc: -mlong-double-64
// clang: -mlong-double-64
int a[sizeof(long double) == 8 ? 1 : -1];

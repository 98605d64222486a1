// SPDX-License-Identifier: MIT
// -mx32.
// gcc: -mx32
// clang: -mx32
int a[sizeof(long) == 4 && sizeof(void *) == 4 ? 1 : -1];
int b[sizeof(__INT64_TYPE__) == 8 ? 1 : -1];

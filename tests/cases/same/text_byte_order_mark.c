// SPDX-License-Identifier: MIT
// A byte order mark.
// gcc: -std=gnu11
// clang: -std=gnu11
int x;
int y;

// SPDX-License-Identifier: MIT
// Bytes that are no UTF-8.
// gcc: -std=gnu11
// café
char *s = "café"; /* ÿ */

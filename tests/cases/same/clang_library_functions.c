// SPDX-License-Identifier: MIT
// clang declares a function of its library wherever its name stands, called or not.
// clang: -std=gnu11
unsigned long length(const char *text) { return (strlen)(text); }
int (*print)(const char *, ...) = printf;
void (*give_back(int n))(void *) { return n ? free : 0; }

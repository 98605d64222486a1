// SPDX-License-Identifier: MIT
// long long in every spelling.
// gcc: -std=gnu11
// clang: -std=gnu11
long long a = 1LL;
unsigned long long b = 1ULL, b2 = 1llu, b3 = 1uLL, b4 = 1LLU;
long long int c;
int long unsigned long d;
long f(void) { return 0x7fffffffffffffffLL + 01777777777777777777777ULL; }

// SPDX-License-Identifier: MIT
// Variadic macros.
// gcc: -std=gnu11
// clang: -std=gnu11
#define eprintf(format, ...) fp(format, ##__VA_ARGS__)
#define e2(format, args...) fp(format , ## args)
#define e3(...) fp("x" __VA_OPT__(,) __VA_ARGS__)
#define S(x...) #x
int fp(const char *, ...);
void f(void) { eprintf("a"); eprintf("a", 1, 2); e2("b"); e2("b", 3); e3(); e3(1); fp(S(a, b , c)); }

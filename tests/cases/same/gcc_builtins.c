// SPDX-License-Identifier: MIT
// Builtins of gcc.
// gcc: -std=gnu11
#include <stddef.h>
void use(int, ...);
void f(char *s, const char *t, size_t n, void *p, int x, double d) {
    __builtin_prefetch(p, 0, 3);
    __builtin_unreachable();
    __builtin_trap();
    use(__builtin_strcmp(s, t), __builtin_sin(d), __builtin_isalpha(x), __builtin_printf("x %d", 3),
        __builtin_snprintf(s, n, "%s", t), __builtin_cpu_supports("avx"), __builtin_cpu_is("intel"),
        __builtin_ia32_rdtsc(), __builtin_cabs(1.0 + 2.0i), __builtin_lgamma_r(d, &x), __builtin_tgamma(d),
        __builtin_jnl(2, 3.0L), __builtin_significand(d), __builtin_gamma(d), __builtin_drem(d, d), __builtin_pow10(d),
        __builtin_ffsimax(3), __builtin_imaxabs(4));
    __builtin_ia32_pause();
    double si, co;
    __builtin_sincos(d, &si, &co);
    __builtin_execl("x", "y", (void *)0);
}

// SPDX-License-Identifier: MIT
// Builtins of both compilers.
// gcc: -std=gnu11
#include <stddef.h>
void use(int, ...);
void g(int a, ...) {
    __builtin_va_list ap, aq;
    __builtin_va_start(ap, a);
    __builtin_va_copy(aq, ap);
    use(1, __builtin_va_arg(ap, int), __builtin_va_arg(aq, double *));
    __builtin_va_end(ap);
}
void f(char *s, const char *t, size_t n, void *p, int x, double d) {
    __builtin___clear_cache(s, s + 3);
    __builtin_prefetch(p);
    use(__builtin_strcmp(s, t), __builtin_strlen(s), __builtin_sin(d), __builtin_isalpha(x), __builtin_ia32_rdtsc(),
        __builtin_tgamma(d), __builtin_erfcf(d), __builtin_lroundl(3.0L), __builtin_nexttowardf(1.0f, 2.0L),
        __builtin_remquo(d, d, &x), __builtin_cexpf(1.0f), __builtin_sqrtf128);
}

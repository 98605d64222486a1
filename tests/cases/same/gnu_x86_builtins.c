// SPDX-License-Identifier: MIT
// What x86's own builtins return, without the casts of <immintrin.h> around them.
// gcc: -mavx2 -msse4.2 -mrdrnd
// clang: -mavx2 -msse4.2 -mrdrnd
typedef float v4sf __attribute__((vector_size(16)));
typedef double v4df __attribute__((vector_size(32)));
typedef char v16qi __attribute__((vector_size(16)));
typedef short v8hi __attribute__((vector_size(16)));
typedef int v4si __attribute__((vector_size(16)));
typedef long long v2di __attribute__((vector_size(16)));
void use(int, ...);

void f(v4sf a, v4df b, v16qi c, v8hi d, v4si e, v2di g, unsigned n, unsigned short *p)
{
    use(1, __builtin_ia32_maxps(a, a), __builtin_ia32_movmskps(a), __builtin_ia32_maxpd256(b, b));
    use(2, __builtin_ia32_pmovmskb128(c), __builtin_ia32_packsswb128(d, d), __builtin_ia32_pmaddwd128(d, d));
    use(3, __builtin_ia32_psignd128(e, e), __builtin_ia32_phaddd128(e, e), __builtin_ia32_psrlqi128(g, 3));
    use(4, __builtin_ia32_crc32qi(n, 3), __builtin_ia32_rdtsc(), __builtin_ia32_rdrand16_step(p));
    use(5, __builtin_ia32_cvtss2si(a), __builtin_ia32_comieq(a, a), __builtin_ia32_rcpps(a));
    __builtin_ia32_pause();
    __builtin_ia32_sfence();
}

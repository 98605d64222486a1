// SPDX-License-Identifier: MIT
// inline in all forms.
// gcc: -std=gnu11
// clang: -std=gnu11
inline int a(void) { return 1; }
extern inline int b(void) { return 1; }
static inline int c(void) { return 1; }
extern int a(void);
__inline int d(void) { return 1; }
extern __inline __attribute__((__gnu_inline__)) int e(void) { return 1; }
int inline static f(void) { return 1; }
int __inline__ g(int x) { return x; }
static int inline const *h(void) { return 0; }
_Noreturn inline static void n(void) {
    for (;;)
        ;
}

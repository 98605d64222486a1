// SPDX-License-Identifier: MIT
// Attributes of functions, in every position.
// gcc: -std=gnu11
// clang: -std=gnu11
__attribute__((access(read_only, 1), access(write_only, 2, 3))) int puts2(const char *, void *, int);
void *my_memalign(int, int) __attribute__((alloc_align(1)));
void *my_calloc(int, int) __attribute__((alloc_size(1, 2)));
static inline __attribute__((always_inline, artificial, cold)) int ai(void) { return 1; }
void f_impl(void) {}
void f(void) __attribute__((weak, alias("f_impl")));
__attribute__((__const__)) int sq(int);
void ctor(void) __attribute__((constructor));
void ctor2(void) __attribute__((constructor(101), used));
void dtor(void) __attribute__((destructor(200)));
int old(void) __attribute__((deprecated));
int old2(void) __attribute__((deprecated("use new")));
int un(void) __attribute__((unavailable("no")));
extern void die2(void) __attribute__((error("x")));
extern void w2(void) __attribute__((warning("y")));
__attribute__((externally_visible, flatten)) int ev(void) { return 0; }
void fatal(const char *, ...) __attribute__((noreturn, format(printf, 1, 2)));
extern int pf(void *, const char *, ...) __attribute__((format(printf, 2, 3)));
char *gt(const char *) __attribute__((format_arg(1)));
__attribute__((hot, leaf, malloc, no_instrument_function, no_sanitize("address", "undefined"), noclone, noinline,
               noipa)) void *
al(void);
void *mm(void *d, const void *s, __SIZE_TYPE__ n) __attribute__((nonnull(1, 2), nothrow, optimize("O3", "fast-math"),
                                                                 pure, returns_nonnull, section("foo"), sentinel));
int core2(void) __attribute__((target("arch=core2"), target("sse3")));
void unu(int a __attribute__((unused)), int b __attribute__((__unused__))) {}
void vis(void) __attribute__((visibility("hidden")));
int wur(void) __attribute__((warn_unused_result));
extern void wk(void) __attribute__((weak));
__attribute__((zero_call_used_regs("used"))) void z(void) {}
void naked(void) __attribute__((naked));
void naked(void) { __asm__("ret"); }
int __attribute__((ms_abi)) ms(int);
__attribute__((sysv_abi)) int sv(int x) { return x; }
__attribute__((no_split_stack, patchable_function_entry(3, 1), nocf_check)) void misc(void);
void *ifn(void) __attribute__((ifunc("res2")));
static void *res2(void) { return 0; }
__attribute__((simd)) double sd(double);
__attribute__((copy(sq))) int cp(int);
int(__attribute__((noinline)) pos1)(void);
int *__attribute__((noinline)) pos2(void);
__attribute__(()) int emptyattr(void);
__attribute__((, cold, , )) int commas(void);
int (*__attribute__((cdecl)) fpp)(int);
void(__attribute__((noreturn)) * fpn)(void);
typedef void nr(int) __attribute__((noreturn));
void f3(void), f4(void) __attribute__((cold)), f5(void);

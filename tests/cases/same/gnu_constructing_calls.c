// SPDX-License-Identifier: MIT
// __builtin_apply and its family.
// gcc: -std=gnu11
int target(int a, double b);
int fwd(int a, double b) {
    void *args = __builtin_apply_args();
    void *r = __builtin_apply((void (*)())target, args, 64);
    __builtin_return(r);
}
extern int myprintf(const char *f, ...);
int fp(void *, const char *, ...);
extern inline __attribute__((__gnu_inline__, always_inline)) int myprintf(const char *format, ...) {
    int r = fp(0, format, __builtin_va_arg_pack());
    if (__builtin_va_arg_pack_len() > 1)
        return -1;
    return r + 1;
}

// SPDX-License-Identifier: MIT
// Function names as strings, also outside of functions.
// gcc: -std=gnu11
// clang: -std=gnu11
extern int printf(const char *, ...);
void f(void) {
    printf("%s %s %s %zu", __func__, __FUNCTION__, __PRETTY_FUNCTION__, sizeof __func__);
    const char *p = __func__;
    const char(*q)[2] = &__func__;
    (void)p;
    (void)q;
}
const char *top = __PRETTY_FUNCTION__;

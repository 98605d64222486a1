// SPDX-License-Identifier: MIT
// Arithmetic on pointers to void and to functions.
// gcc: -std=gnu11
// clang: -std=gnu11
void *f(void *p, void (*fn)(void)) {
    p++;
    p += 3;
    fn++;
    return p + 1 - (p - (p - 1)) + sizeof(void) + sizeof(f) + (fn + 1 - fn);
}
long g(void *a, const void *b) { return (b - a) + (a < b) + _Alignof(void); }

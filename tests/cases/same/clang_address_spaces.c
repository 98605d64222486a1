// SPDX-License-Identifier: MIT
// Address spaces by number.
// gcc: -std=gnu11
// clang: -std=gnu11
#define GS __attribute__((address_space(256)))
int GS *p;
int f(int __attribute__((address_space(257))) * q) { return *q + *p; }
void g(void *x) {
    int GS *y = (int GS *)x;
    *y = 3;
    __attribute__((address_space(256))) char *z = 0;
    (void)z;
}

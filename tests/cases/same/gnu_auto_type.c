// SPDX-License-Identifier: MIT
// __auto_type.
// clang: -std=gnu11
void f(int *p) {
    __auto_type x = 3, *y = &x;
    __auto_type z = p;
    const __auto_type w = 2.0;
    (void)y;
    (void)z;
    (void)w;
    for (__auto_type i = 0; i < 3; i++)
        ;
    static __auto_type st = 3;
}

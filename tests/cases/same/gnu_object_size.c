// SPDX-License-Identifier: MIT
// Object sizes.
// gcc: -std=gnu11
// clang: -std=gnu11
char buf[10];
__SIZE_TYPE__ f(char *p) {
    return __builtin_object_size(p, 0) + __builtin_dynamic_object_size(buf, 1) +
           (__SIZE_TYPE__)__builtin___memcpy_chk(p, buf, 3, __builtin_object_size(p, 0));
}

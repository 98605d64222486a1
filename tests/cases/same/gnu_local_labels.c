// SPDX-License-Identifier: MIT
// Local labels, in macros that are used twice.
// gcc: -std=gnu11
// clang: -std=gnu11
#define SEARCH(array, target)                                                                                          \
    __extension__({                                                                                                    \
        __label__ found;                                                                                               \
        typeof(target) _t = (target);                                                                                  \
        typeof(*(array)) *_a = (array);                                                                                \
        int i, v;                                                                                                      \
        for (i = 0; i < 3; i++)                                                                                        \
            if (_a[i] == _t) {                                                                                         \
                v = i;                                                                                                 \
                goto found;                                                                                            \
            }                                                                                                          \
        v = -1;                                                                                                        \
    found:;                                                                                                            \
        v;                                                                                                             \
    })
int f(int *a) { return SEARCH(a, 4) + SEARCH(a, 5); }
void g(void) {
    __label__ a, b;
a:
b:;
    {
        __label__ c;
        __label__ d;
    c:;
    d:
        goto c;
    }
}

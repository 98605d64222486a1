// SPDX-License-Identifier: MIT
// typeof in every position.
// gcc: -std=gnu11
// clang: -std=gnu11
#define pointer(T) typeof(T *)
#define array(T, N) typeof(T[N])
array(pointer(char), 4) y;
typeof(int *) a, b;
typeof(*y) c;
__typeof__(y) d;
__typeof(1 + 2.0) e;
typeof(int (*)(void)) fp;
void f(int n) {
    typeof(int[n]) v;
    typeof(n++) k;
    __auto_type z = v;
    const __auto_type zz = 1;
    (void)k;
    (void)z;
    (void)zz;
    typeof(struct { int a; }) loc;
    loc.a = 1;
    typedef typeof(n) T;
    T T1;
    (void)T1;
}
#define max(a, b)                                                                                                      \
    ({                                                                                                                 \
        typeof(a) _a = (a);                                                                                            \
        typeof(b) _b = (b);                                                                                            \
        _a > _b ? _a : _b;                                                                                             \
    })
int m(int x) { return max(x, 2) + max(max(1, 2), 3); }
extern typeof(m) m2;

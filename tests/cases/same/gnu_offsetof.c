// SPDX-License-Identifier: MIT
// offsetof with designators.
// gcc: -std=gnu11
// clang: -std=gnu11
struct a {
    int x;
    struct {
        int y[4];
        struct {
            char z;
        } q[2];
    } i;
    union {
        int u;
        float v;
    };
};
int n;
int s[__builtin_offsetof(struct a, i.y[2])];
__SIZE_TYPE__ f(int n) {
    return __builtin_offsetof(struct a, i.q[n].z) + __builtin_offsetof(struct a, v) +
           __builtin_offsetof(struct a, i.y) + __builtin_offsetof(typeof(struct a), x) +
           __builtin_offsetof(
               struct {
                   int a;
                   int b;
               },
               b);
}

// SPDX-License-Identifier: MIT
// vector_size in every position.
// gcc: -std=gnu11
// clang: -std=gnu11
typedef int v4si __attribute__((vector_size(16)));
int __attribute__((vector_size(8))) x8;
__attribute__((vector_size(8))) int *p8;
int __attribute__((vector_size(8))) arr8[3];
int __attribute__((vector_size(16))) fn8(int __attribute__((vector_size(16))) p);
typedef struct {
    int __attribute__((vector_size(16))) m;
} sv;
typedef int nv __attribute__((vector_size(4 * sizeof(int)), aligned(4)));
unsigned char __attribute__((vector_size(32))) *const *f(void);
int r(void) { return p8[0][1] + arr8[1][0] + (*p8)[1]; }

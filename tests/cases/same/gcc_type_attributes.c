// SPDX-License-Identifier: MIT
// Attributes of types, members and enumerators.
// gcc: -std=gnu11
// clang: -std=gnu11
struct S {
    short f[3];
} __attribute__((aligned(8)));
typedef int more_aligned_int __attribute__((aligned(8)));
struct __attribute__((packed)) P {
    char a;
    int b;
    struct S s;
};
struct P2 {
    char a;
    int b;
} __attribute__((packed, aligned(4)));
typedef union {
    int *i;
    union w *u;
} wait_ptr __attribute__((__transparent_union__));
int wait(wait_ptr);
int w2(int *p) { return wait(p); }
typedef short __attribute__((__may_alias__)) short_a;
typedef int T1 __attribute__((deprecated));
enum __attribute__((packed)) pe { A, B };
enum { C __attribute__((deprecated)), D __attribute__((unused)) = 4, E };
struct hid {
    int a;
} __attribute__((visibility("hidden")));
struct __attribute__((scalar_storage_order("big-endian"))) be {
    int a;
};
typedef int v4si __attribute__((vector_size(16)));
typedef float __attribute__((vector_size(8))) v2sf;
struct __attribute__((gcc_struct)) gs {
    int a : 3;
};
typedef struct {
    int x;
} __attribute__((warn_if_not_aligned(8))) wn;
struct fwd;
struct __attribute__((unused)) fwd2;
typedef unsigned int u32m __attribute__((mode(SI)));
struct flags {
    unsigned a : 1 __attribute__((unused)), b : 2;
    int __attribute__((aligned(16))) c;
    const int d __attribute__((deprecated));
};
int szof =
    sizeof(enum pe) + sizeof(struct P2) + sizeof(more_aligned_int) + _Alignof(more_aligned_int);
short_a *alias(int *p) { return (short_a *)p; }
wn w;
struct be bb;
v2sf v2;
enum E2 { oldval __attribute__((deprecated)) };

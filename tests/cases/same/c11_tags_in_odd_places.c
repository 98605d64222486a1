// SPDX-License-Identifier: MIT
// Tags declared in expressions.
// clang: -std=gnu11
int x = sizeof(struct {
    int a;
    int b[sizeof(struct inner { int z; })];
});
struct inner in;
int en = sizeof(enum {
             EA,
             EB = 4,
         }) +
         EB;
int (*arr[3])(struct fwd *), z;
int compl = (struct { int a, b; }){1, 2}.b;

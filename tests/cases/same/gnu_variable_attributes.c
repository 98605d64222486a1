// SPDX-License-Identifier: MIT
// Attributes of variables.
// gcc: -std=gnu11
int a __attribute__((aligned(16))) = 0, b __attribute__((aligned));
void cl(int *);
void g(void) {
    int x __attribute__((cleanup(cl))) = 1;
    (void)x;
    int big[10] __attribute__((uninitialized));
    (void)big;
}
struct {
    char a;
    int b __attribute__((packed));
    int c[2] __attribute__((packed, aligned(2)));
} pk;
int md __attribute__((mode(DI))), *mp __attribute__((mode(__pointer__)));

// SPDX-License-Identifier: MIT
/* Floor: two hand-written C state machines and a FIFO ring of ready tasks. usage: sm N (resumes in total) */
#include "hist.h"
typedef struct task task;
struct task { int (*resume)(task *); int state; uint64_t i, n; };
static task *q[64]; static unsigned qh, qt;
static inline void ready(task *t) { q[qt++ & 63] = t; }
__attribute__((noinline)) static int body(task *f) {
    switch (f->state) {
    case 0:
        for (f->i = 0; f->i < f->n; f->i++) {
            f->state = 1; ready(f); return 1;
    case 1:;
        }
    }
    return 0;
}
int main(int argc, char **argv) {
    uint64_t n = strtoull(argv[argc - 1], 0, 10), cnt = 0;
    task a = { body, 0, 0, n / 2 }, b = a;
    ready(&a); ready(&b);
    uint64_t t = now_ns();
    while (qh != qt) { task *x = q[qh++ & 63]; x->resume(x); cnt++; }
    printf("RESULT ns_per_op=%.3f n=%llu\n", (double)(now_ns() - t) / (double)cnt, (unsigned long long)cnt);
}

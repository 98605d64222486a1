// SPDX-License-Identifier: MIT
/* Floor: hand-written C tasks: malloc a task, queue it, the joining task suspends, is woken and frees it. usage: sm N */
#include "hist.h"
typedef struct task task;
struct task { int (*resume)(task *); int state; int done; uint64_t arg, ret; task *waiter; };
typedef struct { task t; uint64_t i, n, sum; task *child; } main_f;
static task *q[64]; static unsigned qh, qt;
static inline void ready(task *t) { q[qt++ & 63] = t; }
__attribute__((noinline)) static int child(task *f) { f->ret = f->arg & 255; f->done = 1; if (f->waiter) ready(f->waiter); return 0; }
__attribute__((noinline)) static int root(task *t) {
    main_f *f = (main_f *)t;
    switch (t->state) {
    case 0:
        for (f->i = 0; f->i < f->n; f->i++) {
            f->child = calloc(1, sizeof(task)); f->child->resume = child; f->child->arg = f->i;
            ready(f->child);
            if (!f->child->done) { f->child->waiter = t; t->state = 1; return 1; }
            /* fall through */
    case 1:
            f->sum += f->child->ret; free(f->child);
        }
    }
    return 0;
}
int main(int argc, char **argv) {
    main_f m = { .t.resume = root, .n = strtoull(argv[argc - 1], 0, 10) };
    ready(&m.t);
    uint64_t t = now_ns();
    while (qh != qt) { task *x = q[qh++ & 63]; x->resume(x); }
    printf("RESULT ns_per_op=%.3f n=%llu sum=%llu\n", (double)(now_ns() - t) / (double)m.n, (unsigned long long)m.n, (unsigned long long)m.sum);
}

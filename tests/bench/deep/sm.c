// SPDX-License-Identifier: MIT
/* Hand-written C state machines: a chain of D calls, the leaf yields N times.
 * repoll: the scheduler resumes the outermost frame, which re-enters its callee, and so on (Rust's way).
 * leaf:   the scheduler resumes the innermost frame directly; a finished frame resumes its caller (C++20's way).
 * usage: sm repoll|leaf N D */
#include "hist.h"
typedef struct frame frame;
struct frame { int (*resume)(frame *); int state; int d; uint64_t i, n; frame *callee, *caller; };
static frame *q[64]; static unsigned qh, qt; static frame *root;
static inline void ready(frame *f) { q[qt++ & 63] = f; }
static frame *mk(int (*fn)(frame *), int d, uint64_t n) { frame *f = calloc(1, sizeof *f); f->resume = fn; f->d = d; f->n = n; return f; }
__attribute__((noinline)) static int repoll(frame *f) {
    switch (f->state) {
    case 0:
        if (f->d > 1) {
            f->callee = mk(repoll, f->d - 1, f->n);
            /* fall through */
    case 1:
            if (f->callee->resume(f->callee)) { f->state = 1; return 1; }
            free(f->callee); return 0;
        }
        for (f->i = 0; f->i < f->n; f->i++) {
            f->state = 2; ready(root); return 1;
    case 2:;
        }
    }
    return 0;
}
__attribute__((noinline)) static int leaf(frame *f) {
    switch (f->state) {
    case 0:
        if (f->d > 1) {
            f->callee = mk(leaf, f->d - 1, f->n); f->callee->caller = f; f->state = 1;
            return f->callee->resume(f->callee);
    case 1:
            free(f->callee); break;
        }
        for (f->i = 0; f->i < f->n; f->i++) {
            f->state = 2; ready(f); return 1;
    case 2:;
        }
    }
    return f->caller ? f->caller->resume(f->caller) : 0;
}
int main(int argc, char **argv) {
    if (argc < 4) return 2;
    uint64_t n = strtoull(argv[2], 0, 10); int d = atoi(argv[3]);
    root = mk(argv[1][0] == 'r' ? repoll : leaf, d, n); ready(root);
    uint64_t t = now_ns();
    while (qh != qt) { frame *f = q[qh++ & 63]; f->resume(f); }
    printf("RESULT ns_per_op=%.3f n=%llu\n", (double)(now_ns() - t) / (double)n, (unsigned long long)n);
}

// SPDX-License-Identifier: MIT
/* Hand-written resumable state machines in C: what a translator could emit.
 * embedded: the callee's frame is a member of the caller's frame.  malloc: one malloc/free a call.
 * freelist: frames from a one-size free list.  usage: sm embedded|malloc|freelist N */
#include "hist.h"
enum { DONE, PENDING };
typedef struct { int state; uint64_t arg, ret; } inner_f;
typedef struct { int state; uint64_t i, n, sum; inner_f *callee; inner_f in; } outer_f;
static int pending_now;               /* never set: the callee always completes at once, but must look */
__attribute__((noinline)) static int inner(inner_f *f) {
    switch (f->state) {
    case 0:
        if (__builtin_expect(pending_now, 0)) { f->state = 1; return PENDING; }
        /* fall through */
    case 1: f->ret = f->arg & 255;
    }
    return DONE;
}
__attribute__((noinline)) static int outer_embedded(outer_f *f) {
    switch (f->state) {
    case 0:
        for (f->i = 0, f->sum = 0; f->i < f->n; f->i++) {
            f->in.state = 0; f->in.arg = f->i;
            /* fall through */
    case 1:
            if (inner(&f->in) == PENDING) { f->state = 1; return PENDING; }
            f->sum += f->in.ret;
        }
    }
    return DONE;
}
static inner_f *freel;
static inline inner_f *get(int m) {
    if (m) return malloc(sizeof(inner_f));
    inner_f *p = freel;
    if (__builtin_expect(!p, 0)) return malloc(sizeof(inner_f));
    freel = *(inner_f **)p; return p;
}
static inline void put(int m, inner_f *p) { if (m) free(p); else { *(inner_f **)p = freel; freel = p; } }
static inline int outer_heap(outer_f *f, int m) {
    switch (f->state) {
    case 0:
        for (f->i = 0, f->sum = 0; f->i < f->n; f->i++) {
            f->callee = get(m); f->callee->state = 0; f->callee->arg = f->i;
            /* fall through */
    case 1:
            if (inner(f->callee) == PENDING) { f->state = 1; return PENDING; }
            f->sum += f->callee->ret; put(m, f->callee);
        }
    }
    return DONE;
}
__attribute__((noinline)) static int outer_malloc(outer_f *f) { return outer_heap(f, 1); }
__attribute__((noinline)) static int outer_freelist(outer_f *f) { return outer_heap(f, 0); }
int main(int argc, char **argv) {
    if (argc < 3) return 2;
    outer_f f = { .n = strtoull(argv[2], 0, 10) };
    uint64_t t = now_ns();
    int r = argv[1][0] == 'e' ? outer_embedded(&f) : argv[1][0] == 'm' ? outer_malloc(&f) : outer_freelist(&f);
    printf("RESULT ns_per_op=%.3f n=%llu sum=%llu\n", (double)(now_ns() - t) / (double)f.n, (unsigned long long)f.n, (unsigned long long)f.sum);
    return r;
}

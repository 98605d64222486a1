// SPDX-License-Identifier: MIT
// __sync and __atomic builtins, _Atomic.
// gcc: -std=gnu11
int f(int *p, long *q, char *c, void **v, _Bool *b, __int128 *w) {
    int e = 0;
    __sync_fetch_and_add(p, 1);
    *q = __sync_add_and_fetch(q, 1);
    __sync_bool_compare_and_swap(v, 0, 0, p);
    void *o = __sync_val_compare_and_swap(v, 0, (void *)1);
    __sync_synchronize();
    __sync_lock_release(p, q);
    __sync_lock_test_and_set(p, 1, q);
    __atomic_load_n(p, __ATOMIC_RELAXED);
    __atomic_load(p, &e, 5);
    __atomic_store_n(p, 1, __ATOMIC_SEQ_CST);
    __atomic_store(p, &e, 5);
    __atomic_exchange_n(c, 'x', 5);
    __atomic_exchange(p, &e, &e, 5);
    __atomic_compare_exchange_n(p, &e, 3, 0, 5, 5);
    __atomic_compare_exchange(p, &e, &e, 1, 5, 0);
    __atomic_add_fetch(q, 1, 5);
    __atomic_fetch_nand(c, 1, 5);
    __atomic_test_and_set(b, 5);
    __atomic_clear(b, 5);
    __atomic_thread_fence(5);
    __atomic_signal_fence(5);
    (void)o;
    return __atomic_always_lock_free(sizeof(int), 0) + __atomic_is_lock_free(4, p) + __sync_fetch_and_nand(c, 1) +
           __sync_fetch_and_add_4(p, 1) + __atomic_load_4(p, 5) + __sync_val_compare_and_swap_8(q, 1, 2);
}
_Atomic int ai;
_Atomic(long) al;
int _Atomic *pai;
_Atomic struct { int a; } as;
int k(void) {
    ai++;
    ai += 2;
    al = ai;
    return ai + *pai + (ai = 3) + sizeof(al);
}
typedef _Atomic(int *) ap;
ap q;
int *r(void) {
    q++;
    return q;
}

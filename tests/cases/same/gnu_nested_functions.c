// SPDX-License-Identifier: MIT
// Nested functions, nonlocal gotos.
// gcc: -std=gnu11
void f(int *array, int offset, int size) {
    __label__ failure;
    auto int access(int *array, int index);
    int i;
    for (i = 0; i < size; i++)
        access(array, i);
    int access(int *array, int index) {
        if (index > size)
            goto failure;
        return array[index + offset];
    }
    void sw(void *a, void (*cb)(int)) {
        inline int q(int x) { return x + offset; }
        cb(q(3));
    }
    void k(int x) { (void)x; }
    sw(array, k);
    struct s {
        int a;
    } inner(struct s p) {
        return p;
    }
    inner((struct s){1});
    return;
failure:
    return;
}

// SPDX-License-Identifier: MIT
// Labels as values, computed gotos.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(int i) {
    static void *array[] = {&&foo, &&bar, &&hack};
    static const int offs[] = {&&foo - &&foo, &&bar - &&foo, &&hack - &&foo};
    void *ptr = &&foo;
    goto *array[i];
foo:
    return 1;
bar:
    goto *(&&foo + offs[i]);
hack:
    goto *ptr;
}

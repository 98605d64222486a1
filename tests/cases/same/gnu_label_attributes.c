// SPDX-License-Identifier: MIT
// Attributes of labels and statements.
// gcc: -std=gnu11
void f(int c) {
    if (c)
        goto err;
foo:
    __attribute__((unused));
err:
    __attribute__((cold, unused)) return;
hot:
    __attribute__((hot));
    switch (c) {
    case 1:
        c++;
        __attribute__((fallthrough));
    case 2:
        c--;
        [[fallthrough]];
    default:
        [[gnu::unused]];
    }
}

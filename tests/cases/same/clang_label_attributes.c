// SPDX-License-Identifier: MIT
// Attributes of labels and statements that clang takes.
// clang: -std=gnu11
void f(int c) {
foo:
    __attribute__((unused));
bar:
    __attribute__((unused)) c++;
    switch (c) {
    case 1:
        c++;
        __attribute__((fallthrough));
    case 2:
        c--;
        __attribute__((__fallthrough__));
    default:
        c++;
    }
    __attribute__((nomerge)) f(c);
}

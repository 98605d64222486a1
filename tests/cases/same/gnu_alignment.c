// SPDX-License-Identifier: MIT
// Alignment, asked for and given.
// gcc: -std=gnu11
// clang: -std=gnu11
int a = __alignof__(double) + __alignof(char) + _Alignof(int) + __alignof__ a;
struct foo {
    int x;
    char y;
} f1;
int b = __alignof__(f1.y) + __alignof__ f1;
_Alignas(16) char c;
_Alignas(double) _Alignas(32) char d;
struct {
    _Alignas(8) char e;
    _Alignas(0) int g;
} h;
void q(void) {
    _Alignas(64) int l;
    (void)l;
    char k = _Alignof(int[3]);
    (void)k;
}

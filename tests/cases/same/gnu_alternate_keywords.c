// SPDX-License-Identifier: MIT
// Alternate keywords in strict modes.
// gcc: -std=c99
// clang: -std=c99
__const int a = 3;
__const__ int b = 3;
__volatile int c;
__signed e;
__signed__ char f;
static __inline int g(int *__restrict p, int *__restrict__ q) { return *p + *q; }
__typeof__(a) h;
__typeof(b) i;
__extension__ typedef long long ll;
__extension__ struct { int q; } st;
int j = __alignof(int) + __alignof__(char);
__complex__ double k;
__asm("nop");
__attribute((unused)) int l;
__thread int m;
int n(void) {
    return __extension__({ 1; }) + __extension__ sizeof(int) + __real 3.0;
}
__label1;
extern __const __signed__ __volatile__ int w;
__float128 q;
__builtin_va_list ap;
__auto_typex;

// SPDX-License-Identifier: MIT
// asm in all forms that gcc knows.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(int src) {
    int dst;
    asm("mov %1, %0\n\tadd $1, %0" : "=r"(dst) : "r"(src));
    asm volatile("" ::: "memory");
    __asm__ __volatile__("nop");
    asm inline("nop");
    asm volatile inline("nop");
    asm inline volatile goto("" : : : : lab);
    asm("" : [out] "+r"(dst) : [in] "g"(src), "i"(3) : "cc", "memory");
lab:
    return dst;
}
int g(unsigned x) {
    int r;
    asm("bt %1,%2" : "=@ccc"(r) : "r"(x), "r"(x));
    asm("" : "=a"(x), "=&d"(r) : "0"(x));
    asm("%0" ::"m"(*(int *)(long)x));
    asm("" : : "r"(x) : "cc");
    asm("");
    asm("" :);
    asm("" : :);
    asm("" ::);
    asm("" ::: "cc");
    asm(""
        "x"
        "y");
    return r;
}
int fooasm asm("myfoo") = 2;
extern int func(int x, int y) asm("MYFUNC");
int func(int x, int y) {
    register int *foo asm("r12") = &x;
    register long e __asm__("rax") = 3;
    register int q asm("%edi");
    asm("" : "+r"(foo), "+r"(e));
    return *foo;
}
asm("/* top */");
__asm__(".globl x");
extern int e2(void) __asm__("e"
                            "2") __attribute__((cold));
extern int e3 __asm__("x3") __attribute__((weak)), e4 asm("x4");
int e5(void) asm("y5") __attribute__((noinline)), e6;
void outgoto(int x) {
    asm goto("" : "=r"(x) : : : l1);
l1:;
    asm goto("" : [a] "+r"(x) : "r"(x) : "memory" : l2, l1);
l2:;
    asm("");
}

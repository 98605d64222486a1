// SPDX-License-Identifier: MIT
// asm statements, labels, registers.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(int src) {
    int dst;
    asm("mov %1, %0\n\tadd $1, %0" : "=r"(dst) : "r"(src));
    asm volatile("" ::: "memory");
    __asm__ __volatile__("nop");
    asm volatile inline("nop");
    asm("" : [out] "+r"(dst) : [in] "g"(src), "i"(3) : "cc", "memory");
    return dst;
}
int h(int *p) {
    asm goto("jc %l1; jmp %l[err]" : : "r"(*p) : "memory" : ok, err);
ok:
    return 1;
err:
    return 0;
}
asm("/* top */");
register long sp_ asm("rsp");
struct s {
    int a;
} st;
void w(void) {
    asm("" : "=m"(st));
    asm("" ::"r"((__int128)1 > 0));
}

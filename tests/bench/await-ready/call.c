// SPDX-License-Identifier: MIT
/* Floor: plain noinline C call. usage: call N */
#include "hist.h"
__attribute__((noinline)) static uint64_t inner(uint64_t i) { __asm__ volatile("" ::: "memory"); return i & 255; }
int main(int argc, char **argv) {
    uint64_t n = strtoull(argv[argc - 1], 0, 10), sum = 0, t = now_ns();
    for (uint64_t i = 0; i < n; i++) sum += inner(i);
    printf("RESULT ns_per_op=%.3f n=%llu sum=%llu\n", (double)(now_ns() - t) / (double)n, (unsigned long long)n, (unsigned long long)sum);
}

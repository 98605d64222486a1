// SPDX-License-Identifier: MIT
// C++20 lazy task with symmetric transfer, frames from operator new (as libraries do). usage: co N
#include "hist.h"
#include "task.hpp"
#ifndef INNER_ATTR
#define INNER_ATTR __attribute__((noinline))
#endif
INNER_ATTR static task<uint64_t> inner(uint64_t i) { co_return i & 255; }
static task<uint64_t> outer(uint64_t n) {
    uint64_t s = 0;
    for (uint64_t i = 0; i < n; i++) s += co_await inner(i);
    co_return s;
}
int main(int argc, char **argv) {
    uint64_t n = strtoull(argv[argc - 1], 0, 10);
    auto t = outer(n); uint64_t t0 = now_ns();
    t.h.resume();
    printf("RESULT ns_per_op=%.3f n=%llu sum=%llu\n", (double)(now_ns() - t0) / (double)n, (unsigned long long)n, (unsigned long long)t.h.promise().value);
}

// SPDX-License-Identifier: MIT
// What a workload prints: the time of one operation. For C, C++ and .aco.
#ifndef BENCH_RESULT_H
#define BENCH_RESULT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline uint64_t bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline void bench_result(uint64_t begun, uint64_t operations, uint64_t sum)
{
    printf("RESULT ns_per_op=%.3f n=%llu sum=%llu\n", (double)(bench_now() - begun) / (double)operations,
           (unsigned long long)operations, (unsigned long long)sum);
}

#endif

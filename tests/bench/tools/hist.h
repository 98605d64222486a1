// SPDX-License-Identifier: MIT
/* Log-linear latency histogram: 64 sub-buckets per power of two, values in ns. */
#ifndef HIST_H
#define HIST_H
#include <stdint.h>
#include <string.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <dirent.h>
#include <sys/resource.h>
#define HIST_SUB 64
#define HIST_N (60 * HIST_SUB)
typedef struct { uint64_t c[HIST_N]; uint64_t n; } hist;
static inline uint64_t now_ns(void) {
    struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}
static inline void hist_add(hist *h, uint64_t v) {
    unsigned i;
    if (v < HIST_SUB) i = (unsigned)v;
    else {
        unsigned e = 63u - (unsigned)__builtin_clzll(v);      /* e >= 6 */
        i = (e - 5) * HIST_SUB + (unsigned)((v >> (e - 6)) & (HIST_SUB - 1));
    }
    if (i >= HIST_N) i = HIST_N - 1;
    h->c[i]++; h->n++;
}
static inline double hist_q(const hist *h, double q) {
    uint64_t want = (uint64_t)(q * (double)h->n), seen = 0;
    for (unsigned i = 0; i < HIST_N; i++) {
        seen += h->c[i];
        if (seen > want) {
            if (i < HIST_SUB) return (double)i;
            unsigned e = i / HIST_SUB + 5, s = i % HIST_SUB;
            return (double)((((uint64_t)HIST_SUB + s) << (e - 6)) + (1ull << (e - 6)) / 2);
        }
    }
    return 0;
}
/* CPU nanoseconds used so far by all threads of a process (0: unknown).  *wait: nanoseconds its busiest thread was
 * runnable but not running, less what its sibling threads ran: with each busy process pinned to a core of its own, a
 * difference of two such values is the time something else had the core. */
static inline uint64_t pid_sched(int pid, int64_t *wait) {
    *wait = 0;
    if (pid <= 0) return 0;
    char p[64]; snprintf(p, sizeof p, "/proc/%d/task", pid);
    DIR *d = opendir(p); if (!d) return 0;
    struct dirent *e; uint64_t sum = 0, top = 0, topw = 0;
    while ((e = readdir(d))) {
        if (e->d_name[0] == '.') continue;
        char f[512]; snprintf(f, sizeof f, "/proc/%d/task/%s/schedstat", pid, e->d_name);
        FILE *fp = fopen(f, "r"); unsigned long long v = 0, w = 0;
        if (fp) { if (fscanf(fp, "%llu %llu", &v, &w) == 2) { sum += v; if (v > top) { top = v; topw = w; } } fclose(fp); }
    }
    closedir(d);
    *wait = (int64_t)topw - (int64_t)(sum - top);
    return sum;
}
static inline double wait_share(int64_t w, double dt) { return w > 0 ? (double)w / 1e9 / dt : 0; }
static inline uint64_t pid_cpu_ns(int pid) { int64_t w; return pid_sched(pid, &w); }
static inline uint64_t self_cpu_ns(void) {
    struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}
#endif

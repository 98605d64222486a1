// SPDX-License-Identifier: MIT
/* usage: srvcpu PID[,PID...] COMMAND...  runs COMMAND, then prints the CPU seconds the processes used meanwhile,
 * wall seconds, the share of it in which they had to wait for the core, and the
 * CPU seconds of COMMAND. */
#define _GNU_SOURCE
#include "hist.h"
#include <sys/wait.h>
#include <unistd.h>
static uint64_t all(const char *s, int64_t *wait) {
    uint64_t v = 0; int64_t w; char *e; *wait = 0;
    for (;;) { v += pid_sched((int)strtol(s, &e, 10), &w); *wait += w; if (*e != ',') break; s = e + 1; }
    return v;
}
int main(int argc, char **argv) {
    if (argc < 3) return 2;
    int64_t w0, w1; uint64_t c = all(argv[1], &w0), t = now_ns();
    pid_t p = fork();
    if (p == 0) { execvp(argv[2], argv + 2); _exit(127); }
    int st; struct rusage u; wait4(p, &st, 0, &u);
    double dc = (double)(all(argv[1], &w1) - c) / 1e9, dt = (double)(now_ns() - t) / 1e9;
    printf("SRVCPU %.4f %.4f %.4f %.4f\n", dc, dt, wait_share(w1 - w0, dt),
           (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6);
    return st ? 1 : 0;
}

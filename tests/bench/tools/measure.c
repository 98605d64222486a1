// SPDX-License-Identifier: MIT
/* usage: measure COMMAND...  runs it, prints peak RSS, CPU and wall seconds of that one process. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static double s(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }
int main(int argc, char **argv) {
    struct timespec a, b; clock_gettime(CLOCK_MONOTONIC, &a);
    pid_t p = fork();
    if (p == 0) { execvp(argv[1], argv + 1); perror(argv[1]); _exit(127); }
    int st; struct rusage u; (void)argc;
    wait4(p, &st, 0, &u); clock_gettime(CLOCK_MONOTONIC, &b);
    if (st) { fprintf(stderr, "measure: status %d\n", st); return 1; }
    printf("RESULT rss_kib=%ld cpu_s=%.3f user_s=%.3f sys_s=%.3f wall_s=%.3f\n", u.ru_maxrss, s(u.ru_utime) + s(u.ru_stime), s(u.ru_utime), s(u.ru_stime),
           (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9);
    return 0;
}

// SPDX-License-Identifier: MIT
// A compiler is a driver and the programs that it runs, so signals go to the whole group. The group is its own, out of
// the terminal's reach: ^C comes to us alone, and we pass it on.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "signals.h"

extern char **environ;

enum { GRACE_SECONDS = 2 }; // for a child that was asked to end, before it is made to

static pid_t running; // the child that must not outlive us; 0: none

static void end_running(void)
{
    if (running)
        kill(-running, SIGKILL);
}

// ---- starting

// Only a handler makes SIGCHLD wait for us, and our parent may have had it ignored, which loses the status.
static void do_nothing(int number)
{
    (void)number;
}

static void hold_signals(Child *child)
{
    sigset_t ends;
    signals_hold(&child->before);
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    signal(SIGCHLD, do_nothing);
}

// In the background of a terminal that stops who writes there, messages must come through nevertheless.
static void set_attributes(posix_spawnattr_t *attributes, const Child *child)
{
    sigset_t mask = child->before;
    sigaddset(&mask, SIGTTOU);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigmask(attributes, &mask);
}

// The limit is inherited, so it is ours for a moment.
static int spawn_limited(Child *child, const posix_spawn_file_actions_t *actions, char *const *command, off_t most_bytes)
{
    struct rlimit ours, limited;
    posix_spawnattr_t attributes;
    bool has_limit = !getrlimit(RLIMIT_FSIZE, &ours);
    limited = ours;
    if (has_limit && limited.rlim_cur > (rlim_t)most_bytes)
        limited.rlim_cur = (rlim_t)most_bytes;
    if (has_limit)
        setrlimit(RLIMIT_FSIZE, &limited);
    set_attributes(&attributes, child);
    int problem = posix_spawnp(&child->pid, command[0], actions, &attributes, command, environ);
    posix_spawnattr_destroy(&attributes);
    if (has_limit)
        setrlimit(RLIMIT_FSIZE, &ours);
    return problem;
}

int child_start(Child *child, char *const *command, int output, int messages, off_t most_bytes)
{
    static bool is_watched;
    posix_spawn_file_actions_t actions;
    if (!is_watched)
        is_watched = !atexit(end_running);
    hold_signals(child);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (messages >= 0)
        posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
    int problem = spawn_limited(child, &actions, command, most_bytes);
    posix_spawn_file_actions_destroy(&actions);
    if (problem)
        signals_release(&child->before);
    else
        running = child->pid;
    return problem;
}

// ---- waiting

static struct timespec time_left(const struct timespec *deadline)
{
    struct timespec now, left;
    clock_gettime(CLOCK_MONOTONIC, &now);
    left = (struct timespec){deadline->tv_sec - now.tv_sec, deadline->tv_nsec - now.tv_nsec};
    if (left.tv_nsec < 0)
        left = (struct timespec){left.tv_sec - 1, left.tv_nsec + 1000000000};
    return left;
}

// Until it has ended, one of the signals has come (*came) or the time is over. It is not taken leave of: 1 when it has
// ended, 0 in the other cases, -1 when nothing is known of it.
static int wait_for_end(const Child *child, unsigned seconds, sigset_t signals, int *came)
{
    struct timespec deadline, left;
    sigaddset(&signals, SIGCHLD);
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += (time_t)seconds;
    for (;;) {
        siginfo_t ended = {0};
        if (waitid(P_PID, (id_t)child->pid, &ended, WEXITED | WNOHANG | WNOWAIT) < 0)
            return -1;
        left = time_left(&deadline);
        if (ended.si_pid || left.tv_sec < 0)
            return ended.si_pid != 0;
        int number = sigtimedwait(&signals, NULL, &left);
        if (number > 0 && number != SIGCHLD) {
            *came = number;
            return 0;
        }
    }
}

// Asks it to end, and makes it end when it does not. What it started goes with it. Its number is nobody else's until we
// have taken leave of it, so no other process is hit.
static void stop(const Child *child, int number)
{
    int came = 0;
    sigset_t none;
    sigemptyset(&none);
    kill(-child->pid, number);
    kill(-child->pid, SIGCONT);
    wait_for_end(child, GRACE_SECONDS, none, &came);
    kill(-child->pid, SIGKILL);
}

ChildEnd child_wait(Child *child, unsigned seconds, int *status)
{
    enum { A_DAY = 86400 };
    int came = 0, ended;
    sigset_t ending = signals_that_end(&child->before);
    do
        ended = wait_for_end(child, seconds ? seconds : A_DAY, ending, &came);
    while (!ended && !came && !seconds);
    if (!ended)
        stop(child, came ? came : SIGTERM);
    bool is_lost = ended < 0 || waitpid(child->pid, status, 0) < 0;
    int problem = errno;
    running = 0;
    if (came)
        signals_end_by(came, &child->before);
    signals_release(&child->before);
    errno = problem;
    return is_lost ? CHILD_LOST : ended ? CHILD_ENDED : CHILD_TOO_LATE;
}

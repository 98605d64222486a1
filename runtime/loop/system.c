// SPDX-License-Identifier: MIT
//
// The table of system calls as it stands on Linux: each entry is the plain call with its errno made negative. Beside it the
// counting table, which passes every call on to the real one unless it is the one that is to fail.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "../abi.h"

// ------------------------------------------------------------------------------------------- calls in several steps

static int64_t read_monotonic_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int milliseconds_up(int64_t nanoseconds)
{
    if (nanoseconds < 0)
        return -1;
    int64_t milliseconds = nanoseconds / 1000000 + (nanoseconds % 1000000 != 0);
    return milliseconds > INT_MAX ? INT_MAX : (int)milliseconds;
}

static struct timespec *timespec_of(int64_t nanoseconds, struct timespec *room)
{
    if (nanoseconds < 0)
        return NULL;
    room->tv_sec = (time_t)(nanoseconds / 1000000000);
    room->tv_nsec = (long)(nanoseconds % 1000000000);
    return room;
}

// epoll_pwait2 (Linux 5.11) has nanoseconds; an older kernel waits whole milliseconds, rounded up.
static int wait_on_epoll(int epoll, struct epoll_event *events, int count, int64_t timeout)
{
    static int has_no_pwait2;                   // atomic; found out once
    if (timeout > 0 && !__atomic_load_n(&has_no_pwait2, __ATOMIC_RELAXED)) {
        struct timespec room;
        int found = epoll_pwait2(epoll, events, count, timespec_of(timeout, &room), NULL);
        if (found >= 0 || errno != ENOSYS)
            return found;
        __atomic_store_n(&has_no_pwait2, 1, __ATOMIC_RELAXED);
    }
    return epoll_wait(epoll, events, count, milliseconds_up(timeout));
}

static int wait_on_poll(struct pollfd *fds, size_t count, int64_t timeout)
{
    struct timespec room;
    return ppoll(fds, count, timespec_of(timeout, &room), NULL);
}

static int set_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? flags : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

// Signals belong to the program's own threads.
static int start_detached_thread(void *(*run)(void *), void *argument)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, before;
    errno = pthread_attr_init(&attributes);
    if (errno)
        return -1;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    errno = pthread_create(&thread, &attributes, run, argument);
    int failed = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    errno = failed;
    return failed ? -1 : 0;
}

// ------------------------------------------------------------------------------------------- the real table

#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) \
    static result real_##name parameters                            \
    {                                                               \
        result answer = call;                                       \
        return answer < 0 ? (result)-errno : answer;                \
    }
#include "system.def"
#undef ACOC_SYSTEM_CALL

const acoc_system acoc__system_real = {
    .name = "linux",
#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) .name = real_##name,
#include "system.def"
#undef ACOC_SYSTEM_CALL
};

// ------------------------------------------------------------------------------------------- the counting table

acoc_system_counts acoc__system_counts;

// Counts a call and answers the errno that it fails with; 0: it is made.
static int count_call(acoc_system_call call)
{
    acoc_system_counts *counts = &acoc__system_counts;
    __atomic_add_fetch(&counts->calls[call], 1, __ATOMIC_RELAXED);
    // What must not fail: the clock, and close, which releases whatever it answers.
    if (call == ACOC_CALL_clock || call == ACOC_CALL_close)
        return 0;
    if (counts->fail_only && counts->fail_only != (int)call + 1)
        return 0;
    uint64_t number = __atomic_add_fetch(&counts->total, 1, __ATOMIC_RELAXED);
    if (!counts->fail_at || number < counts->fail_at || (number > counts->fail_at && !counts->fail_for_ever))
        return 0;
    return counts->fail_with ? counts->fail_with : EIO;
}

#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) \
    static result counting_##name parameters                        \
    {                                                               \
        int failure = count_call(ACOC_CALL_##name);                 \
        return failure ? (result)-failure : real_##name arguments;  \
    }
#include "system.def"
#undef ACOC_SYSTEM_CALL

const acoc_system acoc__system_counting = {
    .name = "counting",
#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) .name = counting_##name,
#include "system.def"
#undef ACOC_SYSTEM_CALL
};

const char *acoc__system_call_name(acoc_system_call call)
{
    static const char *const names[] = {
#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) #name,
#include "system.def"
#undef ACOC_SYSTEM_CALL
    };
    return names[call];
}

// ------------------------------------------------------------------------------------------- the choice

static const acoc_system *chosen = &acoc__system_real;

void acoc__system_for_new_loops(const acoc_system *system)
{
    chosen = system ? system : &acoc__system_real;
}

const acoc_system *acoc__system_of_new_loops(void)
{
    return chosen;
}

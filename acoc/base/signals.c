// SPDX-License-Identifier: MIT
// No handlers: signals are held back, then let through or waited for, so nothing runs at a moment that is not ours.
#include "signals.h"

#include <unistd.h>

sigset_t signals_that_end(const sigset_t *before)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action;
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!sigaction(numbers[i], NULL, &action) && action.sa_handler != SIG_IGN && !sigismember(before, numbers[i]))
            sigaddset(&set, numbers[i]);
    return set;
}

void signals_hold(sigset_t *before)
{
    sigprocmask(SIG_BLOCK, NULL, before);
    sigset_t set = signals_that_end(before);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

void signals_release(const sigset_t *before)
{
    sigprocmask(SIG_SETMASK, before, NULL);
}

void signals_end_by(int number, const sigset_t *before)
{
    raise(number);
    signals_release(before);
    _exit(128 + number); // the first process of a container is not ended by them
}

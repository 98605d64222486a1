// SPDX-License-Identifier: MIT
// The signals that ask a program to end: SIGINT, SIGTERM, SIGHUP, SIGQUIT. Held back they wait, and end the program once
// they are let through, with the status that shells expect. Those that whoever started us ignores or holds stay so.
#ifndef ACOC_SIGNALS_H
#define ACOC_SIGNALS_H

#include <signal.h>

// Holds them back. *before: which signals were held before, for signals_release().
void signals_hold(sigset_t *before);
void signals_release(const sigset_t *before);
// Those that would end us if they were not held now.
sigset_t signals_that_end(const sigset_t *before);
// Ends this process by one of them, which is held now.
void signals_end_by(int number, const sigset_t *before) __attribute__((noreturn));

#endif

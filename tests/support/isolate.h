// SPDX-License-Identifier: MIT
// Runs functions in processes of their own, several at a time, each with a time limit; a hang is a failure with a name.
#ifndef ACOC_TEST_ISOLATE_H
#define ACOC_TEST_ISOLATE_H

#include <stdbool.h>
#include <stddef.h>

enum { ISOLATE_FAILED = 99 };

// One piece of work. function(argument) runs in a child; its checks arrive in report.
typedef struct IsolatedJob {
    const char *name;
    void (*function)(void *argument);
    void *argument;
    int seconds;
    // afterwards
    bool passed;
    char *report;       // what failed, lines; NULL when nothing did; free() it
} IsolatedJob;

// Runs them all, as many at a time as there are processors (ACOC_TEST_JOBS overrides).
void isolate_run(IsolatedJob *jobs, size_t count);

// For test.c: is this process such a child, and sends one message to the runner.
bool isolate_is_inside(void);
void isolate_report(const char *message);

#endif

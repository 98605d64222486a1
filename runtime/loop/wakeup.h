// SPDX-License-Identifier: MIT
//
// Calls from other threads: a lock-free stack that the loop takes whole and reverses, and an eventfd that is written
// only when the loop has announced that it is going to sleep.
#ifndef ACOC_LOOP_WAKEUP_H
#define ACOC_LOOP_WAKEUP_H

#include <stdint.h>

#include "../abi.h"
#include "../select/selector.h"

typedef struct acoc_post acoc_post;

typedef struct acoc_wakeup {
    acoc_post *posted;                          // the stack; atomic
    int posters;                                // threads that are posting; atomic
    int sleeping;                               // the loop is in the selector or about to be; atomic
    int fd;                                     // the eventfd; -1: none
    acoc_source source;
    acoc_operation operation;                   // watches the eventfd
} acoc_wakeup;

// 0 or a negative errno.
int acoc__wakeup_open(acoc_loop *loop);
// The loop is closed from here on: later posts raise. Waits for those under way.
void acoc__wakeup_close(acoc_loop *loop);
// Moves what was posted into the ready queue. Answers whether there was anything.
int acoc__wakeup_collect(acoc_loop *loop);
// Before the loop sleeps: 0 when it must not, since something was posted meanwhile.
int acoc__wakeup_announce_sleep(acoc_loop *loop);
void acoc__wakeup_end_sleep(acoc_loop *loop);
// At close: frees wait when it is a collected post. Answers whether it was one.
int acoc__wakeup_drop_post(acoc_wait *wait);

#endif

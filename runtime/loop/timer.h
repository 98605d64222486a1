// SPDX-License-Identifier: MIT
//
// The timers of a loop: near ones in a 4-ary heap of (deadline, sequence), later ones in unsorted lists by time slot on
// two levels, which are poured into the heap when their slot comes near. See timer.c.
#ifndef ACOC_LOOP_TIMER_H
#define ACOC_LOOP_TIMER_H

#include <stddef.h>
#include <stdint.h>

#include "../abi.h"

enum { ACOC_TIMER_SLOTS = 256 };

typedef struct acoc_timer_key {
    int64_t deadline;                           // a copy: comparing touches no node
    acoc_wait *wait;
} acoc_timer_key;

typedef struct acoc_timer_level {
    acoc_wait *first[ACOC_TIMER_SLOTS];
    uint64_t used[ACOC_TIMER_SLOTS / 64];       // a bit for each slot that may hold something
} acoc_timer_level;

typedef struct acoc_timers {
    acoc_timer_key *heap;
    uint32_t count;                             // in the heap
    uint32_t capacity;
    uint32_t sequence;                          // of the next timer
    int64_t poured;                             // slots up to this one stand in the heap
    uint64_t far_count;                         // in the lists
    acoc_timer_level level[2];
} acoc_timers;

void acoc__timers_open(acoc_timers *timers, int64_t now);
void acoc__timers_close(acoc_timers *timers);
// 0 or -ENOMEM.
int acoc__timers_add(acoc_timers *timers, acoc_wait *wait, int64_t deadline);
void acoc__timers_remove(acoc_timers *timers, acoc_wait *wait);
// The next that is due at now, taken out; NULL when none is.
acoc_wait *acoc__timers_take_due(acoc_timers *timers, int64_t now);
// When to look again: the first deadline, or a moment before it. INT64_MAX: no timers.
int64_t acoc__timers_next(acoc_timers *timers, int64_t now);
// How many timers are armed.
size_t acoc__timers_count(const acoc_timers *timers);

#endif

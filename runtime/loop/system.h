// SPDX-License-Identifier: MIT
//
// The one table through which the runtime talks to the system: sockets, selectors, threads, the clock. A loop holds a
// pointer to a const table (loop->system); tests put the counting one there, which counts every call and fails the
// n-th. Memory has its own single door: base/memory.h.
#ifndef ACOC_LOOP_SYSTEM_H
#define ACOC_LOOP_SYSTEM_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>

typedef struct acoc_system {
    const char *name;
#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) result (*name) parameters;
#include "system.def"
#undef ACOC_SYSTEM_CALL
} acoc_system;

// One number for each call of the table: indices of the counters below.
typedef enum acoc_system_call {
#define ACOC_SYSTEM_CALL(result, name, parameters, arguments, call) ACOC_CALL_##name,
#include "system.def"
#undef ACOC_SYSTEM_CALL
    ACOC_CALL_COUNT
} acoc_system_call;

// The real one.
extern const acoc_system acoc__system_real;
// The real one, counted and made to fail by what stands in acoc__system_counts.
extern const acoc_system acoc__system_counting;

// One for the process: tests run in a process each. The clock is counted but never fails.
typedef struct acoc_system_counts {
    uint64_t calls[ACOC_CALL_COUNT];
    uint64_t total;                     // all calls but the clock
    uint64_t fail_at;                   // the total at which a call fails; 0: none does
    int fail_for_ever;                  // and every one after it
    int fail_with;                      // the errno; 0: EIO
    int fail_only;                      // 1 + the only call (acoc_system_call) that counts for fail_at; 0: any
} acoc_system_counts;
extern acoc_system_counts acoc__system_counts;

const char *acoc__system_call_name(acoc_system_call call);

// The table that loops made from now on get; NULL: the real one. For tests.
void acoc__system_for_new_loops(const acoc_system *system);
const acoc_system *acoc__system_of_new_loops(void);

#endif

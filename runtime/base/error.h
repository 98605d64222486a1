// SPDX-License-Identifier: MIT
//
// Errors as the runtime's own files see them: the error itself, and the failure that carries it through a chain of
// coroutines and collects its trace.
#ifndef ACOC_BASE_ERROR_H
#define ACOC_BASE_ERROR_H

#include "../acoc.h"

// Counts of objects that are never freed: the preallocated errors.
#define ACOC_IMMORTAL UINT32_MAX

struct acoc_error {
    const acoc_error_kind *kind;
    uint32_t count;
    int error_number;
    acoc_error *cause;                          // set at most once, when it is raised
    size_t size;                                // of the block
    char message[];
};

typedef struct acoc_trace_entry {
    const acoc_point *point;
    uint32_t times;                             // in a row: recursion
} acoc_trace_entry;

enum { ACOC_TRACE_INLINE = 3, ACOC_TRACE_LIMIT = 4096 };

// One propagation of an error. What a task failed with is shared by all who join it: each continues it in a failure of
// its own whose `before` is the shared one.
struct acoc_failure {
    uint32_t count;
    uint32_t used, capacity;                    // of entries, innermost place first
    uint32_t omitted;                           // places that found no room
    acoc_error *error;
    acoc_failure *before;                       // its trace comes first
    acoc_failure *cause;                        // what was being handled, with its trace
    acoc_trace_entry *entries;
    acoc_trace_entry first[ACOC_TRACE_INLINE];
};

// Preallocated, never counted; const but for the type that they are passed by.
extern acoc_error acoc__out_of_memory;
extern acoc_error acoc__cancelled;
static inline acoc_error *acoc__memory_error(void)
{
    return &acoc__out_of_memory;
}
static inline acoc_error *acoc__cancelled_error(void)
{
    return &acoc__cancelled;
}

// One that can have a cause; without memory the preallocated one.
acoc_error *acoc__cancelled_of_its_own(void);

// Raises without allocating: acoc_MemoryError, acoc_CancelledError.
void acoc__raise_memory_error(void);
void acoc__raise_cancelled(void);
// Raises what a task failed with, in the one that awaits it. Borrows.
void acoc__raise_failure(acoc_failure *failure);
// Raises an error of kind: acoc__raise(acoc_ValueError("…", n)). Takes it.
static inline void acoc__raise(acoc_error *error)
{
    acoc_raise(error, NULL);
}

// A failure of error (taken) without a trace, not in the slot; at worst a preallocated acoc_MemoryError.
acoc_failure *acoc__failure_new(acoc_error *error);
acoc_failure *acoc__failure_retain(acoc_failure *failure);
void acoc__failure_release(acoc_failure *failure);

// The trace as stack entries, outermost first: fills up to limit of the outermost ones, answers how many there are.
size_t acoc__failure_stack(const acoc_failure *failure, acoc_stack_entry *entries, size_t limit);

#endif

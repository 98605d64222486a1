// SPDX-License-Identifier: MIT
//
// Private to select/: the adapter that runs operations over any mechanism that only says "ready". A poller is what
// differs between such mechanisms: change interest, collect ready. Everything else stands once in readiness.c.
#ifndef ACOC_SELECT_READINESS_H
#define ACOC_SELECT_READINESS_H

#include "selector.h"

typedef struct acoc_readiness acoc_readiness;

typedef struct acoc_poller {
    int (*open)(acoc_readiness *readiness);                             // 0 or a negative errno
    void (*close)(acoc_readiness *readiness);
    // Registers source, which has its slot: readiness that exists already is reported too. 0 or a negative errno.
    int (*add)(acoc_readiness *readiness, acoc_source *source);
    // Reports once more what is ready now, though nothing has changed.
    int (*rearm)(acoc_readiness *readiness, acoc_source *source);
    void (*remove)(acoc_readiness *readiness, acoc_source *source);
    int (*wait)(acoc_readiness *readiness, int64_t timeout);            // calls acoc__readiness_report for each event
} acoc_poller;

// Events carry slot and generation, so that one that was collected before its source went away hits nobody.
typedef struct acoc_slot {
    acoc_source *source;                    // NULL: free
    uint32_t generation;
    uint32_t next_free;
} acoc_slot;

struct acoc_readiness {
    acoc_selector base;
    const acoc_poller *poller;
    int fd;                                 // of epoll
    acoc_slot *slots;                       // slot 0 is never used
    uint32_t slot_count;
    uint32_t first_free;                    // 0: none
    void *poll_list;                        // of poll: an array with one element for each slot
};

// An event for the source in slot: which directions are ready, and whether it carried RDHUP, HUP, ERR or PRI.
void acoc__readiness_report(acoc_readiness *readiness, uint32_t slot, uint32_t generation, int ready, int unusual);

// The table's functions for a plain readiness selector.
int acoc__readiness_open(acoc_selector *selector);
void acoc__readiness_close(acoc_selector *selector);
int acoc__readiness_submit(acoc_selector *selector, acoc_operation *operation);
int acoc__readiness_cancel(acoc_selector *selector, acoc_operation *operation);
void acoc__readiness_forget(acoc_selector *selector, acoc_source *source);
int acoc__readiness_wait(acoc_selector *selector, int64_t timeout);

// For late.c. Attempt: 1 and result set, or 0: it has to wait. Park: 0, or a negative errno.
int acoc__readiness_attempt(acoc_selector *selector, acoc_operation *operation);
int acoc__readiness_receive(acoc_selector *selector, acoc_source *source, void *memory, size_t size, int32_t *result);
int acoc__readiness_park(acoc_selector *selector, acoc_operation *operation);
void acoc__readiness_unpark(acoc_operation *operation);
void acoc__operation_queue(acoc_operation *operation, int state);

extern const acoc_poller acoc__epoll_poller, acoc__poll_poller;
extern const acoc_selector_functions acoc__epoll_selector, acoc__poll_selector, acoc__late_selector;

static inline acoc_operation *acoc__operation_of(acoc_wait *wait)
{
    return (acoc_operation *)(void *)((char *)wait - offsetof(acoc_operation, wait));
}

#endif

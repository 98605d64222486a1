// SPDX-License-Identifier: MIT
//
// What a selector is: it runs operations (accept, connect, receive, send, watch) over file descriptors and tells when
// each has ended. Readiness selectors (epoll, poll) share one adapter, readiness.c; a selector that runs operations by
// itself (io_uring) fills the same table.
//
// One operation, from its owner's side:
//
//     submit ──▶ 1: ended at once, result is set, complete() is not called
//          └──▶ 0: complete() is called once, later, from the loop's ready queue, never from within submit or wait
//     cancel ──▶ 1: ended, complete() is not called any more
//          └──▶ 0: will end: complete() comes, with -ECANCELED or with what happened anyway (bytes, a descriptor)
//
// Between submit and its end the operation, its source, and the memory it names belong to the selector.
//
// The loop, each time it looks for events, calls acoc_selector_wait(). Operations with news are handed to it through
// `ready` (it appends the wait to its ready queue); the loop later calls wait->operations->run(wait) as for any wait.
#ifndef ACOC_SELECT_SELECTOR_H
#define ACOC_SELECT_SELECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "../abi.h"

struct acoc_system;                         // the table of system calls: runtime/loop/system.h

typedef struct acoc_selector acoc_selector;
typedef struct acoc_operation acoc_operation;
typedef struct acoc_source acoc_source;
typedef struct acoc_chunk acoc_chunk;

// ------------------------------------------------------------------------------------------------------- sources

// A descriptor as a selector knows it; lives in its owner (a transport, a server). It is told to the kernel when the
// first operation has to wait, and must be removed (acoc_selector_forget) before the descriptor is closed.
struct acoc_source {
    int fd;
    uint32_t slot;                          // in the selector's table; 0: not registered
    uint8_t ready;                          // remembered readiness: ACOC_READABLE, ACOC_WRITABLE
    uint8_t unusual;                        // the last event carried RDHUP, HUP, ERR or PRI: short does not mean drained
    uint8_t plain_stream;                   // a connected TCP socket: a short receive means that it was drained
    acoc_operation *parked[2];              // waiting for readable, for writable
};

enum { ACOC_READABLE = 1, ACOC_WRITABLE = 2 };

void acoc_source_init(acoc_source *source, int fd);

// -------------------------------------------------------------------------------------------------------- chunks

// Memory for bytes, from a pool of the loop. A receiver may keep the chunk that it got; it gives it back with
// acoc_chunk_release(). The bytes are data[start .. end).
struct acoc_chunk {
    acoc_chunk *next;                       // of the pool, or of its owner's queue
    struct acoc_chunk_pool *pool;
    uint32_t capacity;
    uint32_t start;
    uint32_t end;
    uint32_t size_class;
    char data[];
};

enum {
    ACOC_CHUNK_SMALL = 0,                   // for what is left of a short message
    ACOC_CHUNK_LARGE = 1,                   // what a receive fills: more than 16 KiB, so that a message of just that size is a
                                            // short receive, which tells that the socket is drained
    ACOC_CHUNK_CLASSES = 2,
    ACOC_CHUNK_LARGE_SIZE = 16896
};

typedef struct acoc_chunk_pool {
    acoc_chunk *free[ACOC_CHUNK_CLASSES];
    uint32_t kept[ACOC_CHUNK_CLASSES];      // how many stand in free
    uint32_t lent[ACOC_CHUNK_CLASSES];      // how many are out; zero when every connection is idle
    uint64_t made;                          // allocations since the start: constant after warm-up
} acoc_chunk_pool;

// An empty chunk, or NULL when there is no memory.
acoc_chunk *acoc_chunk_take(acoc_chunk_pool *pool, int size_class);
// NULL is allowed.
void acoc_chunk_release(acoc_chunk *chunk);
// The bytes before start are not to be looked at any more: poisoned in sanitizer builds.
void acoc_chunk_expire(acoc_chunk *chunk);
// Frees what stands in the pool.
void acoc_chunk_pool_close(acoc_chunk_pool *pool);

// ---------------------------------------------------------------------------------------------------- operations

typedef enum acoc_operation_kind {
    ACOC_ACCEPT,                            // result: the new descriptor (non-blocking, close-on-exec)
    ACOC_CONNECT,                           // result: 0
    ACOC_RECEIVE,                           // result: bytes, 0 at the end
    ACOC_SEND,                              // result: bytes sent, at least 1 unless all vectors are empty
    ACOC_WATCH_READABLE,                    // result: 0 when the descriptor is ready (level-triggered)
    ACOC_WATCH_WRITABLE
} acoc_operation_kind;

enum {
    ACOC_TRY_ONLY = 1,                      // never waits: ends at once, with -EAGAIN where it would have to wait. The
                                            // memory is the caller's again when submit returns
    ACOC_DEFERRED = 2                       // first attempt from the ready queue only: lets others run in between
};

typedef enum acoc_operation_state {
    ACOC_OPERATION_IDLE,                    // the owner's
    ACOC_OPERATION_PARKED,                  // waits for readiness, on source->parked
    ACOC_OPERATION_QUEUED,                  // stands in the loop's ready queue
    ACOC_OPERATION_CANCELLED                // stands in the ready queue and will end with -ECANCELED
} acoc_operation_state;

struct acoc_operation {
    // Set by the owner.
    acoc_source *source;
    void (*complete)(acoc_operation *operation);
    uint8_t kind;
    uint8_t flags;
    // The selector's.
    uint8_t state;
    uint8_t stage;                          // for selectors that work in several steps
    uint8_t begun;                          // connect: the kernel is at it
    int32_t result;                         // when it has ended: see the kinds; or a negative errno
    acoc_selector *selector;
    acoc_wait wait;                         // in the ready queue while there is news
    union {
        struct {
            struct sockaddr *address;       // accept: room for the peer's address, may be NULL; connect: where to
            socklen_t address_size;         // accept: in and out
        };
        struct {
            // receive: asked for memory when data is there. NULL: the selector lends a chunk. The memory is the
            // selector's until the operation has ended. size 0 ends the operation with -ENOBUFS.
            struct iovec (*place)(acoc_operation *operation);
            acoc_chunk *chunk;              // receive with place NULL, result > 0: lent; the receiver's from now on
            void *memory;                   // receive with place: what place answered
        };
        struct {
            const struct iovec *vectors;    // send: vectors and what they point to stay until the end
            int vector_count;
        };
    };
};

// ------------------------------------------------------------------------------------------------------ selectors

typedef struct acoc_selector_functions {
    const char *name;
    int (*open)(acoc_selector *selector);                               // 0 or a negative errno
    void (*close)(acoc_selector *selector);
    int (*submit)(acoc_selector *selector, acoc_operation *operation);
    int (*cancel)(acoc_selector *selector, acoc_operation *operation);
    void (*forget)(acoc_selector *selector, acoc_source *source);
    int (*wait)(acoc_selector *selector, int64_t timeout);
} acoc_selector_functions;

// Who holds descriptors or memory that must not outlive the loop (a transport, a server): told once when the selector is
// freed, after the last pass. Users' code is not called any more then.
typedef struct acoc_selector_user {
    struct acoc_selector_user *next, **pprev;               // pprev NULL: not joined
    void (*closing)(struct acoc_selector_user *user);       // has left already
} acoc_selector_user;

struct acoc_selector {
    const acoc_selector_functions *functions;
    const struct acoc_system *system;       // every system call goes through it
    void *owner;                            // the loop
    void (*ready)(void *owner, acoc_wait *wait);   // appends wait to the loop's ready queue
    acoc_chunk_pool chunks;
    acoc_selector_user *users;
};

// A selector by its name ("epoll", "poll", "late"); NULL: the one named by ACOC_SELECTOR, else the best there is.
// On failure *error is a negative errno (-ENOENT: no selector of that name) and the answer NULL.
acoc_selector *acoc_selector_new(const char *name, const struct acoc_system *system, void *owner,
                                 void (*ready)(void *owner, acoc_wait *wait), int *error);
// After the last pass: operations under way are dropped with their owners. NULL is allowed.
void acoc_selector_free(acoc_selector *selector);

// Starts operation: 1 when it has ended at once, 0 when complete() will be called.
static inline int acoc_selector_submit(acoc_selector *selector, acoc_operation *operation)
{
    operation->selector = selector;
    return selector->functions->submit(selector, operation);
}

// Ends operation early: 1 when it has ended, 0 when it will end by complete(). An idle operation has ended.
static inline int acoc_selector_cancel(acoc_selector *selector, acoc_operation *operation)
{
    return operation->state == ACOC_OPERATION_IDLE ? 1 : selector->functions->cancel(selector, operation);
}

// Takes source out of the selector, before its descriptor is closed. No operation on it may be under way.
static inline void acoc_selector_forget(acoc_selector *selector, acoc_source *source)
{
    selector->functions->forget(selector, source);
}

// Looks for events for at most timeout nanoseconds (0: only looks, negative: without limit) and hands operations with
// news to ready(). Rounds up, so that no timer is early. Answers how many there were, or a negative errno.
static inline int acoc_selector_wait(acoc_selector *selector, int64_t timeout)
{
    return selector->functions->wait(selector, timeout);
}

static inline void acoc_selector_join(acoc_selector *selector, acoc_selector_user *user)
{
    user->next = selector->users;
    user->pprev = &selector->users;
    if (user->next)
        user->next->pprev = &user->next;
    selector->users = user;
}

static inline void acoc_selector_leave(acoc_selector_user *user)
{
    if (!user->pprev)
        return;
    *user->pprev = user->next;
    if (user->next)
        user->next->pprev = user->pprev;
    user->pprev = NULL;
}

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What generated code and the runtime agree on: statuses, frames, suspension points, the heads of futures and tasks,
 * the one way to wait, and errors on their way. Included by acoc.h; not for users. Plain C11 and C++.
 *
 * The idea. A coroutine f is one C function
 *
 *     acoc_status acoc_await_f(acoc_task *task, acoc_frame *frame, R *result, parameters...);      (no result when R is void)
 *
 * Called with frame NULL it runs like any C call, with its locals in registers, and returns ACOC_DONE or ACOC_RAISED.
 * Only when something is not ready does it put its live locals into a frame and return ACOC_SUSPENDED; so does each
 * function on the way out. Frames are linked from the innermost outwards:
 *
 *     task->base.innermost ──▶ frame of g ──caller──▶ frame of f ──caller──▶ frame of main ──caller──▶ NULL (the root)
 *
 * running->cell holds the address of the link that the next frame on the way out belongs into. What suspends first (a
 * wait) aims it at task->base.innermost; acoc_suspend() stores its frame there and aims it at its own caller link.
 *
 * A resume goes straight to the innermost frame: point->resume(task, frame) calls acoc_await_f(task, frame, NULL, 0...),
 * which finds the outcome of what it awaited in acoc_outcome_of(task), the value in its own frame at point->result, and
 * where its own result goes by acoc_result_place(). When it ends, the loop resumes its caller's frame with its outcome.
 */
#ifndef ACOC_ABI_H
#define ACOC_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct acoc_loop acoc_loop;
typedef struct acoc_future acoc_future;
typedef struct acoc_task acoc_task;
typedef struct acoc_frame acoc_frame;
typedef struct acoc_wait acoc_wait;
typedef struct acoc_error acoc_error;
typedef struct acoc_failure acoc_failure;

/* What plain C sees of "async T": a counted reference to a coroutine object, a task or a future. */
typedef acoc_future *acoc_awaitable;

typedef enum acoc_status { ACOC_DONE = 0, ACOC_SUSPENDED = 1, ACOC_RAISED = 2 } acoc_status;

#if defined(__GNUC__)
#define acoc_unlikely(condition) (__builtin_expect(!!(condition), 0) != 0)
#else
#define acoc_unlikely(condition) (condition)
#endif

/* ------------------------------------------------------------------------------------ functions and points */

typedef struct acoc_function {
    const int *abi;                 /* &acoc_abi_1: ties the object file to its runtime at link time */
    const char *name;               /* as the user wrote it */
    const char *file;
    acoc_status (*resume)(acoc_task *task, acoc_frame *frame); /* NULL for raises functions and for plain futures */
    const struct acoc_point *start; /* state 0; NULL where resume is NULL */
    uint32_t line;                  /* of the definition */
    uint32_t frame_size;            /* bytes of struct acoc_frame_NAME */
    uint32_t frame_alignment;
    uint32_t result_size;           /* of R; 0 for void */
    uint32_t result_offset;         /* from the task: ACOC_RESULT_OFFSET(alignment of R) */
    uint32_t root_offset;           /* from the task: where the root frame stands in its block */
    uint8_t result_is_handle;       /* R is async T: the result holds a count */
} acoc_function;

extern const int acoc_abi_1;

/* One for each suspension, and for each place that raises. Points of a function stand in one table, state 0 first. */
typedef struct acoc_point {
    acoc_status (*resume)(acoc_task *task, acoc_frame *frame);
    const acoc_function *function;
    uint32_t state;
    uint32_t line;
    uint32_t result;                /* offset in the frame where the awaited value lands; 0: nowhere */
} acoc_point;

struct acoc_frame {
    acoc_frame *caller;             /* who awaits us; NULL: the root of its task */
    const acoc_point *point;        /* where we are suspended */
};

/* -------------------------------------------------------------------------------------- the one way to wait */

typedef struct acoc_wait_operations {
    const char *name;               /* for print_stack: "sleep", "join", "receive" */
    /* Called from the ready queue when the wait has ended; resumes the task, calls the callback, … */
    void (*run)(acoc_wait *wait);
    /* Ends the wait early. Returns 1 when it has ended (the node is on no list any more: the caller makes it ready),
       0 when it will end by its own completion. O(1), allocates nothing. NULL: the node is ready already. */
    int (*cancel)(acoc_wait *wait);
} acoc_wait_operations;

struct acoc_wait {
    acoc_wait *next;                /* in the ready queue, a wait list or a timer list */
    acoc_wait **pprev;
    const acoc_wait_operations *operations;
    union {
        int64_t deadline;           /* nanoseconds of the loop's clock */
        void *object;
    } of;
    uint32_t sequence;              /* order among equal deadlines */
    uint32_t index;                 /* place in the timer heap */
};

/* ------------------------------------------------------------------------------------- futures and tasks */

struct acoc_future {
    uint32_t count;
    uint8_t state;                  /* low bits: the state, high bits: the kind (runtime/task/) */
    uint8_t flags;                  /* low two bits: the outcome that a resumed body reads */
    uint16_t cancelling;            /* requests to cancel not yet taken back */
    const acoc_function *type;      /* result_size and result_offset; the coroutine function of a task */
    acoc_loop *loop;                /* NULL until it belongs to one */
    acoc_wait *waiters;             /* first of the list of those who wait for it, FIFO */
    union {
        acoc_frame *innermost;      /* pending task: the frame that is resumed next */
        acoc_failure *failure;      /* failed */
    } of;
};

struct acoc_task {
    acoc_future base;
    acoc_wait wait;
    acoc_task *next, **pprev;       /* all tasks of the loop */
    void *extra;                    /* context, name, message, group: made when first needed */
};

#define ACOC_ROUND_UP(size, alignment) (((size) + ((alignment) - 1)) / (alignment) * (alignment))
#define ACOC_RESULT_OFFSET(alignment) ((uint32_t)ACOC_ROUND_UP(sizeof(acoc_task), (alignment)))
#define ACOC_ROOT_OFFSET(result_size, result_alignment, frame_alignment)                                     \
    ((uint32_t)ACOC_ROUND_UP(ACOC_RESULT_OFFSET(result_alignment) + (result_size), (frame_alignment)))

#if defined(__cplusplus) || defined(__STDC_VERSION__)
#ifdef __cplusplus
#define ACOC_STATIC_ASSERT static_assert
#else
#define ACOC_STATIC_ASSERT _Static_assert
#endif
#if UINTPTR_MAX == UINT64_MAX
ACOC_STATIC_ASSERT(sizeof(acoc_frame) == 16, "a frame's head is two pointers");
ACOC_STATIC_ASSERT(sizeof(acoc_wait) == 40, "a wait is five words");
ACOC_STATIC_ASSERT(sizeof(acoc_future) == 40, "a future is five words");
ACOC_STATIC_ASSERT(sizeof(acoc_task) == 104, "a task's head is thirteen words");
#endif
#endif

/* The part of a loop that generated code touches: every acoc_loop begins with it. */
typedef struct acoc_running {
    acoc_frame **cell;              /* where the next frame on the way out is linked */
    uintptr_t stack_limit;          /* below this address a call starts in a frame of its own */
    acoc_wait **ready_last;         /* the link of the ready queue that the next wait is put into */
} acoc_running;

static inline acoc_running *acoc_running_of(const acoc_task *task)
{
    return (acoc_running *)(void *)task->base.loop;
}

enum { ACOC_OUTCOME_MASK = 3 };

/* What the awaited thing ended with: ACOC_DONE or ACOC_RAISED (then the error is in acoc_raised). */
static inline acoc_status acoc_outcome_of(const acoc_task *task)
{
    return (acoc_status)(task->base.flags & ACOC_OUTCOME_MASK);
}

/* Where a resumed body stores its result, last of all. */
static inline void *acoc_result_place(acoc_task *task, const acoc_frame *frame)
{
    acoc_frame *caller = frame->caller;
    return caller ? (char *)caller + caller->point->result : (char *)task + task->base.type->result_offset;
}

/* The wait of a task that only goes on when its turn comes. */
extern const acoc_wait_operations acoc_ready_operations;

/* yield from acoc_sleep(0), in line: the task goes to the end of the ready queue. */
static inline acoc_status acoc_yield_turn(acoc_task *task)
{
    acoc_running *running = acoc_running_of(task);
    acoc_wait *wait = &task->wait;
    wait->operations = &acoc_ready_operations;
    wait->next = NULL;
    wait->pprev = NULL;
    *running->ready_last = wait;
    running->ready_last = &wait->next;
    running->cell = &task->base.of.innermost;
    return ACOC_SUSPENDED;
}

/* ------------------------------------------------------------------------------------------------- frames */

/* A frame of this function's size with caller NULL. Out of a reserve, so it cannot fail. */
acoc_frame *acoc_frame_take(acoc_task *task, const acoc_function *function);
/* The same for locals that live in the frame from the start. NULL: acoc_MemoryError was raised. */
acoc_frame *acoc_frame_open(acoc_task *task, const acoc_function *function);
/* Gives a frame back (the root's stays with its task). NULL is allowed. */
void acoc_frame_release(acoc_task *task, acoc_frame *frame, const acoc_function *function);

/* Memory of a local array of variable length, size bytes. NULL: acoc_MemoryError was raised. */
void *acoc_array_new(size_t size, size_t alignment);
/* Gives it back. NULL is allowed. */
void acoc_array_release(void *array);

/* Test builds (ACOC_FORCE_SUSPEND): a frame that was just made or is given back holds a pattern, so that a local that was
   never saved, or is used too late, shows. */
#ifdef ACOC_FORCE_SUSPEND
static inline void acoc_frame_fill(acoc_frame *frame, const acoc_function *function)
{
    if (frame)
        __builtin_memset(frame + 1, 0xA5, function->frame_size - sizeof *frame);
}
static inline acoc_frame *acoc_frame_take_filled(acoc_task *task, const acoc_function *function)
{
    acoc_frame *frame = acoc_frame_take(task, function);
    acoc_frame_fill(frame, function);
    return frame;
}
static inline acoc_frame *acoc_frame_open_filled(acoc_task *task, const acoc_function *function)
{
    acoc_frame *frame = acoc_frame_open(task, function);
    acoc_frame_fill(frame, function);
    return frame;
}
static inline void acoc_frame_release_filled(acoc_task *task, acoc_frame *frame, const acoc_function *function)
{
    acoc_frame_fill(frame, function);
    acoc_frame_release(task, frame, function);
}
#define acoc_frame_take acoc_frame_take_filled
#define acoc_frame_open acoc_frame_open_filled
#define acoc_frame_release acoc_frame_release_filled
#endif

/* Every body on the way out, after it got ACOC_SUSPENDED: the frame (made when there is none), linked and with its point. */
static inline void *acoc_suspend(acoc_task *task, void *frame_or_null, const acoc_point *point)
{
    acoc_frame *frame = (acoc_frame *)frame_or_null;
    acoc_running *running = acoc_running_of(task);
    if (!frame)
        frame = acoc_frame_take(task, point->function);
    frame->point = point;
    *running->cell = frame;
    running->cell = &frame->caller;
    return frame;
}

/* True when a call had better start in a frame of its own: acoc_start_later() decides. Never the address of a local:
   AddressSanitizer moves those. */
static inline int acoc_stack_low(const acoc_task *task)
{
    const void *here = __builtin_frame_address(0);
    return acoc_unlikely((uintptr_t)here < acoc_running_of(task)->stack_limit);
}
/* For bodies without a suspension, which need no check of the stack: only builds that force suspensions ask. */
static inline int acoc_stack_low_leaf(const acoc_task *task)
{
#ifdef ACOC_FORCE_SUSPEND
    return acoc_stack_low(task);
#else
    return (void)task, 0;
#endif
}
/* A frame at state 0 for the caller to put its arguments into and return ACOC_SUSPENDED; the loop resumes it before any
   other task. NULL: go on as usual. */
void *acoc_start_later(acoc_task *task, const acoc_point *start);

/* ---------------------------------------------------------------------------------- objects, tasks, handles */

/* A coroutine object, one count, not started, its root frame at state 0 and ready for the arguments. NULL: no memory. */
acoc_task *acoc_object_new(const acoc_function *function);
static inline void *acoc_root_frame(acoc_task *task)
{
    return task ? (char *)task + task->base.type->root_offset : NULL;
}
/* The handle for f() to return: task's own, or for NULL a failed one that raises acoc_MemoryError when awaited. */
acoc_awaitable acoc_object_handle(acoc_task *task);

/* async f(x): takes the count of handle and returns one on the task. May raise (no running loop); then returns NULL. */
acoc_awaitable acoc_spawn(acoc_awaitable handle);
/* yield from handle: borrowed; size is sizeof(R), 0 for void. A coroutine object that never started runs as part of task. */
acoc_status acoc_await(acoc_task *task, acoc_awaitable handle, void *result, size_t size);
/* acoc_result(h): where its value stands, or raises (InvalidStateError, its own error, CancelledError) and returns NULL. */
void *acoc_result_of(acoc_future *handle, size_t size);

/* One count more, one less. NULL is allowed. */
acoc_awaitable acoc_retain(acoc_future *handle);
void acoc_release(acoc_future *handle);
/* count handles from *handles on: each one less. */
static inline void acoc_release_all(acoc_awaitable *handles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        acoc_release(handles[i]);
}
/* *place = owned, and the old one is released. */
static inline void acoc_handle_set(acoc_awaitable *place, acoc_awaitable owned)
{
    acoc_awaitable old = *place;
    *place = owned;
    acoc_release(old);
}
/* The same as an expression: its value is the new handle, borrowed. */
static inline acoc_awaitable acoc_handle_assign(acoc_awaitable *place, acoc_awaitable owned)
{
    acoc_handle_set(place, owned);
    return owned;
}
/* *place = lent, with a count of its own. */
static inline acoc_awaitable acoc_handle_copy(acoc_awaitable *place, acoc_awaitable lent)
{
    acoc_handle_set(place, acoc_retain(lent));
    return lent;
}

/* The C main that acoc writes for "async int main": runs it on a fresh loop; an uncaught error is printed, exit code 1. */
int acoc_main(acoc_awaitable main_coroutine);

/* -------------------------------------------------------------------------------------------------- errors */

typedef struct acoc_error_kind {
    const char *name;
    const struct acoc_error_kind *parent;
} acoc_error_kind;

/* The thread's slot: an error on its way, with the trace it has collected. Full exactly when a body returned
   ACOC_RAISED or a raises function failed. */
#ifndef ACOC_THREAD_LOCAL
#define ACOC_THREAD_LOCAL __thread
#endif
extern ACOC_THREAD_LOCAL acoc_failure *acoc_raised;

/* raise E: takes E's count and fills the slot (NULL: acoc_MemoryError). A slot that is full becomes the cause. */
void acoc_raise(acoc_error *error, const acoc_point *point);
/* An error passes here on its way out: adds the place to its trace. */
void acoc_trace(const acoc_point *point);
/* Takes the error out of the slot. */
acoc_failure *acoc_catch(void);
acoc_error *acoc_caught_error(const acoc_failure *caught);            /* borrowed; NULL for NULL */
int acoc_caught_is(const acoc_failure *caught, const acoc_error_kind *kind);
/* Puts it back into the slot: "raise;", the end of a finally, no except that fits. Takes it. */
void acoc_raise_again(acoc_failure *caught);
/* It is dealt with: frees it. NULL is allowed. */
void acoc_handled(acoc_failure *caught);
/* The error in the slot was raised while this one was being handled: becomes its cause unless it has one. Takes it;
   NULL is allowed. */
void acoc_replaced(acoc_failure *caught);

#ifdef __cplusplus
}
#endif

#endif

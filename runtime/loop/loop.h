// SPDX-License-Identifier: MIT
//
// What the runtime's own files share about a loop: the loop's struct, the ready queue, waits, timers, and how a task is
// resumed. Users see acoc.h only.
//
// The idea. Everything that is to happen is an acoc_wait in one FIFO, the ready queue; the loop takes the first and calls
// wait->operations->run(wait). Whatever waits for something keeps the same node on the list of that something (a timer, a
// future's waiters, a parked operation) until acoc__wait_ready() moves it over. Nothing is allocated for it.
#ifndef ACOC_LOOP_LOOP_H
#define ACOC_LOOP_LOOP_H

#include "../acoc.h"
#include "../base/list.h"
#include "../base/memory.h"
#include "../select/selector.h"
#include "system.h"
#include "timer.h"
#include "wakeup.h"

// --------------------------------------------------------------------------------------------------- the loop

// Called once at the end of the pass in which acoc__loop_at_end_of_pass() asked for it, at the latest after 64 resumes.
// Embedded in whoever asks; must stay until it was called or taken back.
typedef struct acoc_end_of_pass {
    struct acoc_end_of_pass *next, **pprev;     // pprev NULL: not asked for
    void (*run)(struct acoc_end_of_pass *hook);
} acoc_end_of_pass;

enum {
    ACOC_RESUMES_BETWEEN_CLOCKS = 64,           // the clock is read so often while work is ready
    ACOC_RESUMES_BETWEEN_POLLS = 1024,          // and the selector asked so often,
    ACOC_NANOSECONDS_BETWEEN_POLLS = 50000,     // or when the clock has moved by this
    ACOC_NANOSECONDS_BETWEEN_ALARMS = 125000    // a loop with nothing to do is not woken by timers more often: close ones
                                                // run together. The kernel's own slack is 50 µs
};

// acoc_loop.attention
enum {
    ACOC_CONTINUES = 1,                         // a call that starts in a frame of its own goes on before any other task
    ACOC_CANCELS_ITSELF = 2                     // the task that runs was cancelled
};

struct acoc_loop {
    acoc_running running;                       // first: generated code reads it

    acoc_wait *ready_first;                     // of the ready queue; its end is running.ready_last
    acoc_task *current;                         // whose body runs now; NULL in callbacks
    acoc_end_of_pass *end_of_pass;
    acoc_end_of_pass *at_close;

    uint8_t attention;                          // what to see to when the body that runs now comes back
    uint8_t continue_outcome;                   // what state 0 finds: ACOC_DONE, or ACOC_RAISED for lack of memory

    uint8_t is_running;
    uint8_t is_closed;
    uint8_t stopping;                           // leave run_forever now
    uint8_t stop_queued;                        // stop_wait stands in the ready queue
    uint8_t pass_marked;                        // pass_wait stands in the ready queue
    uint8_t stop_asked;                         // stop() came while the loop was not running
    uint8_t suspend_mode;                       // acoc_suspend_mode: who decides in acoc_start_later
    uint64_t suspend_seed;
    uintptr_t real_stack_limit;                 // the stack's own, whatever suspend_mode says

    uint32_t resumes_to_clock;                  // waits still to run before the clock is read again
    uint32_t resumes_to_poll;
    int64_t now;                                // the last reading of the clock
    int64_t polled;                             // and when the selector was last asked
    uint64_t resumes;                           // waits run since the start

    acoc_timers timers;
    acoc_wakeup wakeup;
    acoc_selector *selector;
    const acoc_system *system;

    acoc_loop *next_known;                      // loops of this thread that were not freed
    uint64_t left_over;                         // tasks that the end of acoc_run cancelled and waits for
    acoc_task *tasks;                           // all that are not done, newest first
    uint64_t task_number;                       // for names: Task-1, Task-2, …
    acoc_wait stop_wait;
    acoc_wait pass_wait;
    acoc_exception_handler exception_handler;   // NULL: acoc_loop_default_exception_handler
    void *exception_handler_argument;
};

// The loop whose run_forever is on this thread's stack; NULL when none is.
extern ACOC_THREAD_LOCAL acoc_loop *acoc__running_loop;

// loop, or for NULL the running one, or the policy's. NULL: raised (no loop, or it is closed).
acoc_loop *acoc__loop_or_current(acoc_loop *loop);
// Raises RuntimeError and answers 0 when loop is closed.
int acoc__loop_check_open(acoc_loop *loop);

// Asks for hook->run(hook) at the end of this pass; asking twice is asking once.
void acoc__loop_at_end_of_pass(acoc_loop *loop, acoc_end_of_pass *hook);
void acoc__loop_run_end_of_pass(acoc_loop *loop);
void acoc__loop_not_at_end_of_pass(acoc_end_of_pass *hook);
// hook->run(hook) is called when the loop is closed, before its selector is: transports and servers end there. Taken back
// by acoc__loop_not_at_end_of_pass() too.
void acoc__loop_at_close(acoc_loop *loop, acoc_end_of_pass *hook);

// A fresh loop, or NULL and raised.
acoc_loop *acoc__loop_new(const acoc_loop_options *options);
// True while loop is one of this thread's that was not freed: its pointer may be followed.
int acoc__loop_is_known(const acoc_loop *loop);
// Raises RuntimeError and answers 0 when loop is closed, runs, or another loop runs on this thread.
int acoc__loop_check_can_run(acoc_loop *loop);
// While closing: asks the selector until wait (of an operation that answered "will end") is ready, and runs it. 0 when it
// does not become ready.
int acoc__loop_finish(acoc_loop *loop, acoc_wait *wait);
// While closing: takes wait out of the ready queue; O(n). Answers whether it stood there.
int acoc__wait_unready(acoc_loop *loop, acoc_wait *wait);
// Reports what a callback left in the slot to the exception handler: after every call out of the loop.
void acoc__loop_report_slot(acoc_loop *loop, const char *message, acoc_future *future);
static inline void acoc__loop_check_slot(acoc_loop *loop, const char *message, acoc_future *future)
{
    if (acoc_unlikely(acoc_raised != NULL))
        acoc__loop_report_slot(loop, message, future);
}
// The thread's loop is being freed: the default policy must not hand it out any more.
void acoc__policy_forget(acoc_loop *loop);
// At close: frees wait when it is a call's; answers whether it was one.
int acoc__call_drop(acoc_wait *wait);
// The stack limit for a loop that is about to run on this stack, by ACOC_SUSPEND.
void acoc__loop_measure_stack(acoc_loop *loop);

// Who decides in acoc_start_later: ACOC_SUSPEND=never (or unset), always, or a number.
typedef enum acoc_suspend_mode { ACOC_SUSPEND_WHEN_LOW, ACOC_SUSPEND_ALWAYS, ACOC_SUSPEND_SEEDED } acoc_suspend_mode;

// The clock read afresh, in nanoseconds.
static inline int64_t acoc__loop_clock(acoc_loop *loop)
{
    return loop->system->clock();
}
// Now plus a delay in seconds, rounded up and kept within range.
int64_t acoc__loop_deadline_after(acoc_loop *loop, double seconds);
// A time of acoc_loop_time in nanoseconds.
int64_t acoc__loop_deadline_at(double when);

// --------------------------------------------------------------------------------------------------- waits

// Makes wait one that is under way: on no list yet, not ready. Then put it on a list or into a timer.
static inline void acoc__wait_begin(acoc_wait *wait, const acoc_wait_operations *operations)
{
    wait->next = NULL;
    wait->pprev = &wait->next;
    wait->operations = operations;
}

// True when wait stands in the ready queue: what it waited for has happened, it is only to be run.
static inline int acoc__wait_is_ready(const acoc_wait *wait)
{
    return wait->pprev == NULL;
}

// Appends wait (on no list, in no timer) to the ready queue; its operations->run is called in its turn. For threads of
// the loop only.
static inline void acoc__wait_ready(acoc_loop *loop, acoc_wait *wait)
{
    wait->next = NULL;
    wait->pprev = NULL;
    *loop->running.ready_last = wait;
    loop->running.ready_last = &wait->next;
}

// acoc__wait_ready for all of a list (see base/list.h), in its order; the list is empty afterwards.
void acoc__wait_ready_all(acoc_loop *loop, acoc_wait **first);

// wait becomes ready at deadline (nanoseconds of the loop's clock), never before. Call acoc__wait_begin first.
// 0, or -ENOMEM with wait untouched.
int acoc__timer_arm(acoc_loop *loop, acoc_wait *wait, int64_t deadline);
// Takes an armed wait that is not ready yet out of the timers.
void acoc__timer_disarm(acoc_loop *loop, acoc_wait *wait);

// --------------------------------------------------------------------------------- leaves: C functions that suspend

// The task's wait node, for a leaf's run and cancel.
static inline acoc_task *acoc__task_of_wait(acoc_wait *wait)
{
    return (acoc_task *)(void *)((char *)wait - offsetof(acoc_task, wait));
}

// How a leaf (called by a coroutine, with frame NULL) suspends: `return acoc__task_wait(task, &operations);` after it
// has put &task->wait, begun by acoc__wait_begin, where it will be woken. operations->run is called when it was.
static inline acoc_status acoc__task_wait(acoc_task *task)
{
    acoc_running_of(task)->cell = &task->base.of.innermost;
    return ACOC_SUSPENDED;
}

// Raises RuntimeError and answers 0 when task, which is to wait for what, is of another loop than that.
int acoc__task_check_loop(const acoc_task *task, const acoc_loop *loop, const char *what);

// Where the value goes that the suspended leaf of task is to deliver; NULL: nobody wants it.
static inline void *acoc__task_result_place(acoc_task *task)
{
    acoc_frame *frame = task->base.of.innermost;
    return frame->point->result ? (char *)frame + frame->point->result : NULL;
}

// Resumes task's innermost frame with ACOC_DONE, or with ACOC_RAISED and the error in the slot (acoc_raise). Called by
// operations->run only. A cancellation that waits to be delivered replaces the outcome.
void acoc__task_resume(acoc_task *task, acoc_status outcome);
// Its second half: the frame whose caller this is came back with outcome, and something is to be done about it.
void acoc__task_came_back(acoc_task *task, acoc_frame *caller, acoc_status outcome);

// operations->run of a plain "woken: go on" wait of a task.
void acoc__task_run(acoc_wait *wait);
// acoc_ready_operations (abi.h): ready with nothing to say; what a leaf's wait can become when the work is done before it
// is run.

// True when the operation that ends now was cancelled: what it brought is not wanted, acoc__task_resume will raise
// acoc_CancelledError. A run that hands over something owned asks first.
static inline int acoc__task_is_cut(const acoc_task *task);

// ------------------------------------------------------------------------------------------- futures and tasks

// acoc_future.state: a state and a kind.
enum {
    ACOC_FRESH = 0,                             // a coroutine object that was not started
    ACOC_PENDING = 1,
    ACOC_FINISHED = 2,                          // its value stands at type->result_offset
    ACOC_FAILED = 3,                            // of.failure
    ACOC_CANCELLED = 4,
    ACOC_CONSUMED = 5,                          // a coroutine object that became part of the task that awaited it
    ACOC_STATE_MASK = 7,

    ACOC_KIND_FUTURE = 0x10,
    ACOC_KIND_TASK = 0x20,                      // coroutine objects too
    ACOC_KIND_GATHER = 0x30,
    ACOC_KIND_MASK = 0x70
};

// acoc_future.flags above the outcome.
enum {
    ACOC_MUST_CANCEL = 0x04,                    // CancelledError at the next suspension
    ACOC_WAIT_CUT = 0x08,                       // the wait was ended by a cancellation: CancelledError at the resume
    ACOC_REPORTED = 0x40,                       // as destroyed
    ACOC_LEFT_OVER = 0x20,                      // counted in loop->left_over
    ACOC_LOOKED_AT = 0x10                       // the error was asked for or raised: not reported when dropped
};

static inline int acoc__task_is_cut(const acoc_task *task)
{
    return (task->base.flags & (ACOC_MUST_CANCEL | ACOC_WAIT_CUT)) != 0;
}

static inline int acoc__future_state(const acoc_future *future)
{
    return future->state & ACOC_STATE_MASK;
}
// The last count of a future is gone.
void acoc__future_free(acoc_future *future);
// acoc_retain and acoc_release in line, for handles that are not NULL. UINT32_MAX is the count of what is never freed.
static inline acoc_future *acoc__hold(acoc_future *future)
{
    future->count += future->count != UINT32_MAX;
    return future;
}
static inline void acoc__let_go(acoc_future *future)
{
    if (future->count != UINT32_MAX && --future->count == 0)
        acoc__future_free(future);
}

static inline int acoc__future_kind(const acoc_future *future)
{
    return future->state & ACOC_KIND_MASK;
}
static inline int acoc__future_is_done(const acoc_future *future)
{
    int state = acoc__future_state(future);
    return state >= ACOC_FINISHED && state <= ACOC_CANCELLED;
}
static inline void *acoc__future_value(acoc_future *future)
{
    return (char *)future + future->type->result_offset;
}

// acoc__task_resume(task, ACOC_DONE) for the ready queue: the one path that every switch takes, kept in line. A body finds
// ACOC_DONE in the flags unless a slow path has put something else there.
static inline void acoc__task_go_on(acoc_loop *loop, acoc_task *task)
{
    if (acoc_unlikely(task->base.flags & (ACOC_OUTCOME_MASK | ACOC_MUST_CANCEL | ACOC_WAIT_CUT))) {
        acoc__task_resume(task, ACOC_DONE);
        return;
    }
    acoc_frame *frame = task->base.of.innermost;
    acoc_frame *caller = frame->caller;
    loop->current = task;
    acoc_status outcome = frame->point->resume(task, frame);
    if (acoc_unlikely(outcome != ACOC_SUSPENDED || loop->attention || acoc_raised))
        acoc__task_came_back(task, caller, outcome);
}

// What task/ does for a loop that is being closed: destroys the tasks that are left; lets go of wait when it is a done
// callback's, or a gather's for its child, and answers whether it was one.
void acoc__tasks_destroy(acoc_loop *loop);
int acoc__callback_drop(acoc_wait *wait);
int acoc__gather_drop(acoc_wait *wait);

#endif

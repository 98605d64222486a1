// SPDX-License-Identifier: MIT
//
// The loop: one FIFO of waits that are ready. A pass is what is ready when it begins; its end is a mark in the queue that
// is put there only when somebody (a transport with bytes to flush) asks for it. Asking the selector costs more than all else, so a pass is not a poll: with work ready the
// selector is asked after 1,024 resumes, or when the clock, read every 64, has moved 50 µs; with nothing ready the loop
// sleeps there until the next timer. Calls of users are call.c, timers timer.c, other threads wakeup.c.
#include "loop.h"

#include <errno.h>
#include <string.h>

#include "../base/error.h"
#include "../base/frame.h"

ACOC_THREAD_LOCAL acoc_loop *acoc__running_loop;
static ACOC_THREAD_LOCAL acoc_loop *known_loops;

enum { LONGEST_STACK_FOR_RESERVE = 512 * 1024 };

// ------------------------------------------------------------------------------------------------- one pass

static void expire_timers(acoc_loop *loop)
{
    acoc_wait *due;
    while ((due = acoc__timers_take_due(&loop->timers, loop->now)))
        acoc__wait_ready(loop, due);
}

void acoc__loop_run_end_of_pass(acoc_loop *loop)
{
    acoc_end_of_pass *hooks = loop->end_of_pass;
    loop->end_of_pass = NULL;
    if (hooks)
        hooks->pprev = &hooks;                  // hooks that take others back find our list
    while (hooks) {
        acoc_end_of_pass *hook = hooks;
        acoc__loop_not_at_end_of_pass(hook);
        hook->run(hook);
        acoc__loop_check_slot(loop, "error at the end of a pass", NULL);
    }
}

// Runs what is ready until nothing is, or the clock is to be read. Tasks that only go on, the most frequent case, are
// spared the indirect call.
static void run_ready(acoc_loop *loop)
{
    acoc_wait *wait = loop->ready_first;
    do {
        acoc_wait *next = wait->next;
        loop->ready_first = next;
        if (!next)
            loop->running.ready_last = &loop->ready_first;
        if (wait->operations == &acoc_ready_operations) {
            acoc__task_go_on(loop, acoc__task_of_wait(wait));
        } else {
            loop->current = NULL;
            wait->operations->run(wait);
            acoc__loop_check_slot(loop, "error left behind by a callback", NULL);
        }
        wait = next;                            // known before the run: no wait for the store above
        if (!next)
            wait = loop->ready_first;
    } while (--loop->resumes_to_clock && wait);
    loop->current = NULL;
}

static void count_resumes(acoc_loop *loop)
{
    loop->resumes += ACOC_RESUMES_BETWEEN_CLOCKS - loop->resumes_to_clock;
    loop->resumes_to_clock = ACOC_RESUMES_BETWEEN_CLOCKS;
}

// Asks the selector. 0, or the negative errno that ends the run.
static int poll_selector(acoc_loop *loop, int64_t timeout)
{
    int answer = acoc_selector_wait(loop->selector, timeout);
    loop->now = acoc__loop_clock(loop);
    loop->polled = loop->now;
    loop->resumes_to_poll = ACOC_RESUMES_BETWEEN_POLLS;
    count_resumes(loop);
    acoc__wakeup_collect(loop);
    expire_timers(loop);
    return answer < 0 && answer != -EINTR ? answer : 0;
}

// Work is ready, and 64 waits have run: is it time to look elsewhere?
static int look_up(acoc_loop *loop)
{
    loop->now = acoc__loop_clock(loop);
    count_resumes(loop);
    loop->resumes_to_poll -= ACOC_RESUMES_BETWEEN_CLOCKS;
    if (loop->resumes_to_poll == 0 || loop->now - loop->polled >= ACOC_NANOSECONDS_BETWEEN_POLLS)
        return poll_selector(loop, 0);
    acoc__wakeup_collect(loop);
    expire_timers(loop);
    return 0;
}

// Nothing is ready: sleeps until an event, a post or the next timer.
static int sleep_until_ready(acoc_loop *loop)
{
    int64_t timeout = -1;
    if (acoc__timers_count(&loop->timers)) {
        loop->now = acoc__loop_clock(loop);
        int64_t next = acoc__timers_next(&loop->timers, loop->now);
        if (next < loop->polled + ACOC_NANOSECONDS_BETWEEN_ALARMS)
            next = loop->polled + ACOC_NANOSECONDS_BETWEEN_ALARMS;
        timeout = next > loop->now ? next - loop->now : 0;
    }
    if (!acoc__wakeup_announce_sleep(loop))
        timeout = 0;
    int failed = poll_selector(loop, timeout);
    acoc__wakeup_end_sleep(loop);
    return failed;
}

static int run_passes(acoc_loop *loop)
{
    int failed = 0;
    while (!loop->stopping && !failed) {
        if (loop->ready_first)
            run_ready(loop);
        if (loop->end_of_pass)
            acoc__loop_run_end_of_pass(loop);
        if (loop->stopping)
            break;
        if (!loop->ready_first)
            failed = sleep_until_ready(loop);
        else if (!loop->resumes_to_clock)
            failed = look_up(loop);
    }
    return failed;
}

// ------------------------------------------------------------------------------------------------- running

static void stop_run(acoc_wait *wait)
{
    acoc_loop *loop = (acoc_loop *)(void *)((char *)wait - offsetof(acoc_loop, stop_wait));
    loop->stop_queued = 0;
    loop->stopping = 1;
    loop->resumes_to_clock = 1;                 // leaves run_ready
}

static const acoc_wait_operations stop_operations = { "stop", stop_run, NULL };

// The mark stands in the queue behind all that was scheduled before.
void acoc_loop_stop(acoc_loop *loop)
{
    loop = acoc__loop_or_current(loop);
    if (!loop || loop->stop_queued)
        return;
    if (!loop->is_running) {
        loop->stop_asked = 1;
        return;
    }
    loop->stop_queued = 1;
    acoc__wait_begin(&loop->stop_wait, &stop_operations);
    acoc__wait_ready(loop, &loop->stop_wait);
}

// Its memory and its reserve of frames are the thread's.
static int check_thread(acoc_loop *loop)
{
    if (acoc__loop_is_known(loop))
        return 1;
    acoc__raise(acoc_RuntimeError("the event loop belongs to another thread, which made it"));
    return 0;
}

int acoc__loop_check_can_run(acoc_loop *loop)
{
    if (!acoc__loop_check_open(loop) || !check_thread(loop))
        return 0;
    if (loop->is_running)
        acoc__raise(acoc_RuntimeError("This event loop is already running"));
    else if (acoc__running_loop)
        acoc__raise(acoc_RuntimeError("Cannot run the event loop while another loop is running"));
    else
        return 1;
    return 0;
}

void acoc_loop_run_forever(acoc_loop *loop)
{
    loop = acoc__loop_or_current(loop);
    if (!loop || !acoc__loop_check_can_run(loop))
        return;
    loop->is_running = 1;
    loop->stopping = 0;
    loop->resumes_to_clock = ACOC_RESUMES_BETWEEN_CLOCKS;
    acoc__running_loop = loop;
    acoc__loop_measure_stack(loop);
    int failed = 0;
    if (loop->stop_asked) {                     // stopped before it ran: exactly one turn
        loop->stop_asked = 0;
        failed = poll_selector(loop, 0);
        acoc_loop_stop(loop);
    }
    if (!failed)
        failed = run_passes(loop);
    acoc__running_loop = NULL;
    loop->is_running = 0;
    if (failed)
        acoc__raise(acoc_os_error(-failed, "the selector %s failed", loop->selector->functions->name));
}

int acoc_loop_is_running(const acoc_loop *loop)
{
    return loop ? loop->is_running : acoc__running_loop != NULL;
}

// ------------------------------------------------------------------------------------------------- life

int acoc__loop_check_open(acoc_loop *loop)
{
    if (!loop->is_closed)
        return 1;
    acoc__raise(acoc_RuntimeError("Event loop is closed"));
    return 0;
}

int acoc_loop_is_closed(const acoc_loop *loop)
{
    return loop && loop->is_closed;
}

static void ready_from_selector(void *owner, acoc_wait *wait)
{
    acoc__wait_ready(owner, wait);
}

static int open_parts(acoc_loop *loop, const char *selector, int *error)
{
    loop->selector = acoc_selector_new(selector, loop->system, loop, ready_from_selector, error);
    if (!loop->selector)
        return 0;
    *error = acoc__wakeup_open(loop);
    if (!*error)
        return 1;
    acoc_selector_free(loop->selector);
    return 0;
}

acoc_loop *acoc__loop_new(const acoc_loop_options *options)
{
    const char *selector = options ? options->selector : NULL;
    acoc_loop *loop = acoc__memory_take(sizeof *loop, ACOC_MEMORY_LOOP);
    if (!loop || acoc__frame_reserve_open(LONGEST_STACK_FOR_RESERVE)) {
        acoc__memory_give(loop, sizeof *loop, ACOC_MEMORY_LOOP);
        acoc__raise_memory_error();
        return NULL;
    }
    memset(loop, 0, sizeof *loop);
    loop->running.ready_last = &loop->ready_first;
    loop->system = acoc__system_of_new_loops();
    loop->resumes_to_clock = ACOC_RESUMES_BETWEEN_CLOCKS;
    loop->resumes_to_poll = ACOC_RESUMES_BETWEEN_POLLS;
    loop->now = loop->polled = acoc__loop_clock(loop);
    acoc__timers_open(&loop->timers, loop->now);
    int error = 0;
    if (open_parts(loop, selector, &error)) {
        loop->next_known = known_loops;
        known_loops = loop;
        return loop;
    }
    acoc__frame_reserve_close();
    acoc__memory_give(loop, sizeof *loop, ACOC_MEMORY_LOOP);
    if (error == -ENOENT)
        acoc__raise(acoc_ValueError("there is no selector named '%s'", selector ? selector : "ACOC_SELECTOR"));
    else
        acoc__raise(acoc_os_error(-error, "cannot make an event loop"));
    return NULL;
}

int acoc__wait_unready(acoc_loop *loop, acoc_wait *wait)
{
    for (acoc_wait **link = &loop->ready_first; *link; link = &(*link)->next) {
        if (*link != wait)
            continue;
        *link = wait->next;
        if (!*link)
            loop->running.ready_last = link;
        return 1;
    }
    return 0;
}

int acoc__loop_finish(acoc_loop *loop, acoc_wait *wait)
{
    enum { TRIES = 1000 };                      // a selector that never ends what it was told to end is left alone
    for (int i = 0; i < TRIES; i++) {
        if (acoc__wait_unready(loop, wait)) {
            wait->operations->run(wait);
            return 1;
        }
        if (acoc_selector_wait(loop->selector, 0) < 0)
            return 0;
    }
    return 0;
}

// What stands in the queue is not run any more; tasks and operations have been dealt with by their owners. Letting go of one
// may make others ready: until nothing is left.
static void drop_ready(acoc_loop *loop)
{
    while (loop->ready_first) {
        acoc_wait *wait = loop->ready_first;
        loop->ready_first = wait->next;
        if (!wait->next)
            loop->running.ready_last = &loop->ready_first;
        if (!acoc__call_drop(wait) && !acoc__callback_drop(wait) && !acoc__gather_drop(wait))
            acoc__wakeup_drop_post(wait);
    }
}

static void drop_timers(acoc_loop *loop)
{
    acoc_wait *wait;
    while ((wait = acoc__timers_take_due(&loop->timers, INT64_MAX)))
        acoc__call_drop(wait);
}

void acoc_loop_close(acoc_loop *loop)
{
    if (!loop || loop->is_closed || !check_thread(loop))
        return;
    if (loop->is_running || acoc__running_loop == loop) {      // the second: by a clean-up that a close runs
        acoc__raise(acoc_RuntimeError("Cannot close a running event loop"));
        return;
    }
    acoc__tasks_destroy(loop);
    while (loop->at_close) {
        acoc_end_of_pass *hook = loop->at_close;
        acoc__loop_not_at_end_of_pass(hook);
        hook->run(hook);
    }
    acoc__wakeup_close(loop);                   // is_closed from here on
    drop_ready(loop);
    drop_timers(loop);
    acoc__timers_close(&loop->timers);
    acoc_selector_free(loop->selector);
    loop->selector = NULL;
    acoc__frame_reserve_close();
    acoc__memory_trim();
}

int acoc__loop_is_known(const acoc_loop *loop)
{
    for (const acoc_loop *known = known_loops; known; known = known->next_known)
        if (known == loop)
            return 1;
    return 0;
}

void acoc_loop_free(acoc_loop *loop)
{
    if (!loop)
        return;
    acoc_loop_close(loop);
    if (!loop->is_closed)
        return;
    acoc__policy_forget(loop);
    for (acoc_loop **link = &known_loops; *link; link = &(*link)->next_known) {
        if (*link == loop) {
            *link = loop->next_known;
            break;
        }
    }
    acoc__memory_give(loop, sizeof *loop, ACOC_MEMORY_LOOP);
}

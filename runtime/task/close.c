// SPDX-License-Identifier: MIT
//
// What happens to tasks whose loop is closed: each is reported, then ended as Python ends a coroutine that is collected: an
// error rises where it is suspended (CancelledError here), so that its clean-ups run, defers, withs and handles included,
// but nobody waits for it any more. What still does not end is taken apart without running anything.
#include "task.h"
#include "../base/frame.h"

enum {
    ROUNDS = 1000,                              // turns of all tasks; each is cancelled before each
    LOOKS = 1000                                // at the selector, for operations that end by themselves
};

static void report_all(acoc_loop *loop)
{
    for (acoc_task *task = loop->tasks; task; task = task->next) {
        if (task->base.flags & ACOC_REPORTED)
            continue;
        task->base.flags |= ACOC_REPORTED;
        acoc_exception_context context = { "Task was destroyed but it is pending", NULL, NULL, &task->base };
        acoc_loop_call_exception_handler(loop, &context);
    }
}

// Runs what concerns tasks of all that is ready now; what users scheduled is dropped.
static void run_ready_tasks(acoc_loop *loop)
{
    acoc_wait *last = (acoc_wait *)(void *)loop->running.ready_last;    // next is the first member
    for (acoc_wait *wait = NULL; loop->ready_first && wait != last;) {
        wait = loop->ready_first;
        loop->ready_first = wait->next;
        if (!wait->next)
            loop->running.ready_last = &loop->ready_first;
        if (!acoc__call_drop(wait) && !acoc__callback_drop(wait) && !acoc__wakeup_drop_post(wait))
            wait->operations->run(wait);
        loop->current = NULL;
    }
}

static int has_cut_waits(const acoc_loop *loop)
{
    for (const acoc_task *task = loop->tasks; task; task = task->next)
        if (task->base.flags & ACOC_WAIT_CUT)
            return 1;
    return 0;
}

static void cancel_all(acoc_loop *loop)
{
    for (acoc_task *task = loop->tasks; task; task = task->next)
        acoc__task_request_cancel(task);
}

static void end_all(acoc_loop *loop)
{
    int looks = 0;
    for (int round = 0; loop->tasks && round < ROUNDS; round++) {
        report_all(loop);
        cancel_all(loop);
        run_ready_tasks(loop);
        while (loop->tasks && has_cut_waits(loop) && looks++ < LOOKS) {
            if (acoc_selector_wait(loop->selector, 0) < 0)
                return;
            run_ready_tasks(loop);
        }
    }
}

// Frames are given back as they are. A task whose operation has not ended is left alone: lost memory is better than memory
// that is still written to.
static void take_apart(acoc_loop *loop, acoc_task *task)
{
    acoc__tasks_remove(task);
    if (task->base.flags & ACOC_WAIT_CUT && !acoc__wait_is_ready(&task->wait))
        return;
    if (acoc__wait_is_ready(&task->wait)) {
        if (task->wait.operations == &acoc__join_operations)
            acoc__let_go(task->wait.of.object);
        acoc__wait_unready(loop, &task->wait);
    } else if (!task->wait.operations->cancel(&task->wait)) {
        return;
    }
    acoc__frame_release_chain(task, task->base.of.innermost);
    acoc__future_wake(&task->base, ACOC_CANCELLED);
    acoc__let_go(&task->base);
}

void acoc__tasks_destroy(acoc_loop *loop)
{
    acoc_loop *running = acoc__running_loop;
    if (!loop->tasks)
        return;
    acoc__running_loop = loop;                  // clean-ups find the loop that they belong to
    acoc__loop_measure_stack(loop);
    end_all(loop);
    report_all(loop);
    while (loop->tasks)
        take_apart(loop, loop->tasks);
    acoc__running_loop = running;
}

// SPDX-License-Identifier: MIT
//
// Running a coroutine from plain C: on a given loop until it is done, on a fresh loop of its own, or as the whole program.
#include <stdio.h>

#include "task.h"

static void stop_when_done(acoc_future *future, void *argument)
{
    (void)future;
    acoc_loop_stop(argument);
}

void acoc_loop_run_until_complete(acoc_loop *loop, acoc_future *handle)
{
    loop = acoc__loop_or_current(loop);
    if (!loop || !acoc__loop_check_can_run(loop))
        return;
    acoc_awaitable task = acoc__ensure_on(loop, handle);
    if (!task)
        return;
    acoc_future_add_done_callback(task, stop_when_done, loop);
    if (!acoc_raised)
        acoc_loop_run_forever(loop);
    acoc_future_remove_done_callback(task, stop_when_done, loop);
    if (!acoc_raised && !acoc_future_done(task))
        acoc__raise(acoc_RuntimeError("Event loop stopped before Future completed."));
    else if (!acoc_raised)
        acoc_result_of(task, 0);
    acoc_release(task);
}

// Cancels what still runs and waits for it. Errors of these tasks are reported as nobody looks at them.
static void end_left_over(acoc_loop *loop)
{
    for (acoc_task *task = loop->tasks; task; task = task->next) {
        task->base.flags |= ACOC_LEFT_OVER;
        loop->left_over++;
    }
    for (acoc_task *task = loop->tasks; task; task = task->next)
        acoc_task_cancel(&task->base);
    if (loop->left_over)
        acoc_loop_run_forever(loop);
}

void acoc_run(acoc_future *coroutine)
{
    if (acoc__running_loop) {
        acoc__raise(acoc_RuntimeError("acoc_run() cannot be called from a running event loop"));
        return;
    }
    acoc_loop *loop = acoc__loop_new(NULL);
    if (!loop)
        return;
    acoc_loop_run_until_complete(loop, coroutine);
    acoc_failure *failure = acoc_catch();
    end_left_over(loop);
    acoc__loop_check_slot(loop, "error while the loop was being closed", NULL);
    acoc_loop_free(loop);
    if (failure)
        acoc_raise_again(failure);
}

int acoc_main(acoc_awaitable main_coroutine)
{
    int exit_code = 0;
    acoc_run(main_coroutine);
    if (acoc_raised) {
        fflush(stdout);
        acoc_error_print(stderr);
        acoc_handled(acoc_catch());
        exit_code = 1;
    } else if (main_coroutine->type->result_size == sizeof exit_code) {
        acoc_future_result(main_coroutine, &exit_code, sizeof exit_code);
    }
    acoc_release(main_coroutine);
    return exit_code;
}

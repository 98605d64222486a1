// SPDX-License-Identifier: MIT
//
// acoc_sleep: the simplest leaf, a coroutine function written by hand. Awaited directly it needs no frame: the task's own
// wait node is its timer. Only as a coroutine object of its own (`async acoc_sleep(1)`) it has a frame for its argument.
#define ACOC_OUT_OF_LINE                       // we define what generated code may have in line
#include <math.h>

#include "task.h"

struct acoc_frame_acoc_sleep {
    acoc_frame base;
    double seconds;
};

acoc_status acoc_await_sleep(acoc_task *task, acoc_frame *frame, double seconds);
acoc_status acoc_await_acoc_sleep(acoc_task *task, acoc_frame *frame, double seconds);

static int sleep_cancel(acoc_wait *wait)
{
    acoc__timer_disarm(acoc__task_of_wait(wait)->base.loop, wait);
    return 1;
}

static const acoc_wait_operations sleep_operations = { "sleep", acoc__task_run, sleep_cancel };

static acoc_status begin_sleep(acoc_task *task, double seconds)
{
    acoc_loop *loop = task->base.loop;
    if (isnan(seconds)) {
        acoc__raise(acoc_ValueError("cannot sleep for a time that is not a number"));
        return ACOC_RAISED;
    }
    acoc__wait_begin(&task->wait, &sleep_operations);
    if (acoc__timer_arm(loop, &task->wait, acoc__loop_deadline_after(loop, seconds))) {
        acoc__raise_memory_error();
        return ACOC_RAISED;
    }
    return acoc__task_wait(task);
}

static acoc_status sleep_resume(acoc_task *task, acoc_frame *frame)
{
    return acoc_await_sleep(task, frame, 0);
}

static const acoc_function sleep_function;
static const acoc_point sleep_points[] = {
    { sleep_resume, &sleep_function, 0, __LINE__, 0 },
    { sleep_resume, &sleep_function, 1, __LINE__, 0 },
};
static const acoc_function sleep_function = {
    .abi = &acoc_abi_1, .name = "acoc_sleep", .file = "acoc.h", .resume = sleep_resume, .start = sleep_points,
    .line = __LINE__, .frame_size = sizeof(struct acoc_frame_acoc_sleep), .frame_alignment = _Alignof(double),
    .result_offset = ACOC_RESULT_OFFSET(1), .root_offset = ACOC_ROOT_OFFSET(0, 1, _Alignof(struct acoc_frame_acoc_sleep))
};

static acoc_status sleep_in_frame(acoc_task *task, acoc_frame *frame)
{
    acoc_status status = acoc_outcome_of(task);
    if (frame->point->state == 0 && status == ACOC_DONE) {
        double seconds = ((struct acoc_frame_acoc_sleep *)(void *)frame)->seconds;
        status = seconds <= 0 ? acoc_yield_turn(task) : begin_sleep(task, seconds);
        if (status == ACOC_SUSPENDED) {
            acoc_suspend(task, frame, &sleep_points[1]);
            return status;
        }
    }
    acoc_frame_release(task, frame, &sleep_function);
    return status;
}

acoc_status acoc_await_sleep(acoc_task *task, acoc_frame *frame, double seconds)
{
    if (acoc_unlikely(frame != NULL))
        return sleep_in_frame(task, frame);
    return seconds <= 0 ? acoc_yield_turn(task) : begin_sleep(task, seconds);
}

// For code that does not see the header: self-contained output, other languages.
acoc_status acoc_await_acoc_sleep(acoc_task *task, acoc_frame *frame, double seconds)
{
    return acoc_await_sleep(task, frame, seconds);
}

acoc_awaitable acoc_sleep(double seconds)
{
    acoc_task *object = acoc_object_new(&sleep_function);
    struct acoc_frame_acoc_sleep *frame = acoc_root_frame(object);
    if (frame)
        frame->seconds = seconds;
    return acoc_object_handle(object);
}

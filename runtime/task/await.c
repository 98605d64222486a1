// SPDX-License-Identifier: MIT
//
// yield from a handle. Of a task or future that is done, the value or the error; of a pending one, a place in its line,
// with a count held meanwhile; a coroutine object that never started runs as part of the task that awaits it.
#include <string.h>

#include "task.h"

// ---------------------------------------------------------------------------------------------------- join

static acoc_status outcome_of(acoc_task *task, acoc_future *joined)
{
    switch (acoc__future_state(joined)) {
    case ACOC_FINISHED:
        if (!acoc__task_is_cut(task))
            acoc__future_copy_value(joined, acoc__task_result_place(task));
        return ACOC_DONE;
    case ACOC_FAILED:
        joined->flags |= ACOC_LOOKED_AT;
        acoc__raise_failure(joined->of.failure);
        return ACOC_RAISED;
    }
    acoc__raise_cancelled();
    return ACOC_RAISED;
}

static void join_run(acoc_wait *wait)
{
    acoc_task *task = acoc__task_of_wait(wait);
    acoc_future *joined = wait->of.object;
    acoc_status outcome = outcome_of(task, joined);
    acoc__let_go(joined);
    acoc__task_resume(task, outcome);
}

// Leaves the line; what is joined runs on. (A cancellation goes down to it instead: cancel.c.)
static int join_cancel(acoc_wait *wait)
{
    acoc_future *joined = wait->of.object;
    acoc__list_remove(&joined->waiters, wait);
    acoc__let_go(joined);
    return 1;
}

const acoc_wait_operations acoc__join_operations = { "join", join_run, join_cancel };

static acoc_status join(acoc_task *task, acoc_future *joined)
{
    if (joined == &task->base) {
        acoc__raise(acoc_RuntimeError("Task cannot await on itself: %s", joined->type->name));
        return ACOC_RAISED;
    }
    if (!acoc__task_check_loop(task, joined->loop, joined->type->name))
        return ACOC_RAISED;
    acoc__wait_begin(&task->wait, &acoc__join_operations);
    task->wait.of.object = acoc__hold(joined);
    acoc__list_append(&joined->waiters, &task->wait);
    return acoc__task_wait(task);
}

// ---------------------------------------------------------------------------------------------------- coroutine objects

// The root frame at state 0 holds arguments only, so it can move. The loop goes on with it before any other task.
static acoc_status run_object(acoc_task *task, acoc_future *object)
{
    const acoc_function *function = object->type;
    acoc_frame *frame = acoc_frame_open(task, function);
    if (!frame)
        return ACOC_RAISED;
    memcpy(frame, acoc_root_frame((acoc_task *)(void *)object), function->frame_size);
    object->state = ACOC_KIND_TASK | ACOC_CONSUMED;
    acoc_running *running = acoc_running_of(task);
    task->base.of.innermost = frame;
    running->cell = &frame->caller;
    task->base.loop->attention |= ACOC_CONTINUES;
    task->base.loop->continue_outcome = ACOC_DONE;
    return ACOC_SUSPENDED;
}

// ---------------------------------------------------------------------------------------------------- yield from

static acoc_status await_slowly(acoc_task *task, acoc_future *handle, size_t size)
{
    int state = handle ? acoc__future_state(handle) : -1;
    if (state == ACOC_CONSUMED) {
        acoc__raise(acoc_RuntimeError("cannot reuse already awaited coroutine '%s'", handle->type->name));
        return ACOC_RAISED;
    }
    if (handle && size && size != handle->type->result_size && (state == ACOC_PENDING || state == ACOC_FRESH)) {
        acoc__raise(acoc_TypeError("a value of %zu bytes is awaited, where %s delivers %u", size, handle->type->name,
                                   (unsigned)handle->type->result_size));
        return ACOC_RAISED;
    }
    if (state == ACOC_PENDING)
        return join(task, handle);
    if (state == ACOC_FRESH)
        return run_object(task, handle);
    return acoc_result_of(handle, size) ? ACOC_DONE : ACOC_RAISED;
}

acoc_status acoc_await(acoc_task *task, acoc_awaitable handle, void *result, size_t size)
{
    acoc_status status = await_slowly(task, handle, size);
    if (status == ACOC_DONE && result)
        acoc__future_copy_value(handle, result);
    return status;
}

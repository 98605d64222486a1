// SPDX-License-Identifier: MIT
//
// Cancellation. A request goes down the line of joins to the task that waits for something else, ends that wait, and lets
// CancelledError rise there; it comes back up as the joined tasks end. Three cases of a task that is asked:
//
//     it runs, or is about to (its node stands in the ready queue)    ACOC_MUST_CANCEL: at the resume or next suspension
//     its wait can be ended now        ACOC_WAIT_CUT, ready: raised at the resume
//     its wait will end by itself      ACOC_WAIT_CUT: raised when it does; memory lent to the operation stays valid
#include "task.h"

acoc_status acoc__task_deliver_cancel(acoc_task *task, acoc_status outcome)
{
    task->base.flags &= (uint8_t)~(ACOC_MUST_CANCEL | ACOC_WAIT_CUT);
    int was_cancelled = outcome == ACOC_RAISED && acoc_raised && acoc_caught_is(acoc_raised, &acoc_CancelledError_kind);
    if (!was_cancelled)
        acoc__raise_cancelled(); // an error that was about to rise is its cause
    return ACOC_RAISED;
}

static void cut_wait(acoc_task *task)
{
    task->base.flags |= ACOC_WAIT_CUT;
    if (!task->wait.operations->cancel(&task->wait))
        return;
    task->wait.operations = &acoc_ready_operations;
    acoc__wait_ready(task->base.loop, &task->wait);
}

// The task that task waits for; NULL: it waits for something else. `ended`: it was a future, and that was cancelled.
static acoc_task *next_in_line(acoc_task *task, int *ended)
{
    acoc_future *joined = task->wait.of.object;
    if (acoc__future_kind(joined) == ACOC_KIND_TASK) {
        if (joined->cancelling < UINT16_MAX)
            joined->cancelling++;
        return (acoc_task *)(void *)joined;
    }
    *ended = acoc_future_cancel(joined);
    return NULL;
}

// Tasks may wait for each other in a ring; Brent's method finds that, and the ring is cut there.
void acoc__task_request_cancel(acoc_task *task)
{
    const acoc_task *mark = task;
    uint64_t steps = 0, turn = 1;
    for (;;) {
        if (task->base.flags & ACOC_WAIT_CUT)
            return;
        int is_running = task->base.loop->current == task;
        if (is_running || acoc__wait_is_ready(&task->wait)) {
            task->base.flags |= ACOC_MUST_CANCEL;
            if (is_running)
                task->base.loop->attention |= ACOC_CANCELS_ITSELF;
            return;
        }
        int ended = 0;
        acoc_task *next = NULL;
        if (task->wait.operations == &acoc__join_operations)
            next = next_in_line(task, &ended);
        if (ended)
            return;
        if (!next || next == mark) {
            cut_wait(task);
            return;
        }
        if (++steps == turn) {
            mark = task;
            turn *= 2;
            steps = 0;
        }
        task = next;
    }
}

// A coroutine object that did not start ends here: its arguments are released, whoever awaits it gets CancelledError.
static int cancel_object(acoc_task *object)
{
    acoc__object_discard(object);
    object->base.state = ACOC_KIND_TASK | ACOC_CANCELLED;
    return 1;
}

int acoc_task_cancel(acoc_future *handle)
{
    if (!handle)
        return 0;
    if (acoc__future_kind(handle) != ACOC_KIND_TASK)
        return acoc_future_cancel(handle);
    acoc_task *task = (acoc_task *)(void *)handle;
    switch (acoc__future_state(handle)) {
    case ACOC_FRESH:
        return cancel_object(task);
    case ACOC_PENDING:
        if (handle->cancelling < UINT16_MAX)
            handle->cancelling++;
        acoc__task_request_cancel(task);
        return 1;
    }
    return 0;
}

unsigned acoc_task_cancelling(const acoc_future *task)
{
    return task ? task->cancelling : 0;
}

unsigned acoc_task_uncancel(acoc_future *task)
{
    if (!task || !task->cancelling)
        return 0;
    if (--task->cancelling == 0)
        task->flags &= (uint8_t)~ACOC_MUST_CANCEL;
    return task->cancelling;
}

// SPDX-License-Identifier: MIT
//
// Tasks: coroutine objects that the loop runs. acoc__task_resume() is the whole scheduler of a chain of coroutines: it
// resumes the innermost frame, and as long as one ends, the frame that awaited it, with its outcome. No recursion, so that
// a chain may be as deep as memory allows.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "task.h"
#include "../base/frame.h"

// ---------------------------------------------------------------------------------------------------- the list of all

static void tasks_add(acoc_loop *loop, acoc_task *task)
{
    task->next = loop->tasks;
    task->pprev = &loop->tasks;
    if (task->next)
        task->next->pprev = &task->next;
    loop->tasks = task;
}

void acoc__tasks_remove(acoc_task *task)
{
    *task->pprev = task->next;
    if (task->next)
        task->next->pprev = task->pprev;
}

// ---------------------------------------------------------------------------------------------------- starting

void acoc__task_run(acoc_wait *wait)
{
    acoc__task_resume(acoc__task_of_wait(wait), ACOC_DONE);
}

const acoc_wait_operations acoc_ready_operations = { "ready", acoc__task_run, NULL };

// The loop's count is one of its own: a running task goes on when its last handle is dropped.
static void start(acoc_loop *loop, acoc_task *task)
{
    task->base.state = ACOC_KIND_TASK | ACOC_PENDING;
    task->base.loop = loop;
    task->base.of.innermost = acoc_root_frame(task);
    task->base.count++;
    tasks_add(loop, task);
    acoc__wait_begin(&task->wait, &acoc_ready_operations);
    acoc__wait_ready(loop, &task->wait);
}

acoc_awaitable acoc__ensure_on(acoc_loop *loop, acoc_future *handle)
{
    if (!handle) {
        acoc__raise(acoc_TypeError("a coroutine, task or future is needed, not NULL"));
        return NULL;
    }
    switch (acoc__future_state(handle)) {
    case ACOC_CONSUMED:
        acoc__raise(acoc_RuntimeError("cannot reuse already awaited coroutine '%s'", handle->type->name));
        return NULL;
    case ACOC_FRESH:
        if (!acoc__loop_check_open(loop))
            return NULL;
        start(loop, (acoc_task *)(void *)handle);
        return acoc_retain(handle);
    }
    if (handle->loop && handle->loop != loop) {
        acoc__raise(acoc_ValueError("%s belongs to a different loop", handle->type->name));
        return NULL;
    }
    return acoc_retain(handle);
}

acoc_awaitable acoc_ensure_future(acoc_future *handle)
{
    acoc_loop *loop = handle && handle->loop ? handle->loop : acoc_get_event_loop();
    return loop ? acoc__ensure_on(loop, handle) : NULL;
}

acoc_awaitable acoc_spawn(acoc_awaitable handle)
{
    acoc_loop *loop = acoc__running_loop;
    if (acoc_unlikely(!loop) || !handle || acoc__future_state(handle) != ACOC_FRESH) {
        acoc_awaitable task = acoc_ensure_future(handle);
        if (!task && handle && acoc__future_state(handle) == ACOC_FRESH)
            acoc_task_cancel(handle);           // it was to run: no warning that nobody awaited it
        acoc_release(handle);
        return task;
    }
    start(loop, (acoc_task *)(void *)handle);
    return handle;
}

// ---------------------------------------------------------------------------------------------------- ending

static void drop_value(acoc_task *task)
{
    if (task->base.type->result_is_handle)
        acoc_release(*(acoc_future **)acoc__future_value(&task->base));
}

static void end_with_error(acoc_task *task)
{
    acoc_failure *failure = acoc_catch();
    if (!failure)
        failure = acoc__failure_new(acoc_RuntimeError("%s ended with an error but none was raised", task->base.type->name));
    if (acoc_caught_is(failure, &acoc_CancelledError_kind)) {
        acoc_handled(failure);
        acoc__future_wake(&task->base, ACOC_CANCELLED);
    } else {
        acoc__future_fail(&task->base, failure);
    }
}

static void end(acoc_loop *loop, acoc_task *task, acoc_status outcome)
{
    acoc__tasks_remove(task);
    if (outcome == ACOC_RAISED) {
        end_with_error(task);
    } else if (task->base.flags & ACOC_MUST_CANCEL) {   // cancelled in its last stretch
        drop_value(task);
        acoc__future_wake(&task->base, ACOC_CANCELLED);
    } else {
        acoc__future_wake(&task->base, ACOC_FINISHED);
    }
    if (task->base.flags & ACOC_LEFT_OVER && --loop->left_over == 0)
        acoc_loop_stop(loop);                   // behind those who were just woken
    acoc__let_go(&task->base);
}

// ---------------------------------------------------------------------------------------------------- resuming

// The chain is suspended: was it for good?
static void look_after_suspension(acoc_loop *loop, acoc_task *task)
{
    loop->current = NULL;
    if (acoc_raised)
        acoc__loop_report_slot(loop, "error left behind by a coroutine", &task->base);
    loop->attention = 0;
    if (task->base.flags & ACOC_MUST_CANCEL) {
        task->base.flags &= (uint8_t)~ACOC_MUST_CANCEL;
        acoc__task_request_cancel(task);
    }
}

static acoc_status resume_frame(acoc_task *task, acoc_frame *frame, acoc_status outcome)
{
    task->base.flags = (uint8_t)((task->base.flags & ~ACOC_OUTCOME_MASK) | outcome);
    return frame->point->resume(task, frame);
}

void acoc__task_came_back(acoc_task *task, acoc_frame *caller, acoc_status outcome)
{
    acoc_loop *loop = task->base.loop;
    for (;;) {
        if (outcome == ACOC_SUSPENDED) {
            if (!(loop->attention & ACOC_CONTINUES)) {
                look_after_suspension(loop, task);
                return;
            }
            loop->attention &= (uint8_t)~ACOC_CONTINUES;
            outcome = (acoc_status)loop->continue_outcome;
            if (outcome == ACOC_RAISED)
                acoc__raise_memory_error();
        } else {
            if (acoc_unlikely(outcome == ACOC_DONE && acoc_raised))
                acoc__loop_report_slot(loop, "error left behind by a coroutine", &task->base);
            task->base.of.innermost = caller;
            if (!caller)
                break;
        }
        acoc_frame *frame = task->base.of.innermost;
        caller = frame->caller;
        outcome = resume_frame(task, frame, outcome);
    }
    loop->current = NULL;
    loop->attention = 0;
    end(loop, task, outcome);
}

void acoc__task_resume(acoc_task *task, acoc_status outcome)
{
    acoc_loop *loop = task->base.loop;
    if (acoc_unlikely(acoc__task_is_cut(task)))
        outcome = acoc__task_deliver_cancel(task, outcome);
    loop->current = task;
    acoc_frame *frame = task->base.of.innermost;
    acoc_frame *caller = frame->caller;
    outcome = resume_frame(task, frame, outcome);
    if (outcome != ACOC_SUSPENDED || loop->attention || acoc_raised)
        acoc__task_came_back(task, caller, outcome);
    loop->current = NULL;
}

// ---------------------------------------------------------------------------------------------------- asking

acoc_future *acoc_current_task(void)
{
    return acoc__running_loop && acoc__running_loop->current ? &acoc__running_loop->current->base : NULL;
}

size_t acoc_all_tasks(acoc_loop *loop, acoc_future **tasks, size_t capacity)
{
    loop = acoc__loop_or_current(loop);
    if (!loop)
        return 0;
    size_t count = 0;
    for (acoc_task *task = loop->tasks; task; task = task->next)
        count++;
    size_t index = count;
    for (acoc_task *task = loop->tasks; task; task = task->next)
        if (--index < capacity && tasks)
            tasks[index] = &task->base;
    return count;
}

const char *acoc_task_get_coroutine(const acoc_future *task)
{
    return task && acoc__future_kind(task) == ACOC_KIND_TASK ? task->type->name : NULL;
}

static void set_name(acoc_task *task, const char *name)
{
    char *copy = acoc__memory_take(strlen(name) + 1, ACOC_MEMORY_OTHER);
    if (!copy) {
        acoc__raise_memory_error();
        return;
    }
    strcpy(copy, name);
    if (task->extra)
        acoc__memory_give(task->extra, strlen(task->extra) + 1, ACOC_MEMORY_OTHER);
    task->extra = copy;
}

void acoc_task_set_name(acoc_future *task, const char *name)
{
    if (!task || !name || acoc__future_kind(task) != ACOC_KIND_TASK)
        acoc__raise(acoc_TypeError("a task and a name are needed"));
    else
        set_name((acoc_task *)(void *)task, name);
}

// Numbered when first asked for: most tasks never are.
const char *acoc_task_get_name(acoc_future *future)
{
    if (!future || acoc__future_kind(future) != ACOC_KIND_TASK)
        return "";
    acoc_task *task = (acoc_task *)(void *)future;
    if (!task->extra) {
        char name[32];
        acoc_failure *pending = acoc_catch();
        snprintf(name, sizeof name, "Task-%" PRIu64, task->base.loop ? ++task->base.loop->task_number : (uint64_t)0);
        set_name(task, name);
        if (acoc_raised)
            acoc_handled(acoc_catch());
        acoc_raised = pending;
    }
    return task->extra ? task->extra : "Task";
}

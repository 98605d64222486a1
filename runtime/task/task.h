// SPDX-License-Identifier: MIT
//
// What the files of task/ share: future.c keeps states and those who wait, object.c makes coroutine objects, task.c runs
// them, await.c joins, cancel.c cancels.
#ifndef ACOC_TASK_TASK_H
#define ACOC_TASK_TASK_H

#include "../base/error.h"
#include "../loop/loop.h"

// ------------------------------------------------------------------------------------------- future.c

// The type of a future without a value.
extern const acoc_function acoc__void_future;

// Fills the head of a future: one count, pending.
void acoc__future_init(acoc_future *future, int kind, const acoc_function *type, acoc_loop *loop);
// The future is in its final state: makes all who wait ready, first come first served.
void acoc__future_wake(acoc_future *future, int state);
// Copies the value of a finished future to place (NULL: nowhere); a handle gets a count more.
void acoc__future_copy_value(acoc_future *future, void *place);
// Ends it as cancelled or failed. failure is taken.
void acoc__future_fail(acoc_future *future, acoc_failure *failure);
// Reports a failure that nobody looked at.
void acoc__future_report_failure(acoc_future *future);

// ------------------------------------------------------------------------------------------- object.c, task.c

size_t acoc__task_block_size(const acoc_function *function);
size_t acoc__task_block_alignment(const acoc_function *function);
// Releases the arguments of an object that never starts, by letting its body leave from state 0.
void acoc__object_discard(acoc_task *object);
void acoc__task_free(acoc_task *task);
// Takes a task out of its loop's list of all tasks.
void acoc__tasks_remove(acoc_task *task);
// A task on loop for handle (borrowed), which gets a count more; a coroutine object is scheduled. NULL: raised.
acoc_awaitable acoc__ensure_on(acoc_loop *loop, acoc_future *handle);

// ------------------------------------------------------------------------------------------- await.c

// A task that waits for wait.of.object, of which it holds a count.
extern const acoc_wait_operations acoc__join_operations;

// ------------------------------------------------------------------------------------------- cancel.c

// Lets CancelledError rise where task is suspended, or at its next suspension.
void acoc__task_request_cancel(acoc_task *task);
// The outcome for a task that was cancelled: ACOC_RAISED, CancelledError in the slot.
acoc_status acoc__task_deliver_cancel(acoc_task *task, acoc_status outcome);

// ------------------------------------------------------------------------------------------- gather.c

int acoc__gather_cancel(acoc_future *future);
void acoc__gather_free(acoc_future *future);

#endif

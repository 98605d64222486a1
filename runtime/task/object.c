// SPDX-License-Identifier: MIT
//
// Coroutine objects: what f(x) makes. One block holds the task's head, the result and the root frame; the object becomes
// its task in place when it is spawned. An object that is awaited instead moves its root frame, which holds nothing but
// arguments, into the awaiting task (await.c).
#include <stdio.h>
#include <string.h>

#include "task.h"

size_t acoc__task_block_size(const acoc_function *function)
{
    return (size_t)function->root_offset + function->frame_size;
}

// The offset of the result is a multiple of its alignment; which one exactly is not recorded, so we take the largest
// that fits: 16 for nearly all.
size_t acoc__task_block_alignment(const acoc_function *function)
{
    if (function->frame_alignment <= 16 && function->result_offset % 32)
        return 16;
    size_t alignment = function->frame_alignment > 16 ? function->frame_alignment : 16;
    size_t of_result = function->result_offset & -function->result_offset;
    return function->result_size && of_result > alignment ? of_result : alignment;
}

acoc_task *acoc_object_new(const acoc_function *function)
{
    acoc_task *task = acoc__memory_take_aligned(acoc__task_block_size(function), acoc__task_block_alignment(function),
                                                ACOC_MEMORY_TASK);
    if (!task)
        return NULL;
    task->base = (acoc_future){ .count = 1, .state = ACOC_KIND_TASK | ACOC_FRESH, .type = function };
    task->extra = NULL;
    acoc_frame *root = acoc_root_frame(task);
    root->caller = NULL;
    root->point = function->start;
    return task;
}

acoc_awaitable acoc_object_handle(acoc_task *task)
{
    static acoc_future no_memory = {
        .count = ACOC_IMMORTAL, .state = ACOC_KIND_FUTURE | ACOC_FAILED, .flags = ACOC_LOOKED_AT, .type = &acoc__void_future
    };
    if (task)
        return &task->base;
    no_memory.of.failure = acoc__failure_new(NULL);
    return &no_memory;
}

void acoc__object_discard(acoc_task *object)
{
    acoc_failure *pending = acoc_catch();
    acoc_frame *root = acoc_root_frame(object);
    acoc__raise_cancelled();
    object->base.flags = (uint8_t)((object->base.flags & ~ACOC_OUTCOME_MASK) | ACOC_RAISED);
    object->base.count++;
    root->point->resume(object, root);
    object->base.count--;
    acoc_handled(acoc_catch());
    if (pending)
        acoc_raise_again(pending);
}

static void warn_never_awaited(acoc_task *object)
{
    const acoc_function *function = object->base.type;
    fprintf(stderr, "%s:%u: coroutine '%s' was never awaited\n", function->file, (unsigned)function->line, function->name);
}

void acoc__task_free(acoc_task *task)
{
    const acoc_function *function = task->base.type;
    if (acoc__future_state(&task->base) == ACOC_FRESH) {
        warn_never_awaited(task);
        acoc__object_discard(task);
    }
    if (task->extra)
        acoc__memory_give(task->extra, strlen(task->extra) + 1, ACOC_MEMORY_OTHER);
    acoc__memory_give_aligned(task, acoc__task_block_size(function), acoc__task_block_alignment(function), ACOC_MEMORY_TASK);
}

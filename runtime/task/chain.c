// SPDX-License-Identifier: MIT
//
// A suspended task as a stack: its frames are linked from the innermost outwards, each with the point where it is
// suspended, so that the whole chain can be shown at no running cost.
#include <string.h>

#include "task.h"

static const acoc_task *pending_task(const acoc_future *future)
{
    if (!future || acoc__future_kind(future) != ACOC_KIND_TASK || acoc__future_state(future) != ACOC_PENDING)
        return NULL;
    return (const acoc_task *)(const void *)future;
}

static size_t chain_length(const acoc_frame *innermost)
{
    size_t length = 0;
    for (; innermost; innermost = innermost->caller)
        length++;
    return length;
}

size_t acoc_task_get_stack(acoc_future *future, acoc_stack_entry *entries, size_t limit)
{
    if (future && acoc__future_state(future) == ACOC_FAILED)
        return acoc__failure_stack(future->of.failure, entries, limit);
    const acoc_task *task = pending_task(future);
    if (!task)
        return 0;
    size_t length = chain_length(task->base.of.innermost);
    size_t index = length < limit ? length : limit;
    for (const acoc_frame *frame = task->base.of.innermost; frame && index; frame = frame->caller) {
        const acoc_point *point = frame->point;
        entries[--index] = (acoc_stack_entry){ point->function->name, point->function->file, point->line };
    }
    return length;
}

// What a pending task is doing now.
static void print_state(const acoc_task *task, FILE *stream)
{
    if (task->base.loop->current == task) {
        fprintf(stream, "  running\n");
    } else if (acoc__wait_is_ready(&task->wait)) {
        fprintf(stream, "  ready to run\n");
    } else if (task->wait.operations == &acoc__join_operations) {
        const acoc_future *joined = task->wait.of.object;
        fprintf(stream, "  waiting: join of %s\n",
                acoc__future_kind(joined) == ACOC_KIND_GATHER ? "gather" : joined->type->name);
    } else {
        fprintf(stream, "  waiting: %s\n", task->wait.operations->name);
    }
}

static void print_entries(acoc_future *future, size_t limit, FILE *stream)
{
    enum { AT_ONCE = 256 };
    acoc_stack_entry entries[AT_ONCE];
    size_t length = acoc_task_get_stack(future, entries, 0);
    size_t wanted = limit && limit < length ? limit : length;
    size_t shown = wanted < AT_ONCE ? wanted : AT_ONCE;
    acoc_task_get_stack(future, entries, shown);
    if (length > shown)
        fprintf(stream, "  [%zu more]\n", length - shown);
    for (size_t i = 0; i < shown; i++)
        fprintf(stream, "  %s (%s:%u)\n", entries[i].function, entries[i].file, entries[i].line);
}

void acoc_task_print_stack(acoc_future *future, size_t limit, FILE *stream)
{
    if (!stream)
        stream = stderr;
    const acoc_task *task = pending_task(future);
    if (!future || !acoc_task_get_stack(future, NULL, 0)) {
        fprintf(stream, "No stack for %s\n", future ? acoc_task_get_name(future) : "NULL");
        return;
    }
    if (task) {
        fprintf(stream, "Stack for %s (innermost last):\n", acoc_task_get_name(future));
        print_entries(future, limit, stream);
        print_state(task, stream);
    } else {
        fprintf(stream, "Traceback for %s:\n", acoc_task_get_name(future));
        acoc_failure_print(future->of.failure, stream);
    }
}

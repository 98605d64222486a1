// SPDX-License-Identifier: MIT
//
// Frames: taken on the way out of a chain of coroutines, given back when their coroutine ends. A coroutine that is on its
// way out has no way to report that there is no memory; therefore each thread with a loop holds a reserve, an address
// range that is larger than what the stack check admits. While a frame stands there, every call is made to ask
// acoc_start_later(), which then raises acoc_MemoryError before anything new is started.
#include "frame.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "error.h"
#include "memory.h"

const int acoc_abi_1 = 1;

struct reserve {
    char *memory;
    size_t size;
    size_t used;
    size_t live;                                // frames that stand in it
    unsigned users;
    uintptr_t stack_limit;                      // the loop's own, while ours stands in its place
};

static __thread struct reserve reserve;

// --------------------------------------------------------------------------------------------------- the reserve

int acoc__frame_reserve_open(size_t stack_bytes)
{
    if (reserve.users++)
        return 0;
    // A frame holds what its function kept on the stack or in registers, a head and padding: eight times is ample.
    reserve.size = 8 * stack_bytes;
    reserve.memory = mmap(NULL, reserve.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserve.memory != MAP_FAILED)
        return 0;
    reserve.users = 0;
    return -ENOMEM;
}

void acoc__frame_reserve_close(void)
{
    if (--reserve.users == 0)
        munmap(reserve.memory, reserve.size);
}

int acoc__frame_reserve_in_use(void)
{
    return reserve.live > 0;
}

static acoc_frame *reserve_take(acoc_task *task, const acoc_function *function)
{
    size_t alignment = function->frame_alignment > 16 ? function->frame_alignment : 16;
    size_t start = ACOC_ROUND_UP(reserve.used, alignment);
    if (!reserve.users || start + function->frame_size > reserve.size) {
        fprintf(stderr, "acoc: no memory for a frame of %s, and the reserve is used up\n", function->name);
        abort();
    }
    if (!reserve.live++) {
        acoc_running *running = acoc_running_of(task);
        reserve.stack_limit = running->stack_limit;
        running->stack_limit = UINTPTR_MAX;
    }
    reserve.used = start + function->frame_size;
    return (acoc_frame *)(void *)(reserve.memory + start);
}

static int is_in_reserve(const acoc_frame *frame)
{
    return reserve.live && (const char *)frame >= reserve.memory && (const char *)frame < reserve.memory + reserve.size;
}

static void reserve_give(acoc_task *task)
{
    if (--reserve.live)
        return;
    reserve.used = 0;
    acoc_running_of(task)->stack_limit = reserve.stack_limit;
}

// --------------------------------------------------------------------------------------------------- frames

acoc_frame *acoc_frame_take(acoc_task *task, const acoc_function *function)
{
    acoc_frame *frame = acoc__memory_take_aligned(function->frame_size, function->frame_alignment, ACOC_MEMORY_FRAME);
    if (acoc_unlikely(!frame))
        frame = reserve_take(task, function);
    frame->caller = NULL;
    return frame;
}

acoc_frame *acoc_frame_open(acoc_task *task, const acoc_function *function)
{
    (void)task;
    acoc_frame *frame = acoc__memory_take_aligned(function->frame_size, function->frame_alignment, ACOC_MEMORY_FRAME);
    if (acoc_unlikely(!frame)) {
        acoc__raise_memory_error();
        return NULL;
    }
    frame->caller = NULL;
    frame->point = function->start;
    return frame;
}

void acoc_frame_release(acoc_task *task, acoc_frame *frame, const acoc_function *function)
{
    if (!frame || (char *)frame == (char *)task + task->base.type->root_offset)
        return;
    if (acoc_unlikely(is_in_reserve(frame)))
        reserve_give(task);
    else
        acoc__memory_give_aligned(frame, function->frame_size, function->frame_alignment, ACOC_MEMORY_FRAME);
}

void acoc__frame_release_chain(acoc_task *task, acoc_frame *innermost)
{
    while (innermost) {
        acoc_frame *caller = innermost->caller;
        acoc_frame_release(task, innermost, innermost->point->function);
        innermost = caller;
    }
}

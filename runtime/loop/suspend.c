// SPDX-License-Identifier: MIT
//
// How deep coroutines may call each other on the C stack before a call starts in a frame of its own: the limit that
// generated code compares with, and acoc_start_later(), which it asks below the limit.
//
// ACOC_SUSPEND=always, or a number, puts the limit above every address, so that every call asks, and decides here whether
// it is suspended: always, or as a generator with that seed says. That is how tests reach every suspension of a program.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/frame.h"
#include "loop.h"

enum {
    STACK_FOR_COROUTINES = 256 * 1024,          // more is not used: frames on the heap are as good, and the reserve covers it
    STACK_UNKNOWN = 32 * 1024,
    STACK_FOR_OTHERS = 256 * 1024               // left for the plain C functions that coroutines call, where there is room
};

// This thread's stack; asked once, since the answer for the main thread takes reading a file.
static void find_stack(uintptr_t *lowest, uintptr_t *highest)
{
    static __thread uintptr_t low, high;
    pthread_attr_t attributes;
    if (!high && !pthread_getattr_np(pthread_self(), &attributes)) {
        void *address;
        size_t size;
        if (!pthread_attr_getstack(&attributes, &address, &size)) {
            low = (uintptr_t)address;
            high = low + size;
        }
        pthread_attr_destroy(&attributes);
    }
    *lowest = low;
    *highest = high;
}

static void read_suspend_mode(acoc_loop *loop)
{
    const char *mode = getenv("ACOC_SUSPEND");
    if (!mode || !*mode || !strcmp(mode, "never")) {
        loop->suspend_mode = ACOC_SUSPEND_WHEN_LOW;
    } else if (!strcmp(mode, "always")) {
        loop->suspend_mode = ACOC_SUSPEND_ALWAYS;
    } else {
        loop->suspend_mode = ACOC_SUSPEND_SEEDED;
        loop->suspend_seed = strtoull(mode, NULL, 10) * 2654435769u + 1;
    }
}

void acoc__loop_measure_stack(acoc_loop *loop)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t lowest, highest;
    find_stack(&lowest, &highest);
    // A loop may run on a stack that is not the thread's own (another library's coroutine): little is used of it.
    size_t room = lowest < here && here < highest ? here - lowest : STACK_UNKNOWN;
    size_t margin = room / 2 < STACK_FOR_OTHERS ? room / 2 : STACK_FOR_OTHERS;
    size_t usable = room - margin < STACK_FOR_COROUTINES ? room - margin : STACK_FOR_COROUTINES;
    loop->real_stack_limit = here - usable;
    read_suspend_mode(loop);
    loop->running.stack_limit = loop->suspend_mode == ACOC_SUSPEND_WHEN_LOW ? loop->real_stack_limit : UINTPTR_MAX;
}

// xorshift64*
static int next_decision(acoc_loop *loop)
{
    uint64_t x = loop->suspend_seed;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    loop->suspend_seed = x;
    return (int)((x * 0x2545F4914F6CDD1Du) >> 63);
}

static int is_to_be_suspended(acoc_loop *loop)
{
    if ((uintptr_t)__builtin_frame_address(0) < loop->real_stack_limit || acoc__frame_reserve_in_use())
        return 1;
    return loop->suspend_mode == ACOC_SUSPEND_ALWAYS ||
           (loop->suspend_mode == ACOC_SUSPEND_SEEDED && next_decision(loop));
}

void *acoc_start_later(acoc_task *task, const acoc_point *start)
{
    acoc_loop *loop = task->base.loop;
    if (!is_to_be_suspended(loop))
        return NULL;
    acoc_frame *frame = acoc_frame_take(task, start->function);
    frame->point = start;
    loop->running.cell = &task->base.of.innermost;
    *loop->running.cell = frame;
    loop->running.cell = &frame->caller;
    loop->attention |= ACOC_CONTINUES;
    loop->continue_outcome = acoc__frame_reserve_in_use() ? ACOC_RAISED : ACOC_DONE;
    return frame;
}

// SPDX-License-Identifier: MIT
//
// Calls that users schedule: soon, later, at a time. A handle is a wait with a function and its argument; it ends when the
// function is called or the handle is cancelled.
#include <math.h>

#include "../base/error.h"
#include "loop.h"

struct acoc_handle {
    acoc_wait wait;
    acoc_loop *loop;
    acoc_callback callback;                     // NULL: cancelled while it stood in the ready queue
    void *argument;
};

static void handle_free(acoc_handle *handle)
{
    acoc__memory_give(handle, sizeof *handle, ACOC_MEMORY_HANDLE);
}

// The handle stays until the callback has returned, which may cancel it: to no effect.
static void call_run(acoc_wait *wait)
{
    acoc_handle *handle = (acoc_handle *)(void *)wait;
    if (handle->callback) {
        handle->callback(handle->argument);
        acoc__loop_check_slot(handle->loop, "Exception in callback", NULL);
    }
    handle_free(handle);
}

static const acoc_wait_operations call_operations = { "call", call_run, NULL };

int acoc__call_drop(acoc_wait *wait)
{
    if (wait->operations != &call_operations)
        return 0;
    handle_free((acoc_handle *)(void *)wait);
    return 1;
}

// NULL: raised.
static acoc_handle *handle_new(acoc_loop *loop, acoc_callback callback, void *argument)
{
    loop = acoc__loop_or_current(loop);
    if (!loop || !acoc__loop_check_open(loop))
        return NULL;
    if (!callback) {
        acoc__raise(acoc_TypeError("a callback function is needed, not NULL"));
        return NULL;
    }
    acoc_handle *handle = acoc__memory_take(sizeof *handle, ACOC_MEMORY_HANDLE);
    if (!handle) {
        acoc__raise_memory_error();
        return NULL;
    }
    handle->loop = loop;
    handle->callback = callback;
    handle->argument = argument;
    acoc__wait_begin(&handle->wait, &call_operations);
    return handle;
}

acoc_handle *acoc_loop_call_soon(acoc_loop *loop, acoc_callback callback, void *argument)
{
    acoc_handle *handle = handle_new(loop, callback, argument);
    if (handle)
        acoc__wait_ready(handle->loop, &handle->wait);
    return handle;
}

static acoc_handle *arm(acoc_handle *handle, int64_t deadline)
{
    if (!acoc__timer_arm(handle->loop, &handle->wait, deadline))
        return handle;
    handle_free(handle);
    acoc__raise_memory_error();
    return NULL;
}

acoc_handle *acoc_loop_call_later(acoc_loop *loop, double delay, acoc_callback callback, void *argument)
{
    if (isnan(delay)) {
        acoc__raise(acoc_ValueError("the delay is not a number"));
        return NULL;
    }
    acoc_handle *handle = handle_new(loop, callback, argument);
    return handle ? arm(handle, acoc__loop_deadline_after(handle->loop, delay)) : NULL;
}

acoc_handle *acoc_loop_call_at(acoc_loop *loop, double when, acoc_callback callback, void *argument)
{
    if (isnan(when)) {
        acoc__raise(acoc_ValueError("the time is not a number"));
        return NULL;
    }
    acoc_handle *handle = handle_new(loop, callback, argument);
    return handle ? arm(handle, acoc__loop_deadline_at(when)) : NULL;
}

void acoc_handle_cancel(acoc_handle *handle)
{
    if (!handle)
        return;
    if (acoc__wait_is_ready(&handle->wait)) {
        handle->callback = NULL;
        return;
    }
    acoc__timer_disarm(handle->loop, &handle->wait);
    handle_free(handle);
}

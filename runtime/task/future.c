// SPDX-License-Identifier: MIT
//
// Futures: the state, the result and the list of those who wait, which tasks share. A future is pending until it is set,
// failed or cancelled, once; then everybody who waits is made ready in the order of coming, and runs from the loop, never
// from within the call that set it.
#include <string.h>

#include "task.h"

// ---------------------------------------------------------------------------------------------------- types

// A future's type is that of a coroutine function without a body. Common sizes have one; others carry theirs.
#define FUTURE_OFFSET ((uint32_t)ACOC_ROUND_UP(sizeof(acoc_future), 16))
#define FUTURE_TYPE(size) \
    { .abi = &acoc_abi_1, .name = "future", .file = "", .result_size = size, .result_offset = FUTURE_OFFSET }

static const acoc_function common_types[] = {
    FUTURE_TYPE(1), FUTURE_TYPE(2), FUTURE_TYPE(4), FUTURE_TYPE(8), FUTURE_TYPE(16), FUTURE_TYPE(24), FUTURE_TYPE(32)
};
const acoc_function acoc__void_future = FUTURE_TYPE(0);

static const acoc_function *find_common_type(size_t size)
{
    if (!size)
        return &acoc__void_future;
    for (size_t i = 0; i < sizeof common_types / sizeof *common_types; i++)
        if (common_types[i].result_size == size)
            return &common_types[i];
    return NULL;
}

// ---------------------------------------------------------------------------------------------------- making

void acoc__future_init(acoc_future *future, int kind, const acoc_function *type, acoc_loop *loop)
{
    future->count = 1;
    future->state = (uint8_t)(kind | ACOC_PENDING);
    future->flags = 0;
    future->cancelling = 0;
    future->type = type;
    future->loop = loop;
    future->waiters = NULL;
    future->of.innermost = NULL;
}

struct typed_future {
    acoc_future base;
    acoc_function type;
};
#define TYPED_OFFSET ((uint32_t)ACOC_ROUND_UP(sizeof(struct typed_future), 16))

static size_t future_size(const acoc_future *future)
{
    return future->type->result_offset + future->type->result_size;
}

acoc_awaitable acoc_future_new(acoc_loop *loop, size_t size)
{
    loop = acoc__loop_or_current(loop);
    if (!loop || !acoc__loop_check_open(loop))
        return NULL;
    const acoc_function *type = find_common_type(size);
    if (size > UINT32_MAX / 2) {
        acoc__raise(acoc_ValueError("a future's value of %zu bytes is too large", size));
        return NULL;
    }
    acoc_future *future = acoc__memory_take((type ? FUTURE_OFFSET : TYPED_OFFSET) + size, ACOC_MEMORY_TASK);
    if (!future) {
        acoc__raise_memory_error();
        return NULL;
    }
    if (!type) {
        struct typed_future *typed = (struct typed_future *)(void *)future;
        typed->type = (acoc_function)FUTURE_TYPE((uint32_t)size);
        typed->type.result_offset = TYPED_OFFSET;
        type = &typed->type;
    }
    acoc__future_init(future, ACOC_KIND_FUTURE, type, loop);
    return future;
}

// ---------------------------------------------------------------------------------------------------- callbacks

struct done_callback {
    acoc_wait wait;
    acoc_future *future;                        // a count of it is held once it is done
    acoc_future_callback callback;              // NULL: taken back while it stood in the ready queue
    void *argument;
};

static void callback_free(struct done_callback *callback)
{
    acoc__memory_give(callback, sizeof *callback, ACOC_MEMORY_HANDLE);
}

static void callback_run(acoc_wait *wait)
{
    struct done_callback call = *(struct done_callback *)(void *)wait;
    callback_free((struct done_callback *)(void *)wait);
    if (call.callback) {
        call.callback(call.future, call.argument);
        acoc__loop_check_slot(call.future->loop, "Exception in done callback", call.future);
    }
    acoc_release(call.future);
}

static const acoc_wait_operations callback_operations = { "done callback", callback_run, NULL };

// A plain future may outlive its loop.
static int loop_lives(const acoc_future *future)
{
    acoc_loop *loop = future->loop;
    return loop == acoc__running_loop || (acoc__loop_is_known(loop) && !loop->is_closed);
}

int acoc__callback_drop(acoc_wait *wait)
{
    if (wait->operations != &callback_operations)
        return 0;
    acoc_future *future = ((struct done_callback *)(void *)wait)->future;
    callback_free((struct done_callback *)(void *)wait);
    acoc_release(future);
    return 1;
}

void acoc_future_add_done_callback(acoc_future *future, acoc_future_callback callback, void *argument)
{
    if (!future || !callback || !future->loop) {
        acoc__raise(acoc_TypeError("add_done_callback needs a task or future and a callback"));
        return;
    }
    int is_done = acoc__future_is_done(future);
    if (is_done && !loop_lives(future)) {
        acoc__raise(acoc_RuntimeError("Event loop is closed"));
        return;
    }
    struct done_callback *added = acoc__memory_take(sizeof *added, ACOC_MEMORY_HANDLE);
    if (!added) {
        acoc__raise_memory_error();
        return;
    }
    added->future = future;
    added->callback = callback;
    added->argument = argument;
    acoc__wait_begin(&added->wait, &callback_operations);
    if (!is_done) {
        acoc__list_append(&future->waiters, &added->wait);
    } else {
        acoc_retain(future);
        acoc__wait_ready(future->loop, &added->wait);
    }
}

// Equal registrations in the waiters' list are freed; those that are already in the ready queue are made empty.
size_t acoc_future_remove_done_callback(acoc_future *future, acoc_future_callback callback, void *argument)
{
    if (!future || !future->loop)
        return 0;
    int is_done = acoc__future_is_done(future);
    if (is_done && !loop_lives(future))
        return 0;
    acoc_wait *wait = is_done ? future->loop->ready_first : future->waiters;
    size_t removed = 0;
    while (wait) {
        acoc_wait *next = wait->next;
        struct done_callback *found = (struct done_callback *)(void *)wait;
        if (wait->operations == &callback_operations && found->future == future && found->callback == callback &&
            found->argument == argument) {
            removed++;
            if (is_done) {
                found->callback = NULL;
            } else {
                acoc__list_remove(&future->waiters, wait);
                callback_free(found);
            }
        }
        wait = next;
    }
    return removed;
}

// ---------------------------------------------------------------------------------------------------- ending

void acoc__future_wake(acoc_future *future, int state)
{
    future->state = (uint8_t)((future->state & ~ACOC_STATE_MASK) | state);
    acoc_wait *wait = future->waiters;
    future->waiters = NULL;
    while (wait) {
        acoc_wait *next = wait->next;
        if (wait->operations == &callback_operations)
            acoc_retain(future);
        acoc__wait_ready(future->loop, wait);
        wait = next;
    }
}

void acoc__future_fail(acoc_future *future, acoc_failure *failure)
{
    future->of.failure = failure;
    acoc__future_wake(future, ACOC_FAILED);
}

// Who still waits for a future that outlived its loop waits in vain: only callbacks and gathers can.
static void let_waiters_go(acoc_future *future)
{
    if (!future->waiters || loop_lives(future))
        return;
    acoc_wait *wait;
    acoc_future *kept = acoc_retain(future);    // a gather may hold the last count
    while ((wait = acoc__list_take(&future->waiters)))
        if (wait->operations == &callback_operations)
            callback_free((struct done_callback *)(void *)wait);
        else
            acoc__gather_drop(wait);
    acoc_release(kept);
}

// Only plain futures are set from outside, and only once.
static int check_can_be_set(acoc_future *future)
{
    if (!future || acoc__future_kind(future) != ACOC_KIND_FUTURE)
        acoc__raise(acoc_TypeError("only a future made by acoc_future_new can be set"));
    else if (acoc__future_state(future) != ACOC_PENDING)
        acoc__raise(acoc_InvalidStateError("invalid state: the future is done"));
    else
        return 1;
    return 0;
}

static int check_size(const acoc_future *future, size_t size)
{
    if (size == future->type->result_size)
        return 1;
    acoc__raise(acoc_TypeError("a value of %zu bytes, where %s delivers %u", size, future->type->name,
                               (unsigned)future->type->result_size));
    return 0;
}

void acoc_future_set_result(acoc_future *future, const void *value, size_t size)
{
    if (!check_can_be_set(future) || !check_size(future, size))
        return;
    if (size && !value) {
        acoc__raise(acoc_TypeError("a value of %zu bytes is needed, not NULL", size));
        return;
    }
    if (size)
        memcpy(acoc__future_value(future), value, size);
    let_waiters_go(future);
    acoc__future_wake(future, ACOC_FINISHED);
}

void acoc_future_set_exception(acoc_future *future, acoc_error *error)
{
    if (!check_can_be_set(future)) {
        acoc_error_release(error);
        return;
    }
    let_waiters_go(future);
    acoc__future_fail(future, acoc__failure_new(error));
}

int acoc_future_cancel(acoc_future *future)
{
    if (!future)
        return 0;
    switch (acoc__future_kind(future)) {
    case ACOC_KIND_TASK:
        return acoc_task_cancel(future);
    case ACOC_KIND_GATHER:
        return acoc__gather_cancel(future);
    }
    if (acoc__future_state(future) != ACOC_PENDING)
        return 0;
    let_waiters_go(future);
    acoc__future_wake(future, ACOC_CANCELLED);
    return 1;
}

// ---------------------------------------------------------------------------------------------------- asking

int acoc_future_done(const acoc_future *future)
{
    return future && acoc__future_is_done(future);
}

int acoc_future_cancelled(const acoc_future *future)
{
    return future && acoc__future_state(future) == ACOC_CANCELLED;
}

acoc_loop *acoc_future_get_loop(const acoc_future *future)
{
    return future ? future->loop : NULL;
}

// True when it ended with a value; else raised.
static int check_finished(acoc_future *future)
{
    switch (future ? acoc__future_state(future) : -1) {
    case ACOC_FINISHED:
        return 1;
    case ACOC_FAILED:
        future->flags |= ACOC_LOOKED_AT;
        acoc__raise_failure(future->of.failure);
        return 0;
    case ACOC_CANCELLED:
        acoc__raise_cancelled();
        return 0;
    case -1:
        acoc__raise(acoc_ValueError("a handle is needed, not NULL"));
        return 0;
    }
    acoc__raise(acoc_InvalidStateError("the result of %s is not set yet", future->type->name));
    return 0;
}

void *acoc_result_of(acoc_future *handle, size_t size)
{
    if (!check_finished(handle) || (size && !check_size(handle, size)))
        return NULL;
    return acoc__future_value(handle);
}

void acoc__future_copy_value(acoc_future *future, void *place)
{
    size_t size = future->type->result_size;
    if (!place || !size)
        return;
    if (size == sizeof(uint64_t))               // by far the most frequent: not worth a call
        memcpy(place, acoc__future_value(future), sizeof(uint64_t));
    else
        memcpy(place, acoc__future_value(future), size);
    if (future->type->result_is_handle)
        acoc_retain(*(acoc_future **)acoc__future_value(future));
}

void acoc_future_result(acoc_future *future, void *value, size_t size)
{
    if (acoc_result_of(future, size) && size)
        acoc__future_copy_value(future, value);
}

acoc_error *acoc_future_exception(acoc_future *future)
{
    if (future && acoc__future_state(future) == ACOC_FAILED) {
        future->flags |= ACOC_LOOKED_AT;
        return acoc_error_retain(future->of.failure->error);
    }
    check_finished(future);
    return NULL;
}

// ---------------------------------------------------------------------------------------------------- counting

acoc_awaitable acoc_retain(acoc_future *handle)
{
    return handle ? acoc__hold(handle) : NULL;
}

void acoc_release(acoc_future *handle)
{
    if (handle)
        acoc__let_go(handle);
}

void acoc__future_report_failure(acoc_future *future)
{
    acoc_failure *failure = future->of.failure;
    if (future->flags & ACOC_LOOKED_AT)
        return;
    acoc_exception_context context = {
        acoc__future_kind(future) == ACOC_KIND_TASK ? "Task exception was never retrieved"
                                                    : "Future exception was never retrieved",
        failure->error, failure, future
    };
    future->count = 1;                          // the handler may look at it, and give back what it takes
    acoc_loop_call_exception_handler(acoc__loop_is_known(future->loop) ? future->loop : NULL, &context);
}

static void drop_callbacks(acoc_future *future)
{
    acoc_wait *wait;
    while ((wait = acoc__list_take(&future->waiters)))
        callback_free((struct done_callback *)(void *)wait);
}

// A value that is a handle may be the last on a chain of such tasks: the chain is followed here, not by recursion.
void acoc__future_free(acoc_future *future)
{
    while (future) {
        acoc_future *next = NULL;
        int state = acoc__future_state(future);
        if (future->waiters)
            drop_callbacks(future);
        if (state == ACOC_FAILED) {
            acoc__future_report_failure(future);
            acoc__failure_release(future->of.failure);
        } else if (state == ACOC_FINISHED && future->type->result_is_handle) {
            next = *(acoc_future **)acoc__future_value(future);
        }
        if (acoc__future_kind(future) == ACOC_KIND_TASK)
            acoc__task_free((acoc_task *)(void *)future);
        else if (acoc__future_kind(future) == ACOC_KIND_GATHER)
            acoc__gather_free(future);
        else
            acoc__memory_give(future, future_size(future), ACOC_MEMORY_TASK);
        future = next && next->count != ACOC_IMMORTAL && --next->count == 0 ? next : NULL;
    }
}

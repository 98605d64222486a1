// SPDX-License-Identifier: MIT
//
// gather: a future that is done when all of its children are. It holds a node in the line of each child that is pending,
// and a count of itself for as long as one is. Values stay with the children's handles.
#include <string.h>

#include "task.h"

struct gather;

struct gather_child {
    acoc_wait wait;                             // in the child's line; of.object: the gather
    acoc_future *child;                         // a count is held
};

struct gather {
    acoc_future base;
    size_t count;
    size_t pending;                             // children that are not done
    uint8_t return_exceptions;
    uint8_t cancel_requested;
    uint8_t is_being_cancelled;
    struct gather *next;                        // to be cancelled, or to be freed
    struct gather_child children[];
};

static size_t gather_size(size_t count)
{
    return sizeof(struct gather) + count * sizeof(struct gather_child);
}

static void fail_once(struct gather *gather, acoc_failure *failure)
{
    if (acoc__future_state(&gather->base) == ACOC_PENDING)
        acoc__future_fail(&gather->base, failure);
    else
        acoc_handled(failure);
}

// A cancelled child makes the gather fail with CancelledError; the gather itself is not cancelled by that.
static void look_at_child(struct gather *gather, acoc_future *child)
{
    int state = acoc__future_state(child);
    if (state == ACOC_FAILED)
        child->flags |= ACOC_LOOKED_AT;
    if (gather->return_exceptions)
        return;
    if (state == ACOC_FAILED)
        fail_once(gather, acoc__failure_retain(child->of.failure));
    else if (state == ACOC_CANCELLED)
        fail_once(gather, acoc__failure_new(acoc__cancelled_error()));
}

static void end_when_all_are_done(struct gather *gather)
{
    if (gather->pending || acoc__future_state(&gather->base) != ACOC_PENDING)
        return;
    if (gather->cancel_requested)
        fail_once(gather, acoc__failure_new(acoc__cancelled_error()));
    else
        acoc__future_wake(&gather->base, ACOC_FINISHED);
}

static void child_done(acoc_wait *wait)
{
    struct gather *gather = wait->of.object;
    struct gather_child *done = (struct gather_child *)(void *)wait;
    gather->pending--;
    look_at_child(gather, done->child);
    end_when_all_are_done(gather);
    if (!gather->pending)
        acoc_release(&gather->base);            // the count held for the pending children
}

static int child_cancel(acoc_wait *wait)
{
    acoc__list_remove(&((struct gather_child *)(void *)wait)->child->waiters, wait);
    return 1;
}

static const acoc_wait_operations child_operations = { "gather", child_done, child_cancel };

int acoc__gather_drop(acoc_wait *wait)
{
    if (wait->operations != &child_operations)
        return 0;
    struct gather *gather = wait->of.object;
    if (!--gather->pending)
        acoc_release(&gather->base);
    return 1;
}

// ---------------------------------------------------------------------------------------------------- making

// Turns coroutine objects into tasks. Those before a bad argument run as tasks of their own.
static int take_children(struct gather *gather, acoc_loop *loop, acoc_future *const *handles)
{
    for (size_t i = 0; i < gather->count; i++) {
        struct gather_child *child = &gather->children[i];
        child->child = acoc__ensure_on(loop, handles[i]);
        if (!child->child)
            return 0;
    }
    return 1;
}

static void wait_for_children(struct gather *gather)
{
    for (size_t i = 0; i < gather->count; i++) {
        struct gather_child *child = &gather->children[i];
        acoc__wait_begin(&child->wait, &child_operations);
        child->wait.of.object = gather;
        if (acoc__future_is_done(child->child))
            continue;
        gather->pending++;
        acoc__list_append(&child->child->waiters, &child->wait);
    }
    if (gather->pending)
        acoc_retain(&gather->base);
    for (size_t i = 0; i < gather->count; i++)
        if (acoc__future_is_done(gather->children[i].child))
            look_at_child(gather, gather->children[i].child);
    end_when_all_are_done(gather);
}

// The loop of the first child that has one, so that a gather outside the running loop finds it.
static acoc_loop *loop_of(acoc_future *const *handles, size_t count, const acoc_gather_options *options)
{
    if (options && options->loop)
        return options->loop;
    for (size_t i = 0; i < count; i++)
        if (handles[i] && handles[i]->loop)
            return handles[i]->loop;
    return acoc_get_event_loop();
}

acoc_awaitable acoc_gather_with(acoc_future *const *handles, size_t count, const acoc_gather_options *options)
{
    if (count && !handles) {
        acoc__raise(acoc_TypeError("gather needs an array of %zu handles, not NULL", count));
        return NULL;
    }
    acoc_loop *loop = loop_of(handles, count, options);
    if (!loop || !acoc__loop_check_open(loop))
        return NULL;
    struct gather *gather = acoc__memory_take(gather_size(count), ACOC_MEMORY_TASK);
    if (!gather) {
        acoc__raise_memory_error();
        return NULL;
    }
    memset(gather, 0, gather_size(count));
    acoc__future_init(&gather->base, ACOC_KIND_GATHER, &acoc__void_future, loop);
    gather->count = count;
    gather->return_exceptions = options && options->return_exceptions;
    if (!take_children(gather, loop, handles)) {
        gather->base.state = ACOC_KIND_GATHER | ACOC_CANCELLED;
        acoc_release(&gather->base);
        return NULL;
    }
    wait_for_children(gather);
    return &gather->base;
}

// ---------------------------------------------------------------------------------------------------- ending

// Gathers of tasks that wait for gathers may be as deep as memory allows: neither cancelling nor freeing them recurs. What
// is met on the way stands in a list that the outermost call works off.
static ACOC_THREAD_LOCAL struct gather *to_cancel, *to_free;
static ACOC_THREAD_LOCAL int is_cancelling, is_freeing;

static int has_child_to_cancel(const struct gather *gather)
{
    for (size_t i = 0; i < gather->count; i++)
        if (!acoc__future_is_done(gather->children[i].child))
            return 1;
    return 0;
}

static void cancel_children(struct gather *gather)
{
    for (size_t i = 0; i < gather->count; i++)
        if (!acoc__future_is_done(gather->children[i].child))
            acoc_future_cancel(gather->children[i].child);
}

// Works off to_cancel. Gathers stay marked until all is done, so that a ring of tasks and gathers is walked once.
static void cancel_all(void)
{
    struct gather *asked = NULL;
    while (to_cancel) {
        struct gather *gather = to_cancel;
        to_cancel = gather->next;
        cancel_children(gather);
        gather->next = asked;
        asked = gather;
    }
    while (asked) {
        struct gather *gather = asked;
        asked = gather->next;
        gather->is_being_cancelled = 0;
        acoc_release(&gather->base);
    }
}

// Children are asked to end; the gather is done, with CancelledError, when they are. One that is asked again meanwhile, maybe
// by a child of its own which waits for it, says no: the wait for it is cut.
int acoc__gather_cancel(acoc_future *future)
{
    struct gather *gather = (struct gather *)(void *)future;
    if (acoc__future_state(future) != ACOC_PENDING || gather->is_being_cancelled || !has_child_to_cancel(gather))
        return 0;
    acoc_retain(future);
    gather->cancel_requested = gather->is_being_cancelled = 1;
    gather->next = to_cancel;
    to_cancel = gather;
    if (is_cancelling)
        return 1;
    is_cancelling = 1;
    cancel_all();
    is_cancelling = 0;
    return 1;
}

void acoc__gather_free(acoc_future *future)
{
    struct gather *gather = (struct gather *)(void *)future;
    gather->next = to_free;
    to_free = gather;
    if (is_freeing)
        return;
    is_freeing = 1;
    while (to_free) {
        gather = to_free;
        to_free = gather->next;
        for (size_t i = 0; i < gather->count; i++)
            acoc_release(gather->children[i].child);
        acoc__memory_give(gather, gather_size(gather->count), ACOC_MEMORY_TASK);
    }
    is_freeing = 0;
}

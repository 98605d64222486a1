// SPDX-License-Identifier: MIT
//
// Calls from other threads. A post is pushed onto a lock-free stack; the loop takes the stack whole and reverses it, which
// gives the order of posting. A sleeping loop is woken through an eventfd, which is written only when the loop said that it
// is going to sleep:
//
//     loop: sleeping = 1; look at the stack; sleep           poster: push; look at sleeping; write
//
// Both sides store, then load, sequentially consistent: at least one of them sees the other. The same way a closing loop and
// a poster see each other by is_closed and `posters`: nobody posts, or writes to the eventfd's number, behind a close.
#include "wakeup.h"

#include <sched.h>

#include "../base/error.h"
#include "loop.h"

struct acoc_post {
    acoc_wait wait;                             // in the ready queue once it was collected
    acoc_post *next;
    acoc_callback callback;
    void *argument;
};

static void post_run(acoc_wait *wait)
{
    acoc_post *post = (acoc_post *)(void *)wait;
    acoc_callback callback = post->callback;
    void *argument = post->argument;
    acoc__memory_give_shared(post);
    callback(argument);
}

static const acoc_wait_operations post_operations = { "posted call", post_run, NULL };

// ---------------------------------------------------------------------------------------------------- the eventfd

static void watch_again(acoc_operation *operation);

// 0, or a negative errno when the selector cannot watch.
static int submit_watch(acoc_loop *loop)
{
    acoc_operation *operation = &loop->wakeup.operation;
    if (acoc_selector_submit(loop->selector, operation) == 0)
        return 0;
    if (operation->result >= 0)
        watch_again(operation);
    return operation->result < 0 ? operation->result : 0;
}

// The eventfd has been written: what was posted is collected by the loop in each pass, here it is only emptied.
static void watch_again(acoc_operation *operation)
{
    acoc_loop *loop = operation->selector->owner;
    uint64_t posts;
    if (operation->result < 0)                  // cancelled: the loop is being closed
        return;
    loop->system->read(loop->wakeup.fd, &posts, sizeof posts);
    acoc__wakeup_collect(loop);
    submit_watch(loop);
}

int acoc__wakeup_open(acoc_loop *loop)
{
    acoc_wakeup *wakeup = &loop->wakeup;
    wakeup->posted = NULL;
    wakeup->sleeping = 0;
    wakeup->fd = loop->system->eventfd();
    if (wakeup->fd < 0)
        return wakeup->fd;
    acoc_source_init(&wakeup->source, wakeup->fd);
    wakeup->operation = (acoc_operation){
        .source = &wakeup->source, .complete = watch_again, .kind = ACOC_WATCH_READABLE
    };
    int error = submit_watch(loop);
    if (error) {
        acoc_selector_forget(loop->selector, &wakeup->source);
        loop->system->close(wakeup->fd);
    }
    return error;
}

void acoc__wakeup_close(acoc_loop *loop)
{
    acoc_wakeup *wakeup = &loop->wakeup;
    __atomic_store_n(&loop->is_closed, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&wakeup->posters, __ATOMIC_SEQ_CST))
        sched_yield();
    acoc__wakeup_collect(loop);
    if (!acoc_selector_cancel(loop->selector, &wakeup->operation))
        acoc__loop_finish(loop, &wakeup->operation.wait);
    acoc_selector_forget(loop->selector, &wakeup->source);
    loop->system->close(wakeup->fd);
    wakeup->fd = -1;
}

// ---------------------------------------------------------------------------------------------------- posting

void acoc_loop_call_soon_threadsafe(acoc_loop *loop, acoc_callback callback, void *argument)
{
    if (!loop || !callback) {
        acoc__raise(acoc_ValueError("call_soon_threadsafe needs a loop and a callback"));
        return;
    }
    acoc_post *post = acoc__memory_take_shared(sizeof *post);
    if (!post) {
        acoc__raise_memory_error();
        return;
    }
    post->callback = callback;
    post->argument = argument;
    acoc__wait_begin(&post->wait, &post_operations);
    acoc_wakeup *wakeup = &loop->wakeup;
    __atomic_fetch_add(&wakeup->posters, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&loop->is_closed, __ATOMIC_SEQ_CST)) {
        __atomic_fetch_sub(&wakeup->posters, 1, __ATOMIC_SEQ_CST);
        acoc__memory_give_shared(post);
        acoc__raise(acoc_RuntimeError("Event loop is closed"));
        return;
    }
    post->next = __atomic_load_n(&wakeup->posted, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&wakeup->posted, &post->next, post, 1, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        ;
    if (__atomic_exchange_n(&wakeup->sleeping, 0, __ATOMIC_SEQ_CST)) {
        uint64_t one = 1;
        loop->system->write(wakeup->fd, &one, sizeof one);
    }
    __atomic_fetch_sub(&wakeup->posters, 1, __ATOMIC_SEQ_CST);
}

int acoc__wakeup_collect(acoc_loop *loop)
{
    if (!__atomic_load_n(&loop->wakeup.posted, __ATOMIC_RELAXED))
        return 0;
    acoc_post *post = __atomic_exchange_n(&loop->wakeup.posted, NULL, __ATOMIC_ACQUIRE);
    acoc_post *in_order = NULL;
    while (post) {
        acoc_post *next = post->next;
        post->next = in_order;
        in_order = post;
        post = next;
    }
    for (; in_order; in_order = in_order->next)
        acoc__wait_ready(loop, &in_order->wait);
    return 1;
}

int acoc__wakeup_announce_sleep(acoc_loop *loop)
{
    __atomic_store_n(&loop->wakeup.sleeping, 1, __ATOMIC_SEQ_CST);
    if (!__atomic_load_n(&loop->wakeup.posted, __ATOMIC_SEQ_CST))
        return 1;
    acoc__wakeup_end_sleep(loop);
    return 0;
}

void acoc__wakeup_end_sleep(acoc_loop *loop)
{
    __atomic_store_n(&loop->wakeup.sleeping, 0, __ATOMIC_RELAXED);
}

int acoc__wakeup_drop_post(acoc_wait *wait)
{
    if (wait->operations != &post_operations)
        return 0;
    acoc__memory_give_shared(wait);
    return 1;
}

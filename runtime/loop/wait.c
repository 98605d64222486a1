// SPDX-License-Identifier: MIT
//
// The one way to wait: a node that stands on the list of what it waits for, or among the timers, and is moved to the
// ready queue when that happens. The node is described in abi.h, its short operations are inline in loop.h.
#include "../base/error.h"
#include "loop.h"

int acoc__task_check_loop(const acoc_task *task, const acoc_loop *loop, const char *what)
{
    if (task->base.loop == loop)
        return 1;
    acoc__raise(acoc_RuntimeError("%s awaits %s, which is attached to a different loop", task->base.type->name, what));
    return 0;
}

void acoc__wait_ready_all(acoc_loop *loop, acoc_wait **first)
{
    acoc_wait *wait = *first;
    *first = NULL;
    while (wait) {
        acoc_wait *next = wait->next;
        acoc__wait_ready(loop, wait);
        wait = next;
    }
}

int acoc__timer_arm(acoc_loop *loop, acoc_wait *wait, int64_t deadline)
{
    return acoc__timers_add(&loop->timers, wait, deadline);
}

void acoc__timer_disarm(acoc_loop *loop, acoc_wait *wait)
{
    acoc__timers_remove(&loop->timers, wait);
}

static void hook_list(acoc_end_of_pass **first, acoc_end_of_pass *hook)
{
    if (hook->pprev)
        return;
    hook->next = *first;
    if (hook->next)
        hook->next->pprev = &hook->next;
    hook->pprev = first;
    *first = hook;
}

static void pass_ended(acoc_wait *wait)
{
    acoc_loop *loop = (acoc_loop *)(void *)((char *)wait - offsetof(acoc_loop, pass_wait));
    loop->pass_marked = 0;
    acoc__loop_run_end_of_pass(loop);
}

static const acoc_wait_operations pass_operations = { "end of pass", pass_ended, NULL };

void acoc__loop_at_end_of_pass(acoc_loop *loop, acoc_end_of_pass *hook)
{
    hook_list(&loop->end_of_pass, hook);
    if (loop->pass_marked)
        return;
    loop->pass_marked = 1;
    acoc__wait_begin(&loop->pass_wait, &pass_operations);
    acoc__wait_ready(loop, &loop->pass_wait);
}

void acoc__loop_at_close(acoc_loop *loop, acoc_end_of_pass *hook)
{
    hook_list(&loop->at_close, hook);
}

void acoc__loop_not_at_end_of_pass(acoc_end_of_pass *hook)
{
    if (!hook->pprev)
        return;
    *hook->pprev = hook->next;
    if (hook->next)
        hook->next->pprev = hook->pprev;
    hook->next = NULL;
    hook->pprev = NULL;
}

// SPDX-License-Identifier: MIT
//
// Which loop belongs to whom. The default policy keeps one per thread and makes one by itself in the main thread only, and
// only if none was ever set there. A policy of the user's replaces it for the whole process.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <unistd.h>

#include "../base/error.h"
#include "loop.h"

static __thread acoc_loop *loop_of_thread;
static __thread int was_set;

static int is_main_thread(void)
{
    return gettid() == getpid();
}

static acoc_loop *default_get(void *argument)
{
    (void)argument;
    if (!loop_of_thread && !was_set && is_main_thread()) {
        acoc_loop *made = acoc__loop_new(NULL);
        if (made)                               // else the next call tries again
            acoc_set_event_loop(made);
    } else if (!loop_of_thread) {
        acoc__raise(acoc_RuntimeError("There is no current event loop in this thread."));
    }
    return loop_of_thread;
}

static void default_set(acoc_loop *loop, void *argument)
{
    (void)argument;
    loop_of_thread = loop;
    was_set = 1;
}

static acoc_loop *default_new(void *argument)
{
    (void)argument;
    return acoc__loop_new(NULL);
}

static const acoc_event_loop_policy default_policy = { default_get, default_set, default_new, NULL };
static const acoc_event_loop_policy *current_policy = &default_policy;      // atomic

const acoc_event_loop_policy *acoc_get_event_loop_policy(void)
{
    return __atomic_load_n(&current_policy, __ATOMIC_ACQUIRE);
}

void acoc_set_event_loop_policy(const acoc_event_loop_policy *policy)
{
    __atomic_store_n(&current_policy, policy ? policy : &default_policy, __ATOMIC_RELEASE);
}

acoc_loop *acoc_get_event_loop(void)
{
    if (acoc__running_loop)
        return acoc__running_loop;
    const acoc_event_loop_policy *policy = acoc_get_event_loop_policy();
    acoc_loop *loop = policy->get_event_loop(policy->argument);
    if (!loop && !acoc_raised)
        acoc__raise(acoc_RuntimeError("the event loop policy has no loop for this context"));
    return loop;
}

acoc_loop *acoc_get_running_loop(void)
{
    if (!acoc__running_loop)
        acoc__raise(acoc_RuntimeError("no running event loop"));
    return acoc__running_loop;
}

void acoc_set_event_loop(acoc_loop *loop)
{
    const acoc_event_loop_policy *policy = acoc_get_event_loop_policy();
    policy->set_event_loop(loop, policy->argument);
}

// Options are ours: a policy of the user's is asked when there are none.
acoc_loop *acoc_new_event_loop_with(const acoc_loop_options *options)
{
    const acoc_event_loop_policy *policy = acoc_get_event_loop_policy();
    if (policy == &default_policy || (options && options->selector))
        return acoc__loop_new(options);
    return policy->new_event_loop(policy->argument);
}

acoc_loop *acoc__loop_or_current(acoc_loop *loop)
{
    return loop ? loop : acoc_get_event_loop();
}

void acoc__policy_forget(acoc_loop *loop)
{
    if (loop_of_thread == loop)
        loop_of_thread = NULL;
}

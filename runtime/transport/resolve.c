// SPDX-License-Identifier: MIT
//
// getaddrinfo in a thread of its own, unless the host is a literal address. Between the loop and the thread stands an
// acoc_lookup with two references: the thread's, and the loop's, which ends by the answer, by acoc__resolve_end or by the
// closing of the loop. The thread posts its answer only while the loop's reference lives, under the lookup's lock.
#include "resolve.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct acoc_lookup {
    pthread_mutex_t lock;
    acoc_loop *loop;                            // NULL: nobody waits any more; under the lock
    int references;                             // under the lock
    acoc_resolution *resolution;                // the loop's side only
    acoc_selector_user user;                    // the loop's side only
    struct addrinfo hints;
    struct addrinfo *list;
    int failure, failure_errno;
    const char *host;                           // in text; NULL: all interfaces
    char service[12];
    char text[];
};

// The lock is held; gives it back.
static void lookup_release(acoc_lookup *lookup)
{
    int last = --lookup->references == 0;
    pthread_mutex_unlock(&lookup->lock);
    if (!last)
        return;
    if (lookup->list)
        freeaddrinfo(lookup->list);
    pthread_mutex_destroy(&lookup->lock);
    acoc__memory_give_shared(lookup);
}

// The loop's side ends: the thread finds nobody to tell.
static void lookup_leave(acoc_lookup *lookup)
{
    acoc_selector_leave(&lookup->user);
    pthread_mutex_lock(&lookup->lock);
    lookup->loop = NULL;
    lookup_release(lookup);
}

static void loop_closing(acoc_selector_user *user)
{
    acoc_lookup *lookup = (acoc_lookup *)(void *)((char *)user - offsetof(acoc_lookup, user));
    if (lookup->resolution)
        lookup->resolution->lookup = NULL;
    lookup_leave(lookup);
}

// On the loop. An abandoned lookup whose answer was posted already comes here too.
static void lookup_answered(void *argument)
{
    acoc_lookup *lookup = argument;
    acoc_resolution *resolution = lookup->resolution;
    if (resolution) {
        resolution->list = lookup->list;
        resolution->failure = lookup->failure;
        resolution->failure_errno = lookup->failure_errno;
        resolution->lookup = NULL;
        lookup->list = NULL;
    }
    lookup_leave(lookup);
    if (resolution)
        resolution->done(resolution);
}

// On the thread, which has nothing else to do: where memory is short the answer is tried again.
static void post_answer(acoc_lookup *lookup)
{
    for (;;) {
        pthread_mutex_lock(&lookup->lock);
        if (!lookup->loop)
            break;
        acoc_loop_call_soon_threadsafe(lookup->loop, lookup_answered, lookup);
        acoc_error *error = acoc_error_take();
        int again = error && acoc_error_is(error, &acoc_MemoryError_kind);
        acoc_error_release(error);
        if (!again)
            break;
        pthread_mutex_unlock(&lookup->lock);
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    lookup_release(lookup);
}

static void *lookup_thread(void *argument)
{
    acoc_lookup *lookup = argument;
    lookup->failure = getaddrinfo(lookup->host, lookup->service, &lookup->hints, &lookup->list);
    lookup->failure_errno = errno;
    post_answer(lookup);
    return NULL;
}

static int lookup_start(acoc_resolution *resolution, acoc_loop *loop, const char *host, const char *service,
                        const struct addrinfo *hints)
{
    size_t size = strlen(host) + 1;
    acoc_lookup *lookup = acoc__memory_take_shared(sizeof *lookup + size);
    if (!lookup)
        return -ENOMEM;
    *lookup = (acoc_lookup){ .loop = loop, .references = 2, .resolution = resolution, .hints = *hints };
    pthread_mutex_init(&lookup->lock, NULL);
    memcpy(lookup->text, host, size);
    lookup->host = lookup->text;
    snprintf(lookup->service, sizeof lookup->service, "%s", service);
    lookup->user.closing = loop_closing;
    acoc_selector_join(loop->selector, &lookup->user);
    int error = loop->system->start_thread(lookup_thread, lookup);
    if (error < 0) {
        lookup->references = 1;
        lookup_leave(lookup);
        return error;
    }
    resolution->lookup = lookup;
    return 0;
}

int acoc__resolve_start(acoc_resolution *resolution, acoc_loop *loop, const char *host, int port, int family, int flags)
{
    char service[12];
    snprintf(service, sizeof service, "%d", port);
    struct addrinfo hints = { .ai_family = family, .ai_socktype = SOCK_STREAM, .ai_flags = flags | AI_NUMERICSERV };
    resolution->list = NULL;
    resolution->lookup = NULL;
    resolution->failure_errno = 0;
    if (host && !*host)
        host = NULL;
    struct addrinfo literal = hints;
    literal.ai_flags |= AI_NUMERICHOST;                 // asks nobody, so it does not block
    resolution->failure = getaddrinfo(host, service, &literal, &resolution->list);
    resolution->failure_errno = errno;
    if (resolution->failure != EAI_NONAME || !host || flags & AI_NUMERICHOST)
        return 1;
    return lookup_start(resolution, loop, host, service, &hints);
}

void acoc__resolve_end(acoc_resolution *resolution)
{
    acoc_lookup *lookup = resolution->lookup;
    resolution->lookup = NULL;
    if (lookup)
        lookup->resolution = NULL;      // the loop's reference stays until the answer comes: it may be posted already
    if (resolution->list)
        freeaddrinfo(resolution->list);
    resolution->list = NULL;
}

acoc_error *acoc__resolve_error(const acoc_resolution *resolution, const char *host)
{
    if (resolution->failure == EAI_MEMORY)
        return acoc_MemoryError("no memory to resolve %s", host ? host : "the local addresses");
    if (resolution->failure == EAI_SYSTEM)
        return acoc_os_error(resolution->failure_errno, "resolving %s", host ? host : "the local addresses");
    return acoc_GaiError("%s: %s", host ? host : "the local addresses", gai_strerror(resolution->failure));
}

// SPDX-License-Identifier: MIT
//
// epoll: edge-triggered, each descriptor registered once for both directions. An event carries slot and generation of
// its source, never a pointer: events collected before a source went away are recognised.
#include "readiness.h"

#include <errno.h>
#include <sys/epoll.h>

#include "../loop/system.h"

enum { EVENTS_AT_ONCE = 256 };

static const uint32_t interest = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;

static int epoll_open(acoc_readiness *readiness)
{
    readiness->fd = readiness->base.system->epoll_create();
    return readiness->fd < 0 ? readiness->fd : 0;
}

static void epoll_close(acoc_readiness *readiness)
{
    readiness->base.system->close(readiness->fd);
    readiness->fd = -1;
}

static int epoll_change(acoc_readiness *readiness, acoc_source *source, int change)
{
    struct epoll_event event = { .events = interest };
    event.data.u64 = source->slot | (uint64_t)readiness->slots[source->slot].generation << 32;
    return readiness->base.system->epoll_control(readiness->fd, change, source->fd, &event);
}

static int epoll_add(acoc_readiness *readiness, acoc_source *source)
{
    return epoll_change(readiness, source, EPOLL_CTL_ADD);
}

static int epoll_rearm(acoc_readiness *readiness, acoc_source *source)
{
    return epoll_change(readiness, source, EPOLL_CTL_MOD);
}

static void epoll_remove(acoc_readiness *readiness, acoc_source *source)
{
    epoll_change(readiness, source, EPOLL_CTL_DEL);     // fails when the user closed it behind our back: no harm
}

static void report(acoc_readiness *readiness, const struct epoll_event *event)
{
    const uint32_t both = EPOLLHUP | EPOLLERR;
    int ready = 0;
    if (event->events & (EPOLLIN | EPOLLRDHUP | EPOLLPRI | both))
        ready |= ACOC_READABLE;
    if (event->events & (EPOLLOUT | both))
        ready |= ACOC_WRITABLE;
    int unusual = (event->events & (EPOLLRDHUP | EPOLLPRI | both)) != 0;
    acoc__readiness_report(readiness, (uint32_t)event->data.u64, (uint32_t)(event->data.u64 >> 32), ready, unusual);
}

static int epoll_wait_for_events(acoc_readiness *readiness, int64_t timeout)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    int count = readiness->base.system->epoll_wait(readiness->fd, events, EVENTS_AT_ONCE, timeout);
    if (count < 0)
        return count == -EINTR ? 0 : count;
    for (int i = 0; i < count; i++)
        report(readiness, &events[i]);
    return count;
}

const acoc_poller acoc__epoll_poller = {
    epoll_open, epoll_close, epoll_add, epoll_rearm, epoll_remove, epoll_wait_for_events,
};

const acoc_selector_functions acoc__epoll_selector = {
    "epoll", acoc__readiness_open, acoc__readiness_close, acoc__readiness_submit, acoc__readiness_cancel,
    acoc__readiness_forget, acoc__readiness_wait,
};

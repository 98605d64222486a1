// SPDX-License-Identifier: MIT
//
// poll: for systems and sandboxes without epoll, and a second opinion for the tests. Level-triggered: asks only for the
// directions in which an operation is parked, so a remembered bit that nobody uses does not wake the loop again.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1                                   // POLLRDHUP
#endif
#include "readiness.h"

#include <errno.h>
#include <poll.h>

#include "../base/memory.h"
#include "../loop/system.h"

// What the poller keeps: the array for poll(2) and the slot of each element.
typedef struct poll_list {
    struct pollfd *descriptors;
    uint32_t *slots;
    uint32_t descriptor_room;
    uint32_t slot_room;
} poll_list;

static int poll_open(acoc_readiness *readiness)
{
    poll_list *list = acoc__memory_take(sizeof *list, ACOC_MEMORY_LOOP);
    if (!list)
        return -ENOMEM;
    *list = (poll_list){ 0 };
    readiness->poll_list = list;
    return 0;
}

static void poll_close(acoc_readiness *readiness)
{
    poll_list *list = readiness->poll_list;
    acoc__memory_give(list->descriptors, list->descriptor_room * sizeof *list->descriptors, ACOC_MEMORY_LOOP);
    acoc__memory_give(list->slots, list->slot_room * sizeof *list->slots, ACOC_MEMORY_LOOP);
    acoc__memory_give(list, sizeof *list, ACOC_MEMORY_LOOP);
    readiness->poll_list = NULL;
}

// poll(2) cannot refuse a descriptor beforehand as epoll does, so room for it is all that can fail.
static int poll_add(acoc_readiness *readiness, acoc_source *source)
{
    (void)source;
    poll_list *list = readiness->poll_list;
    uint32_t room = readiness->slot_count;
    if (list->descriptor_room < room) {
        struct pollfd *grown = acoc__memory_resize(list->descriptors, list->descriptor_room * sizeof *grown,
                                                   room * sizeof *grown, ACOC_MEMORY_LOOP);
        if (!grown)
            return -ENOMEM;
        list->descriptors = grown;
        list->descriptor_room = room;
    }
    if (list->slot_room < room) {
        uint32_t *grown = acoc__memory_resize(list->slots, list->slot_room * sizeof *grown, room * sizeof *grown,
                                              ACOC_MEMORY_LOOP);
        if (!grown)
            return -ENOMEM;
        list->slots = grown;
        list->slot_room = room;
    }
    return 0;
}

static int poll_rearm(acoc_readiness *readiness, acoc_source *source)
{
    (void)readiness;
    (void)source;
    return 0;                                           // level-triggered: every wait looks anew
}

static void poll_remove(acoc_readiness *readiness, acoc_source *source)
{
    (void)readiness;
    (void)source;
}

static nfds_t collect_interest(acoc_readiness *readiness)
{
    poll_list *list = readiness->poll_list;
    nfds_t count = 0;
    for (uint32_t slot = 1; slot < readiness->slot_count; slot++) {
        acoc_source *source = readiness->slots[slot].source;
        if (!source || (!source->parked[0] && !source->parked[1]))
            continue;
        short events = (short)((source->parked[0] ? POLLIN | POLLPRI | POLLRDHUP : 0) | (source->parked[1] ? POLLOUT : 0));
        list->descriptors[count] = (struct pollfd){ .fd = source->fd, .events = events };
        list->slots[count++] = slot;
    }
    return count;
}

static void report(acoc_readiness *readiness, uint32_t slot, short events)
{
    const short both = POLLHUP | POLLERR | POLLNVAL;
    int ready = 0;
    if (events & (POLLIN | POLLRDHUP | POLLPRI | both))
        ready |= ACOC_READABLE;
    if (events & (POLLOUT | both))
        ready |= ACOC_WRITABLE;
    int unusual = (events & (POLLRDHUP | POLLPRI | both)) != 0;
    acoc__readiness_report(readiness, slot, readiness->slots[slot].generation, ready, unusual);
}

static int poll_wait_for_events(acoc_readiness *readiness, int64_t timeout)
{
    poll_list *list = readiness->poll_list;
    nfds_t count = collect_interest(readiness);
    int found = readiness->base.system->poll(list->descriptors, count, timeout);
    if (found < 0)
        return found == -EINTR ? 0 : found;
    for (nfds_t i = 0; i < count; i++) {
        if (list->descriptors[i].revents)
            report(readiness, list->slots[i], list->descriptors[i].revents);
    }
    return found;
}

const acoc_poller acoc__poll_poller = {
    poll_open, poll_close, poll_add, poll_rearm, poll_remove, poll_wait_for_events,
};

const acoc_selector_functions acoc__poll_selector = {
    "poll", acoc__readiness_open, acoc__readiness_close, acoc__readiness_submit, acoc__readiness_cancel,
    acoc__readiness_forget, acoc__readiness_wait,
};

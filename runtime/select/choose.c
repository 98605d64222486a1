// SPDX-License-Identifier: MIT
//
// The one place that knows which selectors there are and which is best.
#include "readiness.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"

static const struct {
    const acoc_selector_functions *functions;
    const acoc_poller *poller;
} selectors[] = {                                       // the best first
    { &acoc__epoll_selector, &acoc__epoll_poller },
    { &acoc__poll_selector, &acoc__poll_poller },
    { &acoc__late_selector, &acoc__epoll_poller },
};

static int find(const char *name)
{
    for (size_t i = 0; i < sizeof selectors / sizeof selectors[0]; i++) {
        if (strcmp(selectors[i].functions->name, name) == 0)
            return (int)i;
    }
    return -1;
}

acoc_selector *acoc_selector_new(const char *name, const struct acoc_system *system, void *owner,
                                 void (*ready)(void *owner, acoc_wait *wait), int *error)
{
    if (!name)
        name = getenv("ACOC_SELECTOR");
    int index = name && *name ? find(name) : 0;
    if (index < 0) {
        *error = -ENOENT;
        return NULL;
    }
    acoc_readiness *readiness = acoc__memory_take(sizeof *readiness, ACOC_MEMORY_LOOP);
    if (!readiness) {
        *error = -ENOMEM;
        return NULL;
    }
    *readiness = (acoc_readiness){
        .base = { .functions = selectors[index].functions, .system = system, .owner = owner, .ready = ready },
        .poller = selectors[index].poller,
        .fd = -1,
    };
    *error = readiness->base.functions->open(&readiness->base);
    if (*error < 0) {
        acoc__memory_give(readiness, sizeof *readiness, ACOC_MEMORY_LOOP);
        return NULL;
    }
    return &readiness->base;
}

void acoc_selector_free(acoc_selector *selector)
{
    if (!selector)
        return;
    while (selector->users) {
        acoc_selector_user *user = selector->users;
        acoc_selector_leave(user);
        user->closing(user);
    }
    selector->functions->close(selector);
    acoc_chunk_pool_close(&selector->chunks);
    acoc__memory_give(selector, sizeof(acoc_readiness), ACOC_MEMORY_LOOP);
}

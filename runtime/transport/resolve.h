// SPDX-License-Identifier: MIT
//
// Private to transport/: host names to addresses without blocking the loop.
#ifndef ACOC_TRANSPORT_RESOLVE_H
#define ACOC_TRANSPORT_RESOLVE_H

#include <netdb.h>

#include "../loop/loop.h"

typedef struct acoc_lookup acoc_lookup;

// Embedded in whoever wants addresses.
typedef struct acoc_resolution {
    void (*done)(struct acoc_resolution *resolution);   // from the loop, once, when start answered 0
    struct addrinfo *list;                              // the owner's: freeaddrinfo
    int failure;                                        // EAI_..., 0: none
    int failure_errno;                                  // with EAI_SYSTEM
    acoc_lookup *lookup;                                // under way in a thread
} acoc_resolution;

// Literal addresses, and NULL or "" for all interfaces, are answered at once: 1. Names are looked up in a thread that owns
// its copies: 0, done() will be called. A negative errno: neither memory nor a thread could be had.
int acoc__resolve_start(acoc_resolution *resolution, acoc_loop *loop, const char *host, int port, int family, int flags);
// done() is not called any more; the thread ends by itself. Frees the list.
void acoc__resolve_end(acoc_resolution *resolution);
// The acoc_GaiError, acoc_OSError or acoc_MemoryError of a resolution that failed.
acoc_error *acoc__resolve_error(const acoc_resolution *resolution, const char *host);

// "127.0.0.1:80" or "[::1]:80" into text, which has room for size bytes.
void acoc__address_write(const struct sockaddr *address, socklen_t address_size, char *text, size_t size);

#endif

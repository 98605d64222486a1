// SPDX-License-Identifier: MIT
//
// Private to transport/: making sockets.
#ifndef ACOC_TRANSPORT_SOCKET_H
#define ACOC_TRANSPORT_SOCKET_H

#include <netdb.h>

#include "../loop/loop.h"

// A socket for one of the addresses that getaddrinfo gave; a negative errno.
int acoc__socket_new(const acoc_system *system, const struct addrinfo *address);
// A bound and listening one. port replaces the address's own unless it is negative.
int acoc__socket_listen(const acoc_system *system, const struct addrinfo *address, int port,
                        const acoc_server_options *options);
// The port that a socket is bound to; 0: not known.
int acoc__socket_port(const acoc_system *system, int fd);

#endif

// SPDX-License-Identifier: MIT
//
// Making sockets: every option that acoc sets stands here (TCP_NODELAY beside the transport that it is for).
#include "socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

enum { DEFAULT_BACKLOG = 100 };

int acoc__socket_new(const acoc_system *system, const struct addrinfo *address)
{
    return system->socket(address->ai_family, address->ai_socktype, address->ai_protocol);
}

static int set_options(const acoc_system *system, int fd, int family, const acoc_server_options *options)
{
    int on = 1, error = 0;
    if (!options->no_reuse_address)
        error = system->set_option(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (error >= 0 && options->reuse_port)
        error = system->set_option(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (error >= 0 && family == AF_INET6)               // IPv4 has a socket of its own
        error = system->set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    return error;
}

static void set_port(struct sockaddr *address, int port)
{
    if (address->sa_family == AF_INET6)
        ((struct sockaddr_in6 *)(void *)address)->sin6_port = htons((uint16_t)port);
    else if (address->sa_family == AF_INET)
        ((struct sockaddr_in *)(void *)address)->sin_port = htons((uint16_t)port);
}

int acoc__socket_listen(const acoc_system *system, const struct addrinfo *address, int port,
                        const acoc_server_options *options)
{
    struct sockaddr_storage bound = { 0 };
    memcpy(&bound, address->ai_addr, address->ai_addrlen);
    if (port >= 0)
        set_port((struct sockaddr *)&bound, port);
    int fd = acoc__socket_new(system, address);
    if (fd < 0)
        return fd;
    int error = set_options(system, fd, address->ai_family, options);
    if (error >= 0)
        error = system->bind(fd, (struct sockaddr *)&bound, address->ai_addrlen);
    if (error >= 0)
        error = system->listen(fd, options->backlog ? options->backlog : DEFAULT_BACKLOG);
    if (error < 0) {
        system->close(fd);
        return error;
    }
    return fd;
}

int acoc__socket_port(const acoc_system *system, int fd)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (system->get_name(fd, (struct sockaddr *)&address, &size) < 0)
        return 0;
    if (address.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)(void *)&address)->sin6_port);
    return address.ss_family == AF_INET ? ntohs(((struct sockaddr_in *)(void *)&address)->sin_port) : 0;
}

// SPDX-License-Identifier: MIT
// Plain blocking sockets, so that a fault of the runtime cannot hide behind the same fault in its peer.
#include "peers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET,
                                 .sin_port = htons((unsigned short)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static void limit_time(int socket)
{
    struct timeval limit = { .tv_sec = 10 };
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

int peer_listen(int *port)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 128) != 0
        || getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        close(listener);
        return -1;
    }
    *port = ntohs(address.sin_port);
    return listener;
}

int peer_unused_port(void)
{
    int port = 0;
    int listener = peer_listen(&port);
    close(listener);
    return port;
}

int peer_connect(int port)
{
    struct sockaddr_in address = loopback(port);
    int stream = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (stream < 0)
        return -1;
    limit_time(stream);
    if (connect(stream, (struct sockaddr *)&address, sizeof address) != 0) {
        close(stream);
        return -1;
    }
    return stream;
}

int peer_accept(int listener)
{
    int stream = accept(listener, NULL, NULL);
    if (stream >= 0)
        limit_time(stream);
    return stream;
}

bool peer_send(int socket, const void *data, size_t size)
{
    const char *next = data;
    while (size > 0) {
        ssize_t sent = send(socket, next, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        next += sent;
        size -= (size_t)sent;
    }
    return true;
}

size_t peer_receive(int socket, void *data, size_t size)
{
    size_t received = 0;
    while (received < size) {
        ssize_t part = recv(socket, (char *)data + received, size - received, 0);
        if (part <= 0)
            break;
        received += (size_t)part;
    }
    return received;
}

void peer_reset(int socket)
{
    struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(socket);
}

// SPDX-License-Identifier: MIT
// Blocking peers on loopback for tests of transports and servers: plain sockets with ports chosen by the kernel.
#ifndef ACOC_TEST_PEERS_H
#define ACOC_TEST_PEERS_H

#include <stdbool.h>
#include <stddef.h>

// A listening socket on 127.0.0.1; *port is what the kernel chose. -1 and errno when it fails.
int peer_listen(int *port);
// A free port on 127.0.0.1 that nothing listens on.
int peer_unused_port(void);
// Connects to 127.0.0.1:port; accepts one connection. Both with a receive time limit of 10 s.
int peer_connect(int port);
int peer_accept(int listener);
bool peer_send(int socket, const void *data, size_t size);
// Receives exactly size bytes, or until the end; returns how many.
size_t peer_receive(int socket, void *data, size_t size);
// Closes with a reset instead of an orderly end.
void peer_reset(int socket);

#endif

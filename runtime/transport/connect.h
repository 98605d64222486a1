// SPDX-License-Identifier: MIT
//
// Private to transport/ and stream/: connecting and listening as work that goes on by callbacks while a coroutine waits.
// The coroutines around them are in coroutines.aco; whoever made such work ends it with its free function, always.
#ifndef ACOC_TRANSPORT_CONNECT_H
#define ACOC_TRANSPORT_CONNECT_H

#include "../acoc.h"

typedef struct acoc_connecting acoc_connecting;

// Checks the arguments and begins to resolve host. Raises.
acoc_raises acoc_connecting *acoc__connecting_new(acoc_loop *loop, acoc_protocol_factory factory, void *argument,
                                                  const char *host, int port, acoc_connection_options options);
// A leaf: waits until there is a connection or none can be had.
acoc_async(void) acoc__connecting_wait(acoc_connecting *connecting);
// Raises why there is no connection. Otherwise it is connected, started, and not aborted by free any more.
acoc_raises void acoc__connecting_take(acoc_connecting *connecting);
// The same, and answers the transport. Raises too when it has gone already, since it is only borrowed.
acoc_raises acoc_transport *acoc__connecting_transport(acoc_connecting *connecting);
// Gives up what is under way; a connection that nobody took is aborted.
void acoc__connecting_free(acoc_connecting *connecting);

typedef struct acoc_listening acoc_listening;

acoc_raises acoc_listening *acoc__listening_new(acoc_loop *loop, const char *host, int port,
                                                acoc_server_options options);
// A leaf: waits until the name is resolved.
acoc_async(void) acoc__listening_wait(acoc_listening *listening);
// Binds all addresses and begins to accept. Raises; nothing is left open then.
acoc_raises acoc_server *acoc__listening_take(acoc_listening *listening, acoc_protocol_factory factory, void *argument);
void acoc__listening_free(acoc_listening *listening);

// A count on server for the time of a wait: its owner may free it meanwhile.
void acoc__server_retain(acoc_server *server);
void acoc__server_release(acoc_server *server);
// A leaf: waits until server is closed.
acoc_async(void) acoc__server_wait(acoc_server *server);
// What the factory's argument is replaced by, and how it is freed with the server.
void acoc__server_own(acoc_server *server, void *owned, void (*free_owned)(void *owned));

#endif

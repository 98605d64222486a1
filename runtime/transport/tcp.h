// SPDX-License-Identifier: MIT
//
// Private to transport/: a connected stream socket. tcp.c is its life and its reading side, output.c its queue and its
// sending side.
#ifndef ACOC_TRANSPORT_TCP_H
#define ACOC_TRANSPORT_TCP_H

#include <netinet/in.h>

#include "transport.h"

typedef struct acoc_tcp {
    acoc_transport base;
    acoc_source source;

    // Reading: one receive at a time.
    acoc_operation receive;
    acoc_chunk *current;                        // behind the data of the data_received that runs
    acoc_protocol *room_of;                     // the buffered protocol whose room the receive fills

    // Writing: chunks in order; while a send is under way, its bytes are the first of the first chunk.
    acoc_operation send;
    struct iovec under_way;
    acoc_chunk *first, *last;
    acoc_end_of_pass flush;

    // The end.
    acoc_wait attention;                        // to call connection_lost, or to deliver what was held
    acoc_error *lost_with;
    acoc_selector_user user;

    struct sockaddr_in6 peer, own;              // large enough for both families
    socklen_t peer_size, own_size;              // 0: not asked for yet
} acoc_tcp;

// Takes over fd, connected and non-blocking, also on failure. Raises acoc_MemoryError and answers NULL. The transport
// does nothing before acoc__tcp_start.
acoc_tcp *acoc__tcp_new(acoc_loop *loop, int fd, const struct sockaddr *peer, socklen_t peer_size);
// Asks factory for the protocol, calls connection_made and begins to receive. NULL: factory raised; the error is in the
// slot and the socket closed.
acoc_transport *acoc__tcp_start(acoc_tcp *tcp, acoc_protocol_factory factory, void *argument);

// The connection is lost with error (taken; NULL: by abort). connection_lost comes soon, once.
void acoc__tcp_lose(acoc_tcp *tcp, acoc_error *error);
// Everything is sent and closing may go on: connection_lost(NULL) soon.
void acoc__tcp_finish(acoc_tcp *tcp);
// An operation has ended: connection_lost if it is due and this was the last one.
void acoc__tcp_check_finished(acoc_tcp *tcp);

// output.c
void acoc__tcp_write(acoc_transport *transport, const acoc_bytes *pieces, size_t count);
void acoc__tcp_write_eof(acoc_transport *transport);
void acoc__tcp_flush_hook(acoc_end_of_pass *hook);
void acoc__tcp_send_ended(acoc_operation *operation);
// Drops what is queued; a send under way keeps its chunk until it has ended.
void acoc__tcp_drop_output(acoc_tcp *tcp);

static inline acoc_tcp *acoc__tcp_of(acoc_transport *transport)
{
    return (acoc_tcp *)(void *)transport;
}

#endif

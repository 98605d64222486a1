// SPDX-License-Identifier: MIT
//
// A connected stream socket as a transport: its making, its reading side and its end. One receive is under way unless
// reading is paused or over; data goes to the protocol from the loop's ready queue.
//
// The end, by whatever way, sets ACOC_FINISHING; connection_lost is called from the ready queue once no operation is
// under way, so memory that a selector still holds outlives it, and never from within a call of the user.
#include "tcp.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>

enum { RECEIVES_IN_A_ROW = 16 };                // then others have their turn

static void receive_run(acoc_tcp *tcp);

// -------------------------------------------------------------------------------------------------------- the end

static void ask_attention(acoc_tcp *tcp)
{
    if (tcp->base.flags & ACOC_NEEDS_ATTENTION)
        return;
    tcp->base.flags |= ACOC_NEEDS_ATTENTION;
    acoc__wait_ready(tcp->base.loop, &tcp->attention);
}

void acoc__tcp_check_finished(acoc_tcp *tcp)
{
    if (tcp->base.flags & ACOC_FINISHING && tcp->receive.state == ACOC_OPERATION_IDLE &&
        tcp->send.state == ACOC_OPERATION_IDLE)
        ask_attention(tcp);
}

// What a receive brought and nobody will see.
static void drop_received(acoc_tcp *tcp)
{
    if (!tcp->receive.place && tcp->receive.result > 0) {
        acoc_chunk_release(tcp->receive.chunk);
        tcp->receive.chunk = NULL;
    }
    tcp->receive.result = 0;
    tcp->base.flags &= ~(uint32_t)ACOC_HELD;
}

static void stop_receiving(acoc_tcp *tcp)
{
    acoc_selector_cancel(tcp->base.loop->selector, &tcp->receive);
    if (tcp->base.flags & ACOC_HELD)
        drop_received(tcp);
}

void acoc__tcp_finish(acoc_tcp *tcp)
{
    tcp->base.flags |= ACOC_FINISHING;
    acoc__tcp_check_finished(tcp);
}

void acoc__tcp_lose(acoc_tcp *tcp, acoc_error *error)
{
    if (tcp->base.flags & (ACOC_LOST | ACOC_GONE)) {
        acoc_error_release(error);
        return;
    }
    tcp->base.flags |= ACOC_LOST | ACOC_CLOSING;
    tcp->lost_with = error;
    stop_receiving(tcp);
    acoc_selector_cancel(tcp->base.loop->selector, &tcp->send);
    acoc__tcp_drop_output(tcp);
    acoc__tcp_finish(tcp);
}

// An error of the protocol's: reported, and the connection ends with it.
static void lose_by_failure(acoc_tcp *tcp, const char *message, acoc_failure *failure)
{
    acoc__tcp_lose(tcp, acoc__transport_report(tcp->base.loop, message, failure));
}

static void close_socket(acoc_tcp *tcp)
{
    acoc_selector_leave(&tcp->user);
    acoc_selector_forget(tcp->base.loop->selector, &tcp->source);
    tcp->base.loop->system->close(tcp->source.fd);
    tcp->source.fd = -1;
    tcp->base.flags |= ACOC_GONE | ACOC_LOST | ACOC_CLOSING;
    acoc_error_release(tcp->lost_with);
    tcp->lost_with = NULL;
}

// The last act: connection_lost, then the socket, then the loop's count.
static void end(acoc_tcp *tcp)
{
    acoc_protocol *protocol = tcp->base.protocol;
    tcp->base.flags |= ACOC_LOST;
    acoc__tcp_drop_output(tcp);
    if (protocol && protocol->callbacks->connection_lost) {
        protocol->callbacks->connection_lost(protocol, tcp->lost_with);
        acoc_failure *failure = acoc__transport_failure();
        if (failure)
            acoc_error_release(acoc__transport_report(tcp->base.loop, "protocol.connection_lost() failed", failure));
    }
    tcp->base.protocol = NULL;
    close_socket(tcp);
    acoc_transport_release(&tcp->base);
}

static void attention_run(acoc_wait *wait)
{
    acoc_tcp *tcp = (acoc_tcp *)(void *)((char *)wait - offsetof(acoc_tcp, attention));
    tcp->base.flags &= ~(uint32_t)ACOC_NEEDS_ATTENTION;
    if (tcp->base.flags & ACOC_FINISHING) {
        end(tcp);
    } else if (tcp->base.flags & ACOC_HELD && !(tcp->base.flags & ACOC_READING_PAUSED)) {
        tcp->base.flags &= ~(uint32_t)ACOC_HELD;
        receive_run(tcp);
    }
}

static const acoc_wait_operations attention_operations = { "transport", attention_run, NULL };

// The loop is closed under us: no callbacks any more.
static void loop_closing(acoc_selector_user *user)
{
    acoc_tcp *tcp = (acoc_tcp *)(void *)((char *)user - offsetof(acoc_tcp, user));
    tcp->send.state = tcp->receive.state = ACOC_OPERATION_IDLE;
    drop_received(tcp);
    acoc__tcp_drop_output(tcp);
    tcp->base.protocol = NULL;
    close_socket(tcp);
    acoc_transport_release(&tcp->base);
}

// -------------------------------------------------------------------------------------------------------- reading

static struct iovec find_room(acoc_operation *operation)
{
    acoc_tcp *tcp = (acoc_tcp *)(void *)((char *)operation - offsetof(acoc_tcp, receive));
    acoc_protocol *protocol = tcp->base.protocol;
    tcp->room_of = protocol;
    acoc_room room = protocol->callbacks->get_buffer(protocol, ACOC_CHUNK_LARGE_SIZE);
    if (acoc_raised || !room.data)
        room.size = 0;
    return (struct iovec){ room.data, room.size };
}

static int may_receive(const acoc_tcp *tcp)
{
    return !(tcp->base.flags &
             (ACOC_CLOSING | ACOC_READING_PAUSED | ACOC_EOF_RECEIVED | ACOC_HELD | ACOC_SUBMITTING)) &&
           tcp->receive.state == ACOC_OPERATION_IDLE;
}

// 1: ended at once.
static int submit_receive(acoc_tcp *tcp, int flags)
{
    tcp->receive.place = tcp->base.protocol->callbacks->get_buffer ? find_room : NULL;
    tcp->receive.chunk = NULL;
    tcp->receive.flags = (uint8_t)flags;
    tcp->base.flags |= ACOC_SUBMITTING;
    int ended = acoc_selector_submit(tcp->base.loop->selector, &tcp->receive);
    tcp->base.flags &= ~(uint32_t)ACOC_SUBMITTING;
    if (!ended && tcp->base.flags & (ACOC_CLOSING | ACOC_READING_PAUSED)) {     // by get_buffer
        acoc_selector_cancel(tcp->base.loop->selector, &tcp->receive);
        acoc__tcp_check_finished(tcp);
    }
    return ended;
}

// Begins to receive, from the ready queue if there may be data already: the caller is the user.
static void start_receiving(acoc_tcp *tcp)
{
    if (may_receive(tcp) && submit_receive(tcp, tcp->source.ready & ACOC_READABLE ? ACOC_DEFERRED : 0))
        receive_run(tcp);
}

// Bytes that stand elsewhere, to a buffered protocol: copied into the room that it gives. Another protocol may take its place
// between two parts.
static void deliver_by_copy(acoc_tcp *tcp, const char *data, size_t size)
{
    while (size > 0 && !(tcp->base.flags & ACOC_CLOSING) && !acoc_raised) {
        acoc_protocol *protocol = tcp->base.protocol;
        if (!protocol->callbacks->get_buffer) {
            if (protocol->callbacks->data_received)
                protocol->callbacks->data_received(protocol, data, size);
            return;
        }
        acoc_room room = protocol->callbacks->get_buffer(protocol, size);
        if (acoc_raised)
            return;
        if (!room.data || room.size == 0) {
            acoc_error_set(acoc_RuntimeError("get_buffer() returned an empty buffer"));
            return;
        }
        size_t part = room.size < size ? room.size : size;
        memcpy(room.data, data, part);
        if (protocol->callbacks->buffer_updated)
            protocol->callbacks->buffer_updated(protocol, part);
        data += part;
        size -= part;
    }
}

static void deliver(acoc_tcp *tcp)
{
    acoc_protocol *protocol = tcp->base.protocol;
    const acoc_protocol_callbacks *callbacks = protocol->callbacks;
    size_t size = (size_t)tcp->receive.result;
    const char *data = tcp->receive.place ? tcp->receive.memory : tcp->receive.chunk->data;
    tcp->current = tcp->receive.place ? NULL : tcp->receive.chunk;
    tcp->receive.chunk = NULL;
    if (tcp->receive.place && tcp->room_of == protocol) {
        if (callbacks->buffer_updated)
            callbacks->buffer_updated(protocol, size);
    } else if (callbacks->get_buffer) {
        deliver_by_copy(tcp, data, size);
    } else if (callbacks->data_received) {
        callbacks->data_received(protocol, data, size);
    }
    acoc_chunk_release(tcp->current);
    tcp->current = NULL;
    acoc_failure *failure = acoc__transport_failure();
    if (failure)
        lose_by_failure(tcp, "Fatal error: protocol.data_received() call failed.", failure);
}

static acoc_chunk *tcp_keep_data(acoc_transport *transport)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    acoc_chunk *chunk = tcp->current;
    tcp->current = NULL;
    return chunk;
}

static void receive_eof(acoc_tcp *tcp)
{
    acoc_protocol *protocol = tcp->base.protocol;
    tcp->base.flags |= ACOC_EOF_RECEIVED;
    int keep_open = protocol->callbacks->eof_received ? protocol->callbacks->eof_received(protocol) : 0;
    acoc_failure *failure = acoc__transport_failure();
    if (failure)
        lose_by_failure(tcp, "Fatal error: protocol.eof_received() call failed.", failure);
    else if (!keep_open)
        acoc_transport_close(&tcp->base);
}

static void receive_error(acoc_tcp *tcp, int error)
{
    acoc_failure *failure = acoc__transport_failure();
    if (failure)
        lose_by_failure(tcp, "Fatal error: protocol.get_buffer() call failed.", failure);
    else if (error == -ENOBUFS && tcp->receive.place)
        acoc__tcp_lose(tcp, acoc_RuntimeError("get_buffer() returned an empty buffer"));
    else if (error == -ENOMEM)
        acoc__tcp_lose(tcp, acoc_MemoryError("no memory to receive"));
    else
        acoc__tcp_lose(tcp, acoc_os_error(-error, "receive"));
}

// Deals with a receive that has ended.
static void receive_take(acoc_tcp *tcp)
{
    int32_t result = tcp->receive.result;
    if (tcp->base.flags & ACOC_CLOSING) {
        drop_received(tcp);
        acoc__tcp_check_finished(tcp);
    } else if (result == -ECANCELED) {
        return;                                         // by a pause, which may be over
    } else if (tcp->base.flags & ACOC_READING_PAUSED) {
        tcp->base.flags |= ACOC_HELD;
    } else if (result > 0) {
        deliver(tcp);
    } else if (result == 0) {
        receive_eof(tcp);
    } else {
        receive_error(tcp, result);
    }
}

static void receive_run(acoc_tcp *tcp)
{
    for (int count = 1;; count++) {
        receive_take(tcp);
        if (!may_receive(tcp) || !submit_receive(tcp, count >= RECEIVES_IN_A_ROW ? ACOC_DEFERRED : 0))
            return;
    }
}

static void receive_ended(acoc_operation *operation)
{
    receive_run((acoc_tcp *)(void *)((char *)operation - offsetof(acoc_tcp, receive)));
}

static void tcp_pause_reading(acoc_transport *transport)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    acoc_selector_cancel(transport->loop->selector, &tcp->receive);
}

static void tcp_resume_reading(acoc_transport *transport)
{
    if (transport->flags & ACOC_HELD)
        ask_attention(acoc__tcp_of(transport));
    else
        start_receiving(acoc__tcp_of(transport));
}

// The receive under way may be of the other kind: begun anew. One that cannot be stopped delivers by copying.
static void tcp_protocol_changed(acoc_transport *transport)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    if (tcp->receive.state != ACOC_OPERATION_IDLE && acoc_selector_cancel(transport->loop->selector, &tcp->receive))
        start_receiving(tcp);
}

// ------------------------------------------------------------------------------------------------ the other functions

static void tcp_close(acoc_transport *transport)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    transport->flags |= ACOC_CLOSING;
    stop_receiving(tcp);
    if (!tcp->first)
        acoc__tcp_finish(tcp);                          // else when the queue is sent
}

static void tcp_abort(acoc_transport *transport)
{
    acoc__tcp_lose(acoc__tcp_of(transport), NULL);
}

static const void *tcp_get_extra_info(acoc_transport *transport, const char *name)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    if (strcmp(name, "socket") == 0)
        return &tcp->source.fd;
    if (strcmp(name, "peername") == 0) {
        if (!tcp->peer_size && tcp->source.fd >= 0) {
            socklen_t size = sizeof tcp->peer;
            if (transport->loop->system->get_peer_name(tcp->source.fd, (struct sockaddr *)&tcp->peer, &size) == 0)
                tcp->peer_size = size;
        }
        return tcp->peer_size ? &tcp->peer : NULL;
    }
    if (strcmp(name, "sockname") == 0) {
        if (!tcp->own_size && tcp->source.fd >= 0) {
            socklen_t size = sizeof tcp->own;
            if (transport->loop->system->get_name(tcp->source.fd, (struct sockaddr *)&tcp->own, &size) == 0)
                tcp->own_size = size;
        }
        return tcp->own_size ? &tcp->own : NULL;
    }
    return NULL;
}

static void tcp_free(acoc_transport *transport)
{
    acoc__memory_give(transport, sizeof(acoc_tcp), ACOC_MEMORY_TRANSPORT);
}

static const acoc_transport_functions tcp_functions = {
    .name = "TCP",
    .write = acoc__tcp_write,
    .write_eof = acoc__tcp_write_eof,
    .close = tcp_close,
    .abort = tcp_abort,
    .pause_reading = tcp_pause_reading,
    .resume_reading = tcp_resume_reading,
    .protocol_changed = tcp_protocol_changed,
    .keep_data = tcp_keep_data,
    .get_extra_info = tcp_get_extra_info,
    .free = tcp_free,
};

// ------------------------------------------------------------------------------------------------------ the making

acoc_tcp *acoc__tcp_new(acoc_loop *loop, int fd, const struct sockaddr *peer, socklen_t peer_size)
{
    acoc_tcp *tcp = acoc__memory_take(sizeof *tcp, ACOC_MEMORY_TRANSPORT);
    if (!tcp) {
        loop->system->close(fd);
        acoc_error_set(acoc_MemoryError("no memory for a connection"));
        return NULL;
    }
    memset(tcp, 0, sizeof *tcp);
    acoc__transport_init(&tcp->base, &tcp_functions, loop, NULL);
    acoc_source_init(&tcp->source, fd);
    tcp->source.plain_stream = 1;
    tcp->receive = (acoc_operation){ .source = &tcp->source, .complete = receive_ended, .kind = ACOC_RECEIVE };
    tcp->send = (acoc_operation){ .source = &tcp->source, .complete = acoc__tcp_send_ended, .kind = ACOC_SEND };
    tcp->flush.run = acoc__tcp_flush_hook;
    tcp->attention.operations = &attention_operations;
    tcp->user.closing = loop_closing;
    acoc_selector_join(loop->selector, &tcp->user);
    if (peer_size > 0 && peer_size <= sizeof tcp->peer) {
        memcpy(&tcp->peer, peer, peer_size);
        tcp->peer_size = peer_size;
    }
    int on = 1;
    loop->system->set_option(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);    // fails on other stream sockets: no harm
    return tcp;
}

acoc_transport *acoc__tcp_start(acoc_tcp *tcp, acoc_protocol_factory factory, void *argument)
{
    tcp->base.protocol = factory(argument);
    if (!tcp->base.protocol || acoc_raised) {
        if (!acoc_raised)
            acoc_error_set(acoc_RuntimeError("the protocol factory returned no protocol"));
        tcp->base.protocol = NULL;
        close_socket(tcp);
        acoc_transport_release(&tcp->base);
        return NULL;
    }
    acoc_protocol *protocol = tcp->base.protocol;
    if (protocol->callbacks->connection_made)
        protocol->callbacks->connection_made(protocol, &tcp->base);
    acoc_failure *failure = acoc__transport_failure();
    if (failure)
        lose_by_failure(tcp, "Fatal error: protocol.connection_made() call failed.", failure);
    start_receiving(tcp);
    return &tcp->base;
}

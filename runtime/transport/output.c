// SPDX-License-Identifier: MIT
//
// The sending side of a socket. Small writes are copied into a chunk and flushed together at the end of the pass; large
// ones go out at once with what is queued before them, and only what the system does not take is copied. All bytes that
// stay pass through one choke point, queue_bytes().
//
// The order that everything here keeps: try to send; then judge the water marks, which may call the protocol, which may do
// anything; then, by looking at the state again, finish a close or send the EOF.
#include "tcp.h"

#include <errno.h>
#include <string.h>

enum {
    SMALL_WRITE = 4096,                         // below: copied and flushed later
    FLUSH_AT_ONCE = 16384,                      // so much queued is not left for later
    VECTORS_AT_ONCE = 64
};

// ------------------------------------------------------------------------------------------------------ the queue

static int chunk_room(const acoc_chunk *chunk)
{
    return chunk ? (int)(chunk->capacity - chunk->end) : 0;
}

// Chunks enough for size more bytes than the last one has room for. 0, or -ENOMEM and nothing taken.
static int reserve(acoc_tcp *tcp, size_t size, acoc_chunk **reserved)
{
    size_t room = (size_t)chunk_room(tcp->last);
    acoc_chunk **end = reserved;
    *end = NULL;
    while (room < size) {
        acoc_chunk *chunk = acoc_chunk_take(&tcp->base.loop->selector->chunks, ACOC_CHUNK_LARGE);
        if (!chunk) {
            while (*reserved) {
                chunk = *reserved;
                *reserved = chunk->next;
                acoc_chunk_release(chunk);
            }
            return -ENOMEM;
        }
        *end = chunk;
        end = &chunk->next;
        room += chunk->capacity;
    }
    return 0;
}

// The choke point: all that is queued comes through here. Fills the last chunk, then the reserved ones.
static void queue_bytes(acoc_tcp *tcp, const char *data, size_t size, acoc_chunk **reserved)
{
    tcp->base.buffered += size;
    while (size > 0) {
        if (chunk_room(tcp->last) == 0) {
            acoc_chunk *chunk = *reserved;
            *reserved = chunk->next;
            chunk->next = NULL;
            if (tcp->last)
                tcp->last->next = chunk;
            else
                tcp->first = chunk;
            tcp->last = chunk;
        }
        size_t part = (size_t)chunk_room(tcp->last);
        if (part > size)
            part = size;
        memcpy(tcp->last->data + tcp->last->end, data, part);
        tcp->last->end += (uint32_t)part;
        data += part;
        size -= part;
    }
}

static void drop_first(acoc_tcp *tcp)
{
    acoc_chunk *chunk = tcp->first;
    tcp->first = chunk->next;
    if (!tcp->first)
        tcp->last = NULL;
    acoc_chunk_release(chunk);
}

// size bytes of the queue were sent. Answers how many were more than the queue had.
static size_t consume_queue(acoc_tcp *tcp, size_t size)
{
    while (tcp->first) {
        acoc_chunk *chunk = tcp->first;
        size_t part = chunk->end - chunk->start;
        if (part > size) {
            chunk->start += (uint32_t)size;
            tcp->base.buffered -= size;
            return 0;
        }
        size -= part;
        tcp->base.buffered -= part;
        drop_first(tcp);
    }
    return size;
}

void acoc__tcp_drop_output(acoc_tcp *tcp)
{
    acoc__loop_not_at_end_of_pass(&tcp->flush);
    if (tcp->send.state != ACOC_OPERATION_IDLE)
        return;                                 // dropped when it ends
    while (tcp->first)
        drop_first(tcp);
    tcp->base.buffered = 0;
}

// -------------------------------------------------------------------------------------------------------- sending

// The pieces of a large write that are not sent yet.
typedef struct remainder {
    const acoc_bytes *pieces;
    size_t count;
    size_t offset;                              // into the first
} remainder;

static int collect_vectors(const acoc_tcp *tcp, const remainder *rest, struct iovec *vectors)
{
    int count = 0;
    for (acoc_chunk *chunk = tcp->first; chunk && count < VECTORS_AT_ONCE; chunk = chunk->next)
        vectors[count++] = (struct iovec){ chunk->data + chunk->start, chunk->end - chunk->start };
    size_t offset = rest->offset;
    for (size_t i = 0; i < rest->count && count < VECTORS_AT_ONCE; i++, offset = 0) {
        if (rest->pieces[i].size > offset)
            vectors[count++] = (struct iovec){ (char *)rest->pieces[i].data + offset, rest->pieces[i].size - offset };
    }
    return count;
}

static void consume_rest(remainder *rest, size_t size)
{
    while (rest->count > 0) {
        size_t part = rest->pieces->size - rest->offset;
        if (part > size) {
            rest->offset += size;
            return;
        }
        size -= part;
        rest->offset = 0;
        rest->pieces++;
        rest->count--;
    }
}

// Sends from the queue and then from rest until all is sent or the system takes no more. A negative errno when the
// connection is broken.
static int send_now(acoc_tcp *tcp, remainder *rest)
{
    struct iovec vectors[VECTORS_AT_ONCE];
    for (;;) {
        int count = collect_vectors(tcp, rest, vectors);
        if (count == 0)
            return 0;
        tcp->send.vectors = vectors;
        tcp->send.vector_count = count;
        tcp->send.flags = ACOC_TRY_ONLY;
        acoc_selector_submit(tcp->base.loop->selector, &tcp->send);
        if (tcp->send.result < 0)
            return tcp->send.result == -EAGAIN ? 0 : tcp->send.result;
        consume_rest(rest, consume_queue(tcp, (size_t)tcp->send.result));
    }
}

static void lose_by(acoc_tcp *tcp, int error)
{
    acoc__tcp_lose(tcp, error == -ENOMEM ? acoc_MemoryError("no memory to send") : acoc_os_error(-error, "send"));
}

// Lets the system take the first chunk when it can. 1: it did at once.
static int send_later(acoc_tcp *tcp)
{
    acoc_chunk *chunk = tcp->first;
    tcp->under_way = (struct iovec){ chunk->data + chunk->start, chunk->end - chunk->start };
    tcp->send.vectors = &tcp->under_way;
    tcp->send.vector_count = 1;
    tcp->send.flags = 0;
    return acoc_selector_submit(tcp->base.loop->selector, &tcp->send);
}

// After an attempt: waits for room if something is left, else judges the marks and goes on with a close or an EOF.
static void after_attempt(acoc_tcp *tcp)
{
    remainder none = { 0 };
    while (tcp->first && tcp->send.state == ACOC_OPERATION_IDLE && send_later(tcp)) {
        int error = tcp->send.result;
        if (error > 0) {
            consume_queue(tcp, (size_t)error);
            error = send_now(tcp, &none);
        }
        if (error < 0) {
            lose_by(tcp, error);
            return;
        }
    }
    acoc__transport_judge(&tcp->base);
    if (tcp->first || tcp->base.flags & (ACOC_LOST | ACOC_GONE))
        return;
    if (tcp->base.flags & ACOC_CLOSING) {
        acoc__tcp_finish(tcp);
    } else if ((tcp->base.flags & (ACOC_EOF_ASKED | ACOC_EOF_SENT)) == ACOC_EOF_ASKED) {
        tcp->base.flags |= ACOC_EOF_SENT;
        int error = tcp->base.loop->system->shutdown(tcp->source.fd, SHUT_WR);
        if (error < 0)                                  // the peer would wait for ever
            acoc__tcp_lose(tcp, acoc_os_error(-error, "shutdown"));
    }
}

static void flush(acoc_tcp *tcp)
{
    if (tcp->send.state != ACOC_OPERATION_IDLE || tcp->base.flags & (ACOC_LOST | ACOC_GONE))
        return;
    remainder none = { 0 };
    int error = send_now(tcp, &none);
    if (error < 0)
        lose_by(tcp, error);
    else
        after_attempt(tcp);
}

void acoc__tcp_flush_hook(acoc_end_of_pass *hook)
{
    flush((acoc_tcp *)(void *)((char *)hook - offsetof(acoc_tcp, flush)));
}

// A send that had to wait has ended.
void acoc__tcp_send_ended(acoc_operation *operation)
{
    acoc_tcp *tcp = (acoc_tcp *)(void *)((char *)operation - offsetof(acoc_tcp, send));
    if (tcp->base.flags & ACOC_LOST) {
        acoc__tcp_drop_output(tcp);
        acoc__tcp_check_finished(tcp);
        return;
    }
    if (operation->result < 0) {
        lose_by(tcp, operation->result);
        return;
    }
    consume_queue(tcp, (size_t)operation->result);
    flush(tcp);
}

// ---------------------------------------------------------------------------------------------------- the functions

static size_t total_of(const acoc_bytes *pieces, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += pieces[i].size;
    return size;
}

static void write_small(acoc_tcp *tcp, const acoc_bytes *pieces, size_t count, size_t size)
{
    acoc_chunk *reserved;
    if (reserve(tcp, size, &reserved) < 0) {
        acoc_error_set(acoc_MemoryError("no memory to write %zu bytes", size));
        return;
    }
    for (size_t i = 0; i < count; i++)
        queue_bytes(tcp, pieces[i].data, pieces[i].size, &reserved);
    if (tcp->send.state != ACOC_OPERATION_IDLE)
        acoc__transport_judge(&tcp->base);              // the attempt was made before and goes on
    else if (tcp->base.buffered >= FLUSH_AT_ONCE)
        flush(tcp);
    else
        acoc__loop_at_end_of_pass(tcp->base.loop, &tcp->flush);
}

static void queue_rest(acoc_tcp *tcp, const remainder *rest, acoc_chunk **reserved)
{
    size_t offset = rest->offset;
    for (size_t i = 0; i < rest->count; i++, offset = 0)
        queue_bytes(tcp, rest->pieces[i].data + offset, rest->pieces[i].size - offset, reserved);
}

static void write_large(acoc_tcp *tcp, const acoc_bytes *pieces, size_t count, size_t size)
{
    remainder rest = { pieces, count, 0 };
    int waiting = tcp->send.state != ACOC_OPERATION_IDLE;
    int error = waiting ? 0 : send_now(tcp, &rest);
    if (error < 0) {
        lose_by(tcp, error);
        return;
    }
    size_t left = total_of(rest.pieces, rest.count) - rest.offset;
    acoc_chunk *reserved;
    if (reserve(tcp, left, &reserved) < 0) {
        if (left == size)
            acoc_error_set(acoc_MemoryError("no memory to write %zu bytes", size));
        else
            lose_by(tcp, -ENOMEM);                      // torn: the part that was sent cannot be taken back
        return;
    }
    queue_rest(tcp, &rest, &reserved);
    if (waiting) {
        acoc__transport_judge(&tcp->base);
    } else {
        acoc__loop_not_at_end_of_pass(&tcp->flush);
        after_attempt(tcp);
    }
}

void acoc__tcp_write(acoc_transport *transport, const acoc_bytes *pieces, size_t count)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    size_t size = total_of(pieces, count);
    if (size == 0)
        return;
    if (size < SMALL_WRITE)
        write_small(tcp, pieces, count, size);
    else
        write_large(tcp, pieces, count, size);
}

void acoc__tcp_write_eof(acoc_transport *transport)
{
    acoc_tcp *tcp = acoc__tcp_of(transport);
    transport->flags |= ACOC_EOF_ASKED;
    if (!tcp->first)
        flush(tcp);
}

// SPDX-License-Identifier: MIT
//
// Private to stream/: what readers and writers are made of. buffer.c holds a reader's bytes, protocol.c ties reader and
// writer to a transport, client.c runs a server's handlers; the coroutines in the .aco files only wait where these say
// that there is nothing yet. On the public transport interface only.
#ifndef ACOC_STREAM_STREAM_H
#define ACOC_STREAM_STREAM_H

#include "../acoc.h"
#include "../select/selector.h"

enum { ACOC_DEFAULT_READER_LIMIT = 65536 };

struct acoc_stream_reader {
    acoc_loop *loop;
    acoc_chunk_pool *pool;
    acoc_transport *transport;                  // whose reading is paused when too much comes; NULL: none
    size_t limit;

    // Bytes that nobody took yet: chunks in order, data[start .. end) of each.
    acoc_chunk *first, *last;
    size_t size;

    // Behind the last view; given back by the next call.
    acoc_chunk *expired;
    char *joined;
    size_t joined_size;

    acoc_bytes taken;                           // what the last successful take handed out
    acoc_bytes partial;                         // what came before an acoc_IncompleteReadError
    acoc_wait *waiter;                          // the one task that waits
    size_t wanted;                              // how many bytes it needs: the limit does not stop it
    acoc_error *error;
    uint8_t eof;
    uint8_t paused;
};

struct acoc_stream_writer {
    acoc_protocol protocol;                     // first: what the transport calls
    acoc_transport *transport;                  // counted
    acoc_stream_reader reader;
    acoc_loop *loop;
    acoc_wait *drain_waiters, *close_waiters;
    acoc_error *lost_with;
    uint8_t writing_paused;
    uint8_t made;                               // connection_made was called
    uint8_t lost;                               // connection_lost was called
    uint8_t freed;                              // by its owner; the memory goes with the connection
    acoc_wait end;                              // in the ready queue: gives the memory back

    // Of a server's client.
    acoc_async(void) (*handler)(acoc_stream_reader *reader, acoc_stream_writer *writer, void *argument);
    void *argument;
    acoc_future *task;                          // counted
    acoc_selector_user user;
};

// ----------------------------------------------------------------------------------------------------- buffer.c

void acoc__reader_init(acoc_stream_reader *reader, acoc_loop *loop, size_t limit);
void acoc__reader_clear(acoc_stream_reader *reader);
// Bytes in data_received of transport: short ones are copied together, others taken over with their chunk. Raises.
acoc_raises void acoc__reader_receive(acoc_stream_reader *reader, acoc_transport *transport, const char *data, size_t size);

// Each ends the last view, then takes what was asked for into reader->taken and answers 1; 0: it is not there yet, wait
// and try again. All raise the reader's error.
acoc_raises int acoc__reader_take_some(acoc_stream_reader *reader, size_t size);
acoc_raises int acoc__reader_take_all(acoc_stream_reader *reader);
acoc_raises int acoc__reader_take_exactly(acoc_stream_reader *reader, size_t size);
// seen: how many bytes an earlier try has searched already.
acoc_raises int acoc__reader_take_line(acoc_stream_reader *reader, size_t seen);
acoc_raises int acoc__reader_take_until(acoc_stream_reader *reader, const char *separator, size_t size, size_t seen);

// A leaf: until something comes (more bytes, the end, an error). Reading goes on until wanted bytes are there.
acoc_async(void) acoc__reader_wait(acoc_stream_reader *reader, size_t wanted);

// --------------------------------------------------------------------------------------------------- protocol.c

acoc_raises acoc_stream_writer *acoc__writer_new(acoc_loop *loop, size_t limit);
// The factory of a single connection: argument is the writer.
acoc_protocol *acoc__writer_factory(void *argument);
// Leaves: until writing is not paused, until the connection is lost; the first also when it is lost.
acoc_async(void) acoc__writer_wait_resumed(acoc_stream_writer *writer);
acoc_async(void) acoc__writer_wait_lost(acoc_stream_writer *writer);
// Raises what drain has to: the reader's error, the loss of the connection.
acoc_raises void acoc__writer_check(acoc_stream_writer *writer);

// ----------------------------------------------------------------------------------------------------- client.c

typedef struct acoc_stream_server acoc_stream_server;

acoc_raises acoc_stream_server *acoc__stream_server_new(
    acoc_async(void) (*handler)(acoc_stream_reader *reader, acoc_stream_writer *writer, void *argument), void *argument,
    size_t limit);
void acoc__stream_server_free(void *stream_server);
// The factory of a server's connections: argument is the stream server.
acoc_protocol *acoc__stream_server_factory(void *argument);
// After connection_made of a client: runs the handler as a task. Raises.
acoc_raises void acoc__client_start(acoc_stream_writer *writer);

#endif

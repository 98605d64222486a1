// SPDX-License-Identifier: MIT
//
// A writer is a protocol: what its transport tells goes to the reader that it holds and to the tasks that wait in drain
// and wait_closed. Its memory lives until both its owner has freed it and the connection is lost.
#include "stream.h"

#include <string.h>

#include "../loop/loop.h"

static acoc_stream_writer *writer_of(acoc_protocol *protocol)
{
    return (acoc_stream_writer *)(void *)protocol;
}

// ----------------------------------------------------------------------------------------------------------- life

static void give_memory(acoc_stream_writer *writer)
{
    acoc_selector_leave(&writer->user);
    acoc__reader_clear(&writer->reader);
    acoc_error_release(writer->lost_with);
    acoc_transport_release(writer->transport);
    acoc_release(writer->task);
    acoc__memory_give(writer, sizeof *writer, ACOC_MEMORY_TRANSPORT);
}

void acoc_stream_writer_free(acoc_stream_writer *writer)
{
    if (!writer || writer->freed)
        return;
    writer->freed = 1;
    if (writer->transport && !writer->lost)
        acoc_transport_close(writer->transport);
    if (!writer->made)
        give_memory(writer);
    else if (writer->lost && writer->user.pprev)
        acoc__wait_ready(writer->loop, &writer->end);
    else if (writer->lost)
        give_memory(writer);                            // its loop is closed
}

static void end_run(acoc_wait *wait)
{
    give_memory((acoc_stream_writer *)(void *)((char *)wait - offsetof(acoc_stream_writer, end)));
}

static const acoc_wait_operations end_operations = { "stream end", end_run, NULL };

// The loop is closed under us: the connection ends without connection_lost. What a server's client held ends too.
static void loop_closing(acoc_selector_user *user)
{
    acoc_stream_writer *writer = (acoc_stream_writer *)(void *)((char *)user - offsetof(acoc_stream_writer, user));
    writer->lost = 1;
    writer->drain_waiters = writer->close_waiters = writer->reader.waiter = NULL;
    writer->reader.eof = 1;
    if (writer->freed || writer->task || !writer->made) // not made: its coroutine was destroyed with the loop
        give_memory(writer);
    else
        acoc__reader_clear(&writer->reader);            // its chunks belong to the loop
}

// ------------------------------------------------------------------------------------------------------- callbacks

static void writer_connection_made(acoc_protocol *protocol, acoc_transport *transport)
{
    acoc_stream_writer *writer = writer_of(protocol);
    writer->made = 1;
    writer->transport = acoc_transport_retain(transport);
    writer->reader.transport = transport;
    if (writer->handler)
        acoc__client_start(writer);
}

static void writer_data_received(acoc_protocol *protocol, const void *data, size_t size)
{
    acoc_stream_writer *writer = writer_of(protocol);
    acoc__reader_receive(&writer->reader, writer->transport, data, size);
}

// Half closed: our side stays open until somebody closes it.
static int writer_eof_received(acoc_protocol *protocol)
{
    acoc_stream_reader_feed_eof(&writer_of(protocol)->reader);
    return 1;
}

static void writer_connection_lost(acoc_protocol *protocol, acoc_error *error)
{
    acoc_stream_writer *writer = writer_of(protocol);
    writer->lost = 1;
    writer->lost_with = acoc_error_retain(error);
    writer->reader.transport = NULL;
    writer->reader.paused = 0;
    if (error)
        acoc_stream_reader_set_exception(&writer->reader, acoc_error_retain(error));
    else
        acoc_stream_reader_feed_eof(&writer->reader);
    acoc__wait_ready_all(writer->loop, &writer->drain_waiters);
    acoc__wait_ready_all(writer->loop, &writer->close_waiters);
    if (writer->freed)
        acoc__wait_ready(writer->loop, &writer->end);   // behind those that were woken and look at it once more
}

static void writer_pause_writing(acoc_protocol *protocol)
{
    writer_of(protocol)->writing_paused = 1;
}

static void writer_resume_writing(acoc_protocol *protocol)
{
    acoc_stream_writer *writer = writer_of(protocol);
    writer->writing_paused = 0;
    acoc__wait_ready_all(writer->loop, &writer->drain_waiters);
}

static const acoc_protocol_callbacks writer_callbacks = {
    .connection_made = writer_connection_made,
    .data_received = writer_data_received,
    .eof_received = writer_eof_received,
    .connection_lost = writer_connection_lost,
    .pause_writing = writer_pause_writing,
    .resume_writing = writer_resume_writing,
};

acoc_stream_writer *acoc__writer_new(acoc_loop *loop, size_t limit)
{
    loop = acoc__loop_or_current(loop);
    if (!loop)
        return NULL;
    acoc_stream_writer *writer = acoc__memory_take(sizeof *writer, ACOC_MEMORY_TRANSPORT);
    if (!writer) {
        acoc_error_set(acoc_MemoryError("no memory for a stream"));
        return NULL;
    }
    memset(writer, 0, sizeof *writer);
    writer->protocol.callbacks = &writer_callbacks;
    writer->loop = loop;
    acoc__reader_init(&writer->reader, loop, limit);
    writer->user.closing = loop_closing;
    writer->end.operations = &end_operations;
    acoc_selector_join(loop->selector, &writer->user);
    return writer;
}

acoc_protocol *acoc__writer_factory(void *argument)
{
    return &((acoc_stream_writer *)argument)->protocol;
}

// --------------------------------------------------------------------------------------------- what it passes on

void acoc_stream_writer_write(acoc_stream_writer *writer, const void *data, size_t size)
{
    acoc_transport_write(writer->transport, data, size);
}

void acoc_stream_writer_writelines(acoc_stream_writer *writer, const acoc_bytes *pieces, size_t count)
{
    acoc_transport_writelines(writer->transport, pieces, count);
}

void acoc_stream_writer_write_eof(acoc_stream_writer *writer)
{
    acoc_transport_write_eof(writer->transport);
}

int acoc_stream_writer_can_write_eof(const acoc_stream_writer *writer)
{
    return acoc_transport_can_write_eof(writer->transport);
}

void acoc_stream_writer_close(acoc_stream_writer *writer)
{
    acoc_transport_close(writer->transport);
}

int acoc_stream_writer_is_closing(const acoc_stream_writer *writer)
{
    return acoc_transport_is_closing(writer->transport);
}

const void *acoc_stream_writer_get_extra_info(acoc_stream_writer *writer, const char *name, const void *fallback)
{
    return acoc_transport_get_extra_info(writer->transport, name, fallback);
}

acoc_transport *acoc_stream_writer_get_transport(const acoc_stream_writer *writer)
{
    return writer->transport;
}

acoc_stream_reader *acoc_stream_writer_get_reader(const acoc_stream_writer *writer)
{
    return (acoc_stream_reader *)&writer->reader;
}

void acoc_stream_writer_enter(acoc_stream_writer *writer)
{
    (void)writer;                                       // it is connected already
}

void acoc__writer_check(acoc_stream_writer *writer)
{
    if (writer->reader.error)
        acoc_error_set(acoc_error_retain(writer->reader.error));
    else if (writer->lost)
        acoc_error_set(writer->lost_with ? acoc_error_retain(writer->lost_with)
                                         : acoc_ConnectionResetError("Connection lost"));
}

// --------------------------------------------------------------------------------------------------------- waiting

static int drain_cancel(acoc_wait *wait)
{
    acoc__list_remove(&((acoc_stream_writer *)wait->of.object)->drain_waiters, wait);
    return 1;
}

static int close_cancel(acoc_wait *wait)
{
    acoc__list_remove(&((acoc_stream_writer *)wait->of.object)->close_waiters, wait);
    return 1;
}

static const acoc_wait_operations drain_wait = { "drain", acoc__task_run, drain_cancel };
static const acoc_wait_operations close_wait = { "wait_closed", acoc__task_run, close_cancel };

acoc_status acoc_await_acoc__writer_wait_resumed(acoc_task *task, acoc_frame *frame, acoc_stream_writer *writer)
{
    (void)frame;
    if (!writer->writing_paused || writer->lost)
        return ACOC_DONE;
    if (!acoc__task_check_loop(task, writer->loop, "a stream"))
        return ACOC_RAISED;
    acoc__wait_begin(&task->wait, &drain_wait);
    task->wait.of.object = writer;
    acoc__list_append(&writer->drain_waiters, &task->wait);
    return acoc__task_wait(task);
}

acoc_status acoc_await_acoc__writer_wait_lost(acoc_task *task, acoc_frame *frame, acoc_stream_writer *writer)
{
    (void)frame;
    if (writer->lost)
        return ACOC_DONE;
    if (!acoc__task_check_loop(task, writer->loop, "a stream"))
        return ACOC_RAISED;
    acoc__wait_begin(&task->wait, &close_wait);
    task->wait.of.object = writer;
    acoc__list_append(&writer->close_waiters, &task->wait);
    return acoc__task_wait(task);
}

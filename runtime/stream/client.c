// SPDX-License-Identifier: MIT
//
// A server's clients: each gets a reader and a writer, and a task that runs the user's handler with them. When the task is
// done, by whatever way, they are closed and freed; its error goes to the loop's exception handler and the server lives on.
#include "stream.h"

#include "../loop/loop.h"

struct acoc_stream_server {
    acoc_awaitable (*handler)(acoc_stream_reader *reader, acoc_stream_writer *writer, void *argument);
    void *argument;
    size_t limit;
};

acoc_stream_server *acoc__stream_server_new(acoc_awaitable (*handler)(acoc_stream_reader *, acoc_stream_writer *, void *),
                                            void *argument, size_t limit)
{
    if (!handler) {
        acoc_error_set(acoc_ValueError("start_server needs a handler"));
        return NULL;
    }
    acoc_stream_server *server = acoc__memory_take(sizeof *server, ACOC_MEMORY_TRANSPORT);
    if (!server) {
        acoc_error_set(acoc_MemoryError("no memory for a server"));
        return NULL;
    }
    *server = (acoc_stream_server){ handler, argument, limit };
    return server;
}

void acoc__stream_server_free(void *stream_server)
{
    acoc__memory_give(stream_server, sizeof(acoc_stream_server), ACOC_MEMORY_TRANSPORT);
}

acoc_protocol *acoc__stream_server_factory(void *argument)
{
    acoc_stream_server *server = argument;
    acoc_stream_writer *writer = acoc__writer_new(NULL, server->limit);
    if (!writer)
        return NULL;
    writer->handler = server->handler;
    writer->argument = server->argument;
    return &writer->protocol;
}

// A cancelled handler says nothing; the error of a failed one has its trace with it.
static void client_done(acoc_future *task, void *argument)
{
    acoc_stream_writer *writer = argument;
    if (!acoc_future_cancelled(task)) {
        acoc_error *error = acoc_future_exception(task);
        if (error) {
            acoc_exception_context context = { .message = "Unhandled exception in client_connected_cb", .error = error,
                                               .failure = task->of.failure, .future = task };
            acoc_loop_call_exception_handler(writer->loop, &context);
            acoc_error_release(error);
        }
    }
    acoc_stream_writer_free(writer);
}

void acoc__client_start(acoc_stream_writer *writer)
{
    acoc_awaitable object = writer->handler(&writer->reader, writer, writer->argument);
    if (acoc_raised)
        acoc_release(object);
    else
        writer->task = acoc_spawn(object);              // raises for NULL
    if (writer->task && !acoc_raised) {
        acoc_future_add_done_callback(writer->task, client_done, writer);
        if (!acoc_raised)
            return;
        acoc_failure *failure = acoc_catch();           // nobody would free the writer: the task must not begin
        acoc_task_cancel(writer->task);
        acoc_raise_again(failure);
    }
    writer->freed = 1;                                  // with the connection, which ends by the error
}

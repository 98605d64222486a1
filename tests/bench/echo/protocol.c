// SPDX-License-Identifier: MIT
// TCP echo server with protocol callbacks. usage: protocol PORT
#include <acoc.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Echo {
    acoc_protocol base;
    acoc_transport *transport;
} Echo;

static void connection_made(acoc_protocol *protocol, acoc_transport *transport)
{
    ((Echo *)protocol)->transport = transport;
}

static void data_received(acoc_protocol *protocol, const void *data, size_t size)
{
    acoc_transport_write(((Echo *)protocol)->transport, data, size);
}

static void connection_lost(acoc_protocol *protocol, acoc_error *error)
{
    (void)error;
    free(protocol);
}

// Reads no more while the peer does not: what is queued stays bounded.
static void pause_writing(acoc_protocol *protocol)
{
    acoc_transport_pause_reading(((Echo *)protocol)->transport);
}

static void resume_writing(acoc_protocol *protocol)
{
    acoc_transport_resume_reading(((Echo *)protocol)->transport);
}

static const acoc_protocol_callbacks callbacks = {
    .connection_made = connection_made,
    .data_received = data_received,
    .connection_lost = connection_lost,
    .pause_writing = pause_writing,
    .resume_writing = resume_writing,
};

static acoc_protocol *make(void *argument)
{
    Echo *echo = calloc(1, sizeof *echo);
    (void)argument;
    if (!echo) {
        acoc_error_set(acoc_MemoryError("no memory for a connection"));
        return NULL;
    }
    echo->base.callbacks = &callbacks;
    return &echo->base;
}

int main(int argc, char **argv)
{
    acoc_loop *loop = acoc_new_event_loop();
    acoc_set_event_loop(loop);
    acoc_awaitable server = acoc_create_server(loop, make, NULL, "127.0.0.1", argc > 1 ? atoi(argv[1]) : 7000, .backlog = 4096);
    acoc_loop_run_until_complete(loop, server);
    if (!acoc_error_occurred()) {
        puts("READY");
        fflush(stdout);
        acoc_loop_run_forever(loop);
    }
    acoc_error_print(stderr);
    return 1;
}

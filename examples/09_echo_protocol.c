// SPDX-License-Identifier: MIT
// The echo server as protocol callbacks, in plain C: no coroutine, no task, one object for each client.
// usage: 09_echo_protocol [PORT]
#include <acoc.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Echo {
    acoc_protocol base; // first: the transport knows us by it
    acoc_transport *transport;
    size_t received;
} Echo;

static void echo_connection_made(acoc_protocol *protocol, acoc_transport *transport)
{
    ((Echo *)protocol)->transport = transport;
}

static void echo_data_received(acoc_protocol *protocol, const void *data, size_t size)
{
    Echo *echo = (Echo *)protocol;
    echo->received += size;
    acoc_transport_write(echo->transport, data, size);
}

static void echo_connection_lost(acoc_protocol *protocol, acoc_error *error)
{
    Echo *echo = (Echo *)protocol;
    printf("%zu bytes%s%s\n", echo->received, error ? ", lost: " : "", error ? acoc_error_message(error) : "");
    free(echo);
}

static const acoc_protocol_callbacks echo_callbacks = {
    .connection_made = echo_connection_made,
    .data_received = echo_data_received,
    .connection_lost = echo_connection_lost,
};

static acoc_protocol *echo_new(void *argument)
{
    Echo *echo = calloc(1, sizeof *echo);
    (void)argument;
    if (!echo) {
        acoc_error_set(acoc_MemoryError("no memory for a client"));
        return NULL;
    }
    echo->base.callbacks = &echo_callbacks;
    return &echo->base;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    acoc_loop *loop = acoc_new_event_loop();
    acoc_set_event_loop(loop);
    int port = argc > 1 ? atoi(argv[1]) : 0;
    acoc_server *server = NULL;
    acoc_awaitable starting = acoc_create_server(loop, echo_new, NULL, "127.0.0.1", port);
    acoc_loop_run_until_complete(loop, starting);
    if (!acoc_error_occurred())
        acoc_result(starting, &server);
    acoc_release(starting);
    if (!acoc_error_occurred()) {
        printf("listening on 127.0.0.1:%d\n", acoc_server_get_port(server));
        acoc_loop_run_forever(loop);
    }
    if (acoc_error_occurred())
        acoc_error_print(stderr);
    acoc_server_free(server);
    acoc_loop_free(loop);
    return 1; // only an error ends it
}

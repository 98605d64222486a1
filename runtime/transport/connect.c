// SPDX-License-Identifier: MIT
//
// Connecting: resolve the host, try its addresses in turn until one answers, make the transport. Goes on by callbacks;
// the coroutine in coroutines.aco only waits. What cannot be stopped at once (a connect that a selector still runs) keeps the
// work alive by itself: `freed` is set, and the memory goes when the operation has ended.
#include "connect.h"
#include "resolve.h"
#include "socket.h"
#include "tcp.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct acoc_connecting {
    acoc_loop *loop;
    acoc_protocol_factory factory;
    void *argument;
    const char *host;                           // the caller's
    acoc_connection_options options;
    acoc_resolution resolution;
    struct addrinfo *next;                      // address to be tried next
    acoc_source source;                         // of the attempt; fd -1: none
    acoc_operation connect;
    acoc_wait timer;
    uint8_t timer_armed;
    uint8_t ended;                              // the waiter may go on
    uint8_t stopping;                           // the attempt under way is the last one
    uint8_t freed;
    uint8_t taken;                              // the transport is the loop's
    acoc_task *waiting;
    acoc_transport *transport;                  // when it went well
    acoc_failure *failure;                      // of the factory
    acoc_error *error;
    int last_error;                             // errno of the last attempt, for the combined error's kind
    char texts[512];                            // what the attempts said
    acoc_selector_user user;
};

static void try_next(acoc_connecting *connecting);

// --------------------------------------------------------------------------------------------------------- the end

static void close_attempt(acoc_connecting *connecting)
{
    if (connecting->source.fd < 0)
        return;
    acoc_selector_forget(connecting->loop->selector, &connecting->source);
    connecting->loop->system->close(connecting->source.fd);
    connecting->source.fd = -1;
}

static void give_memory(acoc_connecting *connecting)
{
    acoc_selector_leave(&connecting->user);
    acoc_error_release(connecting->error);
    if (connecting->failure)
        acoc_handled(connecting->failure);
    acoc__memory_give(connecting, sizeof *connecting, ACOC_MEMORY_TRANSPORT);
}

static void disarm_timer(acoc_connecting *connecting)
{
    if (connecting->timer_armed && !acoc__wait_is_ready(&connecting->timer)) {
        acoc__timer_disarm(connecting->loop, &connecting->timer);
        connecting->timer_armed = 0;
    }
}

static void finish(acoc_connecting *connecting)
{
    disarm_timer(connecting);
    connecting->ended = 1;
    if (connecting->waiting) {
        acoc__wait_ready(connecting->loop, &connecting->waiting->wait);
        connecting->waiting = NULL;
    }
}

// The last one to need the memory gives it back: an operation or the timer may still stand in the ready queue.
static void give_memory_if_last(acoc_connecting *connecting)
{
    if (connecting->freed && connecting->connect.state == ACOC_OPERATION_IDLE && !connecting->timer_armed) {
        close_attempt(connecting);
        give_memory(connecting);
    }
}

void acoc__connecting_free(acoc_connecting *connecting)
{
    if (!connecting || connecting->freed)
        return;
    connecting->freed = connecting->stopping = 1;
    acoc__resolve_end(&connecting->resolution);
    disarm_timer(connecting);
    if (connecting->transport && !connecting->taken)    // the waiter was cancelled
        acoc_transport_abort(connecting->transport);
    acoc_transport_release(connecting->transport);
    connecting->transport = NULL;
    if (connecting->loop->selector)
        acoc_selector_cancel(connecting->loop->selector, &connecting->connect);
    give_memory_if_last(connecting);
}

// The loop is closed: the task that waited has been destroyed, so nobody else gives the memory back.
static void loop_closing(acoc_selector_user *user)
{
    acoc_connecting *connecting = (acoc_connecting *)(void *)((char *)user - offsetof(acoc_connecting, user));
    connecting->connect.state = ACOC_OPERATION_IDLE;
    close_attempt(connecting);
    connecting->timer_armed = 0;
    connecting->freed = 1;
    acoc__resolve_end(&connecting->resolution);
    acoc_transport_release(connecting->transport);
    give_memory_if_last(connecting);
}

// -------------------------------------------------------------------------------------------------------- attempts

// Remembers what an attempt said. Equal texts are said once.
static void note_failure(acoc_connecting *connecting, const struct addrinfo *address, const char *what, int error)
{
    char place[80], text[200];
    acoc__address_write(address->ai_addr, address->ai_addrlen, place, sizeof place);
    snprintf(text, sizeof text, "%s %s: %s", what, place, strerror(-error));
    connecting->last_error = -error;
    size_t used = strlen(connecting->texts);
    if (!strstr(connecting->texts, text))
        snprintf(connecting->texts + used, sizeof connecting->texts - used, "%s%s", used ? "; " : "", text);
}

// acoc_os_error adds the reason that the last text ends with.
static acoc_error *error_of_attempts(const acoc_connecting *connecting)
{
    char reason[100];
    snprintf(reason, sizeof reason, ": %s", strerror(connecting->last_error));
    size_t length = strlen(connecting->texts), end = strlen(reason);
    if (length > end && !strcmp(connecting->texts + length - end, reason))
        length -= end;
    return acoc_os_error(connecting->last_error, "%.*s", (int)length, connecting->texts);
}

static void fail(acoc_connecting *connecting)
{
    if (!connecting->error)
        connecting->error = error_of_attempts(connecting);
    finish(connecting);
}

static void connected(acoc_connecting *connecting, const struct addrinfo *address)
{
    int fd = connecting->source.fd;
    acoc_selector_forget(connecting->loop->selector, &connecting->source);
    connecting->source.fd = -1;
    acoc_tcp *tcp = acoc__tcp_new(connecting->loop, fd, address->ai_addr, address->ai_addrlen);
    acoc_transport *transport = tcp ? acoc__tcp_start(tcp, connecting->factory, connecting->argument) : NULL;
    if (transport)
        connecting->transport = acoc_transport_retain(transport);
    else
        connecting->failure = acoc_catch();
    finish(connecting);
}

// Binds fd to the first local address of the same family that will do.
static int bind_local(acoc_connecting *connecting, int fd, int family)
{
    if (!connecting->options.local_host && !connecting->options.local_port)
        return 0;
    acoc_resolution local = { 0 };
    int flags = AI_NUMERICHOST | AI_PASSIVE;            // literal: does not wait
    int error = acoc__resolve_start(&local, connecting->loop, connecting->options.local_host,
                                    connecting->options.local_port, family, flags);
    error = error < 0 ? error : local.failure ? -EADDRNOTAVAIL : -EAFNOSUPPORT;
    for (struct addrinfo *address = local.list; address && error < 0; address = address->ai_next)
        error = connecting->loop->system->bind(fd, address->ai_addr, address->ai_addrlen);
    acoc__resolve_end(&local);
    return error;
}

// An attempt has ended. 1: it failed and the next address may be tried.
static int attempt_take(acoc_connecting *connecting)
{
    const struct addrinfo *address = connecting->next;
    int error = connecting->connect.result;
    if (connecting->freed) {
        close_attempt(connecting);
        give_memory_if_last(connecting);
        return 0;
    }
    if (connecting->stopping) {
        close_attempt(connecting);
        fail(connecting);
        return 0;
    }
    if (error == 0) {
        connected(connecting, address);
        return 0;
    }
    note_failure(connecting, address, "connect to", error);
    close_attempt(connecting);
    connecting->next = address->ai_next;
    return 1;
}

// 0 when the attempt goes on, 1 when it has ended or the address was passed over; then try the next.
static int attempt(acoc_connecting *connecting, const struct addrinfo *address)
{
    int fd = acoc__socket_new(connecting->loop->system, address);
    if (fd < 0) {
        note_failure(connecting, address, "socket for", fd);
        connecting->next = address->ai_next;
        return 1;
    }
    int error = bind_local(connecting, fd, address->ai_family);
    if (error < 0) {
        connecting->loop->system->close(fd);
        note_failure(connecting, address, "bind to the local address for", error);
        connecting->next = address->ai_next;
        return 1;
    }
    acoc_source_init(&connecting->source, fd);
    connecting->connect.address = address->ai_addr;
    connecting->connect.address_size = address->ai_addrlen;
    return acoc_selector_submit(connecting->loop->selector, &connecting->connect) ? attempt_take(connecting) : 0;
}

static void try_next(acoc_connecting *connecting)
{
    do {
        if (!connecting->next) {
            fail(connecting);
            return;
        }
    } while (attempt(connecting, connecting->next));
}

static void connect_ended(acoc_operation *operation)
{
    acoc_connecting *connecting = (acoc_connecting *)(void *)((char *)operation - offsetof(acoc_connecting, connect));
    if (attempt_take(connecting))
        try_next(connecting);
}

static void resolved(acoc_resolution *resolution)
{
    acoc_connecting *connecting = (acoc_connecting *)(void *)((char *)resolution - offsetof(acoc_connecting, resolution));
    if (resolution->failure) {
        connecting->error = acoc__resolve_error(resolution, connecting->host);
        finish(connecting);
        return;
    }
    connecting->next = resolution->list;
    try_next(connecting);
}

static void deadline_run(acoc_wait *wait)
{
    acoc_connecting *connecting = (acoc_connecting *)(void *)((char *)wait - offsetof(acoc_connecting, timer));
    connecting->timer_armed = 0;
    if (connecting->freed) {
        give_memory_if_last(connecting);
        return;
    }
    if (connecting->ended)
        return;
    connecting->error = acoc_TimeoutError("connecting to %s took longer than %g seconds", connecting->host,
                                          connecting->options.timeout);
    connecting->stopping = 1;
    acoc__resolve_end(&connecting->resolution);
    if (acoc_selector_cancel(connecting->loop->selector, &connecting->connect)) {
        close_attempt(connecting);
        finish(connecting);
    }
}

static const acoc_wait_operations deadline_operations = { "connect deadline", deadline_run, NULL };

// ------------------------------------------------------------------------------------------------------ the interface

static int check(acoc_protocol_factory factory, const char *host, int port, int local_port, double timeout)
{
    if (!factory)
        acoc_error_set(acoc_TypeError("a protocol factory is needed, not NULL"));
    else if (!host || !*host)
        acoc_error_set(acoc_ValueError("a host to connect to is needed"));
    else if (port < 0 || port > 65535)
        acoc_error_set(acoc_ValueError("port must be 0-65535, not %d", port));
    else if (local_port < 0 || local_port > 65535)
        acoc_error_set(acoc_ValueError("local_port must be 0-65535, not %d", local_port));
    else if (isnan(timeout) || timeout < 0)
        acoc_error_set(acoc_ValueError("timeout must be >= 0, not %g", timeout));
    else
        return 1;
    return 0;
}

static int arm_deadline(acoc_connecting *connecting)
{
    if (connecting->options.timeout == 0)
        return 0;
    acoc__wait_begin(&connecting->timer, &deadline_operations);
    int64_t deadline = acoc__loop_deadline_after(connecting->loop, connecting->options.timeout);
    int error = acoc__timer_arm(connecting->loop, &connecting->timer, deadline);
    connecting->timer_armed = error == 0;
    return error;
}

acoc_connecting *acoc__connecting_new(acoc_loop *loop, acoc_protocol_factory factory, void *argument, const char *host,
                                      int port, acoc_connection_options options)
{
    loop = acoc__loop_or_current(loop);
    if (!loop || !check(factory, host, port, options.local_port, options.timeout))
        return NULL;
    acoc_connecting *connecting = acoc__memory_take(sizeof *connecting, ACOC_MEMORY_TRANSPORT);
    if (!connecting) {
        acoc_error_set(acoc_MemoryError("no memory for a connection"));
        return NULL;
    }
    *connecting = (acoc_connecting){ .loop = loop, .factory = factory, .argument = argument, .host = host,
                                     .options = options, .source = { .fd = -1 }, .user = { .closing = loop_closing } };
    connecting->connect = (acoc_operation){ .source = &connecting->source, .complete = connect_ended, .kind = ACOC_CONNECT };
    connecting->resolution.done = resolved;
    acoc_selector_join(loop->selector, &connecting->user);
    int started = arm_deadline(connecting);
    if (started == 0)
        started = acoc__resolve_start(&connecting->resolution, loop, host, port, options.family, options.flags);
    if (started < 0) {
        acoc_error_set(acoc_os_error(-started, "resolving %s", host));
        acoc__connecting_free(connecting);
        return NULL;
    }
    if (started)
        resolved(&connecting->resolution);
    return connecting;
}

// What is under way ends when the owner of the work frees it.
static int connecting_cancel(acoc_wait *wait)
{
    acoc_connecting *connecting = wait->of.object;
    connecting->waiting = NULL;
    return 1;
}

static const acoc_wait_operations connecting_wait = { "connect", acoc__task_run, connecting_cancel };

acoc_status acoc_await_acoc__connecting_wait(acoc_task *task, acoc_frame *frame, acoc_connecting *connecting)
{
    (void)frame;
    if (connecting->ended)
        return ACOC_DONE;
    if (!acoc__task_check_loop(task, connecting->loop, "a new connection"))
        return ACOC_RAISED;
    acoc__wait_begin(&task->wait, &connecting_wait);
    task->wait.of.object = connecting;
    connecting->waiting = task;
    return acoc__task_wait(task);
}

void acoc__connecting_take(acoc_connecting *connecting)
{
    if (connecting->failure) {
        acoc_raise_again(connecting->failure);
        connecting->failure = NULL;
    } else if (!connecting->transport) {
        acoc_error_set(connecting->error);
        connecting->error = NULL;
    } else {
        connecting->taken = 1;
    }
}

acoc_transport *acoc__connecting_transport(acoc_connecting *connecting)
{
    acoc__connecting_take(connecting);
    if (!connecting->taken)
        return NULL;
    if (connecting->transport->flags & ACOC_GONE) {
        acoc_error_set(acoc_ConnectionResetError("the connection to %s was lost at once", connecting->host));
        return NULL;
    }
    return connecting->transport;
}

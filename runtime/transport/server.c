// SPDX-License-Identifier: MIT
//
// Listening sockets: each has one accept under way, each client gets a transport. A burst of clients is bounded by the
// backlog, then others have their turn. Where descriptors or memory run out, accepting pauses for a second after one
// report: the clients wait in the kernel's queue meanwhile.
//
// A server is counted: by its owner, and by each listener until its operation has ended.
#include "connect.h"
#include "resolve.h"
#include "socket.h"
#include "tcp.h"

#include <errno.h>
#include <string.h>

enum { DEFAULT_BACKLOG = 100, RETRY_NANOSECONDS = 1000000000 };

typedef struct acoc_listener {
    acoc_source source;
    acoc_operation accept;
    acoc_wait retry;                            // a timer while accepting is paused
    uint8_t pausing;
    acoc_server *server;
    struct sockaddr_in6 peer;
} acoc_listener;

struct acoc_server {
    acoc_loop *loop;
    acoc_protocol_factory factory;
    void *argument;
    void *owned;                                // freed with the server: what streams keep
    void (*free_owned)(void *owned);
    uint32_t references;
    uint32_t listener_count;
    int burst;
    uint8_t closed;
    uint8_t freed;                              // by its owner
    acoc_wait *waiters;
    acoc_selector_user user;
    acoc_listener listeners[];
};

static void accept_run(acoc_listener *listener);

// ------------------------------------------------------------------------------------------------------------ life

void acoc__server_retain(acoc_server *server)
{
    server->references++;
}

void acoc__server_release(acoc_server *server)
{
    if (--server->references > 0)
        return;
    acoc_selector_leave(&server->user);
    if (server->free_owned)
        server->free_owned(server->owned);
    acoc__memory_give(server, sizeof *server + server->listener_count * sizeof server->listeners[0],
                      ACOC_MEMORY_TRANSPORT);
}

// True when every descriptor is gone too, so that another server may have the port.
static int is_closed(const acoc_server *server)
{
    for (uint32_t i = 0; i < server->listener_count; i++) {
        if (server->listeners[i].source.fd >= 0)
            return 0;
    }
    return server->closed;
}

static void wake_if_closed(acoc_server *server)
{
    if (is_closed(server))
        acoc__wait_ready_all(server->loop, &server->waiters);
}

// No operation is under way any more: the descriptor can go.
static void listener_end(acoc_listener *listener)
{
    acoc_server *server = listener->server;
    if (listener->source.fd < 0)
        return;
    acoc_selector_forget(server->loop->selector, &listener->source);
    server->loop->system->close(listener->source.fd);
    listener->source.fd = -1;
    wake_if_closed(server);
    acoc__server_release(server);
}

static void listener_stop(acoc_listener *listener)
{
    acoc_loop *loop = listener->server->loop;
    if (listener->pausing) {
        if (acoc__wait_is_ready(&listener->retry))
            return;                             // ends when it is run
        acoc__timer_disarm(loop, &listener->retry);
        listener->pausing = 0;
    }
    if (acoc_selector_cancel(loop->selector, &listener->accept))
        listener_end(listener);
}

void acoc_server_close(acoc_server *server)
{
    if (!server || server->closed)
        return;
    server->closed = 1;
    acoc__server_retain(server);                // the last listener may take the last of the others
    for (uint32_t i = 0; i < server->listener_count; i++) {
        if (server->listeners[i].source.fd >= 0)
            listener_stop(&server->listeners[i]);
    }
    wake_if_closed(server);
    acoc__server_release(server);
}

// The loop is closed under us; operations are gone with it.
static void loop_closing(acoc_selector_user *user)
{
    acoc_server *server = (acoc_server *)(void *)((char *)user - offsetof(acoc_server, user));
    server->closed = 1;
    server->waiters = NULL;
    server->references++;
    for (uint32_t i = 0; i < server->listener_count; i++)
        listener_end(&server->listeners[i]);
    if (!server->freed) {                       // its owner lost it, or ends after its loop
        server->freed = 1;
        acoc__server_release(server);
    }
    acoc__server_release(server);
}

void acoc_server_free(acoc_server *server)
{
    if (!server || server->freed)
        return;
    acoc_server_close(server);
    server->freed = 1;
    acoc__server_release(server);
}

// ------------------------------------------------------------------------------------------------------- accepting

static void report(acoc_server *server, const char *message, acoc_error *error)
{
    acoc_exception_context context = { .message = message, .error = error };
    acoc_loop_call_exception_handler(server->loop, &context);
    acoc_error_release(error);
}

static void welcome(acoc_listener *listener, int fd)
{
    acoc_server *server = listener->server;
    acoc_tcp *tcp = acoc__tcp_new(server->loop, fd, (struct sockaddr *)&listener->peer, listener->accept.address_size);
    if (!tcp || !acoc__tcp_start(tcp, server->factory, server->argument)) {
        acoc_failure *failure = acoc__transport_failure();
        acoc_error_release(acoc__transport_report(server->loop, "Error on transport creation for incoming connection",
                                                  failure));
    }
}

static int submit_accept(acoc_listener *listener, int flags)
{
    listener->accept.flags = (uint8_t)flags;
    listener->accept.address = (struct sockaddr *)&listener->peer;
    listener->accept.address_size = sizeof listener->peer;
    return acoc_selector_submit(listener->server->loop->selector, &listener->accept);
}

static void retry_run(acoc_wait *wait)
{
    acoc_listener *listener = (acoc_listener *)(void *)((char *)wait - offsetof(acoc_listener, retry));
    listener->pausing = 0;
    if (listener->server->closed)
        listener_end(listener);
    else
        submit_accept(listener, ACOC_DEFERRED);
}

static const acoc_wait_operations retry_operations = { "accept retry", retry_run, NULL };

static void pause_accepting(acoc_listener *listener)
{
    acoc_loop *loop = listener->server->loop;
    acoc__wait_begin(&listener->retry, &retry_operations);
    listener->pausing = 1;
    if (acoc__timer_arm(loop, &listener->retry, acoc__loop_clock(loop) + RETRY_NANOSECONDS) < 0)
        acoc__wait_ready(loop, &listener->retry);       // no memory for a timer: again at once
}

// accept(2): errors of the network that are pending on the new socket; they concern that client only.
static int concerns_client(int error)
{
    switch (-error) {
    case ECONNABORTED: case ENETDOWN: case EPROTO: case ENOPROTOOPT: case EHOSTDOWN: case ENONET: case EHOSTUNREACH:
    case ENETUNREACH: case ETIMEDOUT: case EPERM:
        return 1;
    default:
        return 0;
    }
}

// Deals with an accept that has ended. 1: another may be tried.
static int accept_take(acoc_listener *listener)
{
    acoc_server *server = listener->server;
    int result = listener->accept.result;
    if (server->closed) {
        if (result >= 0)
            server->loop->system->close(result);
        listener_end(listener);
        return 0;
    }
    if (result >= 0) {
        welcome(listener, result);
        return 1;
    }
    if (concerns_client(result))
        return 1;
    report(server, "accept failed: it is tried again in a second", acoc_os_error(-result, "accept"));
    if (!server->closed)
        pause_accepting(listener);
    else
        listener_end(listener);
    return 0;
}

static void accept_run(acoc_listener *listener)
{
    acoc_server *server = listener->server;
    server->references++;
    for (int count = 1; accept_take(listener); count++) {
        if (server->closed) {                           // by the protocol, which found no accept under way
            listener_end(listener);
            break;
        }
        if (!submit_accept(listener, count > server->burst ? ACOC_DEFERRED : 0))
            break;
    }
    acoc__server_release(server);
}

static void accept_ended(acoc_operation *operation)
{
    accept_run((acoc_listener *)(void *)((char *)operation - offsetof(acoc_listener, accept)));
}

// --------------------------------------------------------------------------------------------------------- making

static acoc_server *server_new(acoc_loop *loop, uint32_t listener_count)
{
    size_t size = sizeof(acoc_server) + listener_count * sizeof(acoc_listener);
    acoc_server *server = acoc__memory_take(size, ACOC_MEMORY_TRANSPORT);
    if (!server)
        return NULL;
    memset(server, 0, size);
    server->loop = loop;
    server->references = 1;
    server->listener_count = listener_count;
    server->user.closing = loop_closing;
    for (uint32_t i = 0; i < listener_count; i++)
        server->listeners[i].source.fd = -1;
    acoc_selector_join(loop->selector, &server->user);
    return server;
}

static void listener_init(acoc_listener *listener, acoc_server *server, int fd)
{
    acoc_source_init(&listener->source, fd);
    listener->accept = (acoc_operation){ .source = &listener->source, .complete = accept_ended, .kind = ACOC_ACCEPT };
    listener->server = server;
    server->references++;
}

// One socket for each address. With port 0 the first one's choice is taken for all; systems without IPv6 do without.
static int bind_all(acoc_server *server, const struct addrinfo *list, const acoc_server_options *options, int port)
{
    const acoc_system *system = server->loop->system;
    int chosen = -1, bound = 0;
    uint32_t i = 0;
    for (const struct addrinfo *address = list; address; address = address->ai_next, i++) {
        int fd = acoc__socket_listen(system, address, chosen, options);
        int lacks_family = fd == -EAFNOSUPPORT || (fd == -EADDRNOTAVAIL && address->ai_family == AF_INET6);
        if (lacks_family && (address->ai_next || bound))
            continue;
        if (fd < 0) {
            char text[80];
            acoc__address_write(address->ai_addr, address->ai_addrlen, text, sizeof text);
            acoc_error_set(acoc_os_error(-fd, "error while attempting to bind on address %s", text));
            return -1;
        }
        listener_init(&server->listeners[i], server, fd);
        bound++;
        if (port == 0 && chosen < 0)
            chosen = acoc__socket_port(system, fd);
    }
    return 0;
}

struct acoc_listening {
    acoc_loop *loop;
    const char *host;                           // the caller's
    int port;
    int resolved;
    acoc_server_options options;
    acoc_resolution resolution;
    acoc_task *waiting;
    acoc_selector_user user;
};

static void listening_resolved(acoc_resolution *resolution)
{
    acoc_listening *listening = (acoc_listening *)(void *)((char *)resolution - offsetof(acoc_listening, resolution));
    listening->resolved = 1;
    if (listening->waiting) {
        acoc__wait_ready(listening->loop, &listening->waiting->wait);
        listening->waiting = NULL;
    }
}

// The loop is closed: the task that waited has been destroyed, so nobody else gives the memory back.
static void listening_closing(acoc_selector_user *user)
{
    acoc__listening_free((acoc_listening *)(void *)((char *)user - offsetof(acoc_listening, user)));
}

acoc_listening *acoc__listening_new(acoc_loop *loop, const char *host, int port, acoc_server_options options)
{
    loop = acoc__loop_or_current(loop);
    if (!loop)
        return NULL;
    if (port < 0 || port > 65535 || options.backlog < 0) {
        acoc_error_set(port < 0 || port > 65535 ? acoc_ValueError("port must be 0-65535, not %d", port)
                                                : acoc_ValueError("backlog must be >= 0, not %d", options.backlog));
        return NULL;
    }
    acoc_listening *listening = acoc__memory_take(sizeof *listening, ACOC_MEMORY_TRANSPORT);
    if (!listening) {
        acoc_error_set(acoc_MemoryError("no memory for a server"));
        return NULL;
    }
    *listening = (acoc_listening){ .loop = loop, .host = host, .port = port, .options = options };
    listening->resolution.done = listening_resolved;
    listening->user.closing = listening_closing;
    acoc_selector_join(loop->selector, &listening->user);
    int flags = options.flags ? options.flags : AI_PASSIVE;
    int started = acoc__resolve_start(&listening->resolution, loop, host, port, options.family, flags);
    if (started < 0) {
        acoc_error_set(acoc_os_error(-started, "resolving %s", host));
        acoc__listening_free(listening);
        return NULL;
    }
    listening->resolved = started;
    return listening;
}

static int listening_cancel(acoc_wait *wait)
{
    acoc_listening *listening = wait->of.object;
    listening->waiting = NULL;                  // its owner frees it when CancelledError passes there
    return 1;
}

static const acoc_wait_operations listening_wait = { "resolve", acoc__task_run, listening_cancel };

acoc_status acoc_await_acoc__listening_wait(acoc_task *task, acoc_frame *frame, acoc_listening *listening)
{
    (void)frame;
    if (listening->resolved)
        return ACOC_DONE;
    if (!acoc__task_check_loop(task, listening->loop, "a new server"))
        return ACOC_RAISED;
    acoc__wait_begin(&task->wait, &listening_wait);
    task->wait.of.object = listening;
    listening->waiting = task;
    return acoc__task_wait(task);
}

acoc_server *acoc__listening_take(acoc_listening *listening, acoc_protocol_factory factory, void *argument)
{
    if (!factory) {
        acoc_error_set(acoc_TypeError("a protocol factory is needed, not NULL"));
        return NULL;
    }
    if (listening->resolution.failure) {
        acoc_error_set(acoc__resolve_error(&listening->resolution, listening->host));
        return NULL;
    }
    uint32_t count = 0;
    for (struct addrinfo *address = listening->resolution.list; address; address = address->ai_next)
        count++;
    acoc_server *server = server_new(listening->loop, count);
    if (!server) {
        acoc_error_set(acoc_MemoryError("no memory for a server"));
        return NULL;
    }
    server->factory = factory;
    server->argument = argument;
    server->burst = listening->options.backlog ? listening->options.backlog : DEFAULT_BACKLOG;
    if (bind_all(server, listening->resolution.list, &listening->options, listening->port) < 0) {
        acoc_server_free(server);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (server->listeners[i].source.fd >= 0)
            submit_accept(&server->listeners[i], ACOC_DEFERRED);
    }
    return server;
}

void acoc__listening_free(acoc_listening *listening)
{
    if (!listening)
        return;
    acoc_selector_leave(&listening->user);
    acoc__resolve_end(&listening->resolution);
    acoc__memory_give(listening, sizeof *listening, ACOC_MEMORY_TRANSPORT);
}

// ------------------------------------------------------------------------------------------------ what it tells

void acoc__server_own(acoc_server *server, void *owned, void (*free_owned)(void *owned))
{
    server->argument = owned;
    server->owned = owned;
    server->free_owned = free_owned;
}

int acoc_server_is_serving(const acoc_server *server)
{
    return !server->closed;
}

size_t acoc_server_get_sockets(const acoc_server *server, int *descriptors, size_t capacity)
{
    size_t count = 0;
    for (uint32_t i = 0; i < server->listener_count && !server->closed; i++) {
        if (server->listeners[i].source.fd < 0)
            continue;
        if (count < capacity)
            descriptors[count] = server->listeners[i].source.fd;
        count++;
    }
    return count;
}

int acoc_server_get_port(const acoc_server *server)
{
    int fd;
    return acoc_server_get_sockets(server, &fd, 1) ? acoc__socket_port(server->loop->system, fd) : 0;
}

void acoc_server_enter(acoc_server *server)
{
    (void)server;                               // it serves already
}

static int server_wait_cancel(acoc_wait *wait)
{
    acoc_server *server = wait->of.object;
    acoc__list_remove(&server->waiters, wait);
    return 1;
}

static const acoc_wait_operations server_wait = { "server", acoc__task_run, server_wait_cancel };

acoc_status acoc_await_acoc__server_wait(acoc_task *task, acoc_frame *frame, acoc_server *server)
{
    (void)frame;
    if (is_closed(server))
        return ACOC_DONE;
    if (!acoc__task_check_loop(task, server->loop, "a server"))
        return ACOC_RAISED;
    acoc__wait_begin(&task->wait, &server_wait);
    task->wait.of.object = server;
    acoc__list_append(&server->waiters, &task->wait);
    return acoc__task_wait(task);
}

// SPDX-License-Identifier: MIT
//
// Listening and connecting: servers, name resolution, deadlines, and what is left when a loop ends.
#include "bed.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "loop/loop.h"

static void refuses(Bed *bed)
{
    int peer = connect_peer(bed);
    int port = bed->port;
    CHECK_INT((long long)acoc_server_get_sockets(bed->server, NULL, 0), 1);
    acoc_server_close(bed->server);
    settle(bed);
    CHECK(!acoc_server_is_serving(bed->server));
    CHECK_INT((long long)acoc_server_get_sockets(bed->server, NULL, 0), 0);
    int refused = peer_connect(port);
    CHECK(refused < 0);
    peer_send(peer, "still here", 10);
    run_until(bed, bed->notes.received == 10);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void a_closed_server_refuses_and_keeps_its_connections(void) { on_each(refuses); }

static void all_interfaces(Bed *bed)
{
    acoc_server *server = serve(bed->loop, give_notes, &bed->notes, NULL);
    REQUIRE(server != NULL);
    int descriptors[4];
    size_t count = acoc_server_get_sockets(server, descriptors, 4);
    CHECK(count >= 1 && count <= 2);
    for (size_t i = 0; i < count; i++) {
        struct sockaddr_in6 address;
        socklen_t size = sizeof address;
        getsockname(descriptors[i], (struct sockaddr *)&address, &size);
        CHECK_INT(ntohs(address.sin6_port), acoc_server_get_port(server));      // the port stands alike in both families
    }
    acoc_server_free(server);
}
static void no_host_means_all_interfaces_and_one_port(void) { on_each(all_interfaces); }

static void without_descriptors_accepting_pauses_and_goes_on(void)
{
    acoc__system_for_new_loops(&acoc__system_counting);
    Bed bed;
    open_bed(&bed, "epoll");
    acoc__system_counts.fail_only = 1 + ACOC_CALL_accept;
    acoc__system_counts.fail_with = EMFILE;
    acoc__system_counts.total = 0;
    acoc__system_counts.fail_at = 1;
    int peer = peer_connect(bed.port);
    for (int i = 0; i < 100; i++)
        pass(&bed);
    CHECK_INT(reports, 1);
    CHECK_INT(bed.notes.made, 0);
    usleep(1000000);
    run_until(&bed, bed.notes.made == 1);
    CHECK_INT(reports, 1);
    close(peer);
    run_until(&bed, bed.notes.lost == 1);
    close_bed(&bed);
}

// ---------------------------------------------------------------------------------------------------------- connecting

static acoc_awaitable start_connecting(Bed *bed, Notes *notes, const char *host, int port, double timeout)
{
    acoc_awaitable coroutine = acoc_create_connection(bed->loop, give_notes, notes, host, port, .timeout = timeout);
    acoc_loop_run_until_complete(bed->loop, coroutine);
    return coroutine;
}

static void connects(Bed *bed)
{
    Notes client = { .base = { &plain_callbacks } };
    bed->notes.echoes = true;
    acoc_awaitable connecting = start_connecting(bed, &client, "localhost", bed->port, 5);
    CHECK(acoc_error_occurred() == NULL);
    CHECK_INT(client.made, 1);
    const struct sockaddr_in *peer = acoc_transport_get_extra_info(client.transport, "peername", NULL);
    CHECK(peer && ntohs(peer->sin_port) == bed->port);
    CHECK(acoc_transport_get_extra_info(client.transport, "nothing", &client) == &client);
    acoc_transport_write(client.transport, "ping", 4);
    run_until(bed, client.received == 4);
    CHECK_TEXT(client.last, "ping");
    acoc_transport_close(client.transport);
    run_until(bed, client.lost == 1 && bed->notes.lost == 1);
    acoc_release(connecting);
}
static void a_name_is_resolved_and_connected_to(void) { on_each(connects); }

static void cannot_connect(Bed *bed)
{
    Notes client = { .base = { &plain_callbacks } };
    acoc_awaitable connecting = start_connecting(bed, &client, "127.0.0.1", peer_unused_port(), 0);
    CHECK(raised(&acoc_ConnectionRefusedError_kind, "127.0.0.1"));
    acoc_release(connecting);
    connecting = start_connecting(bed, &client, "no-such-host.invalid", 80, 0);
    CHECK(raised(&acoc_GaiError_kind, "no-such-host.invalid"));
    acoc_release(connecting);
    connecting = start_connecting(bed, &client, "127.0.0.1", 70000, 0);
    CHECK(raised(&acoc_ValueError_kind, "70000"));
    acoc_release(connecting);
    connecting = start_connecting(bed, &client, "", 80, 0);
    CHECK(raised(&acoc_ValueError_kind, "host"));
    acoc_release(connecting);
    CHECK_INT(client.made, 0);
}
static void what_cannot_be_connected_to_says_why(void) { on_each(cannot_connect); }

// A listener whose queue is full does not answer.
static void takes_too_long(Bed *bed)
{
    int port, listener = peer_listen(&port), fillers[8];
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    listen(listener, 0);
    for (int i = 0; i < 8; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        connect(fillers[i], (struct sockaddr *)&address, sizeof address);
    }
    Notes client = { .base = { &plain_callbacks } };
    acoc_awaitable connecting = start_connecting(bed, &client, "127.0.0.1", port, 0.05);
    CHECK(raised(&acoc_TimeoutError_kind, "0.05"));
    acoc_release(connecting);
    connecting = acoc_create_connection(bed->loop, give_notes, &client, "127.0.0.1", port);
    acoc_awaitable task = acoc_ensure_future(connecting);
    settle(bed);
    acoc_task_cancel(task);
    settle(bed);
    CHECK(acoc_future_cancelled(task));
    CHECK_INT(client.made, 0);
    acoc_release(task);
    acoc_release(connecting);
    for (int i = 0; i < 8; i++)
        close(fillers[i]);
    close(listener);
}
static void connecting_has_a_deadline_and_can_be_cancelled(void) { on_each(takes_too_long); }

static void closed_under(Bed *bed)
{
    int peer = connect_peer(bed);
    acoc_transport *kept = acoc_transport_retain(bed->notes.transport);
    acoc_loop_close(bed->loop);                         // the server and the connection end with it
    CHECK_INT(bed->notes.lost, 0);
    CHECK(acoc_transport_is_closing(kept));
    acoc_transport_write(kept, "x", 1);
    acoc_transport_release(kept);
    char byte;
    CHECK_INT((long long)peer_receive(peer, &byte, 1), 0);
    close(peer);
    bed->server = NULL;
    acoc_loop_free(bed->loop);
    bed->loop = acoc_new_event_loop();
}
static void closing_the_loop_closes_its_sockets(void) { on_each(closed_under); }

// The thread answers, or not, when nobody waits any more, and after the loop is gone.
static void gives_up_resolving(Bed *bed)
{
    Notes client = { .base = { &plain_callbacks } };
    for (int i = 0; i < 5; i++) {
        acoc_awaitable connecting = acoc_create_connection(bed->loop, give_notes, &client, "no-such-host.invalid", 80);
        acoc_awaitable task = acoc_ensure_future(connecting);
        acoc_release(connecting);
        for (int j = 0; j < i; j++)
            pass(bed);
        if (i < 4)
            acoc_task_cancel(task);
        settle(bed);
        acoc_release(task);
    }
    CHECK_INT(client.made, 0);
}
static void resolving_can_be_given_up(void)
{
    on_each(gives_up_resolving);
    usleep(100000);
}

static void version_six(Bed *bed)
{
    Notes client = { .base = { &plain_callbacks } };
    acoc_server *server = serve(bed->loop, give_notes, &bed->notes, "::1");
    if (!server) {                                      // a machine without IPv6 says so
        CHECK(raised(&acoc_OSError_kind, "::1"));
        return;
    }
    acoc_awaitable connecting = start_connecting(bed, &client, "::1", acoc_server_get_port(server), 0);
    CHECK_INT(client.made, 1);
    run_until(bed, bed->notes.made == 1);
    const struct sockaddr_in6 *own = acoc_transport_get_extra_info(bed->notes.transport, "sockname", NULL);
    CHECK(own && own->sin6_family == AF_INET6 && ntohs(own->sin6_port) == acoc_server_get_port(server));
    acoc_transport_close(client.transport);
    run_until(bed, client.lost == 1 && bed->notes.lost == 1);
    acoc_release(connecting);
    acoc_server_free(server);
}
static void version_six_is_served_alike(void) { on_each(version_six); }

const Test server_tests[] = {
    TEST(a_closed_server_refuses_and_keeps_its_connections),
    TEST(no_host_means_all_interfaces_and_one_port),
    TEST(without_descriptors_accepting_pauses_and_goes_on),
    TEST(a_name_is_resolved_and_connected_to),
    TEST(what_cannot_be_connected_to_says_why),
    TEST(connecting_has_a_deadline_and_can_be_cancelled),
    TEST(closing_the_loop_closes_its_sockets),
    TEST(resolving_can_be_given_up),
    TEST(version_six_is_served_alike),
    TEST_END
};

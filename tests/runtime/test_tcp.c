// SPDX-License-Identifier: MIT
//
// TCP transports, their protocols and servers, by protocol callbacks against plain blocking sockets: every promise on
// every selector, the late one included.
#include "support/peers.h"
#include "support/test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "acoc.h"
#include "loop/loop.h"

// ----------------------------------------------------------------------------------------------- a protocol that notes

typedef struct Notes {
    acoc_protocol base;
    acoc_transport *transport;
    int made, lost, eof, paused, resumed;
    const acoc_error_kind *lost_kind;           // NULL: orderly
    size_t received;
    char last[64];                              // the end of what came
    size_t most_buffered, buffered_at_pause, buffered_at_resume;
    bool echoes, keeps_open, pauses_at_once, fails, closes;
    char room[256];
} Notes;

static Notes *notes_of(acoc_protocol *protocol)
{
    return (Notes *)(void *)protocol;
}

static void note_made(acoc_protocol *protocol, acoc_transport *transport)
{
    Notes *notes = notes_of(protocol);
    notes->made++;
    notes->transport = transport;
    if (notes->pauses_at_once)
        acoc_transport_pause_reading(transport);
}

static void note_data(acoc_protocol *protocol, const void *data, size_t size)
{
    Notes *notes = notes_of(protocol);
    size_t keep = size < sizeof notes->last - 1 ? size : sizeof notes->last - 1;
    notes->received += size;
    memcpy(notes->last, (const char *)data + size - keep, keep);
    notes->last[keep] = 0;
    if (notes->echoes)
        acoc_transport_write(notes->transport, data, size);
    if (acoc_transport_get_write_buffer_size(notes->transport) > notes->most_buffered)
        notes->most_buffered = acoc_transport_get_write_buffer_size(notes->transport);
    if (notes->closes)
        acoc_transport_close(notes->transport);
    if (notes->fails)
        acoc_error_set(acoc_ValueError("no such data, please"));
}

static int note_eof(acoc_protocol *protocol)
{
    notes_of(protocol)->eof++;
    return notes_of(protocol)->keeps_open;
}

static void note_lost(acoc_protocol *protocol, acoc_error *error)
{
    notes_of(protocol)->lost++;
    notes_of(protocol)->lost_kind = error ? acoc_error_kind_of(error) : NULL;
}

static void note_pause(acoc_protocol *protocol)
{
    notes_of(protocol)->paused++;
    notes_of(protocol)->buffered_at_pause = acoc_transport_get_write_buffer_size(notes_of(protocol)->transport);
    if (notes_of(protocol)->echoes)
        acoc_transport_pause_reading(notes_of(protocol)->transport);
}

static void note_resume(acoc_protocol *protocol)
{
    notes_of(protocol)->resumed++;
    notes_of(protocol)->buffered_at_resume = acoc_transport_get_write_buffer_size(notes_of(protocol)->transport);
    if (notes_of(protocol)->echoes)
        acoc_transport_resume_reading(notes_of(protocol)->transport);
}

static acoc_room note_room(acoc_protocol *protocol, size_t size_hint)
{
    (void)size_hint;
    return (acoc_room){ notes_of(protocol)->room, sizeof notes_of(protocol)->room };
}

static void note_updated(acoc_protocol *protocol, size_t size)
{
    note_data(protocol, notes_of(protocol)->room, size);
}

static const acoc_protocol_callbacks plain_callbacks = {
    .connection_made = note_made, .data_received = note_data, .eof_received = note_eof, .connection_lost = note_lost,
    .pause_writing = note_pause, .resume_writing = note_resume,
};
static const acoc_protocol_callbacks buffered_callbacks = {
    .connection_made = note_made, .eof_received = note_eof, .connection_lost = note_lost, .pause_writing = note_pause,
    .resume_writing = note_resume, .get_buffer = note_room, .buffer_updated = note_updated,
};

static acoc_protocol *give_notes(void *argument)
{
    return argument;
}

// ------------------------------------------------------------------------------------------------ a loop, a server

typedef struct Bed {
    acoc_loop *loop;
    acoc_server *server;
    int port;
    Notes notes;                                // of the connection that the server accepts
} Bed;

static int reports;
static char last_report[128];

static void note_report(acoc_loop *loop, const acoc_exception_context *context, void *argument)
{
    (void)loop;
    (void)argument;
    reports++;
    snprintf(last_report, sizeof last_report, "%s", context->message);
}

static acoc_server *serve(acoc_loop *loop, acoc_protocol_factory factory, void *argument, const char *host)
{
    acoc_server *server = NULL;
    acoc_awaitable coroutine = acoc_create_server(loop, factory, argument, host, 0, .backlog = 10);
    acoc_awaitable task = acoc_ensure_future(coroutine);
    acoc_loop_run_until_complete(loop, task);
    acoc_result(task, &server);
    acoc_release(coroutine);
    acoc_release(task);
    return server;
}

static void open_bed(Bed *bed, const char *selector)
{
    *bed = (Bed){ .notes = { .base = { &plain_callbacks } } };
    reports = 0;
    bed->loop = acoc_new_event_loop(.selector = selector);
    REQUIRE(bed->loop != NULL);
    acoc_set_event_loop(bed->loop);
    acoc_loop_set_exception_handler(bed->loop, note_report, NULL);
    bed->server = serve(bed->loop, give_notes, &bed->notes, "127.0.0.1");
    REQUIRE(bed->server != NULL);
    bed->port = acoc_server_get_port(bed->server);
}

static void pass(Bed *bed)
{
    acoc_loop_stop(bed->loop);
    acoc_loop_run_forever(bed->loop);
    CHECK(acoc_error_occurred() == NULL);
}

// Passes until *flag reaches wanted, for at most two seconds.
#define run_until(bed, condition)                                                                                 \
    do {                                                                                                          \
        for (int turn = 0; turn < 20000 && !(condition); turn++) {                                                \
            pass(bed);                                                                                            \
            if (turn > 100)                                                                                       \
                usleep(100);                                                                                      \
        }                                                                                                         \
        CHECK(condition);                                                                                         \
    } while (0)

static void settle(Bed *bed)
{
    for (int i = 0; i < 20; i++)
        pass(bed);
}

static void close_bed(Bed *bed)
{
    acoc_server_free(bed->server);
    settle(bed);
    acoc_loop_free(bed->loop);
    acoc_set_event_loop(NULL);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static int connect_peer(Bed *bed)
{
    int peer = peer_connect(bed->port);
    REQUIRE(peer >= 0);
    run_until(bed, bed->notes.made == 1);
    return peer;
}

static void on_each(void (*promise)(Bed *bed))
{
    static const char *const selectors[] = { "epoll", "poll", "late" };
    for (size_t i = 0; i < 3 && !test_has_failed(); i++) {
        Bed bed;
        open_bed(&bed, selectors[i]);
        promise(&bed);
        close_bed(&bed);
        if (test_has_failed())
            test_failed(__FILE__, __LINE__, "(on the selector %s)", selectors[i]);
    }
}

// ------------------------------------------------------------------------------------------------------- the promises

static void echo(Bed *bed)
{
    bed->notes.echoes = true;
    int peer = connect_peer(bed);
    char text[32];
    for (int i = 0; i < 20; i++) {
        peer_send(peer, "hello, world", 12);
        run_until(bed, bed->notes.received == 12u * (unsigned)(i + 1));
        run_until(bed, acoc_transport_get_write_buffer_size(bed->notes.transport) == 0);
        CHECK_INT((long long)peer_receive(peer, text, 12), 12);
        CHECK(memcmp(text, "hello, world", 12) == 0);
    }
    close(peer);
    run_until(bed, bed->notes.lost == 1);
    CHECK(bed->notes.lost_kind == NULL);
    CHECK_INT(bed->notes.eof, 1);
}
static void what_comes_is_sent_back(void) { on_each(echo); }

static void counted(Bed *bed)
{
    bed->notes.echoes = true;
    int peer = connect_peer(bed);
    static char message[16384], back[16384];
    static const size_t sizes[] = { 64, 16384 };
    uint64_t allocations = 0, made = 0;
    for (int i = 0; i < 40; i++) {
        size_t size = sizes[i % 2];
        if (i == 20) {
            allocations = acoc__memory_counts()->allocations;
            made = bed->loop->selector->chunks.made;
            acoc__system_counts.calls[ACOC_CALL_receive] = acoc__system_counts.calls[ACOC_CALL_send] = 0;
        }
        size_t before = bed->notes.received;
        peer_send(peer, message, size);
        run_until(bed, bed->notes.received == before + size);
        run_until(bed, acoc_transport_get_write_buffer_size(bed->notes.transport) == 0);
        CHECK_INT((long long)peer_receive(peer, back, size), (long long)size);
        settle(bed);
        CHECK_INT(bed->loop->selector->chunks.lent[0] + bed->loop->selector->chunks.lent[1], 0);
    }
    CHECK_INT((long long)acoc__system_counts.calls[ACOC_CALL_receive], 20);
    CHECK_INT((long long)acoc__system_counts.calls[ACOC_CALL_send], 20);
    CHECK_INT((long long)acoc__system_counts.calls[ACOC_CALL_send_message], 0);
    CHECK_INT((long long)(acoc__memory_counts()->allocations - allocations), 0);
    CHECK_INT((long long)(bed->loop->selector->chunks.made - made), 0);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void one_receive_one_send_and_no_allocation_per_message(void)
{
    acoc__system_for_new_loops(&acoc__system_counting);
    Bed bed;
    open_bed(&bed, "epoll");
    counted(&bed);
    close_bed(&bed);
    open_bed(&bed, "poll");
    acoc__system_counts.calls[ACOC_CALL_send_message] = 0;
    counted(&bed);
    close_bed(&bed);
}

// The peer does not read: what is queued stays below the high-water mark plus one write.
static void stubborn(Bed *bed)
{
    int peer = connect_peer(bed);
    static char block[10000];
    acoc_transport *transport = bed->notes.transport;
    int writes = 0;
    while (!bed->notes.paused && writes < 10000) {
        acoc_transport_write(transport, block, sizeof block);
        writes++;
        pass(bed);
    }
    CHECK_INT(bed->notes.paused, 1);
    CHECK(bed->notes.buffered_at_pause > 65536);
    CHECK(bed->notes.buffered_at_pause <= 65536 + sizeof block);
    size_t size = (size_t)writes * sizeof block, got = 0;
    char *all = malloc(size);
    while (got < size && !test_has_failed()) {
        ssize_t part = recv(peer, all + got, size - got, MSG_DONTWAIT);
        if (part > 0)
            got += (size_t)part;
        pass(bed);
    }
    free(all);
    CHECK_INT(bed->notes.resumed, 1);
    CHECK_INT((long long)acoc_transport_get_write_buffer_size(transport), 0);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void a_peer_that_does_not_read_pauses_the_writer(void) { on_each(stubborn); }

static void bulk(Bed *bed)
{
    bed->notes.echoes = true;
    int peer = connect_peer(bed);
    size_t size = 3 * 1000 * 1000, sent = 0, got = 0;
    unsigned char *out = malloc(size), *in = malloc(size);
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)(i * 7 + i / 4096);
    for (int turn = 0; got < size && turn < 200000; turn++) {
        ssize_t part = sent < size ? send(peer, out + sent, size - sent, MSG_DONTWAIT | MSG_NOSIGNAL) : 0;
        sent += part > 0 ? (size_t)part : 0;
        pass(bed);
        part = turn % 3 ? recv(peer, in + got, size - got, MSG_DONTWAIT) : 0;
        got += part > 0 ? (size_t)part : 0;
    }
    CHECK_INT((long long)got, (long long)size);
    CHECK(memcmp(in, out, size) == 0);
    CHECK(bed->notes.paused == bed->notes.resumed);
    CHECK(bed->notes.most_buffered <= 65536 + ACOC_CHUNK_LARGE_SIZE);
    free(in);
    free(out);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void megabytes_arrive_whole_and_in_order(void) { on_each(bulk); }

static void half_close(Bed *bed)
{
    bed->notes.keeps_open = true;
    int peer = connect_peer(bed);
    peer_send(peer, "last words", 10);
    shutdown(peer, SHUT_WR);
    run_until(bed, bed->notes.eof == 1);
    CHECK_INT((long long)bed->notes.received, 10);
    settle(bed);
    CHECK_INT(bed->notes.lost, 0);
    CHECK_INT(bed->notes.eof, 1);
    acoc_transport_write(bed->notes.transport, "answer", 6);
    acoc_transport_write_eof(bed->notes.transport);
    acoc_transport_write_eof(bed->notes.transport);
    acoc_transport_write(bed->notes.transport, "too late", 8);
    CHECK(acoc_error_occurred() && acoc_error_is(acoc_error_occurred(), &acoc_RuntimeError_kind));
    acoc_error_release(acoc_error_take());
    settle(bed);
    char text[32];
    CHECK_INT((long long)peer_receive(peer, text, sizeof text), 6);
    CHECK_INT(bed->notes.lost, 0);
    acoc_transport_close(bed->notes.transport);
    run_until(bed, bed->notes.lost == 1);
    close(peer);
}
static void a_half_closed_connection_can_still_send(void) { on_each(half_close); }

static void reset(Bed *bed)
{
    int peer = connect_peer(bed);
    peer_reset(peer);
    run_until(bed, bed->notes.lost == 1);
    CHECK(bed->notes.lost_kind == &acoc_ConnectionResetError_kind);
    CHECK_INT(bed->notes.eof, 0);
    settle(bed);
    CHECK_INT(bed->notes.lost, 1);
    CHECK_INT(reports, 0);
    bed->notes = (Notes){ .base = { &plain_callbacks } };
    peer = connect_peer(bed);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void a_reset_is_told_once_and_the_server_lives_on(void) { on_each(reset); }

static void write_to_dead(Bed *bed)
{
    int peer = connect_peer(bed);
    acoc_transport *transport = acoc_transport_retain(bed->notes.transport);
    acoc_transport_pause_reading(transport);
    peer_reset(peer);
    static char block[100000];
    for (int i = 0; i < 50; i++) {
        acoc_transport_write(transport, block, i % 2 ? 10 : sizeof block);
        pass(bed);
    }
    run_until(bed, bed->notes.lost == 1);
    CHECK(bed->notes.lost_kind == &acoc_ConnectionResetError_kind || bed->notes.lost_kind == &acoc_BrokenPipeError_kind);
    acoc_transport_write(transport, block, 10);
    acoc_transport_close(transport);
    acoc_transport_abort(transport);
    acoc_transport_resume_reading(transport);
    acoc_transport_write_eof(transport);
    CHECK(acoc_transport_get_protocol(transport) == NULL);
    CHECK_INT((long long)acoc_transport_get_write_buffer_size(transport), 0);
    settle(bed);
    CHECK_INT(bed->notes.lost, 1);
    acoc_transport_release(transport);
}
static void writing_to_a_dead_connection_is_harmless(void) { on_each(write_to_dead); }

static void pauses(Bed *bed)
{
    bed->notes.pauses_at_once = true;
    int peer = connect_peer(bed);
    acoc_transport *transport = bed->notes.transport;
    peer_send(peer, "one", 3);
    settle(bed);
    CHECK_INT((long long)bed->notes.received, 0);
    CHECK(!acoc_transport_is_reading(transport));
    acoc_transport_resume_reading(transport);
    acoc_transport_resume_reading(transport);
    CHECK_INT((long long)bed->notes.received, 0);       // never from within the call
    run_until(bed, bed->notes.received == 3);
    for (int i = 1; i <= 10; i++) {                     // at every distance from the receive
        peer_send(peer, "four", 4);
        for (int j = 0; j < i; j++)
            pass(bed);
        acoc_transport_pause_reading(transport);
        size_t seen = bed->notes.received;
        settle(bed);
        CHECK_INT((long long)bed->notes.received, (long long)seen);
        acoc_transport_resume_reading(transport);
        run_until(bed, bed->notes.received == 3 + 4 * (unsigned)i);
    }
    acoc_transport_pause_reading(transport);
    peer_send(peer, "lost", 4);
    settle(bed);
    acoc_transport_close(transport);
    run_until(bed, bed->notes.lost == 1);
    CHECK_INT((long long)bed->notes.received, 43);
    close(peer);
}
static void nothing_comes_while_paused_and_nothing_is_lost(void) { on_each(pauses); }

static void closing(Bed *bed)
{
    int peer = connect_peer(bed);
    size_t size = 4 * 1000 * 1000, got = 0;
    char *block = calloc(1, size);
    acoc_transport_write(bed->notes.transport, block, size);
    CHECK(acoc_transport_get_write_buffer_size(bed->notes.transport) > 0);
    acoc_transport_write(bed->notes.transport, "end", 3);
    acoc_transport_close(bed->notes.transport);
    acoc_transport_close(bed->notes.transport);
    CHECK(acoc_transport_is_closing(bed->notes.transport));
    settle(bed);
    CHECK_INT(bed->notes.lost, 0);
    for (int turn = 0; got < size + 3 && turn < 100000; turn++) {
        ssize_t part = recv(peer, block, size, MSG_DONTWAIT);
        got += part > 0 ? (size_t)part : 0;
        pass(bed);
    }
    CHECK_INT((long long)got, (long long)size + 3);
    run_until(bed, bed->notes.lost == 1);
    CHECK(bed->notes.lost_kind == NULL);
    free(block);
    close(peer);
}
static void close_sends_what_is_buffered(void) { on_each(closing); }

static void aborting(Bed *bed)
{
    int peer = connect_peer(bed);
    size_t size = 8 * 1000 * 1000;
    char *block = calloc(1, size);
    acoc_transport_write(bed->notes.transport, block, size);
    settle(bed);
    acoc_transport_abort(bed->notes.transport);
    CHECK_INT(bed->notes.lost, 0);
    run_until(bed, bed->notes.lost == 1);
    CHECK(bed->notes.lost_kind == NULL);
    free(block);
    close(peer);
}
static void abort_drops_what_is_buffered(void) { on_each(aborting); }

static void marks(Bed *bed)
{
    int peer = connect_peer(bed);
    acoc_transport *transport = bed->notes.transport;
    size_t high, low;
    acoc_transport_get_write_buffer_limits(transport, &high, &low);
    CHECK_INT((long long)high, 65536);
    CHECK_INT((long long)low, 16384);
    acoc_transport_set_write_buffer_limits(transport, 10, 11);
    CHECK(acoc_error_occurred() && acoc_error_is(acoc_error_occurred(), &acoc_ValueError_kind));
    acoc_error_release(acoc_error_take());
    acoc_transport_set_write_buffer_limits(transport, ACOC_DEFAULT_LIMIT, 100);
    acoc_transport_get_write_buffer_limits(transport, &high, NULL);
    CHECK_INT((long long)high, 400);
    acoc_transport_set_write_buffer_limits(transport, 0, ACOC_DEFAULT_LIMIT);
    size_t size = 8 * 1000 * 1000, got = 0;
    char *block = calloc(1, size);
    acoc_transport_write(transport, block, size);
    CHECK_INT(bed->notes.paused, 1);
    for (int turn = 0; got < size && turn < 100000; turn++) {
        ssize_t part = recv(peer, block, size, MSG_DONTWAIT);
        got += part > 0 ? (size_t)part : 0;
        pass(bed);
    }
    run_until(bed, bed->notes.resumed == 1);
    CHECK_INT((long long)bed->notes.buffered_at_resume, 0);
    free(block);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void the_marks_are_the_user_s(void) { on_each(marks); }

static void buffered(Bed *bed)
{
    bed->notes.base.callbacks = &buffered_callbacks;
    bed->notes.echoes = true;
    int peer = connect_peer(bed);
    char text[1000], back[1000];
    memset(text, 'b', sizeof text);
    peer_send(peer, text, sizeof text);                 // more than its room
    run_until(bed, bed->notes.received == sizeof text);
    settle(bed);
    CHECK_INT((long long)peer_receive(peer, back, sizeof back), sizeof back);
    CHECK(memcmp(text, back, sizeof text) == 0);
    bed->notes.base.callbacks = &plain_callbacks;
    acoc_transport_set_protocol(bed->notes.transport, &bed->notes.base);
    peer_send(peer, text, 10);
    run_until(bed, bed->notes.received == sizeof text + 10);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void a_buffered_protocol_gives_the_room(void) { on_each(buffered); }

static void failing(Bed *bed)
{
    bed->notes.fails = true;
    int peer = connect_peer(bed);
    peer_send(peer, "x", 1);
    run_until(bed, bed->notes.lost == 1);
    CHECK(bed->notes.lost_kind == &acoc_ValueError_kind);
    CHECK_INT(reports, 1);
    CHECK_TEXT(last_report, "Fatal error: protocol.data_received() call failed.");
    close(peer);
}
static void a_callback_that_fails_ends_its_connection(void) { on_each(failing); }

static void closes_itself(Bed *bed)
{
    bed->notes.closes = bed->notes.echoes = true;
    int peer = connect_peer(bed);
    peer_send(peer, "bye", 3);
    run_until(bed, bed->notes.lost == 1);
    char text[8];
    CHECK_INT((long long)peer_receive(peer, text, sizeof text), 3);
    close(peer);
}
static void data_received_may_write_and_close(void) { on_each(closes_itself); }

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

static bool raised(const acoc_error_kind *kind, const char *part)
{
    acoc_error *error = acoc_error_take();
    bool good = error && acoc_error_is(error, kind) && strstr(acoc_error_message(error), part);
    if (!good)
        test_failed(__FILE__, __LINE__, "raised %s: %s", error ? acoc_error_kind_of(error)->name : "nothing",
                    error ? acoc_error_message(error) : "");
    acoc_error_release(error);
    return good;
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

const Test tcp_tests[] = {
    TEST(what_comes_is_sent_back),
    TEST(one_receive_one_send_and_no_allocation_per_message),
    TEST(a_peer_that_does_not_read_pauses_the_writer),
    TEST(megabytes_arrive_whole_and_in_order),
    TEST(a_half_closed_connection_can_still_send),
    TEST(a_reset_is_told_once_and_the_server_lives_on),
    TEST(writing_to_a_dead_connection_is_harmless),
    TEST(nothing_comes_while_paused_and_nothing_is_lost),
    TEST(close_sends_what_is_buffered),
    TEST(abort_drops_what_is_buffered),
    TEST(the_marks_are_the_user_s),
    TEST(a_buffered_protocol_gives_the_room),
    TEST(a_callback_that_fails_ends_its_connection),
    TEST(data_received_may_write_and_close),
    TEST(a_closed_server_refuses_and_keeps_its_connections),
    TEST(no_host_means_all_interfaces_and_one_port),
    TEST(without_descriptors_accepting_pauses_and_goes_on),
    TEST(a_name_is_resolved_and_connected_to),
    TEST(what_cannot_be_connected_to_says_why),
    TEST(connecting_has_a_deadline_and_can_be_cancelled),
    TEST(closing_the_loop_closes_its_sockets),
    TEST_END
};

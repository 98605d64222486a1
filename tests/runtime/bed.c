// SPDX-License-Identifier: MIT
//
// The loop, the server and the noting protocol of bed.h.
#include "bed.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

// ----------------------------------------------------------------------------------------------- a protocol that notes

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

const acoc_protocol_callbacks plain_callbacks = {
    .connection_made = note_made, .data_received = note_data, .eof_received = note_eof, .connection_lost = note_lost,
    .pause_writing = note_pause, .resume_writing = note_resume,
};
const acoc_protocol_callbacks buffered_callbacks = {
    .connection_made = note_made, .eof_received = note_eof, .connection_lost = note_lost, .pause_writing = note_pause,
    .resume_writing = note_resume, .get_buffer = note_room, .buffer_updated = note_updated,
};

acoc_protocol *give_notes(void *argument)
{
    return argument;
}

// ------------------------------------------------------------------------------------------------ a loop, a server

int reports;
char last_report[128];

static void note_report(acoc_loop *loop, const acoc_exception_context *context, void *argument)
{
    (void)loop;
    (void)argument;
    reports++;
    snprintf(last_report, sizeof last_report, "%s", context->message);
}

acoc_server *serve(acoc_loop *loop, acoc_protocol_factory factory, void *argument, const char *host)
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

void open_bed(Bed *bed, const char *selector)
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

void pass(Bed *bed)
{
    acoc_loop_stop(bed->loop);
    acoc_loop_run_forever(bed->loop);
    CHECK(acoc_error_occurred() == NULL);
}

void settle(Bed *bed)
{
    for (int i = 0; i < 20; i++)
        pass(bed);
}

void close_bed(Bed *bed)
{
    acoc_server_free(bed->server);
    settle(bed);
    acoc_loop_free(bed->loop);
    acoc_set_event_loop(NULL);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

int connect_peer(Bed *bed)
{
    int peer = peer_connect(bed->port);
    REQUIRE(peer >= 0);
    run_until(bed, bed->notes.made == 1);
    return peer;
}

void on_each(void (*promise)(Bed *bed))
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

bool raised(const acoc_error_kind *kind, const char *part)
{
    acoc_error *error = acoc_error_take();
    bool good = error && acoc_error_is(error, kind) && strstr(acoc_error_message(error), part);
    if (!good)
        test_failed(__FILE__, __LINE__, "raised %s: %s", error ? acoc_error_kind_of(error)->name : "nothing",
                    error ? acoc_error_message(error) : "");
    acoc_error_release(error);
    return good;
}

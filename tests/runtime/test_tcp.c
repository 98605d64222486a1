// SPDX-License-Identifier: MIT
//
// TCP transports and their protocols: every promise on every selector, the late one included.
#include "bed.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "loop/loop.h"

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

// The byte sent out of band is not data, and what follows it is not lost.
static void urgent(Bed *bed)
{
    int peer = connect_peer(bed);
    for (int i = 1; i <= 20; i++) {
        send(peer, "ab", 2, 0);
        send(peer, "!", 1, MSG_OOB);
        send(peer, "cd", 2, 0);
        run_until(bed, bed->notes.received == 4u * (unsigned)i);
    }
    close(peer);
    run_until(bed, bed->notes.lost == 1);
    CHECK_INT(bed->notes.eof, 1);
}
static void an_urgent_byte_loses_nothing(void) { on_each(urgent); }

// All of it stands in the socket before the loop looks for the first time.
static void at_once(Bed *bed)
{
    int peer = peer_connect(bed->port);
    peer_send(peer, "all at once", 11);
    shutdown(peer, SHUT_WR);
    run_until(bed, bed->notes.lost == 1);
    CHECK_INT((long long)bed->notes.received, 11);
    CHECK_INT(bed->notes.eof, 1);
    close(peer);
}
static void data_and_end_at_once_are_both_seen(void) { on_each(at_once); }

// Small writes of one pass go out together.
static void together(Bed *bed)
{
    int peer = connect_peer(bed);
    acoc__system_counts.calls[ACOC_CALL_send] = acoc__system_counts.calls[ACOC_CALL_send_message] = 0;
    for (int i = 0; i < 100; i++)
        acoc_transport_write(bed->notes.transport, "0123456789", 10);
    CHECK_INT((long long)acoc_transport_get_write_buffer_size(bed->notes.transport), 1000);
    acoc_bytes pieces[3] = { { "a", 1 }, { NULL, 0 }, { "bc", 2 } };
    acoc_transport_writelines(bed->notes.transport, pieces, 3);
    acoc_transport_writelines(bed->notes.transport, pieces + 1, 1);
    settle(bed);
    char text[2000];
    CHECK_INT((long long)recv(peer, text, sizeof text, 0), 1003);
    CHECK(memcmp(text + 1000, "abc", 3) == 0);
    CHECK_INT((long long)acoc__system_counts.calls[ACOC_CALL_send], 1);
    close(peer);
    run_until(bed, bed->notes.lost == 1);
}
static void small_writes_of_a_pass_are_one_send(void)
{
    acoc__system_for_new_loops(&acoc__system_counting);
    on_each(together);
}

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
    TEST(an_urgent_byte_loses_nothing),
    TEST(data_and_end_at_once_are_both_seen),
    TEST(small_writes_of_a_pass_are_one_send),
    TEST_END
};

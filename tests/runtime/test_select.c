// SPDX-License-Identifier: MIT
//
// Selectors by themselves, without a loop: when an operation ends, what cancel answers, and that events for a source that
// has gone hit nobody.
#include "support/test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "loop/system.h"
#include "select/selector.h"

// Stands for the loop: a list of what is ready.
static acoc_wait *ready[64];
static int ready_count;

static void note_ready(void *owner, acoc_wait *wait)
{
    (void)owner;
    ready[ready_count++] = wait;
}

static void run_ready(void)
{
    acoc_wait *now[64];
    int count = ready_count;
    memcpy(now, ready, sizeof now);
    ready_count = 0;
    for (int i = 0; i < count; i++)
        now[i]->operations->run(now[i]);
}

typedef struct Pair {
    acoc_selector *selector;
    int late;
    int peer;
    acoc_source source;
    acoc_operation receive, send;
    int received, sent;                         // how often they have ended
} Pair;

static void note_received(acoc_operation *operation)
{
    Pair *pair = (Pair *)(void *)((char *)operation - offsetof(Pair, receive));
    pair->received++;
}

static void note_sent(acoc_operation *operation)
{
    Pair *pair = (Pair *)(void *)((char *)operation - offsetof(Pair, send));
    pair->sent++;
}

static void open_pair(Pair *pair, acoc_selector *selector, int late)
{
    int sockets[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets) == 0);
    *pair = (Pair){ .selector = selector, .late = late, .peer = sockets[1] };
    acoc_source_init(&pair->source, sockets[0]);
    pair->receive = (acoc_operation){ .source = &pair->source, .complete = note_received, .kind = ACOC_RECEIVE };
    pair->send = (acoc_operation){ .source = &pair->source, .complete = note_sent, .kind = ACOC_SEND };
}

static void close_pair(Pair *pair)
{
    acoc_selector_forget(pair->selector, &pair->source);
    close(pair->source.fd);
    close(pair->peer);
}

static void turn(Pair *pair)
{
    for (int i = 0; i < 5; i++) {
        CHECK(acoc_selector_wait(pair->selector, 0) >= 0);
        run_ready();
    }
}

static void on_each(void (*promise)(Pair *pair))
{
    static const char *const names[] = { "epoll", "poll", "late" };
    for (int i = 0; i < 3; i++) {
        int error;
        acoc_selector *selector = acoc_selector_new(names[i], &acoc__system_real, NULL, note_ready, &error);
        REQUIRE(selector != NULL);
        CHECK_TEXT(selector->functions->name, names[i]);
        Pair pair;
        open_pair(&pair, selector, i == 2);
        promise(&pair);
        close_pair(&pair);
        CHECK_INT(selector->chunks.lent[0] + selector->chunks.lent[1], 0);
        acoc_selector_free(selector);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
        CHECK_INT(ready_count, 0);
        if (test_has_failed())
            test_failed(__FILE__, __LINE__, "(on %s)", names[i]);
    }
}

static void receives(Pair *pair)
{
    CHECK_INT(acoc_selector_submit(pair->selector, &pair->receive), 0);
    turn(pair);
    CHECK_INT(pair->received, 0);
    CHECK_INT(pair->selector->chunks.lent[ACOC_CHUNK_LARGE], 0);        // nothing is lent while nothing comes
    CHECK_INT((long long)write(pair->peer, "hello", 5), 5);
    turn(pair);
    CHECK_INT(pair->received, 1);
    CHECK_INT(pair->receive.result, 5);
    CHECK(pair->receive.chunk && memcmp(pair->receive.chunk->data, "hello", 5) == 0);
    acoc_chunk_release(pair->receive.chunk);
}
static void a_receive_ends_when_bytes_come(void) { on_each(receives); }

static void cancels(Pair *pair)
{
    acoc_selector_submit(pair->selector, &pair->receive);
    turn(pair);
    CHECK_INT(acoc_selector_cancel(pair->selector, &pair->receive), !pair->late);      // ended, or will end
    turn(pair);
    CHECK_INT(pair->received, pair->late);
    CHECK_INT(pair->receive.result, -ECANCELED);
    CHECK_INT(acoc_selector_cancel(pair->selector, &pair->receive), 1);                // idle: has ended
    CHECK_INT((long long)write(pair->peer, "kept", 4), 4);
    turn(pair);
    CHECK_INT(pair->received, pair->late);
    if (!acoc_selector_submit(pair->selector, &pair->receive))
        turn(pair);
    CHECK_INT(pair->receive.result, 4);
    acoc_chunk_release(pair->receive.chunk);
}
static void a_cancelled_receive_takes_no_bytes(void) { on_each(cancels); }

// In the ready queue an operation cannot be found: it will end, with ECANCELED or with what happened anyway.
static void cancels_queued(Pair *pair)
{
    acoc_selector_submit(pair->selector, &pair->receive);
    turn(pair);
    CHECK_INT((long long)write(pair->peer, "x", 1), 1);
    CHECK_INT(acoc_selector_wait(pair->selector, 0), 1);
    CHECK_INT(acoc_selector_cancel(pair->selector, &pair->receive), 0);
    turn(pair);
    CHECK_INT(pair->received, 1);
    CHECK_INT(pair->receive.result, -ECANCELED);
}
static void an_operation_with_news_will_end(void) { on_each(cancels_queued); }

static void late_effect(Pair *pair)
{
    if (!pair->late)
        return;
    acoc_selector_submit(pair->selector, &pair->receive);
    turn(pair);
    CHECK_INT((long long)write(pair->peer, "late", 4), 4);
    acoc_selector_wait(pair->selector, 0);
    run_ready();                                        // ready, acts one pass later
    run_ready();                                        // acts, delivers one pass later
    CHECK_INT(pair->received, 0);
    CHECK_INT(acoc_selector_cancel(pair->selector, &pair->receive), 0);
    run_ready();
    CHECK_INT(pair->received, 1);
    CHECK_INT(pair->receive.result, 4);                 // what happened anyway stays
    acoc_chunk_release(pair->receive.chunk);
}
static void late_delivers_what_a_cancel_came_too_late_for(void) { on_each(late_effect); }

static void tries(Pair *pair)
{
    struct iovec vector = { "now", 3 };
    pair->send.vectors = &vector;
    pair->send.vector_count = 1;
    pair->send.flags = ACOC_TRY_ONLY;
    CHECK_INT(acoc_selector_submit(pair->selector, &pair->send), 1);
    CHECK_INT(pair->send.result, pair->late ? -EAGAIN : 3);
    pair->receive.flags = ACOC_TRY_ONLY;
    CHECK_INT(acoc_selector_submit(pair->selector, &pair->receive), 1);
    CHECK_INT(pair->receive.result, -EAGAIN);
}
static void a_try_ends_at_once(void) { on_each(tries); }

static void waits_for_room(Pair *pair)
{
    static char block[1 << 20];
    struct iovec vector = { block, sizeof block };
    size_t sent = 0, got = 0;
    pair->send.vectors = &vector;
    pair->send.vector_count = 1;
    for (int i = 0; i < 1000 && pair->send.state == ACOC_OPERATION_IDLE; i++) {
        int ended = acoc_selector_submit(pair->selector, &pair->send);
        int before = pair->sent;
        if (!ended)
            turn(pair);
        if (ended || pair->sent > before)
            sent += (size_t)pair->send.result;
    }
    CHECK(pair->send.state != ACOC_OPERATION_IDLE);     // the peer's buffer is full
    int before = pair->sent;
    for (ssize_t part; (part = read(pair->peer, block, sizeof block)) > 0;)
        got += (size_t)part;
    CHECK_INT((long long)got, (long long)sent);
    turn(pair);
    CHECK_INT(pair->sent, before + 1);
    CHECK(pair->send.result > 0);
}
static void a_send_waits_for_room(void) { on_each(waits_for_room); }

static void watches(Pair *pair)
{
    pair->receive.kind = ACOC_WATCH_READABLE;
    acoc_selector_submit(pair->selector, &pair->receive);
    turn(pair);
    CHECK_INT(pair->received, 0);
    CHECK_INT((long long)write(pair->peer, "x", 1), 1);
    for (int i = 1; i <= 3; i++) {                      // level-triggered: as long as nobody reads it
        turn(pair);
        CHECK_INT(pair->received, i);
        acoc_selector_submit(pair->selector, &pair->receive);
    }
    char byte;
    turn(pair);
    CHECK_INT((long long)read(pair->source.fd, &byte, 1), 1);
    acoc_selector_submit(pair->selector, &pair->receive);
    turn(pair);
    CHECK_INT(pair->received, 4);
    if (!acoc_selector_cancel(pair->selector, &pair->receive))
        turn(pair);
}
static void a_watch_is_level_triggered(void) { on_each(watches); }

// A source goes and another takes its slot and its descriptor's number: it gets its own events only.
static void replaces(Pair *pair)
{
    for (int i = 0; i < 10; i++) {
        acoc_selector_submit(pair->selector, &pair->receive);
        turn(pair);
        if (!acoc_selector_cancel(pair->selector, &pair->receive))
            turn(pair);
        CHECK_INT((long long)write(pair->peer, "old", 3), 3);
        close_pair(pair);
        open_pair(pair, pair->selector, pair->late);
        acoc_selector_submit(pair->selector, &pair->receive);
        turn(pair);
        CHECK_INT(pair->received, 0);
        CHECK_INT((long long)write(pair->peer, "new", 3), 3);
        turn(pair);
        CHECK_INT(pair->received, 1);
        CHECK(pair->receive.result == 3 && memcmp(pair->receive.chunk->data, "new", 3) == 0);
        acoc_chunk_release(pair->receive.chunk);
    }
}
static void a_new_source_gets_no_old_events(void) { on_each(replaces); }

static void two_at_once(Pair *pair)
{
    Pair other = *pair;
    other.receive.source = &pair->source;
    acoc_selector_submit(pair->selector, &pair->receive);
    turn(pair);
    int ended = acoc_selector_submit(pair->selector, &other.receive);
    turn(pair);
    CHECK(ended || other.received == 1);
    CHECK_INT(other.receive.result, -EBUSY);
    CHECK_INT((long long)write(pair->peer, "x", 1), 1);
    turn(pair);
    CHECK_INT(pair->received, 1);
    acoc_chunk_release(pair->receive.chunk);
}
static void a_second_receive_on_a_source_is_refused(void) { on_each(two_at_once); }

static void a_file_cannot_be_waited_for(void)
{
    int error;
    acoc_selector *selector = acoc_selector_new("epoll", &acoc__system_real, NULL, note_ready, &error);
    Pair pair;
    open_pair(&pair, selector, 0);
    close(pair.source.fd);
    char name[] = "/tmp/acoc-select-XXXXXX";
    pair.source.fd = mkstemp(name);
    unlink(name);
    CHECK_INT(acoc_selector_submit(selector, &pair.receive), 1);
    CHECK_INT(pair.receive.result, -EPERM);
    close_pair(&pair);
    acoc_selector_free(selector);
}

static void an_unknown_selector_is_refused(void)
{
    int error = 0;
    CHECK(acoc_selector_new("telepathy", &acoc__system_real, NULL, note_ready, &error) == NULL);
    CHECK_INT(error, -ENOENT);
    setenv("ACOC_SELECTOR", "poll", 1);
    acoc_selector *selector = acoc_selector_new(NULL, &acoc__system_real, NULL, note_ready, &error);
    CHECK_TEXT(selector->functions->name, "poll");
    acoc_selector_free(selector);
}

const Test select_tests[] = {
    TEST(a_receive_ends_when_bytes_come),
    TEST(a_cancelled_receive_takes_no_bytes),
    TEST(an_operation_with_news_will_end),
    TEST(late_delivers_what_a_cancel_came_too_late_for),
    TEST(a_try_ends_at_once),
    TEST(a_send_waits_for_room),
    TEST(a_watch_is_level_triggered),
    TEST(a_new_source_gets_no_old_events),
    TEST(a_second_receive_on_a_source_is_refused),
    TEST(a_file_cannot_be_waited_for),
    TEST(an_unknown_selector_is_refused),
    TEST_END
};

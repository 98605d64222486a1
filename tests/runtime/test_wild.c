// SPDX-License-Identifier: MIT
// runtime/transport/: protocols that do anything at any time, by a seed, against peers that do the same. Whatever happens,
// connection_made and connection_lost come once each, nothing comes after the latter, and nothing is left.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "bed.h"

enum { PEERS = 8, TURNS = 400 };

typedef struct Wild {
    acoc_protocol base;
    acoc_transport *transport;
    int made, lost, eof;
    int pausings;                               // pause_writing less resume_writing
    char room[5000];
} Wild;

static uint64_t seed;
static Bed *current;
static Wild *all;
static int wild_made, wild_lost;
static acoc_chunk *kept;

static unsigned pick(unsigned count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 11) % count);
}

static void write_some(acoc_transport *transport)
{
    static char bytes[300000];
    static const size_t sizes[] = { 0, 1, 100, 4095, 4096, 20000, 300000 };
    acoc_bytes pieces[3];
    for (int i = 0; i < 3; i++)
        pieces[i] = (acoc_bytes){ bytes, sizes[pick(7)] };
    if (pick(2))
        acoc_transport_write(transport, bytes, sizes[pick(7)]);
    else
        acoc_transport_writelines(transport, pieces, 3);
    acoc_error_release(acoc_error_take());      // after write_eof
}

static const acoc_protocol_callbacks wild_plain, wild_buffered;

static void become_another(Wild *wild)
{
    static const acoc_protocol_callbacks *const kinds[] = { &wild_plain, &wild_buffered };
    wild->base.callbacks = kinds[pick(2)];
    acoc_transport_set_protocol(wild->transport, &wild->base);
}

static void do_anything(Wild *wild)
{
    acoc_transport *transport = wild->transport;
    switch (pick(20)) {
    case 0: acoc_transport_close(transport); break;
    case 1: acoc_transport_abort(transport); break;
    case 2: case 3: acoc_transport_pause_reading(transport); break;
    case 4: case 5: case 6: acoc_transport_resume_reading(transport); break;
    case 7: case 8: case 9: write_some(transport); break;
    case 10: acoc_transport_write_eof(transport); break;
    case 11:
        acoc_transport_set_write_buffer_limits(transport, pick(2) ? 0 : pick(70000), ACOC_DEFAULT_LIMIT);
        break;
    case 12: become_another(wild); break;
    case 13: acoc_error_set(acoc_ValueError("wild")); break;
    case 14:
        acoc_chunk_release(kept);
        kept = acoc_transport_keep_data(transport);
        break;
    case 15: acoc_transport_release(acoc_transport_retain(transport)); break;
    case 16: acoc_loop_stop(current->loop); break;
    default: break;
    }
}

static void act(Wild *wild)
{
    CHECK_INT(wild->made, 1);
    CHECK_INT(wild->lost, 0);
    for (unsigned count = pick(4); count > 0; count--)
        do_anything(wild);
}

static void wild_connection_made(acoc_protocol *protocol, acoc_transport *transport)
{
    Wild *wild = (Wild *)(void *)protocol;
    wild->made++;
    wild_made++;
    wild->transport = acoc_transport_retain(transport);
    act(wild);
}

static void wild_data_received(acoc_protocol *protocol, const void *data, size_t size)
{
    volatile char last = ((const char *)data)[size - 1];
    (void)last;
    CHECK(size > 0 && !((Wild *)(void *)protocol)->eof);
    act((Wild *)(void *)protocol);
}

static acoc_room wild_get_buffer(acoc_protocol *protocol, size_t size_hint)
{
    (void)size_hint;
    Wild *wild = (Wild *)(void *)protocol;
    act(wild);
    return (acoc_room){ wild->room, pick(50) ? 1 + pick(sizeof wild->room) : 0 };
}

static void wild_buffer_updated(acoc_protocol *protocol, size_t size)
{
    CHECK(size > 0 && !((Wild *)(void *)protocol)->eof);
    act((Wild *)(void *)protocol);
}

static int wild_eof_received(acoc_protocol *protocol)
{
    CHECK_INT(((Wild *)(void *)protocol)->eof++, 0);
    act((Wild *)(void *)protocol);
    return (int)pick(2);
}

static void wild_connection_lost(acoc_protocol *protocol, acoc_error *error)
{
    (void)error;
    Wild *wild = (Wild *)(void *)protocol;
    act(wild);
    wild->lost++;
    wild_lost++;
}

static void wild_pause_writing(acoc_protocol *protocol)
{
    Wild *wild = (Wild *)(void *)protocol;
    CHECK_INT(wild->pausings++, 0);
    act(wild);
}

static void wild_resume_writing(acoc_protocol *protocol)
{
    Wild *wild = (Wild *)(void *)protocol;
    CHECK_INT(--wild->pausings, 0);
    act(wild);
}

static const acoc_protocol_callbacks wild_plain = {
    .connection_made = wild_connection_made, .data_received = wild_data_received, .eof_received = wild_eof_received,
    .connection_lost = wild_connection_lost, .pause_writing = wild_pause_writing, .resume_writing = wild_resume_writing,
};
static const acoc_protocol_callbacks wild_buffered = {
    .connection_made = wild_connection_made, .get_buffer = wild_get_buffer, .buffer_updated = wild_buffer_updated,
    .eof_received = wild_eof_received, .connection_lost = wild_connection_lost, .pause_writing = wild_pause_writing,
    .resume_writing = wild_resume_writing,
};

static acoc_protocol *give_wild(void *argument)
{
    (void)argument;
    for (int i = 0; i < PEERS; i++) {
        if (all[i].made)
            continue;
        all[i].base.callbacks = pick(2) ? &wild_plain : &wild_buffered;
        return pick(20) ? &all[i].base : NULL;
    }
    return NULL;
}

// ------------------------------------------------------------------------------------------------------- the peers

static void reset_peer(int peer)
{
    struct linger now = { 1, 0 };
    setsockopt(peer, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(peer);
}

// Answers the peer's descriptor, -1 when it has gone.
static int move_peer(int peer)
{
    static char bytes[100000];
    switch (pick(10)) {
    case 0: close(peer); return -1;
    case 1: reset_peer(peer); return -1;
    case 2: shutdown(peer, SHUT_WR); break;
    case 3: case 4: case 5:
        (void)!send(peer, bytes, 1 + pick(sizeof bytes - 1), MSG_NOSIGNAL | MSG_DONTWAIT);
        break;
    default: (void)!recv(peer, bytes, 1 + pick(sizeof bytes - 1), MSG_DONTWAIT); break;
    }
    return peer;
}

static void wild_bed(Bed *bed)
{
    Wild wild[PEERS];
    int peers[PEERS];
    memset(wild, 0, sizeof wild);
    all = wild;
    current = bed;
    wild_made = wild_lost = 0;
    acoc_server *server = serve(bed->loop, give_wild, NULL, "127.0.0.1");
    REQUIRE(server != NULL);
    for (int i = 0; i < PEERS; i++) {
        peers[i] = peer_connect(acoc_server_get_port(server));
        REQUIRE(peers[i] >= 0);
    }
    for (int turn = 0; turn < TURNS; turn++) {
        int i = (int)pick(PEERS);
        if (peers[i] >= 0 && pick(3) == 0)
            peers[i] = move_peer(peers[i]);
        pass(bed);
    }
    for (int i = 0; i < PEERS; i++) {
        if (peers[i] >= 0)
            close(peers[i]);
        if (wild[i].made && !wild[i].lost)
            acoc_transport_abort(wild[i].transport);
    }
    run_until(bed, wild_made == wild_lost);
    for (int i = 0; i < PEERS; i++)
        acoc_transport_release(wild[i].transport);
    acoc_chunk_release(kept);
    kept = NULL;
    acoc_server_free(server);
    settle(bed);
}

static void protocols_may_do_anything_at_any_time(void)
{
    const char *first = getenv("ACOC_TEST_SEED"), *rounds = getenv("ACOC_TEST_ROUNDS");
    uint64_t start = first ? strtoull(first, NULL, 10) : 1;
    uint64_t count = rounds ? strtoull(rounds, NULL, 10) : 50;
    for (uint64_t round = start; round < start + count && !test_has_failed(); round++) {
        seed = round * 0x9E3779B97F4A7C15u;
        on_each(wild_bed);
        if (test_has_failed())
            test_failed(__FILE__, __LINE__, "(ACOC_TEST_SEED=%llu)", (unsigned long long)round);
    }
}

const Test wild_tests[] = {
    TEST(protocols_may_do_anything_at_any_time),
    TEST_END
};

// SPDX-License-Identifier: MIT
//
// What tests of transports and servers stand on: a loop on a given selector with a server whose one connection is noted,
// against plain blocking sockets.
#ifndef ACOC_TEST_BED_H
#define ACOC_TEST_BED_H

#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include "acoc.h"
#include "support/peers.h"
#include "support/test.h"

// A protocol that notes what it is told.
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

extern const acoc_protocol_callbacks plain_callbacks, buffered_callbacks;
// A protocol factory: the argument, which is a Notes.
acoc_protocol *give_notes(void *argument);

typedef struct Bed {
    acoc_loop *loop;
    acoc_server *server;
    int port;
    Notes notes;                                // of the connection that the server accepts
} Bed;

// What the loop's exception handler was told.
extern int reports;
extern char last_report[128];

void open_bed(Bed *bed, const char *selector);
// Nothing may be left.
void close_bed(Bed *bed);
// Runs promise on each selector, the late one included.
void on_each(void (*promise)(Bed *bed));
// A server on host and a port of the system's choice; NULL: raised.
acoc_server *serve(acoc_loop *loop, acoc_protocol_factory factory, void *argument, const char *host);
// One pass of the loop, which does not wait; a few of them.
void pass(Bed *bed);
void settle(Bed *bed);
// A blocking socket connected to the server, which has accepted it.
int connect_peer(Bed *bed);
// True when an error of this kind is in the slot and its message contains part; takes it.
bool raised(const acoc_error_kind *kind, const char *part);

// Passes until the condition holds, for at most two seconds.
#define run_until(bed, condition)                                                                                 \
    do {                                                                                                          \
        for (int turn = 0; turn < 20000 && !(condition); turn++) {                                                \
            pass(bed);                                                                                            \
            if (turn > 100)                                                                                       \
                usleep(100);                                                                                      \
        }                                                                                                         \
        CHECK(condition);                                                                                         \
    } while (0)

#endif

// SPDX-License-Identifier: MIT
//
// Private to transport/ and those who make transports: the head that every transport begins with, the table of functions
// that a kind of transport fills, and flow control, which is the same for all.
#ifndef ACOC_TRANSPORT_TRANSPORT_H
#define ACOC_TRANSPORT_TRANSPORT_H

#include "../loop/loop.h"

typedef struct acoc_transport_functions {
    const char *name;
    void (*write)(acoc_transport *transport, const acoc_bytes *pieces, size_t count);     // may raise
    void (*write_eof)(acoc_transport *transport);                                        // NULL: it cannot
    void (*close)(acoc_transport *transport);
    void (*abort)(acoc_transport *transport);
    void (*pause_reading)(acoc_transport *transport);
    void (*resume_reading)(acoc_transport *transport);
    void (*protocol_changed)(acoc_transport *transport);
    acoc_chunk *(*keep_data)(acoc_transport *transport);
    const void *(*get_extra_info)(acoc_transport *transport, const char *name);
    void (*free)(acoc_transport *transport);
} acoc_transport_functions;

enum {
    ACOC_CLOSING = 0x001,                       // close, abort or loss: nothing is received any more
    ACOC_LOST = 0x002,                          // nothing is sent any more either
    ACOC_FINISHING = 0x004,                     // connection_lost is due as soon as no operation is under way
    ACOC_GONE = 0x008,                          // connection_lost was called, the descriptor is closed
    ACOC_EOF_ASKED = 0x010,                     // write_eof was called
    ACOC_EOF_SENT = 0x020,
    ACOC_EOF_RECEIVED = 0x040,
    ACOC_READING_PAUSED = 0x080,
    ACOC_WRITING_PAUSED = 0x100,                // the protocol was told to
    ACOC_HELD = 0x200,                          // a receive ended while paused: delivered by resume
    ACOC_NEEDS_ATTENTION = 0x400,               // the attention wait stands in the ready queue
    ACOC_SUBMITTING = 0x800                     // a receive is being submitted: get_buffer may be running
};

struct acoc_transport {
    const acoc_transport_functions *functions;
    acoc_loop *loop;
    acoc_protocol *protocol;                    // NULL when gone
    uint32_t count;
    uint32_t flags;
    size_t buffered;                            // bytes queued
    size_t high, low;
};

void acoc__transport_init(acoc_transport *transport, const acoc_transport_functions *functions, acoc_loop *loop,
                          acoc_protocol *protocol);

// Compares what is buffered with the marks and tells the protocol. Call after an attempted flush, and look again at the
// transport's state afterwards: the protocol may have done anything.
void acoc__transport_judge(acoc_transport *transport);

// After a callback of the protocol: the error that it left in the slot, taken; NULL: none.
acoc_failure *acoc__transport_failure(void);
// Reports failure (taken) to the loop's exception handler; answers its error, with a count for the caller.
acoc_error *acoc__transport_report(acoc_loop *loop, const char *message, acoc_failure *failure);

#endif

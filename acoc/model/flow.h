// SPDX-License-Identifier: MIT
// The flow graph of one function: what lower/flow.c builds, lower/live.c reads and --emit=flow prints. Blocks hold the
// events that matter to liveness, in the order in which the emitted text performs them. A suspension ends its block, so
// what is alive behind it is what is alive at the block's end.
#ifndef ACOC_FLOW_H
#define ACOC_FLOW_H

#include "lowered.h"

typedef struct Block Block;
typedef struct Edge Edge;
typedef struct Flow Flow;
typedef struct CleanupText CleanupText;

typedef enum EventKind {
    EVENT_USE,               // its value is read
    EVENT_DEF,               // it gets a value as a whole
    EVENT_PARTIAL,           // a member of it gets a value: the rest stays, nothing is read
    EVENT_NULL,              // a handle, an array's pointer, or a hidden local begins as 0
    EVENT_UNDEF,             // its declaration is reached: the old value is gone
    EVENT_PLACE,             // a local in memory is declared: its pointer into the frame is set
    EVENT_SUSPEND            // last of its block; edges lead to success and to the landing place of an error
} EventKind;

typedef struct Event {
    EventKind kind;
    Local *local;
    Suspension *suspension;
    Token *token;            // where the user's text reads it; NULL for what we do ourselves
} Event;

struct Edge {
    Block *from, *to;
    Block *through;          // behind a clean-up: the block in which it was entered for this way out, else NULL.
                             // What holds there and is not undone by the clean-up holds here too
    const CleanupText *passed; // the clean-up's blocks, where through is set
    bool is_raise;
};

// The blocks of a clean-up: its first one and those numbered from first up to end, and perhaps others that it leads to.
struct CleanupText {
    Block *start;
    unsigned first, end;
};

struct Block {
    unsigned number;         // in Flow.blocks
    const char *label;       // what it stands for, for readers: "entry", "loop", "landing 2"
    Node *node;              // the label, case or default that it begins with, or NULL
    Event *events;           // a Vec
    Edge **in, **out;        // Vecs
};

struct Flow {
    Block **blocks;          // a Vec
    Block *entry, *returned, *raised;
};

#endif

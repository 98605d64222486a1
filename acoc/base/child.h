// SPDX-License-Identifier: MIT
// A program that works for us, one at a time, in a process group of its own: it does not outlive us, whatever ends us,
// and a time and a size of files limit what it may take.
#ifndef ACOC_CHILD_H
#define ACOC_CHILD_H

#include <signal.h>
#include <sys/types.h>

typedef struct Child {
    pid_t pid;
    sigset_t before; // the signals that were held before it was started
} Child;

typedef enum ChildEnd {
    CHILD_ENDED,
    CHILD_TOO_LATE, // and was stopped
    CHILD_LOST      // errno tells why nothing is known of it
} ChildEnd;

// Starts it with nothing to read, standard output and (unless -1) standard error being these files, none of its files
// bigger than most_bytes. 0, or an errno. From here to child_wait() signals that ask us to end are held.
int child_start(Child *child, char *const *command, int output, int messages, off_t most_bytes);

// Waits for its end, so many seconds at most (0: for ever). A signal that asks us to end stops it first, then ends us.
ChildEnd child_wait(Child *child, unsigned seconds, int *status);

#endif

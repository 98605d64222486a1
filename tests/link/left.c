// SPDX-License-Identifier: MIT
// Linked into the programs of all cases: what a program has not given back when it ends (a frame, a task, an error, a
// loop) is told, and its status is another. It finds in every `make check` what LeakSanitizer finds in `make check-asan`.
#include <stdio.h>
#include <unistd.h>

#include "../../runtime/base/memory.h"

enum { SOMETHING_IS_LEFT = 97 };

static void __attribute__((destructor)) tell_what_is_left(void)
{
    static const char *const kinds[ACOC_MEMORY_KINDS] = {
        [ACOC_MEMORY_TASK] = "tasks or futures", [ACOC_MEMORY_FRAME] = "frames", [ACOC_MEMORY_ERROR] = "errors",
        [ACOC_MEMORY_HANDLE] = "callbacks", [ACOC_MEMORY_CHUNK] = "chunks", [ACOC_MEMORY_TRANSPORT] = "transports",
        [ACOC_MEMORY_LOOP] = "parts of loops", [ACOC_MEMORY_OTHER] = "other blocks",
    };
    const acoc_memory_counts *counts = acoc__memory_counts();
    if (!acoc__memory_live_blocks())
        return;
    fflush(NULL);
    for (int kind = 0; kind < ACOC_MEMORY_KINDS; kind++)
        if (counts->blocks[kind])
            dprintf(STDERR_FILENO, "left: %llu %s\n", (unsigned long long)counts->blocks[kind], kinds[kind]);
    _exit(SOMETHING_IS_LEFT);
}

// SPDX-License-Identifier: MIT
//
// The one door to memory. Small blocks come from the thread's slabs: no lock, no system call in the steady state; they
// are given back by the thread that took them. Large and over-aligned blocks, and in AddressSanitizer builds all blocks,
// come from the system one by one. The giver says the size again, so blocks carry no header.
#ifndef ACOC_BASE_MEMORY_H
#define ACOC_BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

// What a block is for; live blocks and bytes are counted for each.
typedef enum acoc_memory_kind {
    ACOC_MEMORY_TASK,                           // coroutine objects, tasks, futures
    ACOC_MEMORY_FRAME,
    ACOC_MEMORY_ERROR,                          // errors and failures
    ACOC_MEMORY_HANDLE,                         // callbacks
    ACOC_MEMORY_CHUNK,                          // chunks of data
    ACOC_MEMORY_TRANSPORT,                      // transports, servers, readers, writers
    ACOC_MEMORY_LOOP,                           // the loop itself, its heap, its selector
    ACOC_MEMORY_OTHER,
    ACOC_MEMORY_KINDS
} acoc_memory_kind;

typedef struct acoc_memory_counts {
    uint64_t blocks[ACOC_MEMORY_KINDS];         // live now
    uint64_t bytes[ACOC_MEMORY_KINDS];
    uint64_t allocations;                       // times the system was asked: slabs and large blocks, ever. Constant in
                                                // a steady state
    uint64_t slabs;                             // 64 KiB each, held now
} acoc_memory_counts;

// A block aligned to 16 bytes, or NULL.
void *acoc__memory_take(size_t size, acoc_memory_kind kind);
// size and kind as taken. NULL is allowed.
void acoc__memory_give(void *block, size_t size, acoc_memory_kind kind);
// The same for any alignment that is a power of two.
void *acoc__memory_take_overaligned(size_t size, size_t alignment, acoc_memory_kind kind);
void acoc__memory_give_overaligned(void *block, size_t size, size_t alignment, acoc_memory_kind kind);
static inline void *acoc__memory_take_aligned(size_t size, size_t alignment, acoc_memory_kind kind)
{
    return alignment <= 16 ? acoc__memory_take(size, kind) : acoc__memory_take_overaligned(size, alignment, kind);
}
static inline void acoc__memory_give_aligned(void *block, size_t size, size_t alignment, acoc_memory_kind kind)
{
    if (alignment <= 16)
        acoc__memory_give(block, size, kind);
    else
        acoc__memory_give_overaligned(block, size, alignment, kind);
}
// A larger or smaller block with the old one's content; NULL: the old one stands as it was. For growing arrays.
void *acoc__memory_resize(void *block, size_t old_size, size_t size, acoc_memory_kind kind);

// Blocks that other threads may give back: from the system, not counted.
void *acoc__memory_take_shared(size_t size);
void acoc__memory_give_shared(void *block);

// True in builds where every block is taken singly and watched: AddressSanitizer.
int acoc__memory_is_checked(void);

// What this thread holds.
const acoc_memory_counts *acoc__memory_counts(void);
uint64_t acoc__memory_live_blocks(void);

// For tests: the n-th allocation from now on (1: the next) fails, and with for_ever each after it. 0: none does. On this
// thread. acoc__memory_failed() tells how many did.
void acoc__memory_fail_at(uint64_t n, int for_ever);
uint64_t acoc__memory_failed(void);

// Gives slabs without a live block back to the system.
void acoc__memory_trim(void);

#endif

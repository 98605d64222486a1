// SPDX-License-Identifier: MIT
//
// Slabs: 64 KiB, aligned to 64 KiB, so that a block's slab is found by masking its address. A slab holds blocks of one
// size class (multiples of 16 bytes up to 1 KiB) and its own free list; slabs with room stand in their class's list. Of
// the slabs that become empty each class keeps one and returns the others to the system. In front of them each class has a
// few blocks at hand, the last given first: a task that is spawned and joined never gets further.
//
// AddressSanitizer builds take every block singly: free lists would hide leaks and uses after free.
#include "memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define TAKE_SINGLY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TAKE_SINGLY 1
#endif
#endif
#ifndef TAKE_SINGLY
#define TAKE_SINGLY 0
#endif

// Out of line, so that the path that is taken nearly always saves no registers for it.
#define SELDOM __attribute__((noinline))

enum {
    SLAB_SIZE = 65536,
    GRANULE = 16,
    LARGEST = 1024,
    CLASSES = LARGEST / GRANULE,
    AT_HAND = 16
};

struct slab {
    struct slab *next, *previous;               // in its class's list, while it has room
    void *free;                                 // blocks that were given back
    uint32_t used;                              // blocks that are out
    uint32_t fresh;                             // offset of what was never taken
    uint32_t size_class;
    uint32_t is_listed;
} __attribute__((aligned(64)));

struct at_hand {
    void *first;
    size_t count;
};

struct thread_memory {
    struct at_hand at_hand[CLASSES];            // their slabs count them as used
    struct slab *open[CLASSES];                 // slabs with room
    struct slab *spare[CLASSES];                // the one empty slab that is kept (it stands in open, too)
    acoc_memory_counts counts;
    uint64_t fail_at;                           // 0: no allocation fails
    int fail_for_ever;
    uint64_t failed;
};

static __thread struct thread_memory memory;

// --------------------------------------------------------------------------------------------------- failing

void acoc__memory_fail_at(uint64_t n, int for_ever)
{
    memory.fail_at = n;
    memory.fail_for_ever = for_ever;
    memory.failed = 0;
}

uint64_t acoc__memory_failed(void)
{
    return memory.failed;
}

// Called while a failure is planned: is it this allocation?
static SELDOM int this_one_fails(void)
{
    if (memory.fail_at > 1) {
        memory.fail_at--;
        return 0;
    }
    if (!memory.fail_for_ever)
        memory.fail_at = 0;
    memory.failed++;
    return 1;
}

// --------------------------------------------------------------------------------------------------- slabs

static uint32_t class_size(uint32_t size_class)
{
    return (size_class + 1) * GRANULE;
}

// Maps lie below each other as a rule, so that the first try is aligned once one was.
static struct slab *slab_map(void)
{
    char *map = mmap(NULL, SLAB_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        return NULL;
    if (!((uintptr_t)map % SLAB_SIZE))
        return (struct slab *)(void *)map;
    munmap(map, SLAB_SIZE);
    map = mmap(NULL, 2 * SLAB_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        return NULL;
    size_t before = (SLAB_SIZE - (uintptr_t)map % SLAB_SIZE) % SLAB_SIZE;
    if (before)
        munmap(map, before);
    munmap(map + before + SLAB_SIZE, SLAB_SIZE - before);
    return (struct slab *)(void *)(map + before);
}

static void slab_list(struct slab *slab)
{
    struct slab **open = &memory.open[slab->size_class];
    slab->next = *open;
    slab->previous = NULL;
    if (*open)
        (*open)->previous = slab;
    *open = slab;
    slab->is_listed = 1;
}

static void slab_unlist(struct slab *slab)
{
    if (slab->previous)
        slab->previous->next = slab->next;
    else
        memory.open[slab->size_class] = slab->next;
    if (slab->next)
        slab->next->previous = slab->previous;
    slab->is_listed = 0;
}

static pthread_key_t thread_end;
static pthread_once_t thread_end_made = PTHREAD_ONCE_INIT;

static void trim_at_thread_end(void *unused)
{
    (void)unused;
    acoc__memory_trim();
}

static void make_thread_end(void)
{
    pthread_key_create(&thread_end, trim_at_thread_end);
}

static struct slab *slab_new(uint32_t size_class)
{
    struct slab *slab = slab_map();
    if (!slab)
        return NULL;
    if (!memory.counts.slabs) {                 // a thread that ends gives back what it kept for itself
        pthread_once(&thread_end_made, make_thread_end);
        pthread_setspecific(thread_end, &memory);
    }
    slab->free = NULL;
    slab->used = 0;
    slab->fresh = sizeof *slab;
    slab->size_class = size_class;
    slab_list(slab);
    memory.counts.slabs++;
    memory.counts.allocations++;
    return slab;
}

static void slab_unmap(struct slab *slab)
{
    slab_unlist(slab);
    munmap(slab, SLAB_SIZE);
    memory.counts.slabs--;
}

static SELDOM void *slab_take(uint32_t size_class)
{
    struct slab *slab = memory.open[size_class];
    if (!slab && !(slab = slab_new(size_class)))
        return NULL;
    if (memory.spare[size_class] == slab)
        memory.spare[size_class] = NULL;
    void *block = slab->free;
    if (block) {
        slab->free = *(void **)block;
    } else {
        block = (char *)slab + slab->fresh;
        slab->fresh += class_size(size_class);
    }
    slab->used++;
    if (!slab->free && slab->fresh + class_size(size_class) > SLAB_SIZE)
        slab_unlist(slab);
    return block;
}

static inline void *block_take(uint32_t size_class)
{
    struct at_hand *at_hand = &memory.at_hand[size_class];
    void *block = at_hand->first;
    if (!block)
        return slab_take(size_class);
    at_hand->first = *(void **)block;
    at_hand->count--;
    return block;
}

static SELDOM void slab_give(void *block)
{
    struct slab *slab = (struct slab *)((uintptr_t)block & ~(uintptr_t)(SLAB_SIZE - 1));
    *(void **)block = slab->free;
    slab->free = block;
    if (!slab->is_listed)
        slab_list(slab);
    if (--slab->used)
        return;
    struct slab **spare = &memory.spare[slab->size_class];
    if (*spare && *spare != slab)
        slab_unmap(slab);
    else
        *spare = slab;
}

static inline void block_give(void *block, uint32_t size_class)
{
    struct at_hand *at_hand = &memory.at_hand[size_class];
    if (at_hand->count >= AT_HAND) {
        slab_give(block);
        return;
    }
    *(void **)block = at_hand->first;
    at_hand->first = block;
    at_hand->count++;
}

static void give_what_is_at_hand(struct at_hand *at_hand)
{
    while (at_hand->first) {
        void *block = at_hand->first;
        at_hand->first = *(void **)block;
        slab_give(block);
    }
    at_hand->count = 0;
}

void acoc__memory_trim(void)
{
    for (int i = 0; i < CLASSES; i++) {
        give_what_is_at_hand(&memory.at_hand[i]);
        if (memory.spare[i])
            slab_unmap(memory.spare[i]);
        memory.spare[i] = NULL;
    }
}

// --------------------------------------------------------------------------------------------------- blocks

static int comes_from_a_slab(size_t size)
{
    return !TAKE_SINGLY && size <= LARGEST;
}

static void count_taken(size_t size, acoc_memory_kind kind)
{
    memory.counts.blocks[kind]++;
    memory.counts.bytes[kind] += size;
}

// Small blocks in sanitizer builds are not counted as allocations: they would be pieces of slabs.
static SELDOM void *take_singly(size_t size)
{
    if (size > LARGEST)
        memory.counts.allocations++;
    return malloc(size);
}

void *acoc__memory_take(size_t size, acoc_memory_kind kind)
{
    if (__builtin_expect(memory.fail_at != 0, 0) && this_one_fails())
        return NULL;
    size += size == 0;
    void *block = comes_from_a_slab(size) ? block_take((uint32_t)((size - 1) / GRANULE)) : take_singly(size);
    if (block)
        count_taken(size, kind);
    return block;
}

void acoc__memory_give(void *block, size_t size, acoc_memory_kind kind)
{
    if (!block)
        return;
    size += size == 0;
    memory.counts.blocks[kind]--;
    memory.counts.bytes[kind] -= size;
    if (comes_from_a_slab(size))
        block_give(block, (uint32_t)((size - 1) / GRANULE));
    else
        free(block);
}

void *acoc__memory_take_overaligned(size_t size, size_t alignment, acoc_memory_kind kind)
{
    if (memory.fail_at && this_one_fails())
        return NULL;
    size = (size + alignment - 1) / alignment * alignment;
    void *block = aligned_alloc(alignment, size);
    memory.counts.allocations++;
    if (block)
        count_taken(size, kind);
    return block;
}

void acoc__memory_give_overaligned(void *block, size_t size, size_t alignment, acoc_memory_kind kind)
{
    if (!block)
        return;
    memory.counts.blocks[kind]--;
    memory.counts.bytes[kind] -= (size + alignment - 1) / alignment * alignment;
    free(block);
}

void *acoc__memory_resize(void *block, size_t old_size, size_t size, acoc_memory_kind kind)
{
    if (block && old_size && size && !comes_from_a_slab(old_size) && !comes_from_a_slab(size)) {
        if (memory.fail_at && this_one_fails())
            return NULL;
        void *resized = realloc(block, size);   // moves pages, not bytes, when the block is large
        if (resized) {
            memory.counts.bytes[kind] += size - old_size;
            memory.counts.allocations++;
        }
        return resized;
    }
    void *resized = acoc__memory_take(size, kind);
    if (!resized)
        return NULL;
    if (block)
        memcpy(resized, block, old_size < size ? old_size : size);
    acoc__memory_give(block, old_size, kind);
    return resized;
}

void *acoc__memory_take_shared(size_t size)
{
    return memory.fail_at && this_one_fails() ? NULL : malloc(size);
}

void acoc__memory_give_shared(void *block)
{
    free(block);
}

// --------------------------------------------------------------------------------------------------- counts

int acoc__memory_is_checked(void)
{
    return TAKE_SINGLY;
}

const acoc_memory_counts *acoc__memory_counts(void)
{
    return &memory.counts;
}

uint64_t acoc__memory_live_blocks(void)
{
    uint64_t blocks = 0;
    for (int kind = 0; kind < ACOC_MEMORY_KINDS; kind++)
        blocks += memory.counts.blocks[kind];
    return blocks;
}

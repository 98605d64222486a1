// SPDX-License-Identifier: MIT
//
// Timers in two forms. A 4-ary heap ordered by (deadline, order of arming), with the deadlines cached beside the pointers,
// holds what is due soon. Later timers stand in unsorted doubly linked lists, one for each slot of time:
//
//     level 0: 256 slots of 2^22 ns (4.2 ms)     level 1: 256 slots of 2^30 ns (1.07 s)     beyond: the heap
//
// `poured` is the slot of level 0 up to which everything stands in the heap. As time moves on, slots are poured into it,
// and at the end of each block of 256 slots the next list of level 1 is spread over level 0. A timer that is cancelled
// early, as most are, so costs two list operations and never sees the heap.
#include "timer.h"

#include <errno.h>
#include <string.h>

#include "../base/memory.h"

enum {
    SLOT_BITS = 22,                             // of nanoseconds
    BLOCK_BITS = 8,                             // slots of level 0 in one of level 1
    SLOT_MASK = ACOC_TIMER_SLOTS - 1,
    POUR_AHEAD = 16                             // slots: how far a sleeping loop pours to learn the exact deadline
};
static const uint32_t IN_A_LIST = UINT32_MAX;   // acoc_wait.index of a timer that is not in the heap

void acoc__timers_open(acoc_timers *timers, int64_t now)
{
    memset(timers, 0, sizeof *timers);
    timers->poured = now >> SLOT_BITS;
}

void acoc__timers_close(acoc_timers *timers)
{
    acoc__memory_give(timers->heap, timers->capacity * sizeof(acoc_timer_key), ACOC_MEMORY_LOOP);
    timers->heap = NULL;
    timers->count = timers->capacity = 0;
}

size_t acoc__timers_count(const acoc_timers *timers)
{
    return timers->count + (size_t)timers->far_count;
}

// ---------------------------------------------------------------------------------------------------- the heap

static int comes_before(const acoc_timer_key *a, const acoc_timer_key *b)
{
    if (a->deadline != b->deadline)
        return a->deadline < b->deadline;
    return (int32_t)(a->wait->sequence - b->wait->sequence) < 0;
}

static void heap_place(acoc_timers *timers, uint32_t index, acoc_timer_key key)
{
    timers->heap[index] = key;
    key.wait->index = index;
}

static void heap_up(acoc_timers *timers, uint32_t index, acoc_timer_key key)
{
    while (index > 0) {
        uint32_t parent = (index - 1) / 4;
        if (!comes_before(&key, &timers->heap[parent]))
            break;
        heap_place(timers, index, timers->heap[parent]);
        index = parent;
    }
    heap_place(timers, index, key);
}

static void heap_down(acoc_timers *timers, uint32_t index, acoc_timer_key key)
{
    for (;;) {
        uint32_t child = 4 * index + 1;
        if (child >= timers->count)
            break;
        uint32_t end = child + 4 < timers->count ? child + 4 : timers->count;
        uint32_t least = child;
        for (uint32_t i = child + 1; i < end; i++)
            if (comes_before(&timers->heap[i], &timers->heap[least]))
                least = i;
        if (!comes_before(&timers->heap[least], &key))
            break;
        heap_place(timers, index, timers->heap[least]);
        index = least;
    }
    heap_place(timers, index, key);
}

// The heap has room for those in the lists, too: pouring cannot fail. The room costs address space until it is used.
static int heap_reserve(acoc_timers *timers)
{
    if (timers->count + timers->far_count < timers->capacity)
        return 0;
    if (timers->capacity > UINT32_MAX / 2)
        return -ENOMEM;
    uint32_t capacity = timers->capacity ? 2 * timers->capacity : 16;
    acoc_timer_key *heap = acoc__memory_resize(timers->heap, timers->capacity * sizeof *heap, capacity * sizeof *heap,
                                               ACOC_MEMORY_LOOP);
    if (!heap)
        return -ENOMEM;
    timers->heap = heap;
    timers->capacity = capacity;
    return 0;
}

static void heap_add(acoc_timers *timers, acoc_wait *wait)
{
    wait->next = NULL;
    wait->pprev = &wait->next;
    heap_up(timers, timers->count++, (acoc_timer_key){ wait->of.deadline, wait });
}

static void heap_remove(acoc_timers *timers, uint32_t index)
{
    acoc_timer_key last = timers->heap[--timers->count];
    if (index == timers->count)
        return;
    if (index > 0 && comes_before(&last, &timers->heap[(index - 1) / 4]))
        heap_up(timers, index, last);
    else
        heap_down(timers, index, last);
}

// ---------------------------------------------------------------------------------------------------- the lists

static void list_add(acoc_timer_level *level, int64_t slot, acoc_wait *wait)
{
    unsigned i = (unsigned)slot & SLOT_MASK;
    wait->next = level->first[i];
    if (wait->next)
        wait->next->pprev = &wait->next;
    wait->pprev = &level->first[i];
    wait->index = IN_A_LIST;
    level->first[i] = wait;
    level->used[i / 64] |= (uint64_t)1 << (i % 64);
}

// Empties a slot; the list is the caller's.
static acoc_wait *list_take(acoc_timer_level *level, int64_t slot)
{
    unsigned i = (unsigned)slot & SLOT_MASK;
    acoc_wait *first = level->first[i];
    level->first[i] = NULL;
    level->used[i / 64] &= ~((uint64_t)1 << (i % 64));
    return first;
}

// The first slot in [from, to] (at most 256) whose bit is set; to + 1: none.
static int64_t list_find(const acoc_timer_level *level, int64_t from, int64_t to)
{
    while (from <= to) {
        unsigned i = (unsigned)from & SLOT_MASK;
        uint64_t bits = level->used[i / 64] >> (i % 64);
        if (bits) {
            int64_t found = from + __builtin_ctzll(bits);
            return found <= to ? found : to + 1;
        }
        from += 64 - i % 64;
    }
    return to + 1;
}

// Where a timer belongs now: the heap when it is due by `poured` or too far away, else a list.
static void place(acoc_timers *timers, acoc_wait *wait)
{
    int64_t slot = wait->of.deadline >> SLOT_BITS;
    int64_t block = slot >> BLOCK_BITS;
    if (slot > timers->poured && slot - timers->poured < ACOC_TIMER_SLOTS) {
        list_add(&timers->level[0], slot, wait);
    } else if (slot > timers->poured && block - (timers->poured >> BLOCK_BITS) < ACOC_TIMER_SLOTS) {
        list_add(&timers->level[1], block, wait);
    } else {
        heap_add(timers, wait);
        return;
    }
    timers->far_count++;
}

// Puts a list that was taken out of a slot where its timers belong now.
static void spread(acoc_timers *timers, acoc_wait *list)
{
    while (list) {
        acoc_wait *wait = list;
        list = wait->next;
        timers->far_count--;
        place(timers, wait);
    }
}

// ---------------------------------------------------------------------------------------------------- pouring

static void pour_slots(acoc_timers *timers, int64_t to)
{
    while (timers->poured < to) {
        int64_t slot = list_find(&timers->level[0], timers->poured + 1, to);
        timers->poured = slot <= to ? slot : to;
        if (slot <= to)
            spread(timers, list_take(&timers->level[0], slot));
    }
}

static void pour_until(acoc_timers *timers, int64_t to)
{
    while (timers->poured < to) {
        if (!timers->far_count) {
            timers->poured = to;
            return;
        }
        int64_t last_of_block = timers->poured | SLOT_MASK;
        pour_slots(timers, to < last_of_block ? to : last_of_block);
        if (timers->poured == to)
            return;
        timers->poured++;                       // into the next block
        spread(timers, list_take(&timers->level[1], timers->poured >> BLOCK_BITS));
        spread(timers, list_take(&timers->level[0], timers->poured));
    }
}

// ---------------------------------------------------------------------------------------------------- what the loop calls

int acoc__timers_add(acoc_timers *timers, acoc_wait *wait, int64_t deadline)
{
    if (heap_reserve(timers))
        return -ENOMEM;
    wait->of.deadline = deadline;
    wait->sequence = timers->sequence++;
    place(timers, wait);
    return 0;
}

void acoc__timers_remove(acoc_timers *timers, acoc_wait *wait)
{
    if (wait->index != IN_A_LIST) {
        heap_remove(timers, wait->index);
    } else {
        *wait->pprev = wait->next;
        if (wait->next)
            wait->next->pprev = wait->pprev;
        timers->far_count--;
    }
    wait->next = NULL;
    wait->pprev = &wait->next;
}

// The first slot after `poured` that may hold a timer, looking no further than the end of this block.
static int64_t next_slot(const acoc_timers *timers)
{
    return list_find(&timers->level[0], timers->poured + 1, timers->poured | SLOT_MASK);
}

// One slot after the other, so that the heap stays small when a great many timers are due at once.
acoc_wait *acoc__timers_take_due(acoc_timers *timers, int64_t now)
{
    int64_t last = now >> SLOT_BITS;
    for (;;) {
        const acoc_timer_key *first = timers->count ? &timers->heap[0] : NULL;
        if (first && first->deadline <= now && first->deadline >> SLOT_BITS <= timers->poured) {
            acoc_wait *wait = first->wait;
            heap_remove(timers, 0);
            return wait;
        }
        if (timers->poured >= last)
            return NULL;
        int64_t slot = timers->far_count ? next_slot(timers) : last;
        pour_until(timers, slot < last ? slot : last);
    }
}

int64_t acoc__timers_next(acoc_timers *timers, int64_t now)
{
    int64_t near = (now >> SLOT_BITS) + POUR_AHEAD;
    int64_t slot = INT64_MAX;
    while (timers->far_count) {
        slot = next_slot(timers);
        if (slot > near || (timers->count && timers->heap[0].deadline >> SLOT_BITS < slot))
            break;
        pour_until(timers, slot);
        slot = INT64_MAX;
    }
    int64_t first = timers->count ? timers->heap[0].deadline : INT64_MAX;
    if (slot != INT64_MAX && slot << SLOT_BITS < first)
        first = slot << SLOT_BITS;
    return first;
}

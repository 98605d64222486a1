// SPDX-License-Identifier: MIT
//
// A FIFO list of acoc_wait with a single pointer as its head: the first node's pprev points to the last node's next,
// so that appending and removing any node are O(1).
//
//     first ──▶ a ──▶ b ──▶ c ──▶ NULL          a.pprev = &c.next   b.pprev = &a.next   c.pprev = &b.next
//
// A node on a list has pprev set; a node in the ready queue has pprev NULL.
#ifndef ACOC_BASE_LIST_H
#define ACOC_BASE_LIST_H

#include "../abi.h"

static inline void acoc__list_append(acoc_wait **first, acoc_wait *wait)
{
    wait->next = NULL;
    if (!*first) {
        wait->pprev = &wait->next;
        *first = wait;
        return;
    }
    wait->pprev = (*first)->pprev;
    *wait->pprev = wait;
    (*first)->pprev = &wait->next;
}

static inline void acoc__list_remove(acoc_wait **first, acoc_wait *wait)
{
    if (*first == wait) {
        *first = wait->next;
        if (wait->next)
            wait->next->pprev = wait->pprev;
    } else {
        *wait->pprev = wait->next;
        if (wait->next)
            wait->next->pprev = wait->pprev;
        else
            (*first)->pprev = wait->pprev;
    }
    wait->next = NULL;
    wait->pprev = &wait->next;
}

// Takes the first off the list; NULL when it is empty.
static inline acoc_wait *acoc__list_take(acoc_wait **first)
{
    acoc_wait *wait = *first;
    if (wait)
        acoc__list_remove(first, wait);
    return wait;
}

#endif

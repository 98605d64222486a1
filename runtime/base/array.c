// SPDX-License-Identifier: MIT
//
// Arrays of variable length that coroutines hold across suspensions: on the stack they would be gone. Each has its size
// and alignment in front of it, since its block is given back by whoever leaves its scope.
#include "../abi.h"
#include "error.h"
#include "memory.h"

struct array_head {
    size_t size;                                // of the block, head included
    size_t alignment;
};

// The array stands behind its head, aligned.
static size_t head_room(size_t alignment)
{
    return alignment > sizeof(struct array_head) ? alignment : sizeof(struct array_head);
}

static struct array_head *head_of(void *array)
{
    return (struct array_head *)array - 1;
}

void *acoc_array_new(size_t size, size_t alignment)
{
    size_t room = head_room(alignment);
    char *block = size <= PTRDIFF_MAX - room ? acoc__memory_take_aligned(room + size, alignment, ACOC_MEMORY_FRAME) : NULL;
    if (acoc_unlikely(!block)) {
        acoc__raise_memory_error();
        return NULL;
    }
    void *array = block + room;
    *head_of(array) = (struct array_head){room + size, alignment};
    return array;
}

void acoc_array_release(void *array)
{
    if (!array)
        return;
    struct array_head head = *head_of(array);
    acoc__memory_give_aligned((char *)array - head_room(head.alignment), head.size, head.alignment, ACOC_MEMORY_FRAME);
}

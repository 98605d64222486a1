// SPDX-License-Identifier: MIT
//
// Chunks: memory for bytes on their way in and out, in two sizes, from a pool of the loop. The chunk given back last is
// lent first: it is the one that the cache still holds. A pool keeps a bounded number; the rest goes back to the system.
#include "selector.h"

#include "../base/memory.h"

#if defined(__SANITIZE_ADDRESS__)
#define ACOC_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ACOC_POISONS 1
#endif
#endif
#ifdef ACOC_POISONS
#include <sanitizer/asan_interface.h>
#define poison(memory, size) ASAN_POISON_MEMORY_REGION(memory, size)
#define unpoison(memory, size) ASAN_UNPOISON_MEMORY_REGION(memory, size)
#else
#define poison(memory, size) ((void)(memory), (void)(size))
#define unpoison(memory, size) ((void)(memory), (void)(size))
#endif

static const uint32_t class_capacity[ACOC_CHUNK_CLASSES] = { 1024 - sizeof(acoc_chunk), ACOC_CHUNK_LARGE_SIZE };
static const uint32_t class_kept[ACOC_CHUNK_CLASSES] = { 1024, 128 };

acoc_chunk *acoc_chunk_take(acoc_chunk_pool *pool, int size_class)
{
    acoc_chunk *chunk = pool->free[size_class];
    if (chunk) {
        pool->free[size_class] = chunk->next;
        pool->kept[size_class]--;
        unpoison(chunk->data, chunk->capacity);
    } else {
        chunk = acoc__memory_take(sizeof *chunk + class_capacity[size_class], ACOC_MEMORY_CHUNK);
        if (!chunk)
            return NULL;
        chunk->pool = pool;
        chunk->capacity = class_capacity[size_class];
        chunk->size_class = (uint32_t)size_class;
        pool->made++;
    }
    pool->lent[size_class]++;
    chunk->next = NULL;
    chunk->start = chunk->end = 0;
    return chunk;
}

static void chunk_free(acoc_chunk *chunk)
{
    acoc__memory_give(chunk, sizeof *chunk + chunk->capacity, ACOC_MEMORY_CHUNK);
}

void acoc_chunk_release(acoc_chunk *chunk)
{
    if (!chunk)
        return;
    acoc_chunk_pool *pool = chunk->pool;
    uint32_t size_class = chunk->size_class;
    pool->lent[size_class]--;
    if (pool->kept[size_class] >= class_kept[size_class]) {
        chunk_free(chunk);
        return;
    }
    poison(chunk->data, chunk->capacity);
    chunk->next = pool->free[size_class];
    pool->free[size_class] = chunk;
    pool->kept[size_class]++;
}

void acoc_chunk_expire(acoc_chunk *chunk)
{
    poison(chunk->data, chunk->start);
}

void acoc_chunk_pool_close(acoc_chunk_pool *pool)
{
    for (int size_class = 0; size_class < ACOC_CHUNK_CLASSES; size_class++) {
        while (pool->free[size_class]) {
            acoc_chunk *chunk = pool->free[size_class];
            pool->free[size_class] = chunk->next;
            unpoison(chunk->data, chunk->capacity);
            chunk_free(chunk);
        }
        pool->kept[size_class] = 0;
    }
}

// SPDX-License-Identifier: MIT
// runtime/base/memory.c: blocks, counts, slabs that go back, the n-th allocation.
#include "support/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

static void blocks_are_counted_by_kind(void)
{
    const acoc_memory_counts *counts = acoc__memory_counts();
    void *task = acoc__memory_take(128, ACOC_MEMORY_TASK);
    void *chunk = acoc__memory_take(20000, ACOC_MEMORY_CHUNK);
    CHECK_INT((long long)counts->blocks[ACOC_MEMORY_TASK], 1);
    CHECK_INT((long long)counts->bytes[ACOC_MEMORY_TASK], 128);
    CHECK_INT((long long)counts->bytes[ACOC_MEMORY_CHUNK], 20000);
    acoc__memory_give(task, 128, ACOC_MEMORY_TASK);
    acoc__memory_give(chunk, 20000, ACOC_MEMORY_CHUNK);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void blocks_are_aligned_and_apart(void)
{
    for (size_t size = 1; size < 1200; size += 7) {
        char *a = acoc__memory_take(size, ACOC_MEMORY_OTHER);
        char *b = acoc__memory_take(size, ACOC_MEMORY_OTHER);
        REQUIRE(a && b);
        CHECK(((size_t)a % 16) == 0 && ((size_t)b % 16) == 0);
        memset(a, 1, size);
        memset(b, 2, size);
        CHECK(a[0] == 1 && a[size - 1] == 1);
        acoc__memory_give(a, size, ACOC_MEMORY_OTHER);
        acoc__memory_give(b, size, ACOC_MEMORY_OTHER);
    }
    for (size_t alignment = 32; alignment <= 4096; alignment *= 2) {
        void *block = acoc__memory_take_aligned(100, alignment, ACOC_MEMORY_FRAME);
        CHECK(((size_t)block % alignment) == 0);
        acoc__memory_give_aligned(block, 100, alignment, ACOC_MEMORY_FRAME);
    }
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void empty_slabs_go_back_but_for_few(void)
{
    enum { COUNT = 5000 };
    static void *blocks[COUNT];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < COUNT; i++)
            blocks[i] = acoc__memory_take(128, ACOC_MEMORY_TASK);
        for (int i = 0; i < COUNT; i++)
            acoc__memory_give(blocks[i], 128, ACOC_MEMORY_TASK);
        CHECK(acoc__memory_counts()->slabs <= 2);        // the spare, and one of those at hand
    }
    acoc__memory_trim();
    CHECK_INT((long long)acoc__memory_counts()->slabs, 0);
}

static void a_block_given_back_is_taken_again_first(void)
{
    void *first = acoc__memory_take(64, ACOC_MEMORY_OTHER);
    if (acoc__memory_counts()->slabs) {         // sanitizer builds have none
        acoc__memory_give(first, 64, ACOC_MEMORY_OTHER);
        CHECK(acoc__memory_take(64, ACOC_MEMORY_OTHER) == first);
    }
    acoc__memory_give(first, 64, ACOC_MEMORY_OTHER);
}

static void the_nth_allocation_fails(void)
{
    acoc__memory_fail_at(2, 0);
    void *first = acoc__memory_take(16, ACOC_MEMORY_OTHER);
    CHECK(first != NULL);
    CHECK(acoc__memory_take(16, ACOC_MEMORY_OTHER) == NULL);
    void *third = acoc__memory_take(16, ACOC_MEMORY_OTHER);
    CHECK(third != NULL);
    CHECK_INT((long long)acoc__memory_failed(), 1);
    acoc__memory_fail_at(1, 1);
    CHECK(acoc__memory_take(16, ACOC_MEMORY_OTHER) == NULL);
    CHECK(acoc__memory_take_aligned(16, 64, ACOC_MEMORY_OTHER) == NULL);
    CHECK_INT((long long)acoc__memory_failed(), 2);
    acoc__memory_fail_at(0, 0);
    acoc__memory_give(first, 16, ACOC_MEMORY_OTHER);
    acoc__memory_give(third, 16, ACOC_MEMORY_OTHER);
}

static void *use_and_end(void *unused)
{
    (void)unused;
    acoc__memory_give(acoc__memory_take(100, ACOC_MEMORY_OTHER), 100, ACOC_MEMORY_OTHER);
    return NULL;
}

static long mapped_pages(void)
{
    long pages = 0;
    FILE *stream = fopen("/proc/self/statm", "r");
    CHECK(fscanf(stream, "%ld", &pages) == 1);
    fclose(stream);
    return pages;
}

static void a_thread_that_ends_keeps_no_slabs(void)
{
    long before = 0;
    for (int i = 0; i < 120; i++) {
        pthread_t thread;
        REQUIRE(pthread_create(&thread, NULL, use_and_end, NULL) == 0);
        pthread_join(thread, NULL);
        if (i == 20)
            before = mapped_pages();
    }
    CHECK(acoc__memory_is_checked() || mapped_pages() < before + 50 * 65536 / 4096);
}

static void resizing_keeps_the_content(void)
{
    size_t size = 16;
    char *block = acoc__memory_take(size, ACOC_MEMORY_OTHER);
    memset(block, 7, size);
    while (size < 1000000) {
        block = acoc__memory_resize(block, size, 2 * size, ACOC_MEMORY_OTHER);
        size *= 2;
        REQUIRE(block && block[0] == 7 && block[15] == 7);
    }
    acoc__memory_give(block, size, ACOC_MEMORY_OTHER);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

const Test memory_tests[] = {
    TEST(blocks_are_counted_by_kind),
    TEST(blocks_are_aligned_and_apart),
    TEST(empty_slabs_go_back_but_for_few),
    TEST(a_block_given_back_is_taken_again_first),
    TEST(the_nth_allocation_fails),
    TEST(a_thread_that_ends_keeps_no_slabs),
    TEST(resizing_keeps_the_content),
    TEST_END
};

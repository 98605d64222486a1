// SPDX-License-Identifier: MIT
// runtime/loop/timer.c: order, cancelling, and that nothing is early or lost, against a plain sorted list.
#include "support/test.h"

#include <stdlib.h>

#include "base/memory.h"
#include "loop/timer.h"

enum { COUNT = 3000 };
static const int64_t SECOND = 1000000000;

static uint64_t seed = 88172645463325252u;
static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static void equal_deadlines_come_in_the_order_of_arming(void)
{
    static acoc_timers timers;
    static acoc_wait waits[COUNT];
    acoc__timers_open(&timers, 5 * SECOND);
    for (int i = 0; i < COUNT; i++)
        REQUIRE(acoc__timers_add(&timers, &waits[i], 5 * SECOND + (i % 3) * SECOND / 2) == 0);
    CHECK_INT((long long)acoc__timers_count(&timers), COUNT);
    int last[3] = { -1, -1, -1 }, group = 0, seen = 0;
    for (acoc_wait *wait; (wait = acoc__timers_take_due(&timers, 10 * SECOND)); seen++) {
        int i = (int)(wait - waits);
        CHECK(i % 3 >= group && i > last[i % 3]);
        group = i % 3;
        last[group] = i;
        if (test_has_failed())
            break;
    }
    CHECK_INT(seen, COUNT);
    acoc__timers_close(&timers);
}

// Random deadlines from microseconds to hours, a third cancelled, time moved on by random steps.
static void random_timers_are_due_exactly_when_they_should_be(void)
{
    static acoc_timers timers;
    static acoc_wait waits[COUNT];
    static char is_armed[COUNT];
    int64_t now = 1000 * SECOND;
    acoc__timers_open(&timers, now);
    for (int round = 0; round < 400; round++) {
        for (int k = 0; k < 50; k++) {
            int i = (int)(next_random() % COUNT);
            if (is_armed[i]) {
                acoc__timers_remove(&timers, &waits[i]);
                is_armed[i] = 0;
            } else {
                int64_t delay = (int64_t)(next_random() % ((uint64_t)1 << (10 + next_random() % 33)));
                REQUIRE(acoc__timers_add(&timers, &waits[i], now + delay) == 0);
                is_armed[i] = 1;
            }
        }
        int64_t first = INT64_MAX;
        for (int i = 0; i < COUNT; i++)
            if (is_armed[i] && waits[i].of.deadline < first)
                first = waits[i].of.deadline;
        int64_t next = acoc__timers_next(&timers, now);
        CHECK(next <= first);                   // it may look again too soon, never too late
        now += (int64_t)(next_random() % ((uint64_t)1 << (10 + next_random() % 28)));
        int64_t before = INT64_MIN;
        for (acoc_wait *wait; (wait = acoc__timers_take_due(&timers, now));) {
            CHECK(wait->of.deadline <= now && wait->of.deadline >= before);
            before = wait->of.deadline;
            is_armed[wait - waits] = 0;
        }
        size_t armed = 0;
        for (int i = 0; i < COUNT; i++) {
            armed += (size_t)is_armed[i];
            CHECK(!is_armed[i] || waits[i].of.deadline > now);
        }
        CHECK_INT((long long)acoc__timers_count(&timers), (long long)armed);
        if (test_has_failed())
            return;
    }
    acoc__timers_close(&timers);
}

static void a_sleeping_loop_reaches_a_far_timer_in_few_steps(void)
{
    static acoc_timers timers;
    acoc_wait wait;
    int64_t now = 7 * SECOND, deadline = now + 200 * SECOND + 12345;
    int steps = 0;
    acoc__timers_open(&timers, now);
    acoc__timers_add(&timers, &wait, deadline);
    while (!acoc__timers_take_due(&timers, now)) {
        int64_t next = acoc__timers_next(&timers, now);
        REQUIRE(next > now && next <= deadline);
        now = next;
        steps++;
    }
    CHECK(now == deadline);
    CHECK(steps <= 260);
    acoc__timers_close(&timers);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void without_memory_arming_fails_and_nothing_changes(void)
{
    static acoc_timers timers;
    acoc_wait wait;
    acoc__timers_open(&timers, SECOND);
    acoc__memory_fail_at(1, 1);
    CHECK(acoc__timers_add(&timers, &wait, SECOND) < 0);
    CHECK_INT((long long)acoc__timers_count(&timers), 0);
    acoc__memory_fail_at(0, 0);
    acoc__timers_close(&timers);
}

const Test timer_tests[] = {
    TEST(equal_deadlines_come_in_the_order_of_arming),
    TEST(random_timers_are_due_exactly_when_they_should_be),
    TEST(a_sleeping_loop_reaches_a_far_timer_in_few_steps),
    TEST(without_memory_arming_fails_and_nothing_changes),
    TEST_END
};

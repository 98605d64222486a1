// SPDX-License-Identifier: MIT
// runtime/task/future.c: states, results, callbacks (FUT-01 to FUT-04), reports.
#include "support/test.h"

#include <stdio.h>

#include "acoc.h"
#include "base/memory.h"

static acoc_loop *loop;
static char order[100];
static int reports;

static void count_report(acoc_loop *its_loop, const acoc_exception_context *context, void *argument)
{
    (void)its_loop, (void)argument;
    CHECK(context->error != NULL && context->future != NULL);
    reports++;
}

static void open_loop(void)
{
    loop = acoc_new_event_loop();
    acoc_set_event_loop(loop);
    acoc_loop_set_exception_handler(loop, count_report, NULL);
}

static void close_loop(void)
{
    acoc_loop_free(loop);
    CHECK(!acoc_error_occurred());
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static int raised(const acoc_error_kind *kind)
{
    acoc_error *error = acoc_error_take();
    int is = error && acoc_error_is(error, kind);
    acoc_error_release(error);
    return is;
}

static void stop(void *argument)
{
    (void)argument;
    acoc_loop_stop(loop);
}

static void run_what_is_ready(void)
{
    acoc_loop_call_soon(loop, stop, NULL);
    acoc_loop_run_forever(loop);
}

static void note(acoc_future *future, void *letter)
{
    CHECK(acoc_future_done(future));
    size_t length = strlen(order);
    order[length] = *(const char *)letter;
    order[length + 1] = 0;
}

static void a_result_is_set_once_and_read_often(void)
{
    open_loop();
    for (size_t size = 0; size < 300; size += 13) {
        char value[300], read[300] = "";
        memset(value, (int)size + 1, sizeof value);
        acoc_awaitable future = acoc_future_new(NULL, size);
        CHECK(!acoc_future_done(future) && acoc_future_get_loop(future) == loop);
        acoc_future_result(future, read, size);
        CHECK(raised(&acoc_InvalidStateError_kind));
        acoc_future_set_result(future, value, size + 1);
        CHECK(raised(&acoc_TypeError_kind));
        acoc_future_set_result(future, value, size);
        CHECK(acoc_future_done(future) && !acoc_future_cancelled(future));
        acoc_future_set_result(future, value, size);
        CHECK(raised(&acoc_InvalidStateError_kind));
        acoc_future_set_exception(future, acoc_ValueError("late"));
        CHECK(raised(&acoc_InvalidStateError_kind));
        CHECK(!acoc_future_cancel(future));
        for (int i = 0; i < 2; i++) {
            acoc_future_result(future, read, size);
            CHECK_BYTES(read, size, value, size);
        }
        CHECK(acoc_future_exception(future) == NULL && !acoc_error_occurred());
        acoc_release(future);
    }
    close_loop();
}

static void an_error_is_raised_by_result(void)
{
    open_loop();
    acoc_awaitable future = acoc_future_new(loop, 4);
    int value;
    acoc_future_set_exception(future, acoc_ValueError("bad"));
    CHECK(acoc_future_done(future) && !acoc_future_cancelled(future));
    acoc_result(future, &value);
    CHECK(raised(&acoc_ValueError_kind));
    acoc_error *error = acoc_future_exception(future);
    CHECK_TEXT(acoc_error_message(error), "bad");
    acoc_error_release(error);
    acoc_release(future);
    CHECK_INT(reports, 0);
    close_loop();
}

static void an_error_nobody_looked_at_is_reported_once(void)
{
    open_loop();
    acoc_awaitable future = acoc_future_new(loop, 0);
    acoc_future_set_exception(future, acoc_ValueError("bad"));
    acoc_release(acoc_retain(future));
    CHECK_INT(reports, 0);
    acoc_release(future);
    CHECK_INT(reports, 1);
    close_loop();
}

static void a_cancelled_future_raises_and_refuses(void)
{
    open_loop();
    acoc_awaitable future = acoc_future_new(loop, 4);
    int value = 1;
    CHECK(acoc_future_cancel(future) && acoc_future_cancelled(future) && acoc_future_done(future));
    CHECK(!acoc_future_cancel(future));
    acoc_future_set_result(future, &value, sizeof value);
    CHECK(raised(&acoc_InvalidStateError_kind));
    acoc_result(future, &value);
    CHECK(raised(&acoc_CancelledError_kind));
    CHECK(acoc_future_exception(future) == NULL && raised(&acoc_CancelledError_kind));
    acoc_release(future);
    close_loop();
}

static void callbacks_run_from_the_loop_in_their_order(void)
{
    open_loop();
    acoc_awaitable future = acoc_future_new(loop, 0);
    acoc_future_add_done_callback(future, note, "a");
    acoc_future_add_done_callback(future, note, "b");
    acoc_future_add_done_callback(future, note, "x");
    acoc_future_add_done_callback(future, note, "c");
    acoc_future_add_done_callback(future, note, "x");
    CHECK_INT((long long)acoc_future_remove_done_callback(future, note, "x"), 2);
    acoc_future_set_result(future, NULL, 0);
    CHECK_TEXT(order, "");
    acoc_future_add_done_callback(future, note, "d");
    acoc_future_add_done_callback(future, note, "y");
    CHECK_INT((long long)acoc_future_remove_done_callback(future, note, "y"), 1);
    acoc_release(future);
    run_what_is_ready();
    CHECK_TEXT(order, "abcd");
    close_loop();
}

static void callbacks_of_a_future_that_is_dropped_are_dropped(void)
{
    open_loop();
    acoc_awaitable future = acoc_future_new(loop, 100);
    acoc_future_add_done_callback(future, note, "a");
    acoc_release(future);
    run_what_is_ready();
    CHECK_TEXT(order, "");
    future = acoc_future_new(loop, 0);          // done, its callback still in the queue of a loop that is closed
    acoc_future_add_done_callback(future, note, "a");
    acoc_future_cancel(future);
    acoc_release(future);
    close_loop();
}

static void run_until_complete_answers_like_the_future(void)
{
    open_loop();
    acoc_awaitable future = acoc_future_new(loop, 0);
    acoc_loop_stop(loop);
    acoc_loop_run_until_complete(loop, future);
    CHECK(raised(&acoc_RuntimeError_kind));
    acoc_future_set_exception(future, acoc_ValueError("bad"));
    acoc_loop_run_until_complete(loop, future);
    CHECK(raised(&acoc_ValueError_kind));
    acoc_release(future);
    acoc_loop_run_until_complete(loop, NULL);
    CHECK(raised(&acoc_TypeError_kind));
    close_loop();
}

static void every_failing_allocation_raises(void)
{
    open_loop();
    acoc__memory_fail_at(1, 1);
    CHECK(acoc_future_new(loop, 4) == NULL && raised(&acoc_MemoryError_kind));
    acoc__memory_fail_at(2, 1);
    acoc_awaitable future = acoc_future_new(loop, 400);
    acoc_future_add_done_callback(future, note, "a");
    CHECK(raised(&acoc_MemoryError_kind));
    CHECK(acoc_gather(future) == NULL && raised(&acoc_MemoryError_kind));
    acoc__memory_fail_at(0, 0);
    acoc_release(future);
    close_loop();
}

const Test future_tests[] = {
    TEST(a_result_is_set_once_and_read_often),
    TEST(an_error_is_raised_by_result),
    TEST(an_error_nobody_looked_at_is_reported_once),
    TEST(a_cancelled_future_raises_and_refuses),
    TEST(callbacks_run_from_the_loop_in_their_order),
    TEST(callbacks_of_a_future_that_is_dropped_are_dropped),
    TEST(run_until_complete_answers_like_the_future),
    TEST(every_failing_allocation_raises),
    TEST_END
};

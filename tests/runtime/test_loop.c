// SPDX-License-Identifier: MIT
// runtime/loop/: running and stopping (RUN), calls (CALL), threads, policy (POL), exception handler.
#include "support/test.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "acoc.h"
#include "base/memory.h"
#include "loop/loop.h"

static char order[200];

static void note(void *letter)
{
    size_t length = strlen(order);
    order[length] = *(const char *)letter;
    order[length + 1] = 0;
}

static acoc_loop *open_loop(void)
{
    order[0] = 0;
    acoc_loop *loop = acoc_new_event_loop();
    REQUIRE(loop != NULL);
    acoc_set_event_loop(loop);
    return loop;
}

static void close_loop(acoc_loop *loop)
{
    acoc_loop_free(loop);
    CHECK(!acoc_error_occurred());
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

// The kind of the error in the slot, which is taken.
static int raised(const acoc_error_kind *kind)
{
    acoc_error *error = acoc_error_take();
    int is = error && acoc_error_is(error, kind);
    acoc_error_release(error);
    return is;
}

static void stop(void *loop)
{
    acoc_loop_stop(loop);
}

static void calls_run_in_the_order_of_registration(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, note, "a");
    acoc_handle *cancelled = acoc_loop_call_soon(loop, note, "x");
    acoc_loop_call_soon(loop, note, "b");
    acoc_handle_cancel(cancelled);
    acoc_loop_call_soon(loop, stop, loop);
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "ab");
    close_loop(loop);
}

static void stop_then_note(void *loop)
{
    acoc_loop_stop(loop);
    acoc_loop_call_soon(loop, note, "c");
}

static void what_was_scheduled_before_stop_runs_and_the_rest_later(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, note, "a");
    acoc_loop_call_soon(loop, stop_then_note, loop);
    acoc_loop_call_soon(loop, note, "b");
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "ab");
    acoc_loop_call_soon(loop, stop, loop);
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "abc");
    close_loop(loop);
}

static void a_stop_before_the_run_gives_exactly_one_turn(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, note, "a");
    acoc_loop_stop(loop);
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "a");
    close_loop(loop);
}

static void timers_run_by_time_and_equal_ones_in_order(void)
{
    acoc_loop *loop = open_loop();
    double now = acoc_loop_time(loop);
    acoc_loop_call_at(loop, now + 0.02, note, "d");
    acoc_loop_call_at(loop, now + 0.01, note, "b");
    acoc_loop_call_at(loop, now + 0.01, note, "c");
    acoc_loop_call_later(loop, -1, note, "y");
    acoc_loop_call_later(loop, -2, note, "x");
    acoc_handle_cancel(acoc_loop_call_later(loop, 0.005, note, "z"));
    acoc_loop_call_at(loop, now + 0.03, stop, loop);
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "xybcd");
    CHECK(acoc_loop_time(loop) >= now + 0.03);
    close_loop(loop);
}

static void run_inside(void *loop)
{
    acoc_loop_run_forever(loop);
    CHECK(raised(&acoc_RuntimeError_kind));
    acoc_loop *other = acoc_new_event_loop();
    acoc_loop_run_forever(other);
    CHECK(raised(&acoc_RuntimeError_kind));
    acoc_loop_free(other);
    acoc_loop_close(loop);
    CHECK(raised(&acoc_RuntimeError_kind));
    CHECK(acoc_get_running_loop() == loop && acoc_get_event_loop() == loop);
    CHECK(acoc_loop_is_running(loop));
    acoc_loop_stop(loop);
}

static void a_running_loop_refuses_to_run_and_to_close(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, run_inside, loop);
    acoc_loop_run_forever(loop);
    CHECK(!acoc_loop_is_running(loop));
    CHECK(acoc_get_running_loop() == NULL);
    CHECK(raised(&acoc_RuntimeError_kind));
    close_loop(loop);
}

static void a_closed_loop_refuses_everything(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, note, "a");
    acoc_loop_call_later(loop, 100, note, "a");
    acoc_loop_call_soon_threadsafe(loop, note, "a");
    acoc_loop_close(loop);
    acoc_loop_close(loop);
    CHECK(acoc_loop_is_closed(loop));
    CHECK(!acoc_loop_call_soon(loop, note, "b") && raised(&acoc_RuntimeError_kind));
    CHECK(!acoc_loop_call_later(loop, 1, note, "b") && raised(&acoc_RuntimeError_kind));
    acoc_loop_call_soon_threadsafe(loop, note, "b");
    CHECK(raised(&acoc_RuntimeError_kind));
    acoc_loop_run_forever(loop);
    CHECK(raised(&acoc_RuntimeError_kind));
    CHECK(!acoc_future_new(loop, 4) && raised(&acoc_RuntimeError_kind));
    CHECK_TEXT(order, "");
    close_loop(loop);
}

static void arguments_are_checked(void)
{
    acoc_loop *loop = open_loop();
    CHECK(!acoc_loop_call_later(loop, NAN, note, "a") && raised(&acoc_ValueError_kind));
    CHECK(!acoc_loop_call_soon(loop, NULL, NULL) && raised(&acoc_TypeError_kind));
    CHECK(!acoc_new_event_loop(.selector = "nonsense") && raised(&acoc_ValueError_kind));
    acoc_handle_cancel(NULL);
    close_loop(loop);
}

enum { POSTS = 20000 };
static int posts_seen;

static void count_post(void *argument)
{
    int number = (int)(intptr_t)argument;
    CHECK(number == posts_seen);
    posts_seen = number + 1;
    if (posts_seen == POSTS)
        acoc_loop_stop(NULL);
}

static void *post_from_thread(void *loop)
{
    for (int i = 0; i < POSTS; i++) {
        acoc_loop_call_soon_threadsafe(loop, count_post, (void *)(intptr_t)i);
        if (i % 1000 == 0)
            usleep(300);
    }
    return NULL;
}

static void posts_from_a_thread_wake_the_loop_and_keep_their_order(void)
{
    acoc_loop *loop = open_loop();
    pthread_t thread;
    pthread_create(&thread, NULL, post_from_thread, loop);
    acoc_loop_run_forever(loop);
    pthread_join(thread, NULL);
    CHECK_INT(posts_seen, POSTS);
    close_loop(loop);
}

static int reports;
static char reported[100];

static void count_report(acoc_loop *loop, const acoc_exception_context *context, void *argument)
{
    (void)loop;
    reports++;
    snprintf(reported, sizeof reported, "%s: %s", context->message, context->error ? acoc_error_message(context->error) : "");
    if (argument)
        acoc_error_set(acoc_RuntimeError("broken handler"));
}

static void fail(void *argument)
{
    (void)argument;
    acoc_error_set(acoc_ValueError("lost"));
}

static void an_error_in_a_callback_goes_to_the_handler_and_the_loop_lives(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_set_exception_handler(loop, count_report, NULL);
    acoc_loop_call_soon(loop, fail, NULL);
    acoc_loop_call_soon(loop, note, "a");
    acoc_loop_call_soon(loop, stop, loop);
    acoc_loop_run_forever(loop);
    CHECK_INT(reports, 1);
    CHECK_TEXT(reported, "Exception in callback: lost");
    CHECK_TEXT(order, "a");
    close_loop(loop);
}

static void a_broken_handler_is_reported_itself(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_set_exception_handler(loop, count_report, "breaks");
    freopen("/dev/null", "w", stderr);
    acoc_loop_call_soon(loop, fail, NULL);
    acoc_loop_call_soon(loop, stop, loop);
    acoc_loop_run_forever(loop);
    CHECK_INT(reports, 1);
    CHECK(!acoc_error_occurred());
    close_loop(loop);
}

static void *ask_for_loop(void *answer)
{
    *(acoc_loop **)answer = acoc_get_event_loop();
    CHECK(raised(&acoc_RuntimeError_kind));
    return NULL;
}

static void the_default_policy_makes_a_loop_in_the_main_thread_only(void)
{
    acoc_loop *loop = acoc_get_event_loop();
    REQUIRE(loop != NULL);
    CHECK(acoc_get_event_loop() == loop);
    acoc_loop *other = loop;
    pthread_t thread;
    pthread_create(&thread, NULL, ask_for_loop, &other);
    pthread_join(thread, NULL);
    CHECK(other == NULL);
    acoc_set_event_loop(NULL);
    CHECK(acoc_get_event_loop() == NULL && raised(&acoc_RuntimeError_kind));
    close_loop(loop);
}

static acoc_loop *policy_loop;
static acoc_loop *policy_get(void *argument) { (void)argument; return policy_loop; }
static void policy_set(acoc_loop *loop, void *argument) { (void)argument; policy_loop = loop; }
static acoc_loop *policy_new(void *argument) { (void)argument; return NULL; }

static void a_policy_of_the_users_is_asked(void)
{
    static const acoc_event_loop_policy policy = { policy_get, policy_set, policy_new, NULL };
    acoc_loop *loop = acoc_new_event_loop();
    acoc_set_event_loop_policy(&policy);
    CHECK(acoc_get_event_loop_policy() == &policy);
    CHECK(acoc_get_event_loop() == NULL && raised(&acoc_RuntimeError_kind));
    acoc_set_event_loop(loop);
    CHECK(acoc_get_event_loop() == loop);
    CHECK(acoc_new_event_loop() == NULL);
    acoc_set_event_loop_policy(NULL);
    close_loop(loop);
}

static int hook_runs;
static void count_hook(acoc_end_of_pass *hook) { (void)hook; hook_runs++; note("|"); }
static acoc_end_of_pass hook = { .run = count_hook };

static void ask_for_hook(void *loop)
{
    note("h");
    acoc__loop_at_end_of_pass(loop, &hook);
    acoc__loop_at_end_of_pass(loop, &hook);
}

static void the_end_of_a_pass_comes_after_what_was_ready(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, ask_for_hook, loop);
    acoc_loop_call_soon(loop, note, "a");
    acoc_loop_call_soon(loop, stop_then_note, loop);
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "ha|");
    CHECK_INT(hook_runs, 1);
    acoc_loop_call_soon(loop, stop, loop);
    acoc_loop_run_forever(loop);
    CHECK_TEXT(order, "ha|c");
    close_loop(loop);
}

static void go_round(void *loop)
{
    if (!acoc_loop_call_soon(loop, go_round, loop))
        acoc_loop_stop(loop);
}

static uint64_t resumes_at_timer;

static void timer_came(void *loop)
{
    resumes_at_timer = ((acoc_loop *)loop)->resumes;
    acoc_loop_stop(loop);
}

static void a_due_timer_runs_within_2048_resumes_while_work_never_ends(void)
{
    acoc_loop *loop = open_loop();
    acoc_loop_call_soon(loop, go_round, loop);
    acoc_loop_call_soon(loop, go_round, loop);
    acoc_loop_call_later(loop, 0, timer_came, loop);
    acoc_loop_run_forever(loop);
    CHECK(resumes_at_timer <= 2048);
    acoc_loop_close(loop);
    close_loop(loop);
}

static void every_failing_system_call_of_a_new_loop_is_an_error(void)
{
    acoc__system_for_new_loops(&acoc__system_counting);
    for (uint64_t n = 1; n < 50; n++) {
        acoc__system_counts = (acoc_system_counts){ .fail_at = n, .fail_with = 24 };
        acoc_loop *loop = acoc_new_event_loop();
        if (loop && acoc__system_counts.total < n) {
            close_loop(loop);
            return;
        }
        CHECK(loop || raised(&acoc_OSError_kind));
        acoc_loop_free(loop);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
    CHECK(!"a loop needs fewer than 50 system calls");
}

static void every_failing_allocation_of_a_loop_is_an_error(void)
{
    uint64_t failed = 1;
    for (uint64_t n = 1; failed; n++) {
        REQUIRE(n < 100);
        acoc__memory_fail_at(n, 0);
        acoc_loop *loop = acoc_new_event_loop();
        if (loop) {
            acoc_loop_call_soon(loop, note, "a");
            acoc_loop_call_later(loop, 0, note, "b");
        }
        failed = acoc__memory_failed();
        acoc__memory_fail_at(0, 0);
        if (failed)
            CHECK(raised(&acoc_MemoryError_kind) || raised(&acoc_OSError_kind));
        acoc_loop_free(loop);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
}

const Test loop_tests[] = {
    TEST(calls_run_in_the_order_of_registration),
    TEST(what_was_scheduled_before_stop_runs_and_the_rest_later),
    TEST(a_stop_before_the_run_gives_exactly_one_turn),
    TEST(timers_run_by_time_and_equal_ones_in_order),
    TEST(a_running_loop_refuses_to_run_and_to_close),
    TEST(a_closed_loop_refuses_everything),
    TEST(arguments_are_checked),
    TEST(posts_from_a_thread_wake_the_loop_and_keep_their_order),
    TEST(an_error_in_a_callback_goes_to_the_handler_and_the_loop_lives),
    TEST(a_broken_handler_is_reported_itself),
    TEST(the_default_policy_makes_a_loop_in_the_main_thread_only),
    TEST(a_policy_of_the_users_is_asked),
    TEST(the_end_of_a_pass_comes_after_what_was_ready),
    TEST(a_due_timer_runs_within_2048_resumes_while_work_never_ends),
    TEST(every_failing_system_call_of_a_new_loop_is_an_error),
    TEST(every_failing_allocation_of_a_loop_is_an_error),
    TEST_END
};

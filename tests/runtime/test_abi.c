// SPDX-License-Identifier: MIT
//
// The ABI's reference: three small programs lowered by hand, as acoc lowers them, and run with suspensions that never,
// always and at random really suspend. Each coroutine stands above its lowering.
#include "support/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "acoc.h"
#include "base/memory.h"


#define FUNCTION(function, result_type)                                                                           \
    { .abi = &acoc_abi_1, .name = #function, .file = __FILE__, .resume = acoc_resume_##function,                  \
      .start = acoc_points_##function, .line = __LINE__, .frame_size = sizeof(struct acoc_frame_##function),      \
      .frame_alignment = _Alignof(struct acoc_frame_##function), .result_size = sizeof(result_type),              \
      .result_offset = ACOC_RESULT_OFFSET(_Alignof(result_type)),                                                 \
      .root_offset = ACOC_ROOT_OFFSET(sizeof(result_type), _Alignof(result_type),                                 \
                                      _Alignof(struct acoc_frame_##function)) }

// ------------------------------------------------------------------------------------------------------------------
// async int twice(int n) { yield from acoc_sleep(0); return 2 * n; }

struct acoc_frame_twice { acoc_frame base; int n; };
static const acoc_function acoc_function_twice;
static acoc_status acoc_resume_twice(acoc_task *task, acoc_frame *frame);
static const acoc_point acoc_points_twice[] = {
    { acoc_resume_twice, &acoc_function_twice, 0, __LINE__, 0 },
    { acoc_resume_twice, &acoc_function_twice, 1, __LINE__, 0 },
};
static const acoc_function acoc_function_twice = FUNCTION(twice, int);

static acoc_status acoc_await_twice(acoc_task *task, acoc_frame *base, int *result, int n)
{
    struct acoc_frame_twice *frame = (struct acoc_frame_twice *)base;
    acoc_status outcome = ACOC_DONE;
    if (frame) {
        outcome = acoc_outcome_of(task);
        result = acoc_result_place(task, base);
        n = frame->n;
        switch (frame->base.point->state) {
        case 0: if (outcome == ACOC_RAISED) goto raised; break;
        case 1: goto resume_1;
        }
    } else if (acoc_stack_low(task)) {
        frame = acoc_start_later(task, &acoc_points_twice[0]);
        if (frame) {
            frame->n = n;
            return ACOC_SUSPENDED;
        }
    }
    outcome = acoc_await_acoc_sleep(task, NULL, 0);
    if (outcome == ACOC_SUSPENDED) {
        frame = acoc_suspend(task, frame, &acoc_points_twice[1]);
        frame->n = n;
        return ACOC_SUSPENDED;
    }
resume_1:
    if (outcome == ACOC_RAISED) {
        acoc_trace(&acoc_points_twice[1]);
        goto raised;
    }
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_twice);
    *result = 2 * n;
    return ACOC_DONE;
raised:
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_twice);
    return ACOC_RAISED;
}

static acoc_status acoc_resume_twice(acoc_task *task, acoc_frame *frame)
{
    return acoc_await_twice(task, frame, NULL, 0);
}

static acoc_awaitable twice(int n)
{
    acoc_task *object = acoc_object_new(&acoc_function_twice);
    struct acoc_frame_twice *frame = acoc_root_frame(object);
    if (frame)
        frame->n = n;
    return acoc_object_handle(object);
}

// ------------------------------------------------------------------------------------------------------------------
// async int add(int a)
// {
//     int b = yield from twice(a);
//     if (a < 0)
//         raise acoc_ValueError("%d is negative", a);
//     return a + b;
// }

struct acoc_frame_add { acoc_frame base; int a; int b; };
static const acoc_function acoc_function_add;
static acoc_status acoc_resume_add(acoc_task *task, acoc_frame *frame);
static const acoc_point acoc_points_add[] = {
    { acoc_resume_add, &acoc_function_add, 0, __LINE__, 0 },
    { acoc_resume_add, &acoc_function_add, 1, __LINE__, offsetof(struct acoc_frame_add, b) },
    { acoc_resume_add, &acoc_function_add, 2, __LINE__, 0 },
};
static const acoc_function acoc_function_add = FUNCTION(add, int);

static acoc_status acoc_await_add(acoc_task *task, acoc_frame *base, int *result, int a)
{
    struct acoc_frame_add *frame = (struct acoc_frame_add *)base;
    acoc_status outcome = ACOC_DONE;
    int b;
    if (frame) {
        outcome = acoc_outcome_of(task);
        result = acoc_result_place(task, base);
        a = frame->a;
        switch (frame->base.point->state) {
        case 0: if (outcome == ACOC_RAISED) goto raised; break;
        case 1: goto resume_1;
        }
    } else if (acoc_stack_low(task)) {
        frame = acoc_start_later(task, &acoc_points_add[0]);
        if (frame) {
            frame->a = a;
            return ACOC_SUSPENDED;
        }
    }
    outcome = acoc_await_twice(task, NULL, &b, a);
    if (outcome == ACOC_SUSPENDED) {
        frame = acoc_suspend(task, frame, &acoc_points_add[1]);
        frame->a = a;
        return ACOC_SUSPENDED;
resume_1:
        if (outcome == ACOC_RAISED)
            goto raised_1;
        b = frame->b;
    } else if (outcome == ACOC_RAISED) {
raised_1:
        acoc_trace(&acoc_points_add[1]);
        goto raised;
    }
    if (a < 0) {
        acoc_raise(acoc_ValueError("%d is negative", a), &acoc_points_add[2]);
        goto raised;
    }
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_add);
    *result = a + b;
    return ACOC_DONE;
raised:
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_add);
    return ACOC_RAISED;
}

static acoc_status acoc_resume_add(acoc_task *task, acoc_frame *frame)
{
    return acoc_await_add(task, frame, NULL, 0);
}

static acoc_awaitable add(int a)
{
    acoc_task *object = acoc_object_new(&acoc_function_add);
    struct acoc_frame_add *frame = acoc_root_frame(object);
    if (frame)
        frame->a = a;
    return acoc_object_handle(object);
}

// ------------------------------------------------------------------------------------------------------------------
// async long depth(long n) { return n == 0 ? 0 : 1 + yield from depth(n - 1); }

struct acoc_frame_depth { acoc_frame base; long n; long value; };
static const acoc_function acoc_function_depth;
static acoc_status acoc_resume_depth(acoc_task *task, acoc_frame *frame);
static const acoc_point acoc_points_depth[] = {
    { acoc_resume_depth, &acoc_function_depth, 0, __LINE__, 0 },
    { acoc_resume_depth, &acoc_function_depth, 1, __LINE__, offsetof(struct acoc_frame_depth, value) },
};
static const acoc_function acoc_function_depth = FUNCTION(depth, long);

static acoc_status acoc_await_depth(acoc_task *task, acoc_frame *base, long *result, long n)
{
    struct acoc_frame_depth *frame = (struct acoc_frame_depth *)base;
    acoc_status outcome = ACOC_DONE;
    long value = 0;
    if (frame) {
        outcome = acoc_outcome_of(task);
        result = acoc_result_place(task, base);
        n = frame->n;
        switch (frame->base.point->state) {
        case 0: if (outcome == ACOC_RAISED) goto raised; break;
        case 1: goto resume_1;
        }
    } else if (acoc_stack_low(task)) {
        frame = acoc_start_later(task, &acoc_points_depth[0]);
        if (frame) {
            frame->n = n;
            return ACOC_SUSPENDED;
        }
    }
    if (n > 0) {
        outcome = acoc_await_depth(task, NULL, &value, n - 1);
        if (outcome == ACOC_SUSPENDED) {
            frame = acoc_suspend(task, frame, &acoc_points_depth[1]);
            frame->n = n;
            return ACOC_SUSPENDED;
resume_1:
            if (outcome == ACOC_RAISED)
                goto raised_1;
            value = frame->value;
        } else if (outcome == ACOC_RAISED) {
raised_1:
            acoc_trace(&acoc_points_depth[1]);
            goto raised;
        }
        value = value + 1;
    }
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_depth);
    *result = value;
    return ACOC_DONE;
raised:
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_depth);
    return ACOC_RAISED;
}

static acoc_status acoc_resume_depth(acoc_task *task, acoc_frame *frame)
{
    return acoc_await_depth(task, frame, NULL, 0);
}

static acoc_awaitable depth(long n)
{
    acoc_task *object = acoc_object_new(&acoc_function_depth);
    struct acoc_frame_depth *frame = acoc_root_frame(object);
    if (frame)
        frame->n = n;
    return acoc_object_handle(object);
}

// ------------------------------------------------------------------------------------------------------------------
// async int total(int count)
// {
//     async int first = async twice(21);           /* a task, and a handle that is released on every way out */
//     int sum = 0;
//     for (int i = 0; i < count; i++)
//         sum += yield from add(i);
//     return sum + yield from first;
// }

struct acoc_frame_total { acoc_frame base; int count; int sum; int i; int value; acoc_awaitable first; };
static const acoc_function acoc_function_total;
static acoc_status acoc_resume_total(acoc_task *task, acoc_frame *frame);
static const acoc_point acoc_points_total[] = {
    { acoc_resume_total, &acoc_function_total, 0, __LINE__, 0 },
    { acoc_resume_total, &acoc_function_total, 1, __LINE__, offsetof(struct acoc_frame_total, value) },
    { acoc_resume_total, &acoc_function_total, 2, __LINE__, offsetof(struct acoc_frame_total, value) },
};
static const acoc_function acoc_function_total = FUNCTION(total, int);

static acoc_status acoc_await_total(acoc_task *task, acoc_frame *base, int *result, int count)
{
    struct acoc_frame_total *frame = (struct acoc_frame_total *)base;
    acoc_status outcome = ACOC_DONE;
    acoc_awaitable first = NULL;
    int sum = 0, i = 0, value = 0;
    if (frame) {
        outcome = acoc_outcome_of(task);
        result = acoc_result_place(task, base);
        switch (frame->base.point->state) {
        case 0: count = frame->count; if (outcome == ACOC_RAISED) goto raised; break;
        case 1: goto resume_1;
        case 2: goto resume_2;
        }
    } else if (acoc_stack_low(task)) {
        frame = acoc_start_later(task, &acoc_points_total[0]);
        if (frame) {
            frame->count = count;
            return ACOC_SUSPENDED;
        }
    }
    first = acoc_spawn(twice(21));
    if (!first)
        goto raised;
    for (i = 0; i < count; i++) {
        outcome = acoc_await_add(task, NULL, &value, i);
        if (outcome == ACOC_SUSPENDED) {
            frame = acoc_suspend(task, frame, &acoc_points_total[1]);
            frame->count = count; frame->sum = sum; frame->i = i; frame->first = first;
            return ACOC_SUSPENDED;
resume_1:
            count = frame->count; sum = frame->sum; i = frame->i; first = frame->first;
            if (outcome == ACOC_RAISED)
                goto raised_1;
            value = frame->value;
        } else if (outcome == ACOC_RAISED) {
raised_1:
            acoc_trace(&acoc_points_total[1]);
            goto raised;
        }
        sum += value;
    }
    outcome = acoc_await(task, first, &value, sizeof value);
    if (outcome == ACOC_SUSPENDED) {
        frame = acoc_suspend(task, frame, &acoc_points_total[2]);
        frame->sum = sum; frame->first = first;
        return ACOC_SUSPENDED;
resume_2:
        sum = frame->sum; first = frame->first;
        if (outcome == ACOC_RAISED)
            goto raised_2;
        value = frame->value;
    } else if (outcome == ACOC_RAISED) {
raised_2:
        acoc_trace(&acoc_points_total[2]);
        goto raised;
    }
    acoc_release(first);
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_total);
    *result = sum + value;
    return ACOC_DONE;
raised:
    acoc_release(first);
    acoc_frame_release(task, (acoc_frame *)frame, &acoc_function_total);
    return ACOC_RAISED;
}

static acoc_status acoc_resume_total(acoc_task *task, acoc_frame *frame)
{
    return acoc_await_total(task, frame, NULL, 0);
}

static acoc_awaitable total(int count)
{
    acoc_task *object = acoc_object_new(&acoc_function_total);
    struct acoc_frame_total *frame = acoc_root_frame(object);
    if (frame)
        frame->count = count;
    return acoc_object_handle(object);
}

// ------------------------------------------------------------------------------------------------------------------

static const char *const modes[] = { "never", "always", "1", "2", "3" };
enum { MODES = sizeof modes / sizeof *modes };

static long run_long(acoc_awaitable coroutine)
{
    long value = -1;
    acoc_run(coroutine);
    acoc_future_result(coroutine, &value, sizeof value);
    acoc_release(coroutine);
    return value;
}

static int run_int(acoc_awaitable coroutine)
{
    int value = -1;
    acoc_run(coroutine);
    CHECK(!acoc_error_occurred());
    acoc_future_result(coroutine, &value, sizeof value);
    acoc_release(coroutine);
    return value;
}

static void a_call_through_two_coroutines_delivers_its_value(void)
{
    for (int mode = 0; mode < MODES; mode++) {
        setenv("ACOC_SUSPEND", modes[mode], 1);
        CHECK_INT(run_int(add(14)), 42);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
}

static void recursion_is_bounded_by_memory_only(void)
{
    for (int mode = 0; mode < MODES; mode++) {
        setenv("ACOC_SUSPEND", modes[mode], 1);
        CHECK_INT(run_long(depth(200000)), 200000);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
}

static void *run_deep_chain(void *argument)
{
    *(long *)argument = run_long(depth(1000000));
    return NULL;
}

static void a_million_coroutines_deep_on_a_stack_of_64_kib(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    long reached = 0;
    setenv("ACOC_SUSPEND", "never", 1);
    pthread_attr_init(&attributes);
    // AddressSanitizer's own frames need more.
    pthread_attr_setstacksize(&attributes, acoc__memory_is_checked() ? 512 * 1024 : 64 * 1024);
    REQUIRE(pthread_create(&thread, &attributes, run_deep_chain, &reached) == 0);
    pthread_join(thread, NULL);
    CHECK_INT(reached, 1000000);
}

static void a_loop_beside_a_task_delivers_its_sum(void)
{
    for (int mode = 0; mode < MODES; mode++) {
        setenv("ACOC_SUSPEND", modes[mode], 1);
        CHECK_INT(run_int(total(4)), 3 * (0 + 1 + 2 + 3) + 42);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
}

static void an_error_carries_its_trace(void)
{
    for (int mode = 0; mode < MODES; mode++) {
        setenv("ACOC_SUSPEND", modes[mode], 1);
        acoc_awaitable failing = add(-7);
        char text[500] = "";
        FILE *stream = fmemopen(text, sizeof text, "w");
        acoc_run(failing);
        acoc_error_print(stream);
        fclose(stream);
        acoc_error *error = acoc_error_take();
        REQUIRE(error != NULL);
        CHECK(acoc_error_is(error, &acoc_ValueError_kind));
        CHECK_TEXT(acoc_error_message(error), "-7 is negative");
        CHECK(strstr(text, "add (") != NULL);
        acoc_error_release(error);
        acoc_release(failing);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
}

static void each_failing_allocation_raises_and_loses_nothing(void)
{
    for (int mode = 0; mode < MODES; mode++) {
        setenv("ACOC_SUSPEND", modes[mode], 1);
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            uint64_t failed = 1;
            for (uint64_t n = 1; failed; n++) {
                REQUIRE(n < 10000);
                acoc_awaitable coroutine = total(3);
                acoc__memory_fail_at(n, for_ever);
                acoc_run(coroutine);
                failed = acoc__memory_failed();
                acoc__memory_fail_at(0, 0);
                acoc_error *error = acoc_error_take();
                CHECK(error == NULL || acoc_error_is(error, &acoc_MemoryError_kind));
                CHECK(error != NULL || failed == 0 || acoc_future_done(coroutine));
                acoc_error_release(error);
                if (!acoc_future_done(coroutine))
                    acoc_task_cancel(coroutine);
                acoc_release(coroutine);
                CHECK_INT((long long)acoc__memory_live_blocks(), 0);
                if (test_has_failed())
                    return;
            }
        }
    }
}

static void a_coroutine_object_starts_when_it_is_awaited(void)
{
    acoc_awaitable object = twice(1);
    CHECK(!acoc_future_done(object));
    CHECK_INT(run_int(object), 2);
}

const Test abi_tests[] = {
    TEST(a_call_through_two_coroutines_delivers_its_value),
    TEST(recursion_is_bounded_by_memory_only),
    TEST(a_million_coroutines_deep_on_a_stack_of_64_kib),
    TEST(a_loop_beside_a_task_delivers_its_sum),
    TEST(an_error_carries_its_trace),
    TEST(each_failing_allocation_raises_and_loses_nothing),
    TEST(a_coroutine_object_starts_when_it_is_awaited),
    TEST_END
};

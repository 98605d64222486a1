// SPDX-License-Identifier: MIT
// runtime/base/error.c and failure.c: kinds, messages, the slot, causes, traces, no memory.
#include "support/test.h"

#include <errno.h>
#include <stdio.h>

#include "acoc.h"
#include "base/error.h"
#include "base/memory.h"

ACOC_DECLARE_ERROR_KIND(MyError);
ACOC_ERROR_KIND(MyError, acoc_ValueError)

static void kinds_form_a_tree(void)
{
    acoc_error *error = MyError("%d %s", 3, "things");
    CHECK(acoc_error_is(error, &MyError_kind));
    CHECK(acoc_error_is(error, &acoc_ValueError_kind));
    CHECK(acoc_error_is(error, &acoc_Error_kind));
    CHECK(!acoc_error_is(error, &acoc_OSError_kind));
    CHECK_TEXT(acoc_error_kind_of(error)->name, "MyError");
    CHECK_TEXT(acoc_error_message(error), "3 things");
    acoc_error_release(error);
    CHECK(acoc_CancelledError_kind.parent == &acoc_BaseError_kind);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void errno_chooses_the_kind(void)
{
    static const struct { int number; const acoc_error_kind *kind; } rows[] = {
        { ECONNREFUSED, &acoc_ConnectionRefusedError_kind }, { EPIPE, &acoc_BrokenPipeError_kind },
        { ENOENT, &acoc_FileNotFoundError_kind }, { EACCES, &acoc_PermissionError_kind },
        { EADDRINUSE, &acoc_OSError_kind }, { ECONNRESET, &acoc_ConnectionResetError_kind },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        acoc_error *error = acoc_os_error(rows[i].number, "call %d", 1);
        CHECK(acoc_error_kind_of(error) == rows[i].kind);
        CHECK_INT(acoc_error_errno(error), rows[i].number);
        acoc_error_release(error);
    }
    acoc_error *error = acoc_os_error(ENOENT, "open %s", "x");
    CHECK_TEXT(acoc_error_message(error), "open x: No such file or directory");
    acoc_error_release(error);
}

static void the_slot_holds_one_error_and_its_cause(void)
{
    CHECK(acoc_error_occurred() == NULL);
    acoc_error_set(acoc_ValueError("first"));
    acoc_error_set(acoc_RuntimeError("second"));
    CHECK_TEXT(acoc_error_message(acoc_error_occurred()), "second");
    acoc_error *error = acoc_error_take();
    CHECK(acoc_error_occurred() == NULL);
    REQUIRE(acoc_error_cause(error) != NULL);
    CHECK_TEXT(acoc_error_message(acoc_error_cause(error)), "first");
    acoc_error_release(error);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void an_error_is_never_its_own_cause(void)
{
    acoc_error *error = acoc_ValueError("again");
    acoc_error_set(acoc_error_retain(error));
    acoc_failure *caught = acoc_catch();
    acoc_error_set(acoc_error_retain(error));
    acoc_replaced(caught);
    CHECK(acoc_error_cause(error) == NULL);
    acoc_error_release(acoc_error_take());
    acoc_error_release(error);
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void a_cancellation_has_what_it_replaces_as_its_cause(void)
{
    for (int n = 0; n < 4; n++) {
        acoc_error_set(acoc_ValueError("pending"));
        acoc_failure *pending = acoc_catch();
        acoc__memory_fail_at((uint64_t)n, n != 0);
        acoc__raise_cancelled();
        acoc_replaced(pending);
        acoc__memory_fail_at(0, 0);
        acoc_error *error = acoc_error_take();
        CHECK(acoc_error_is(error, &acoc_CancelledError_kind));
        const acoc_error *cause = acoc_error_cause(error);
        CHECK(n == 0 || n > 2 ? cause != NULL : cause == NULL);
        if (cause)
            CHECK_TEXT(acoc_error_message(cause), "pending");
        acoc_error_release(error);
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
    acoc__raise_cancelled();
    acoc_error *shared = acoc_error_take();
    CHECK(acoc_error_cause(shared) == NULL);
    acoc_error_release(shared);
}

static const acoc_function function = { .abi = &acoc_abi_1, .name = "deep", .file = "deep.c" };
static const acoc_point points[] = { { NULL, &function, 0, 10, 0 }, { NULL, &function, 1, 20, 0 } };

static void a_trace_counts_repeated_places(void)
{
    char text[1000] = "";
    FILE *stream = fmemopen(text, sizeof text, "w");
    acoc_raise(acoc_ValueError("bottom"), &points[0]);
    for (int i = 0; i < 100000; i++)
        acoc_trace(&points[1]);
    acoc_trace(&points[0]);
    acoc_error_print(stream);
    fclose(stream);
    acoc_error_release(acoc_error_take());
    CHECK_TEXT(text, "Traceback (innermost last):\n  deep (deep.c:10)\n  deep (deep.c:20)\n"
                     "  [the previous line 99999 more times]\n  deep (deep.c:10)\nacoc_ValueError: bottom\n");
    CHECK_INT((long long)acoc__memory_live_blocks(), 0);
}

static void without_memory_raising_still_raises(void)
{
    for (int n = 1; n < 6; n++) {
        acoc__memory_fail_at((uint64_t)n, 1);
        acoc_raise(acoc_ValueError("x"), &points[0]);
        for (int i = 0; i < 10; i++)
            acoc_trace(&points[i % 2]);
        acoc_error_set(acoc_RuntimeError("y"));
        acoc__memory_fail_at(0, 0);
        REQUIRE(acoc_error_occurred() != NULL);
        CHECK(acoc_error_is(acoc_error_occurred(), &acoc_MemoryError_kind) ||
              acoc_error_is(acoc_error_occurred(), &acoc_RuntimeError_kind));
        acoc_error_release(acoc_error_take());
        CHECK_INT((long long)acoc__memory_live_blocks(), 0);
    }
}

const Test error_tests[] = {
    TEST(kinds_form_a_tree),
    TEST(errno_chooses_the_kind),
    TEST(the_slot_holds_one_error_and_its_cause),
    TEST(an_error_is_never_its_own_cause),
    TEST(a_cancellation_has_what_it_replaces_as_its_cause),
    TEST(a_trace_counts_repeated_places),
    TEST(without_memory_raising_still_raises),
    TEST_END
};

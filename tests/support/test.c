// SPDX-License-Identifier: MIT
// Checks: in the runner's own process they become CUnit assertions, in an isolated test's process lines on a pipe
// that the runner turns into CUnit assertions. isolate.c says which process this is.
#include "test.h"

#include <CUnit/CUnit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "isolate.h"

static bool has_failed;

const char *test_format(const char *format, ...)
{
    static char ring[8][4096];
    static unsigned next;
    char *text = ring[next++ % 8];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof ring[0], format, arguments);
    va_end(arguments);
    return text;
}

void test_failed(const char *file, int line, const char *format, ...)
{
    char text[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    has_failed = true;
    if (isolate_is_inside())
        isolate_report(test_format("%s:%d: %s", file, line, text));
    else
        CU_assertImplementation(CU_FALSE, (unsigned)line, text, file, "", CU_FALSE);
}

void test_passed(void)
{
    if (!isolate_is_inside())
        CU_assertImplementation(CU_TRUE, 0, "", "", "", CU_FALSE);
}

void test_give_up(void)
{
    if (isolate_is_inside()) {
        fflush(NULL);
        _exit(ISOLATE_FAILED);
    }
    fprintf(stderr, "a test outside a process of its own cannot give up\n");
    abort();
}

bool test_has_failed(void)
{
    return has_failed;
}

void test_begin(void)
{
    has_failed = false;
}

bool test_check(bool good, const char *text, const char *file, int line)
{
    good ? test_passed() : test_failed(file, line, "%s", text);
    return good;
}

bool test_check_int(long long actual, long long expected, const char *text, const char *file, int line)
{
    bool good = actual == expected;
    good ? test_passed() : test_failed(file, line, "%s is %lld, expected %lld", text, actual, expected);
    return good;
}

bool test_check_text(const char *actual, const char *expected, const char *text, const char *file, int line)
{
    bool good = actual && expected ? strcmp(actual, expected) == 0 : actual == expected;
    good ? test_passed()
         : test_failed(file, line, "%s is\n    \"%s\"\nexpected\n    \"%s\"", text, actual ? actual : "(null)",
                       expected ? expected : "(null)");
    return good;
}

bool test_check_bytes(const void *actual, size_t actual_size, const void *expected, size_t expected_size,
                      const char *text, const char *file, int line)
{
    size_t same = 0;
    const unsigned char *a = actual, *e = expected;
    while (same < actual_size && same < expected_size && a[same] == e[same])
        same++;
    bool good = actual_size == expected_size && same == actual_size;
    good ? test_passed()
         : test_failed(file, line, "%s has %zu bytes, expected %zu; the first difference is at %zu", text, actual_size,
                       expected_size, same);
    return good;
}

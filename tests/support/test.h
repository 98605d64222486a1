// SPDX-License-Identifier: MIT
// What every test includes: checks that print both sides, and the shape of a suite.
//
// A suite is one file that ends with a list of its tests:
//
//     static void addition_is_exact(void) { CHECK_INT(add(1, 2), 3); }
//     const Test arithmetic_tests[] = { TEST(addition_is_exact), TEST_END };
//
// and one line in suites.def: SUITE(arithmetic, 10). The number is the time limit in seconds: each test then runs in
// a process of its own (a crash, a hang and a leak stay its own), checks report through a pipe. 0: in the runner's.
// A test is named after the promise it keeps.
#ifndef ACOC_TEST_H
#define ACOC_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct Test {
    const char *name;
    void (*run)(void);
} Test;

#define TEST(function) { #function, function }
#define TEST_END { NULL, NULL }

// Records a failed check with its place and text, in whichever process the test runs; test_passed() a good one.
void test_failed(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
void test_passed(void);
// Ends this test now, after what was recorded.
void test_give_up(void) __attribute__((noreturn));
// True when the test asked for has failed already.
bool test_has_failed(void);
// For isolate.c: a child begins without its parent's failures.
void test_begin(void);
// Prints into a ring of static buffers; for messages.
const char *test_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

bool test_check(bool good, const char *text, const char *file, int line);
bool test_check_int(long long actual, long long expected, const char *text, const char *file, int line);
bool test_check_text(const char *actual, const char *expected, const char *text, const char *file, int line);
bool test_check_bytes(const void *actual, size_t actual_size, const void *expected, size_t expected_size,
                      const char *text, const char *file, int line);

#define CHECK(condition) test_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(actual, expected) test_check_int((actual), (expected), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) test_check_text((actual), (expected), #actual, __FILE__, __LINE__)
#define CHECK_BYTES(actual, actual_size, expected, expected_size) \
    test_check_bytes((actual), (actual_size), (expected), (expected_size), #actual, __FILE__, __LINE__)
// For what the rest of the test stands on.
#define REQUIRE(condition) ((condition) ? test_passed() : (test_failed(__FILE__, __LINE__, "%s", #condition), test_give_up()))

#endif

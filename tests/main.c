// SPDX-License-Identifier: MIT
// Builds CUnit's registry from suites.def and runs it in basic mode; the exit status is 1 when anything failed.
// usage: run [SUITE[.TEST]...]   names are matched as the beginning of "suite.test"
#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/isolate.h"
#include "support/test.h"

#define SUITE(name, seconds) extern const Test name##_tests[];
#include "suites.def"
#undef SUITE

typedef struct Suite {
    const char *name;
    const Test *tests;
    int seconds;
} Suite;

static const Suite suites[] = {
#define SUITE(name, seconds) { #name, name##_tests, seconds },
#include "suites.def"
#undef SUITE
};

enum { SUITES = sizeof suites / sizeof suites[0] };

static void call_test(void *argument)
{
    const Test *test = argument;
    test->run();
}

// CUnit's functions take no arguments: the running suite and test are found by their names.
static const Test *current_test(const Suite **suite_out)
{
    for (int i = 0; i < SUITES; i++) {
        if (strcmp(suites[i].name, CU_get_current_suite()->pName) != 0)
            continue;
        for (const Test *test = suites[i].tests; test->name; test++) {
            if (strcmp(test->name, CU_get_current_test()->pName) == 0) {
                *suite_out = &suites[i];
                return test;
            }
        }
    }
    return NULL;
}

static void run_current_test(void)
{
    const Suite *suite = NULL;
    const Test *test = current_test(&suite);
    if (suite->seconds == 0) {
        test->run();
        return;
    }
    IsolatedJob job = { .name = test->name, .function = call_test, .argument = (void *)test, .seconds = suite->seconds };
    isolate_run(&job, 1);
    if (job.passed)
        test_passed();
    else
        test_failed(suite->name, 0, "%s", job.report ? job.report : "failed");
    free(job.report);
}

static int is_wanted(const char *suite, const char *test, int argument_count, char **arguments)
{
    char name[512];
    snprintf(name, sizeof name, "%s.%s", suite, test);
    for (int i = 1; i < argument_count; i++)
        if (strncmp(name, arguments[i], strlen(arguments[i])) == 0)
            return 1;
    return argument_count < 2;
}

static int build_registry(int argument_count, char **arguments)
{
    for (int i = 0; i < SUITES; i++) {
        CU_pSuite suite = NULL;
        for (const Test *test = suites[i].tests; test->name; test++) {
            if (!is_wanted(suites[i].name, test->name, argument_count, arguments))
                continue;
            if (!suite)
                suite = CU_add_suite(suites[i].name, NULL, NULL);
            if (!suite || !CU_add_test(suite, test->name, run_current_test))
                return 0;
        }
    }
    return 1;
}

int main(int argument_count, char **arguments)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (CU_initialize_registry() != CUE_SUCCESS || !build_registry(argument_count, arguments)) {
        fprintf(stderr, "tests: %s\n", CU_get_error_msg());
        return 1;
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    CU_basic_run_tests();
    unsigned failures = CU_get_number_of_failures() + CU_get_number_of_suites_failed();
    unsigned checks = CU_get_number_of_asserts();
    CU_cleanup_registry();
    if (checks == 0)
        fprintf(stderr, "tests: nothing was checked\n");
    return failures != 0 || checks == 0;
}

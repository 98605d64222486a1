// SPDX-License-Identifier: MIT
// The emitted C linked with plain C and C++ (trap 34), and on a small stack (trap 23). A tool that is not installed is
// said so and left out.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../support/cases.h"
#include "../support/test.h"
#include "../support/tools.h"

static void trap34_one_header_serves_aco_c_and_cplusplus(void)
{
    static const char *const objects[] = { "bank.o", "bank_in_c.o", "main.o", NULL };
    static const char c_flags[] = "-std=c11 -O1 -g -Wall -Wextra -Wshadow -Werror";
    if (!tool_is_installed("g++"))
        return;
    REQUIRE(tools_translate("tests/cases/link/bank.aco", "bank.c"));
    REQUIRE(tools_compile("gcc", c_flags, test_format("%s/bank.c", tools_folder()), "bank.o"));
    REQUIRE(tools_compile("gcc", c_flags, "tests/cases/link/bank_in_c.c", "bank_in_c.o"));
    REQUIRE(tools_compile("g++", "-std=c++17 -O1 -g -Wall -Wextra -Werror", "tests/cases/link/main.cpp", "main.o"));
    REQUIRE(tools_link("g++", objects, "bank"));
    Command run = { 0 };
    command_add(&run, "%s/bank", tools_folder());
    Output output = program_run(&run, 20);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "plain C: 10\nC++: 42\namount -1\n");
    output_free(&output);
    command_free(&run);
}

static void the_header_is_cplusplus_from_11_on(void)
{
    if (!tool_is_installed("g++"))
        return;
    CHECK(tools_compile("g++", "-std=c++11 -Wall -Wextra -Wpedantic -Werror -x c++", "tests/cases/link/bank.h", "bank.gch"));
    CHECK(tools_compile("gcc", "-std=c11 -Wall -Wextra -Werror -x c", "tests/cases/link/bank.h", "bank_c.gch"));
}

static void the_macros_with_options_work_in_cplusplus(void)
{
    static const char *const objects[] = { "options.o", NULL };
    if (!tool_is_installed("g++"))
        return;
    REQUIRE(tools_compile("g++", "-std=c++20 -O1 -g -Wall -Werror", "tests/cases/link/options.cpp", "options.o"));
    REQUIRE(tools_link("g++", objects, "options"));
    Command run = { 0 };
    command_add(&run, "%s/options", tools_folder());
    Output output = program_run(&run, 20);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "1 0\nacoc_TypeError\nacoc_ConnectionRefusedError\n");
    output_free(&output);
    command_free(&run);
}

// A chain of 1,000,000 coroutines on a stack of 64 KiB: recursion is bounded by memory.
static void trap23_a_million_deep_on_a_small_stack(void)
{
    static const char *const objects[] = { "deep.o", NULL };
    if (sanitizer_flags()[0])
        return; // their frames of C are too large for such a stack
    REQUIRE(tools_translate("tests/cases/link/deep.aco", "deep.c"));
    REQUIRE(tools_compile("gcc", "-O2", test_format("%s/deep.c", tools_folder()), "deep.o"));
    REQUIRE(tools_link("gcc", objects, "deep"));
    Command run = { 0 };
    command_add_words(&run, "sh -c");
    command_add(&run, "ulimit -s 64 && exec %s/deep", tools_folder());
    Output output = program_run(&run, 60);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "1000000\n1000000\nat the bottom\n");
    output_free(&output);
    command_free(&run);
}

const Test toolchain_tests[] = {
    TEST(trap23_a_million_deep_on_a_small_stack),
    TEST(trap34_one_header_serves_aco_c_and_cplusplus),
    TEST(the_macros_with_options_work_in_cplusplus),
    TEST(the_header_is_cplusplus_from_11_on),
    TEST_END,
};

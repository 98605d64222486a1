// SPDX-License-Identifier: MIT
// The emitted C among other tools: linked with plain C and C++ (trap 34), and in a debugger, where each line of the .aco
// file is its own (trap 33). A tool that is not installed is said so and left out.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/cases.h"
#include "../support/test.h"

static const char *work_folder(void)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/toolchain", build_folder());
    mkdir(path, 0777);
    return path;
}

static bool is_installed(const char *tool)
{
    Command command = { 0 };
    command_add(&command, "%s", tool);
    command_add(&command, "--version");
    Output output = program_run(&command, 20);
    bool good = output.status == 0;
    if (!good)
        fprintf(stderr, "left out: %s is not installed\n", tool);
    output_free(&output);
    command_free(&command);
    return good;
}

static bool translate(const char *from, const char *to)
{
    Command command = { 0 };
    command_acoc(&command);
    command_add(&command, "%s", from);
    command_add(&command, "-o");
    command_add(&command, "%s/%s", work_folder(), to);
    return command_succeeds(&command, from, true, 60);
}

// Compiles one unit to work_folder()/object.
static bool compile(const char *compiler, const char *flags, const char *source, const char *object)
{
    Command command = { 0 };
    command_add(&command, "%s", compiler);
    command_add_words(&command, flags);
    command_add_words(&command, sanitizer_flags());
    command_add(&command, "-I%s/runtime", project_root());
    command_add_words(&command, "-Itests/cases/link -c");
    command_add(&command, "%s", source);
    command_add(&command, "-o");
    command_add(&command, "%s/%s", work_folder(), object);
    return command_succeeds(&command, source, true, 60);
}

static bool link_program(const char *compiler, const char *const *objects, const char *program)
{
    Command command = { 0 };
    command_add(&command, "%s", compiler);
    command_add_words(&command, sanitizer_flags());
    for (; *objects; objects++)
        command_add(&command, "%s/%s", work_folder(), *objects);
    command_link_runtime(&command);
    command_add(&command, "-o");
    command_add(&command, "%s/%s", work_folder(), program);
    return command_succeeds(&command, program, true, 60);
}

static void trap34_one_header_serves_aco_c_and_cplusplus(void)
{
    static const char *const objects[] = { "bank.o", "bank_in_c.o", "main.o", NULL };
    static const char c_flags[] = "-std=c11 -O1 -g -Wall -Wextra -Wshadow -Werror";
    if (!is_installed("g++"))
        return;
    REQUIRE(translate("tests/cases/link/bank.aco", "bank.c"));
    REQUIRE(compile("gcc", c_flags, test_format("%s/bank.c", work_folder()), "bank.o"));
    REQUIRE(compile("gcc", c_flags, "tests/cases/link/bank_in_c.c", "bank_in_c.o"));
    REQUIRE(compile("g++", "-std=c++17 -O1 -g -Wall -Wextra -Werror", "tests/cases/link/main.cpp", "main.o"));
    REQUIRE(link_program("g++", objects, "bank"));
    Command run = { 0 };
    command_add(&run, "%s/bank", work_folder());
    Output output = program_run(&run, 20);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "plain C: 10\nC++: 42\namount -1\n");
    output_free(&output);
    command_free(&run);
}

static void the_header_is_cplusplus_from_11_on(void)
{
    if (!is_installed("g++"))
        return;
    CHECK(compile("g++", "-std=c++11 -Wall -Wextra -Wpedantic -Werror -x c++", "tests/cases/link/bank.h", "bank.gch"));
    CHECK(compile("gcc", "-std=c11 -Wall -Wextra -Werror -x c", "tests/cases/link/bank.h", "bank_c.gch"));
}

static void the_macros_with_options_work_in_cplusplus(void)
{
    static const char *const objects[] = { "options.o", NULL };
    if (!is_installed("g++"))
        return;
    REQUIRE(compile("g++", "-std=c++20 -O1 -g -Wall -Werror", "tests/cases/link/options.cpp", "options.o"));
    REQUIRE(link_program("g++", objects, "options"));
    Command run = { 0 };
    command_add(&run, "%s/options", work_folder());
    Output output = program_run(&run, 20);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "1 0\nacoc_TypeError\nacoc_ConnectionRefusedError\n");
    output_free(&output);
    command_free(&run);
}

// A breakpoint on a line stops once each time the line is reached, before and after the suspensions around it, and shows
// the locals' values there.
static void trap33_a_debugger_stops_on_the_users_lines(void)
{
    static const char *const objects[] = { "stepped.o", NULL };
    if (sanitizer_flags()[0] || !is_installed("gdb"))
        return;
    REQUIRE(translate("tests/cases/link/stepped.aco", "stepped.c"));
    REQUIRE(compile("gcc", "-O0 -g", test_format("%s/stepped.c", work_folder()), "stepped.o"));
    REQUIRE(link_program("gcc", objects, "stepped"));
    Command gdb = { 0 };
    static const char *const commands[] = { "set confirm off", "break stepped.aco:16", "run", "print part", "print i", "continue",
                                            "print part", "print total", "continue", "print part", "print total", "continue" };
    command_add_words(&gdb, "gdb -batch -nx");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        command_add(&gdb, "-ex");
        command_add(&gdb, "%s", commands[i]);
    }
    command_add(&gdb, "%s/stepped", work_folder());
    Output output = program_run(&gdb, 60);
    static const char *const expected[] = { "$1 = 1\n", "$2 = 0\n", "$3 = 2\n", "$4 = 1\n", "$5 = 3\n", "$6 = 3\n", "6\n" };
    if (strstr(output.text, "Breakpoint 1,")) // gdb may be forbidden to trace here
        for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
            if (!strstr(output.text, expected[i]))
                test_failed(__FILE__, __LINE__, "gdb does not print %s but\n%s", expected[i], output.text);
    output_free(&output);
    command_free(&gdb);
}

// A chain of 1,000,000 coroutines on a stack of 64 KiB: recursion is bounded by memory.
static void trap23_a_million_deep_on_a_small_stack(void)
{
    static const char *const objects[] = { "deep.o", NULL };
    if (sanitizer_flags()[0])
        return; // their frames of C are too large for such a stack
    REQUIRE(translate("tests/cases/link/deep.aco", "deep.c"));
    REQUIRE(compile("gcc", "-O2", test_format("%s/deep.c", work_folder()), "deep.o"));
    REQUIRE(link_program("gcc", objects, "deep"));
    Command run = { 0 };
    command_add_words(&run, "sh -c");
    command_add(&run, "ulimit -s 64 && exec %s/deep", work_folder());
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
    TEST(trap33_a_debugger_stops_on_the_users_lines),
    TEST_END,
};

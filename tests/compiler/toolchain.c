// SPDX-License-Identifier: MIT
// The emitted C linked with plain C and C++ (trap 34), on a small stack (trap 23), and counted (trap 35). A tool that is not installed is
// said so and left out.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdlib.h>
#include <string.h>

#include "../support/cases.h"
#include "../support/test.h"
#include "../support/tools.h"

// One program of an .aco unit, a C unit and a C++ unit that include the same header.
static void check_bank(const char *c_flags, const char *cplusplus_flags, const char *link_flags)
{
    static const char *const objects[] = { "bank.o", "bank_in_c.o", "main.o", NULL };
    if (!tool_is_installed("g++"))
        return;
    REQUIRE(tools_translate("tests/cases/link/bank.aco", "bank.c"));
    REQUIRE(tools_compile("gcc", c_flags, test_format("%s/bank.c", tools_folder()), "bank.o"));
    REQUIRE(tools_compile("gcc", c_flags, "tests/cases/link/bank_in_c.c", "bank_in_c.o"));
    REQUIRE(tools_compile("g++", cplusplus_flags, "tests/cases/link/main.cpp", "main.o"));
    REQUIRE(tools_link(test_format("g++ %s", link_flags), objects, "bank"));
    Command run = { 0 };
    command_add(&run, "%s/bank", tools_folder());
    Output output = command_run(&run, 20);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "plain C: 10\nC++: 42\namount -1\n");
    output_free(&output);
}

static void trap34_one_header_serves_aco_c_and_cplusplus(void)
{
    check_bank("-std=c11 -O1 -g -Wall -Wextra -Wshadow -Werror", "-std=c++17 -O1 -g -Wall -Wextra -Werror", "-O1");
}

// The linker sees the types of all units, and names that are hidden from other objects.
static void trap34_types_agree_at_link_time(void)
{
    check_bank("-std=c11 -O2 -flto -fvisibility=hidden -Wall -Wextra -Werror", "-std=c++17 -O2 -flto -fvisibility=hidden -Wall -Werror",
               "-O2 -flto -Wlto-type-mismatch -Wodr -Werror");
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
    Output output = command_run(&run, 20);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "1 0\nacoc_TypeError\nacoc_ConnectionRefusedError\n");
    output_free(&output);
}

// Those who compile with more warnings than -Wall -Wextra find nothing of ours: not in the headers, not in what is emitted.
static void strict_flags_find_nothing(void)
{
    const char *flags = "-std=c11 -O2 -pedantic -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wundef -Wcast-qual -Wwrite-strings "
        "-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wredundant-decls -Wpointer-arith -Wbad-function-cast "
        "-Wnull-dereference -Wdouble-promotion -Wformat=2 -Werror";
    static const char *const compilers[] = { "gcc", "clang" };
    for (size_t i = 0; i < 2; i++) {
        if (!tool_is_installed(compilers[i]))
            continue;
        REQUIRE(tools_translate("tests/cases/link/strict.aco", "strict.c"));
        CHECK(tools_compile(compilers[i], flags, test_format("%s/strict.c", tools_folder()), "strict.o"));
    }
}

static void complaints_stand_at_the_coroutine_s_line(void)
{
    static const char *const compilers[] = { "gcc", "clang" };
    for (size_t i = 0; i < 2; i++) {
        if (!tool_is_installed(compilers[i]))
            continue;
        REQUIRE(tools_translate("tests/cases/link/complained.aco", "complained.c"));
        Command compile = { 0 };
        command_add(&compile, "%s", compilers[i]);
        command_add_words(&compile, "-std=gnu11 -Wall -Iruntime -fsyntax-only");
        command_add(&compile, "%s/complained.c", tools_folder());
        Output output = command_run(&compile, 60);
        CHECK(strstr(output.text, "complained.aco:5:"));
        CHECK(!strstr(output.text, "complained.aco:6:") && !strstr(output.text, "complained.aco:7:"));
        output_free(&output);
    }
}

// A preprocessor's output is taken too; what was included stands in it, so the output is the whole unit.
static void preprocessed_text_is_taken(void)
{
    static const char *const objects[] = { "preprocessed.o", NULL };
    const char *text = test_format("%s/preprocessed.i", tools_folder());
    const char *whole = test_format("%s/preprocessed.c", tools_folder());
    Command preprocess = { 0 }, translate = { 0 }, run = { 0 };
    command_add_words(&preprocess, "gcc -E -x c -D__ACOC__ -Iruntime -Itests/cases/run tests/cases/run/gnu_types_and_text.aco -o");
    command_add(&preprocess, "%s", text);
    REQUIRE(command_succeeds(&preprocess, text, true, 60));
    command_acoc(&translate);
    command_add_words(&translate, "-Wno-self-contained");
    command_add(&translate, "%s", text);
    command_add_words(&translate, "-o");
    command_add(&translate, "%s", whole);
    REQUIRE(command_succeeds(&translate, text, true, 60));
    REQUIRE(tools_compile("gcc", "-std=gnu11 -O1 -w", whole, "preprocessed.o"));
    REQUIRE(tools_link("gcc", objects, "preprocessed"));
    command_add(&run, "%s/preprocessed", tools_folder());
    CHECK(command_succeeds(&run, "preprocessed", false, 20));
}

// Chains of 1,000,000 coroutines on a stack of 64 KiB: recursion is bounded by memory. And 10,000,000 awaits in a loop.
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
    Output output = command_run(&run, 60);
    CHECK_INT(output.status, 0);
    CHECK_TEXT(output.text, "1000000\n1000000\n1000000\n1000000\nat the bottom\n5000000\n");
    output_free(&output);
}

// Instructions that callgrind counts for a program; 0: none.
static long long instructions(const char *program, int rounds)
{
    Command command = { 0 };
    command_add_words(&command, "valgrind --tool=callgrind --callgrind-out-file=/dev/null");
    command_add(&command, "%s/%s", tools_folder(), program);
    command_add(&command, "%d", rounds);
    Output output = command_run(&command, 60);
    char *found = strstr(output.text, "Collected :");
    long long count = found ? atoll(found + strlen("Collected :")) : 0;
    output_free(&output);
    return count;
}

// What a round of bench/hot-loop takes in the coroutine, and in the same text as a plain function.
static void check_hot_loop(const char *compiler)
{
    static const char *const objects[] = { "hot.o", NULL };
    static const char source[] = "tests/bench/hot-loop/loop.aco";
    REQUIRE(tools_translate(source, "hot.c"));
    REQUIRE(tools_compile(compiler, "-O2 -Itests/bench/tools", test_format("%s/hot.c", tools_folder()), objects[0]));
    REQUIRE(tools_link(compiler, objects, "hot"));
    REQUIRE(tools_compile(compiler, "-O2 -Itests/bench/tools", "tests/bench/hot-loop/plain.c", objects[0]));
    REQUIRE(tools_link(compiler, objects, "hot-plain"));
    long long coroutine = instructions("hot", 20) - instructions("hot", 10);
    long long plain = instructions("hot-plain", 20) - instructions("hot-plain", 10);
    CHECK(plain > 0);
    if (coroutine * 100 > plain * 105)
        test_failed(source, 0, "%s: 10 rounds take %lld instructions, %lld in a plain function", compiler, coroutine, plain);
}

static void trap35_a_hot_loop_runs_like_a_plain_one(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("valgrind"))
        return;
    check_hot_loop("gcc");
    check_hot_loop("clang");
}

const Test toolchain_tests[] = {
    TEST(trap23_a_million_deep_on_a_small_stack),
    TEST(trap34_one_header_serves_aco_c_and_cplusplus),
    TEST(trap34_types_agree_at_link_time),
    TEST(trap35_a_hot_loop_runs_like_a_plain_one),
    TEST(the_macros_with_options_work_in_cplusplus),
    TEST(the_header_is_cplusplus_from_11_on),
    TEST(strict_flags_find_nothing),
    TEST(complaints_stand_at_the_coroutine_s_line),
    TEST(preprocessed_text_is_taken),
    TEST_END,
};

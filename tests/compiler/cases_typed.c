// SPDX-License-Identifier: MIT
// Are acoc's types the compiler's? Each case is written with a static assertion for each of its expressions
// (--emit=asserts) and compiled by gcc and clang, each with what acoc finds for it. Programs of run/ are taken as their
// sync twin too, so that the code of their coroutines is asserted. What a compiler does not take without assertions
// either is left to the other one.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/cases.h"
#include "../support/golden.h"
#include "../support/test.h"

typedef struct Counts {
    unsigned asserted, left_out;
} Counts;

// ---- one file, one compiler

// A case's options, and those that it gives for one compiler.
static void add_options(Command *command, const Case *one, const char *compiler)
{
    const char *names[] = { "flags", compiler };
    char *text = read_whole_file(one->path, NULL);
    for (int i = 0; i < 2; i++) {
        const char *flags = case_option(text, names[i]);
        if (flags)
            command_add_words(command, flags);
    }
    free(text);
    command_add(command, "-I%s", one->folder);
}

static Output translate(const Case *one, const char *compiler, const char *stage, const char *path, const char *out)
{
    Command command = { 0 };
    command_acoc(&command);
    command_add(&command, "--cc=%s", compiler);
    add_options(&command, one, compiler);
    command_add_words(&command, stage);
    command_add(&command, "%s", path);
    command_add_words(&command, "-w -o");
    command_add(&command, "%s", out);
    Output output = command_run(&command, 300);
    return output;
}

static Output compile(const Case *one, const char *compiler, const char *path)
{
    Command command = { 0 };
    command_add(&command, "%s", compiler);
    add_options(&command, one, compiler);
    command_add_words(&command, "-w -fsyntax-only -x c");
    command_add(&command, "-I%s/runtime", project_root());
    command_add(&command, "%s", path);
    Output output = command_run(&command, 300);
    return output;
}

static bool takes_it_plainly(const Case *one, const char *compiler, const char *path)
{
    char out[1024];
    snprintf(out, sizeof out, "%s/plain.c", one->work);
    Output made = translate(one, compiler, "--self-contained", path, out);
    Output compiled = compile(one, compiler, out);
    bool takes = made.status == 0 && compiled.status == 0;
    output_free(&made);
    output_free(&compiled);
    return takes;
}

// What stands in coroutines is other code in the output, and some expressions no assertion can be made of: these do
// not count.
static bool counts_as_left_out(const char *line)
{
    static const char *const reasons[] = { "state machines", "bit-fields", "only be called", "variably modified", "define a type" };
    size_t length = strcspn(line, "\n");
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        const char *found = strstr(line, reasons[i]);
        if (found && found < line + length)
            return false;
    }
    return true;
}

// "asserted: N expressions, …" and "not asserted: N reason" at the end of the output, each in a comment.
static Counts read_counts(const char *path)
{
    Counts counts = { 0 };
    char *text = read_whole_file(path, NULL);
    for (const char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        unsigned number;
        if (sscanf(line, "/* asserted: %u", &number) == 1)
            counts.asserted = number;
        else if (sscanf(line, "/* not asserted: %u", &number) == 1 && counts_as_left_out(line))
            counts.left_out += number;
    }
    free(text);
    return counts;
}

// How many expressions may go without an assertion: few, or as many as the case says and has a reason for.
static unsigned may_be_left_out(const Case *one, Counts counts)
{
    char *text = read_whole_file(one->path, NULL);
    const char *said = case_option(text, "unasserted");
    unsigned allowed = said ? (unsigned)strtoul(said, NULL, 10) : 5 + counts.asserted / 20;
    free(text);
    return allowed;
}

static bool agrees(const Case *one, const char *compiler, const char *path)
{
    char out[1024];
    snprintf(out, sizeof out, "%s/asserts.c", one->work);
    Output made = translate(one, compiler, "--emit=asserts", path, out);
    Output compiled = compile(one, compiler, out);
    bool good = made.status == 0 && compiled.status == 0;
    if (!good && takes_it_plainly(one, compiler, path))
        test_failed(one->path, 0, "%s and acoc disagree\n%s%.3000s", compiler, made.text, compiled.text);
    Counts counts = read_counts(out);
    if (good && counts.left_out > may_be_left_out(one, counts))
        test_failed(one->path, 0, "%u expressions are asserted, %u are not", counts.asserted, counts.left_out);
    output_free(&made);
    output_free(&compiled);
    return good;
}

// A case may name the compilers that it is for.
static bool is_for(const Case *one, const char *compiler)
{
    char *text = read_whole_file(one->path, NULL);
    bool names_other = case_option(text, strcmp(compiler, "gcc") ? "gcc" : "clang") != NULL;
    bool is_named = case_option(text, compiler) != NULL;
    free(text);
    return is_named || !names_other;
}

static void check_typed(const Case *one)
{
    bool gcc = is_for(one, "gcc") && agrees(one, "gcc", one->path);
    bool clang = is_for(one, "clang") && agrees(one, "clang", one->path);
    CHECK(gcc || clang || test_has_failed());
}

static void check_twin(const Case *one)
{
    char twin[1024];
    snprintf(twin, sizeof twin, "%s/twin.c", one->work);
    CHECK(case_make_twin(one->path, twin));
    agrees(one, "gcc", twin);
    agrees(one, "clang", twin);
}

// Takes another type for the given one in the assertions alone: the compiler must find out.
static void a_wrong_type_is_noticed(void)
{
    Case one = { .folder = "tests/cases/asserts", .name = "places", .path = "tests/cases/asserts/places.aco" };
    static const char *const others[][2] = { { ", int *)", ", const int *)" }, { ", int)", ", long)" }, { "== 4", "== 5" } };
    char out[1024];
    snprintf(out, sizeof out, "%s/wrong.c", build_folder());
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        Output made = translate(&one, "gcc", "--emit=asserts", one.path, out);
        CHECK_INT(made.status, 0);
        char *text = golden_replace(read_whole_file(out, NULL), others[i][0], others[i][1]);
        write_whole_file(out, text, strlen(text));
        Output compiled = compile(&one, "gcc", out);
        CHECK(compiled.status != 0 && strstr(compiled.text, "static assertion failed"));
        output_free(&made);
        output_free(&compiled);
        free(text);
    }
}

static void plain_c_is_typed_as_the_compiler_does(void)
{
    cases_run("tests/cases/same", ".c", 120, 5, check_typed);
    cases_run("tests/cases/same", ".aco", 120, 1, check_typed);
}

static void types_are_those_of_the_compiler(void) { cases_run("tests/cases/types", ".aco", 120, 3, check_typed); }
static void assertions_hold(void) { cases_run("tests/cases/asserts", ".aco", 120, 1, check_typed); }
static void trees_are_typed_as_the_compiler_does(void) { cases_run("tests/cases/parse", ".aco", 120, 5, check_typed); }
static void programs_are_typed_as_the_compiler_does(void)
{
    cases_run("tests/cases/run", ".aco", 120, 20, check_typed);
    cases_run("tests/cases/run-async", ".aco", 120, 20, check_typed);
}
static void twins_are_typed_as_the_compiler_does(void) { cases_run("tests/cases/run", ".aco", 120, 20, check_twin); }

// ---- what scripts write

// The unit that tests/SCRIPT.awk writes for a compiler, which must take it.
static void check_written(const char *script, const char *compiler)
{
    Case one = { .folder = "tests", .path = "tests" };
    snprintf(one.path, sizeof one.path, "tests/%s.awk", script);
    snprintf(one.work, sizeof one.work, "%s", build_folder());
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.%s.c", one.work, script, compiler);
    Command awk = { 0 };
    command_add(&awk, "awk");
    command_add(&awk, "-v");
    command_add(&awk, "compiler=%s", compiler);
    command_add(&awk, "-f");
    command_add(&awk, "%s", one.path);
    command_add(&awk, "grammar/builtins.def");
    Output written = command_run(&awk, 60);
    CHECK(written.status == 0 && written.size > 10000 && write_whole_file(path, written.text, written.size));
    CHECK(takes_it_plainly(&one, compiler, path));
    CHECK(agrees(&one, compiler, path));
    output_free(&written);
}

static void every_operator_on_every_pair_of_types(void)
{
    check_written("operators", "gcc");
    check_written("operators", "clang");
}

static void every_builtin(void)
{
    check_written("builtins", "gcc");
    check_written("builtins", "clang");
}

static void constants_have_the_compilers_values(void)
{
    check_written("constants", "gcc");
    check_written("constants", "clang");
}

const Test cases_typed_tests[] = {
    TEST(a_wrong_type_is_noticed),
    TEST(plain_c_is_typed_as_the_compiler_does),
    TEST(types_are_those_of_the_compiler),
    TEST(assertions_hold),
    TEST(trees_are_typed_as_the_compiler_does),
    TEST(programs_are_typed_as_the_compiler_does),
    TEST(twins_are_typed_as_the_compiler_does),
    TEST(every_operator_on_every_pair_of_types),
    TEST(every_builtin),
    TEST(constants_have_the_compilers_values),
    TEST_END,
};

// SPDX-License-Identifier: MIT
// The cases that compare the compiler's own text with files: what passes through unchanged (same/), the tree, types,
// frames and state machines (x.ast, x.types, x.frames, x.dot beside x.aco), assertions (asserts/: x.c), messages (error/,
// warn/: x.err) and the emitted C (emit/: x.c).
// A case's first lines may say "// acoc: OPTIONS". Run with UPDATE=1 to write the files anew, then read the diff.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/cases.h"
#include "../support/golden.h"
#include "../support/test.h"

// Runs the compiler in the case's folder, so that messages name the file alone.
static Output run_case(const Case *one, const char *extra)
{
    Command command = { .folder = one->folder };
    command_acoc(&command);
    char *text = read_whole_file(one->path, NULL);
    const char *options = case_option(text, "acoc");
    if (options)
        command_add_words(&command, options);
    command_add_words(&command, extra);
    command_add(&command, "%s%s", one->name, one->suffix);
    Output output = command_run(&command, 60);
    output.text = golden_replace(output.text, project_root(), "ROOT");
    output.size = strlen(output.text);
    free(text);
    return output;
}

static void golden_beside(const Case *one, const char *suffix, const Output *output)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s%s", one->folder, one->name, suffix);
    golden_check(path, output->text, output->size);
}

static void check_dump(const Case *one, const char *stage, const char *suffix)
{
    Output output = run_case(one, test_format("--emit=%s", stage));
    CHECK_INT(output.status, 0);
    golden_beside(one, suffix, &output);
    output_free(&output);
}

static void check_ast(const Case *one) { check_dump(one, "ast", ".ast"); }
static void check_types(const Case *one) { check_dump(one, "types", ".types"); }
static void check_frames(const Case *one) { check_dump(one, "frames", ".frames"); }

static void check_asserts(const Case *one) { check_dump(one, "asserts", ".c"); }

static bool is_installed(const char *program)
{
    Command command = { 0 };
    command_add(&command, "%s", program);
    command_add(&command, "-V");
    Output output = command_run(&command, 60);
    bool good = output.status == 0;
    output_free(&output);
    return good;
}

// Where Graphviz is installed, it must be able to draw it.
static void check_dot(const Case *one)
{
    check_dump(one, "dot", ".dot");
    if (!is_installed("dot"))
        return;
    Command draw = { .folder = one->folder };
    command_add_words(&draw, "dot -Tsvg -o /dev/null");
    command_add(&draw, "%s.dot", one->name);
    Output output = command_run(&draw, 60);
    if (output.status != 0 || output.size != 0)
        test_failed(one->path, 0, "dot: status %d\n%s", output.status, output.text);
    output_free(&output);
}

static void check_unchanged(const Case *one, const char *options)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/out.c", one->work);
    Output output = run_case(one, test_format("%s -o %s", options, path));
    size_t size = 0, expected_size = 0;
    char *actual = read_whole_file(path, &size);
    char *expected = read_whole_file(one->path, &expected_size);
    if (output.status != 0 || output.size != 0 || !actual)
        test_failed(one->path, 0, "status %d\n%s", output.status, output.text);
    else
        CHECK_BYTES(actual, size, expected, expected_size);
    free(actual);
    free(expected);
    output_free(&output);
}

static void compiles(const Case *one, const char *compiler, const char *flags, const char *path)
{
    Command command = { .folder = one->folder };
    command_add_words(&command, compiler);
    command_add_words(&command, "-w -fsyntax-only");
    command_add_words(&command, flags);
    command_add_words(&command, "-x c");
    command_add(&command, "%s", path);
    command_succeeds(&command, one->path, false, 60);
}

// The compiler takes the file with these flags, so acoc gives it back, and what it writes self-contained compiles too.
static void check_same_with(const Case *one, const char *compiler, const char *flags)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/whole.c", one->work);
    compiles(one, compiler, flags, test_format("%s%s", one->name, one->suffix));
    check_unchanged(one, test_format("-w --cc=%s %s", compiler, flags));
    Output output = run_case(one, test_format("-w --cc=%s %s --self-contained -o %s", compiler, flags, path));
    if (output.status != 0 || output.size != 0)
        test_failed(one->path, 0, "self-contained: status %d\n%s", output.status, output.text);
    else
        compiles(one, compiler, flags, path);
    output_free(&output);
}

static void check_same(const Case *one)
{
    const char *compilers[] = { "gcc", "clang" };
    bool names_compiler = false;
    char *text = read_whole_file(one->path, NULL);
    for (int i = 0; i < 2; i++) {
        const char *flags = case_option(text, compilers[i]);
        names_compiler |= flags != NULL;
        if (flags)
            check_same_with(one, compilers[i], test_format("%s", flags));
    }
    if (!names_compiler)
        check_unchanged(one, "");
    free(text);
}

// An error: its text, exit status 1, and the output as it was: an earlier file untouched, and none made.
static void check_error(const Case *one)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/out.c", one->work);
    Output output = run_case(one, test_format("-o %s", path));
    CHECK_INT(output.status, 1);
    golden_beside(one, ".err", &output);
    CHECK(access(path, F_OK) != 0);
    output_free(&output);
    write_whole_file(path, "before\n", 7);
    output = run_case(one, test_format("-o %s", path));
    CHECK_INT(output.status, 1);
    char *after = read_whole_file(path, NULL);
    CHECK_TEXT(after, "before\n");
    free(after);
    output_free(&output);
}

static void check_warning(const Case *one)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/out.c", one->work);
    Output output = run_case(one, test_format("-o %s", path));
    CHECK_INT(output.status, 0);
    CHECK(access(path, F_OK) == 0);
    golden_beside(one, ".err", &output);
    output_free(&output);
}

static void check_emitted(const Case *one)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/out.c", one->work);
    Output output = run_case(one, test_format("-o %s", path));
    if (output.status != 0 || output.size != 0)
        test_failed(one->path, 0, "status %d\n%s", output.status, output.text);
    output_free(&output);
    char *text = read_whole_file(path, NULL);
    if (!text)
        return;
    text = golden_replace(text, project_root(), "ROOT");
    Output emitted = { .text = text, .size = strlen(text) };
    golden_beside(one, ".c", &emitted);
    free(text);
    const char *compilers[] = { "gcc", "clang" };
    for (int i = 0; i < 2; i++) {
        Command compile = { 0 };
        command_compile(&compile, compilers[i], "-O2", true);
        command_add_words(&compile, "-c -o /dev/null");
        command_add(&compile, "%s", path);
        command_succeeds(&compile, one->path, true, 60);
    }
}

static void c_comes_out_unchanged(void)
{
    cases_run("tests/cases/same", ".c", 60, 5, check_same);
    cases_run("tests/cases/same", ".aco", 60, 1, check_same);
}

static void trees_are_as_written(void) { cases_run("tests/cases/parse", ".aco", 60, 5, check_ast); }
static void types_are_as_written(void) { cases_run("tests/cases/types", ".aco", 60, 3, check_types); }
static void frames_are_as_written(void) { cases_run("tests/cases/frames", ".aco", 60, 3, check_frames); }
static void assertions_stand_where_names_are_visible(void) { cases_run("tests/cases/asserts", ".aco", 60, 1, check_asserts); }
static void state_machines_are_drawn(void) { cases_run("tests/cases/dot", ".aco", 60, 2, check_dot); }
static void errors_have_place_and_leave_the_output(void) { cases_run("tests/cases/error", ".aco", 60, 20, check_error); }
static void warnings_have_names(void) { cases_run("tests/cases/warn", ".aco", 60, 3, check_warning); }
static void emitted_text_is_readable(void) { cases_run("tests/cases/emit", ".aco", 60, 3, check_emitted); }

const Test cases_golden_tests[] = {
    TEST(c_comes_out_unchanged),
    TEST(trees_are_as_written),
    TEST(types_are_as_written),
    TEST(frames_are_as_written),
    TEST(assertions_stand_where_names_are_visible),
    TEST(state_machines_are_drawn),
    TEST(errors_have_place_and_leave_the_output),
    TEST(warnings_have_names),
    TEST(emitted_text_is_readable),
    TEST_END,
};

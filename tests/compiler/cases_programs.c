// SPDX-License-Identifier: MIT
// The cases that are programs. run/: the sync twin: the program with `async` and `yield from` defined away must print
// what acoc's program prints, whether its awaits suspend never, always or at random. run-async/ and examples/: programs
// that need tasks, errors and clean-up say what they print in trailing comments ("// expect: …", "// exit: N").
// NAME-2.aco, NAME-2.c are further units of NAME.aco.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/cases.h"
#include "../support/test.h"

static const char *const modes[] = { "never", "always", "1", "2", "3" };
enum { MODES = sizeof modes / sizeof modes[0] };

typedef struct Build {
    const char *compiler, *optimisation;
    const char *more;   // options behind the others, or NULL
} Build;

static const Build plain_builds[] = {
    { "gcc", "-O0", NULL }, { "gcc", "-O2", NULL }, { "clang", "-O0", NULL }, { "clang", "-O2", NULL }
};
static const Build sanitizer_builds[] = { { "gcc", "-O1", NULL } };
// $ACOC_TEST_UNDER is a program that runs them: valgrind. Much slower, so that one build and two modes must do.
static const Build under_builds[] = { { "gcc", "-O1", "-g" } };
// Levels whose warnings and code are others again: each case takes two of them by turns, or, with $ACOC_TEST_LEVELS=all,
// every one with both compilers.
static const char *const other_levels[] = { "-O1", "-O3", "-Og", "-Os", "-O2 -flto=auto" };
enum { LEVELS = sizeof other_levels / sizeof other_levels[0] };
static const char pedantic[] = "-std=c11 -D_GNU_SOURCE -Wpedantic";

typedef struct Expected {
    char *text;
    int status;
} Expected;

static bool exists(const char *path)
{
    return access(path, R_OK) == 0;
}

// The case's own options for both compilers: "// flags: -std=c11".
static void add_flags(Command *command, const Case *one)
{
    char *text = read_whole_file(one->path, NULL);
    const char *flags = case_option(text, "flags");
    if (flags)
        command_add_words(command, flags);
    free(text);
    command_add(command, "-I%s", one->folder);
}

// Units of the case: the first, then NAME-2, NAME-3 …, in .aco or .c. false when there is no such unit.
static bool unit_path(const Case *one, int index, char *path, size_t size, bool *is_aco)
{
    char number[16] = "";
    if (index > 1)
        snprintf(number, sizeof number, "-%d", index);
    *is_aco = true;
    snprintf(path, size, "%s/%s%s.aco", one->folder, one->name, number);
    if (exists(path))
        return true;
    *is_aco = false;
    snprintf(path, size, "%s/%s%s.c", one->folder, one->name, number);
    return exists(path);
}

// ---- the twin

static bool run_twin(const Case *one, Expected *expected)
{
    Command compile = { 0 };
    command_compile(&compile, "gcc", "-O0", false);
    add_flags(&compile, one);
    char path[1024], twin[1024];
    snprintf(path, sizeof path, "%s/twin", one->work);
    mkdir(path, 0777);
    bool is_aco;
    for (int i = 1; unit_path(one, i, path, sizeof path, &is_aco); i++) {
        snprintf(twin, sizeof twin, "%s/twin/twin-%d.c", one->work, i);
        if (!case_make_twin(path, twin))
            return false;
        command_add(&compile, "%s", twin);
    }
    snprintf(path, sizeof path, "%s/%s.h", one->folder, one->name);
    if (exists(path)) {
        snprintf(twin, sizeof twin, "%s/twin/%s.h", one->work, one->name);
        case_make_twin(path, twin); // found first: beside the including file
    }
    command_add_words(&compile, "-lm -o");
    command_add(&compile, "%s/twin/program", one->work);
    if (!command_succeeds(&compile, one->path, false, 60))
        return false;
    Command run = { 0 };
    command_add(&run, "%s/twin/program", one->work);
    Output output = command_run(&run, 20);
    *expected = (Expected){ .text = output.text, .status = output.status };
    if (output.size == 0)
        test_failed(one->path, 0, "the twin prints nothing");
    return output.size > 0;
}

// ---- acoc's program

// With the preprocessor of the compiler that will read the output: its headers may differ from another's.
static bool translate(const Case *one, const char *compiler, const char *more)
{
    char path[1024];
    bool is_aco;
    for (int i = 1; unit_path(one, i, path, sizeof path, &is_aco); i++) {
        if (!is_aco)
            continue;
        Command command = { 0 };
        command_acoc(&command);
        command_add(&command, "--cc=%s", compiler);
        if (strcmp(compiler, "clang") == 0)
            command_add_words(&command, "-Wno-unknown-warning-option");
        add_flags(&command, one);
        command_add_words(&command, "-Wall -Wextra");
        if (more)
            command_add_words(&command, more);
        command_add(&command, "%s", path);
        command_add(&command, "-o");
        command_add(&command, "%s/unit-%d.c", one->work, i);
        if (!command_succeeds(&command, one->path, true, 60))
            return false;
    }
    return true;
}

static bool compile(const Case *one, const Build *build)
{
    Command command = { 0 };
    command_compile(&command, build->compiler, build->optimisation, sanitizer_flags()[0] == 0);
    command_add_words(&command, sanitizer_flags());
    add_flags(&command, one);
    if (build->more)
        command_add_words(&command, build->more);
    char path[1024];
    bool is_aco;
    for (int i = 1; unit_path(one, i, path, sizeof path, &is_aco); i++) {
        if (is_aco)
            command_add(&command, "%s/unit-%d.c", one->work, i);
        else
            command_add(&command, "%s", path);
    }
    command_link_runtime(&command);
    command_add_words(&command, "-o");
    command_add(&command, "%s/program", one->work);
    return command_succeeds(&command, one->path, true, 120);
}

// "valgrind -q …", or NULL.
static const char *run_under(void)
{
    const char *under = getenv("ACOC_TEST_UNDER");
    return under && *under ? under : NULL;
}

static void run_in_mode(const Case *one, const Build *build, const char *mode, const char *selector, const Expected *expected)
{
    Command run = { 0 };
    if (run_under())
        command_add_words(&run, run_under());
    command_add(&run, "%s/program", one->work);
    command_environment(&run, "ACOC_SUSPEND=%s", mode);
    if (selector)
        command_environment(&run, "ACOC_SELECTOR=%s", selector);
    Output output = program_run(&run, run_under() ? 200 : 30);
    // valgrind computes long double with less precision: what is printed is the other builds' matter.
    if (output.status != expected->status || (!run_under() && strcmp(output.text, expected->text) != 0))
        test_failed(one->path, 0, "%s %s %s: status %d, expected %d%s; prints\n%.1500s\nexpected\n%.1500s",
                    build->compiler, build->optimisation, command_text(&run), output.status, expected->status,
                    output.timed_out ? " (no end)" : "", output.text, expected->text);
    output_free(&output);
    command_free(&run);
}

// In every mode; a case that says "// selectors" also on each selector.
static void run_in_modes(const Case *one, const Build *build, const Expected *expected)
{
    static const char *const selectors[] = { "epoll", "poll", "late" };
    char *text = read_whole_file(one->path, NULL);
    bool uses_selectors = strstr(text, "\n// selectors\n") != NULL;
    free(text);
    for (int k = run_under() ? 1 : 0; k < (run_under() ? 3 : MODES); k++)
        for (int s = 0; s < (uses_selectors && !run_under() ? 3 : 1) && !test_has_failed(); s++)
            run_in_mode(one, build, modes[k], uses_selectors ? selectors[s] : NULL, expected);
}

static void check_program(const Case *one, const Expected *expected)
{
    bool is_sanitizer_run = sanitizer_flags()[0] != 0;
    const Build *builds = is_sanitizer_run ? sanitizer_builds : plain_builds;
    size_t count = is_sanitizer_run ? sizeof sanitizer_builds / sizeof *builds : sizeof plain_builds / sizeof *builds;
    if (run_under()) {
        builds = under_builds;
        count = 1;
    }
    for (size_t i = 0; i < count && !test_has_failed(); i++) {
        bool is_other = i == 0 || strcmp(builds[i].compiler, builds[i - 1].compiler) != 0;
        if ((is_other && !translate(one, builds[i].compiler, NULL)) || !compile(one, &builds[i]))
            return;
        run_in_modes(one, &builds[i], expected);
    }
}

static unsigned turn_of(const Case *one)
{
    unsigned turn = 0;
    for (const char *at = one->name; *at; at++)
        turn = turn * 31 + (unsigned char)*at;
    return turn;
}

static void check_level(const Case *one, const char *compiler, const char *level, const Expected *expected)
{
    Build build = { compiler, level, NULL };
    if (!compile(one, &build))
        return;
    run_in_mode(one, &build, "always", NULL, expected);
    run_in_mode(one, &build, "1", NULL, expected);
}

static void check_other_levels(const Case *one, const Expected *expected)
{
    static const char *const compilers[] = { "gcc", "clang" };
    const char *which = getenv("ACOC_TEST_LEVELS");
    bool takes_all = which && strcmp(which, "all") == 0;
    if (sanitizer_flags()[0] || run_under())
        return;
    for (unsigned i = 0; i < 2 && !test_has_failed() && translate(one, compilers[i], NULL); i++)
        for (unsigned k = 0; k < LEVELS; k++)
            if (takes_all || k == (turn_of(one) + 2 * i) % LEVELS)
                check_level(one, compilers[i], other_levels[k], expected);
}

// Where the user's own text passes -Wpedantic, what acoc makes of it does.
static void check_pedantic(const Case *one)
{
    static const Build build = { "gcc", "-O1", pedantic };
    if (sanitizer_flags()[0] || run_under() || test_has_failed())
        return;
    Command twin = { 0 };
    command_compile(&twin, "gcc", "-O1", true);
    add_flags(&twin, one);
    command_add_words(&twin, pedantic);
    command_add_words(&twin, "-c -o /dev/null");
    command_add(&twin, "%s/twin/twin-1.c", one->work);
    Output output = command_run(&twin, 60);
    if (output.status == 0 && translate(one, build.compiler, pedantic))
        compile(one, &build);
    output_free(&output);
}

static void check_twin(const Case *one)
{
    Expected expected;
    if (run_twin(one, &expected)) {
        check_program(one, &expected);
        check_other_levels(one, &expected);
        check_pedantic(one);
        free(expected.text);
    }
}

static void check_expectations(const Case *one)
{
    int count;
    char *text = read_whole_file(one->path, NULL);
    const char *status = case_option(text, "exit");
    Expected expected = { .status = status ? atoi(status) : 0 };
    expected.text = case_lines(text, "expect", &count);
    if (count == 0 && !status)
        test_failed(one->path, 0, "expects nothing");
    check_program(one, &expected);
    check_other_levels(one, &expected);
    free(expected.text);
    free(text);
}

static void programs_print_what_their_sync_twin_prints(void)
{
    cases_run("tests/cases/run", ".aco", 300, 40, check_twin);
}

static void programs_print_what_they_say(void)
{
    cases_run("tests/cases/run-async", ".aco", 300, 20, check_expectations);
}

const Test cases_programs_tests[] = {
    TEST(programs_print_what_their_sync_twin_prints),
    TEST(programs_print_what_they_say),
    TEST_END,
};

// SPDX-License-Identifier: MIT
// Trap 33: in a debugger and for a coverage tool the emitted C is the .aco file. Both are asked about a coroutine program
// and about its sync twin: a breakpoint on every line must stop in the same order, whether awaits suspend or not, and
// the lines must be counted alike; `acoc next` of runtime/gdb.py shows the lines that `next` shows in the twin. Lines left out: heads of functions, where the glue around a body stands too, and
// lines with nothing but a bracket, which compilers use as they like. A tool that is not installed is left out, and said so.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/cases.h"
#include "../support/test.h"
#include "../support/tools.h"

enum { LINES = 400, STOPS = 1000 };

static const char *const compilers[] = { "gcc", "clang" };
static const char *const modes[] = { "never", "always" };
// Besides inspected.aco; their statements begin lines and their loops have braces.
static const char *const cases[] = { "returns", "assignments", "nested_blocks" };
// gcc books what ends a scope that several gotos leave on the first of them, so that its own counts of such C are odd.
enum { CASES = sizeof cases / sizeof cases[0], COUNTED_CASES = CASES - 1 };

static const char *case_path(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "tests/cases/run/%s.aco", name);
    return path;
}

// ---- the two programs: tools_folder()/NAME-COMPILER and NAME-COMPILER-twin

static bool build_twin(const char *path, const char *name, const char *compiler, const char *flags)
{
    const char *twin = test_format("%s/%s-twin.c", tools_folder(), name);
    const char *objects[] = { "debugged-twin.o", NULL };
    if (!case_make_twin(path, twin))
        return false;
    char *text = read_whole_file(twin, NULL);
    char *with_line = NULL;
    int size = asprintf(&with_line, "#line 1 \"%s\"\n%s", path, text);
    bool good = write_whole_file(twin, with_line, (size_t)size) && tools_compile(compiler, flags, twin, objects[0]) &&
                tools_link(test_format("%s %s", compiler, flags), objects, test_format("%s-%s-twin", name, compiler));
    free(with_line);
    free(text);
    return good;
}

static bool build_both(const char *path, const char *name, const char *compiler, const char *flags)
{
    const char *objects[] = { "debugged.o", NULL };
    const char *output = test_format("%s.c", name);
    const char *source = test_format("%s/%s", tools_folder(), output);
    return build_twin(path, name, compiler, flags) && tools_translate(path, output) &&
           tools_compile(compiler, test_format("%s -DACOC_FORCE_SUSPEND", flags), source, objects[0]) &&
           tools_link(test_format("%s %s", compiler, flags), objects, test_format("%s-%s", name, compiler));
}

// ---- which lines are compared

static bool is_head(const char *line)
{
    const char *end = line + strcspn(line, "\n");
    bool is_coroutine = strncmp(line, "async ", 6) == 0 || strncmp(line, "static async ", 13) == 0;
    return is_coroutine && memchr(line, '(', (size_t)(end - line)) != NULL;
}

static bool is_bracket(const char *line)
{
    line += strspn(line, " ");
    return (*line == '{' || *line == '}') && line[1] == '\n';
}

// left_out[n] for each line n of the file; returns how many there are.
static int find_lines(const char *path, bool left_out[LINES])
{
    char *text = read_whole_file(path, NULL);
    int count = 0;
    for (const char *line = text; *line && count < LINES - 1; line += strcspn(line, "\n") + 1)
        left_out[++count] = is_head(line) || is_bracket(line);
    free(text);
    return count;
}

// ---- gdb

// A script for gdb's standard input: unlike with a command file, a line without code does not end it.
static char *debug(const char *program, const char *script, const char *mode)
{
    const char *file = test_format("%s/script.gdb", tools_folder());
    write_whole_file(file, script, strlen(script));
    Command gdb = { 0 };
    command_add_words(&gdb, "sh -c");
    command_add(&gdb, "gdb -nx -q %s/%s <%s", tools_folder(), program, file);
    command_environment(&gdb, "ACOC_SUSPEND=%s", mode);
    Output output = command_run(&gdb, 60);
    return output.text;
}

// The lines at which a program with a breakpoint on every line stops, "12 13 6 …".
static char *stops_of(const char *program, const char *name, int lines, const bool left_out[LINES], const char *mode)
{
    char *script = strdup("set confirm off\nset pagination off\nset width 0\n"), *longer, *found;
    for (int i = 1; i <= lines; i++, free(script), script = longer)
        asprintf(&longer, "%sbreak %s.aco:%d\n", script, name, i);
    asprintf(&longer, "%srun\n", script);
    free(script);
    for (script = longer, lines = 0; lines < STOPS; lines++, free(script), script = longer)
        asprintf(&longer, "%scontinue\n", script);
    char *text = debug(program, script, mode), *stops = strdup("");
    const char *start = strstr(text, "Starting program"), *mark = test_format("%s.aco:", name);
    for (const char *stop = start ? strstr(start, "\nBreakpoint ") : NULL; stop; stop = strstr(stop + 1, "\nBreakpoint ")) {
        if (!(found = strstr(stop, mark)))
            break;
        int line = atoi(found + strlen(mark));
        if (line <= 0 || line >= LINES || left_out[line])
            continue;
        asprintf(&longer, "%s%d ", stops, line);
        free(stops);
        stops = longer;
    }
    free(script);
    free(text);
    return stops;
}

static void check_stops(const char *path, const char *name, const char *compiler)
{
    bool left_out[LINES] = { false };
    int lines = find_lines(path, left_out);
    REQUIRE(build_both(path, name, compiler, "-std=gnu11 -O0 -g -w"));
    char *expected = stops_of(test_format("%s-%s-twin", name, compiler), name, lines, left_out, "never");
    if (!*expected) {
        fprintf(stderr, "left out: gdb may not trace here\n");
        return;
    }
    for (int k = 0; k < 2; k++) {
        char *stops = stops_of(test_format("%s-%s", name, compiler), name, lines, left_out, modes[k]);
        if (strcmp(stops, expected) != 0)
            test_failed(path, 0, "%s, suspending %s: stops at\n%s\nits twin at\n%s", compiler, modes[k], stops, expected);
        free(stops);
    }
    free(expected);
}

static void trap33_breakpoints_stop_as_in_the_twin(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("gdb"))
        return;
    for (int i = 0; i < 2; i++)
        check_stops("tests/cases/link/inspected.aco", "inspected", compilers[i]);
    for (size_t i = 0; i < CASES; i++)
        check_stops(case_path(cases[i]), cases[i], "gcc");
}

// ---- values

typedef struct Question {
    const char *expression, *answer; // of gdb's print; the answer is part of its line
} Question;

// At the third stop at line 26: spilled and resident locals, parameters, what is set before and after suspensions.
static const Question questions[] = {
    { "spilled", "= 10\n" }, { "*resident", "= 24\n" }, { "*pointer", "= 24\n" }, { "*text", "= \"xbc" },
    { "there", "= {x = 7, y = 5}\n" }, { "from", "= {x = 1, y = 2}\n" }, { "name", "\"name\"\n" }, { "rounds", "= 3\n" },
    { "part", "= 2\n" }, { "i", "= 2\n" },
};

static void check_values(const char *compiler, const char *mode)
{
    char *script = strdup("set confirm off\nset pagination off\nset width 0\nbreak inspected.aco:26\nrun\ncontinue\ncontinue\n"), *longer;
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++, free(script), script = longer)
        asprintf(&longer, "%sprint %s\n", script, questions[i].expression);
    asprintf(&longer, "%sinfo locals\nbacktrace\n", script);
    char *text = debug(test_format("inspected-%s", compiler), longer, mode), *place = strstr(text, "\nBreakpoint 1,");
    if (!place)
        fprintf(stderr, "left out: gdb may not trace here\n");
    for (size_t i = 0; place && i < sizeof questions / sizeof questions[0]; i++) {
        char *found = strstr(place, test_format("$%zu = ", i + 1));
        if (!found || !memmem(found, strcspn(found, "\n") + 1, questions[i].answer, strlen(questions[i].answer)))
            test_failed(__FILE__, __LINE__, "%s, suspending %s: print %s gives not %s but\n%s", compiler, mode,
                        questions[i].expression, questions[i].answer, found ? found : text);
    }
    if (place && (!strstr(place, "\nspilled = 10\n") || !strstr(place, "\nthere = {x = 7, y = 5}\n")))
        test_failed(__FILE__, __LINE__, "%s, suspending %s: info locals shows\n%s", compiler, mode, place);
    if (place && (!strstr(place, "#0  acoc_await_measure (") || !strstr(place, "inspected.aco:26\n#1")))
        test_failed(__FILE__, __LINE__, "%s, suspending %s: backtrace shows\n%s", compiler, mode, place);
    free(text);
    free(script);
    free(longer);
}

static void trap33_a_debugger_shows_the_locals(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("gdb"))
        return;
    for (int i = 0; i < 4; i++) {
        if (i % 2 == 0)
            REQUIRE(build_both("tests/cases/link/inspected.aco", "inspected", compilers[i / 2], "-std=gnu11 -O0 -g -w"));
        check_values(compilers[i / 2], modes[i % 2]);
    }
}

// ---- runtime/gdb.py

enum { STEPS = 120 };

// An expression that suspends is taken apart, and clang books each part on its own line: the first one counts.
static void leave_out_continued_lines(const char *path, bool left_out[LINES])
{
    char *text = read_whole_file(path, NULL);
    int number = 0;
    for (const char *line = text; *line && number < LINES - 1; line += strcspn(line, "\n") + 1)
        left_out[++number] |= line[strspn(line, " ")] == '+';
    free(text);
}

// The lines that gdb shows when it steps over each line from the beginning of measure(), without those left out.
static char *steps_of(const char *program, const char *command, const char *mode, const bool left_out[LINES])
{
    char *script = strdup("set confirm off\nset pagination off\nset width 0\nsource runtime/gdb.py\nbreak inspected.aco:18\nrun\n"
                          "delete\n"), *longer;
    for (int i = 0; i < STEPS; i++, free(script), script = longer)
        asprintf(&longer, "%s%s\npython print('is at', gdb.newest_frame().find_sal().line, gdb.newest_frame().find_sal().symtab)\n",
                 script, command);
    char *text = debug(program, script, mode), *lines = strdup("");
    int last = 0;
    for (const char *at = strstr(text, "is at "); at; at = strstr(at + 1, "is at ")) {
        int line = atoi(at + strlen("is at "));
        if (!memmem(at, strcspn(at, "\n"), "inspected.aco", strlen("inspected.aco")) || line >= LINES || left_out[line])
            continue;
        if (line == last)
            continue;
        last = line;
        asprintf(&longer, "%s%d ", lines, line);
        free(lines);
        lines = longer;
    }
    free(script);
    free(text);
    return lines;
}

static void trap33_next_stays_in_the_coroutine(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("gdb"))
        return;
    bool left_out[LINES] = { false };
    find_lines("tests/cases/link/inspected.aco", left_out);
    leave_out_continued_lines("tests/cases/link/inspected.aco", left_out);
    for (int i = 0; i < 4; i++) {
        const char *compiler = compilers[i / 2];
        if (i % 2 == 0)
            REQUIRE(build_both("tests/cases/link/inspected.aco", "inspected", compiler, "-std=gnu11 -O0 -g -w"));
        char *expected = steps_of(test_format("inspected-%s-twin", compiler), "next", "never", left_out);
        char *lines = steps_of(test_format("inspected-%s", compiler), "acoc next", modes[i % 2], left_out);
        if (!*expected)
            fprintf(stderr, "left out: gdb may not trace here\n");
        else if (strcmp(lines, expected) != 0)
            test_failed(__FILE__, __LINE__, "%s, suspending %s: acoc next stops at\n%s\nits twin's next at\n%s", compiler,
                        modes[i % 2], lines, expected);
        free(expected);
        free(lines);
    }
}

// What the other commands say at the third stop at line 26: a part of their text.
static const Question commands[] = {
    { "acoc locals", "\nresident = 24\n" }, { "acoc locals", "\ntext = \"xbc" }, { "acoc locals", "\npointer = 0x" },
    { "acoc locals", "there = {x = 7, y = 5}\n" }, { "acoc backtrace", "#0  measure at tests/cases/link/inspected.aco:26\n" },
    { "acoc backtrace", "\n#1  main at tests/cases/link/inspected.aco:55\n" }, { "acoc tasks", ": running\n    measure at " },
};

static void check_commands(const char *compiler, const char *mode)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        const char *script = test_format("set confirm off\nset pagination off\nset width 0\nsource runtime/gdb.py\nbreak inspected.aco:26\n"
                                         "run\ncontinue\ncontinue\n%s\n", commands[i].expression);
        char *text = debug(test_format("inspected-%s", compiler), script, mode);
        if (strstr(text, "\nBreakpoint 1,") && !strstr(text, commands[i].answer))
            test_failed(__FILE__, __LINE__, "%s, suspending %s: %s does not show %s but\n%s", compiler, mode, commands[i].expression,
                        commands[i].answer, text);
        free(text);
    }
}

static void trap33_commands_show_tasks_and_locals(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("gdb"))
        return;
    REQUIRE(build_both("tests/cases/link/inspected.aco", "inspected", "gcc", "-std=gnu11 -O0 -g -w"));
    for (int i = 0; i < 2; i++)
        check_commands("gcc", modes[i]);
}

// What a compiler has removed is said so, and is no fault of the script.
static void trap33_commands_say_what_was_optimized_out(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("gdb"))
        return;
    REQUIRE(build_both("tests/cases/link/inspected.aco", "inspected", "gcc", "-std=gnu11 -O1 -g -w"));
    char *text = debug("inspected-gcc", "set confirm off\nset pagination off\nset width 0\nsource runtime/gdb.py\nbreak inspected.aco:26\nrun\n"
                       "acoc backtrace\nacoc tasks\nacoc locals\nacoc next\n", "always");
    if (strstr(text, "\nBreakpoint 1,") && (strstr(text, "Error occurred") || !strstr(text, "#0  measure at ")
                                            || !strstr(text, "spilled = ") || !strstr(text, "main, 0x")))
        test_failed(__FILE__, __LINE__, "the commands say\n%s", text);
    free(text);
}

// ---- gcov

// How often gcov says that each line of the source ran; -1: no code there.
static bool count_lines(const char *program, const char *path, const char *mode, long counts[LINES])
{
    const char *unit = strstr(program, "twin") ? "debugged-twin" : "debugged", *folder = tools_folder();
    Command command = { 0 };
    command_add_words(&command, "sh -c");
    command_add(&command, "rm -f %s/*.gcda && %s/%s >%s/printed; gcov -t -o %s %s.gcda 2>&1", folder, folder, program, folder, folder, unit);
    command_environment(&command, "ACOC_SUSPEND=%s", mode);
    Output output = command_run(&command, 60);
    for (int i = 0; i < LINES; i++)
        counts[i] = -1;
    char *line = strstr(output.text, test_format("0:Source:%s\n", path));
    while (line && (line = strchr(line, '\n'))) { // "   COUNT:   LINE:text"; a line of several functions comes again for each
        line++;
        char *count = line + strspn(line, " "), *colon = memchr(line, ':', strcspn(line, "\n"));
        int number = colon ? atoi(colon + 1) : 0;
        if (colon && strncmp(colon + strspn(colon, ": "), "0:Source:", 9) == 0)
            break; // the next file
        if (number > 0 && number < LINES && counts[number] < 0 && (isdigit((unsigned char)*count) || *count == '#'))
            counts[number] = *count == '#' ? 0 : atol(count);
    }
    bool good = output.status == 0;
    output_free(&output);
    return good;
}

// A line that suspends is entered once more by each resume; every other is counted alike however often awaits suspend.
static void check_counts(const char *path, const char *name)
{
    static const char flags[] = "-std=gnu11 -O0 -g -w --coverage";
    bool left_out[LINES] = { false };
    long expected[LINES], counts[LINES];
    int lines = find_lines(path, left_out), compared = 0;
    REQUIRE(build_both(path, name, "gcc", flags));
    REQUIRE(count_lines(test_format("%s-gcc-twin", name), path, "never", expected));
    for (int k = 0; k < 2; k++) {
        REQUIRE(count_lines(test_format("%s-gcc", name), path, modes[k], counts));
        for (int i = 1; i <= lines; i++) {
            if (left_out[i] || expected[i] < 0)
                continue;
            compared++;
            if (k == 0 ? counts[i] != expected[i] : counts[i] < expected[i])
                test_failed(path, i, "suspending %s: ran %ld times, in the twin %ld times", modes[k], counts[i], expected[i]);
        }
    }
    CHECK(compared > 20);
}

static void trap33_a_coverage_tool_counts_as_in_the_twin(void)
{
    if (sanitizer_flags()[0] || !tool_is_installed("gcov"))
        return;
    check_counts("tests/cases/link/inspected.aco", "inspected");
    for (size_t i = 0; i < COUNTED_CASES; i++)
        check_counts(case_path(cases[i]), cases[i]);
}

const Test debugger_tests[] = {
    TEST(trap33_breakpoints_stop_as_in_the_twin),
    TEST(trap33_a_debugger_shows_the_locals),
    TEST(trap33_next_stays_in_the_coroutine),
    TEST(trap33_commands_show_tasks_and_locals),
    TEST(trap33_commands_say_what_was_optimized_out),
    TEST(trap33_a_coverage_tool_counts_as_in_the_twin),
    TEST_END,
};

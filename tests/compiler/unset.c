// SPDX-License-Identifier: MIT
// Trap 13, its other half: what is zeroed in a frame must not hide the user's own unset variables. For each function of
// tests/cases/link/unset.aco: where the compiler warns of its sync twin, acoc or the compiler must warn of the coroutine, at
// a line of that function, with both compilers at each level of optimisation.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/cases.h"
#include "../support/test.h"
#include "../support/tools.h"

static const char path[] = "tests/cases/link/unset.aco";
static const char *const levels[] = { "-O0", "-O1", "-O2", "-O3" };
enum { FUNCTIONS = 40, LINES = 400 };

typedef struct Functions {
    char *text;
    int of_line[LINES];             // the function that a line belongs to, from 1
    const char *head[FUNCTIONS];
} Functions;

static Functions read_functions(void)
{
    Functions functions = { .text = read_whole_file(path, NULL) };
    int number = 0, function = 0;
    for (const char *line = functions.text; *line && number < LINES - 1; line += strcspn(line, "\n") + 1) {
        if (strncmp(line, "async ", 6) == 0 && function < FUNCTIONS - 1)
            functions.head[++function] = line;
        functions.of_line[++number] = function;
    }
    return functions;
}

// Marks the functions of which the command warns that something is not set.
static bool find_warned(Command *command, const Functions *functions, bool warned[FUNCTIONS])
{
    Output output = program_run(command, 60);
    bool good = output.status == 0;
    if (!good)
        test_failed(path, 0, "%s", output.text);
    for (const char *line = output.text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        const char *place = memmem(line, strcspn(line, "\n"), "unset.aco:", strlen("unset.aco:"));
        const char *end = line + strcspn(line, "\n");
        if (!place || !memmem(line, (size_t)(end - line), "warning:", 8) || !memmem(line, (size_t)(end - line), "uninitialized", 13))
            continue;
        int number = atoi(place + strlen("unset.aco:"));
        warned[functions->of_line[number > 0 && number < LINES ? number : 0]] = true;
    }
    output_free(&output);
    command_free(command);
    return good;
}

static bool compile_and_find(const char *compiler, const char *level, const char *source, const Functions *functions, bool warned[FUNCTIONS])
{
    Command command = { 0 };
    command_add(&command, "%s", compiler);
    command_add_words(&command, level);
    command_add_words(&command, "-std=gnu11 -Wall -Wextra -c -o /dev/null");
    command_add(&command, "-I%s/runtime", project_root());
    command_add(&command, "%s", source);
    return find_warned(&command, functions, warned);
}

static bool translate_and_find(const char *compiler, const char *to, const Functions *functions, bool warned[FUNCTIONS])
{
    Command command = { 0 };
    command_acoc(&command);
    command_add(&command, "--cc=%s", compiler);
    command_add_words(&command, "-Wall -Wextra");
    command_add(&command, "%s", path);
    command_add(&command, "-o");
    command_add(&command, "%s", to);
    return find_warned(&command, functions, warned);
}

static void check_level(const char *compiler, const char *level, const char *twin, const char *made, const Functions *functions,
                        const bool by_acoc[FUNCTIONS])
{
    bool of_twin[FUNCTIONS] = { false }, of_ours[FUNCTIONS] = { false };
    if (!compile_and_find(compiler, level, twin, functions, of_twin) || !compile_and_find(compiler, level, made, functions, of_ours))
        return;
    int compared = 0;
    for (int i = 1; i < FUNCTIONS && functions->head[i]; i++) {
        compared += of_twin[i];
        if (of_twin[i] && !of_ours[i] && !by_acoc[i])
            test_failed(path, 0, "%s %s warns of the twin, nobody of: %.*s", compiler, level, (int)strcspn(functions->head[i], "\n"),
                        functions->head[i]);
    }
    CHECK(compared >= 6); // they differ in what they find
}

static void trap13_unset_variables_are_still_found(void)
{
    static const char *const compilers[] = { "gcc", "clang" };
    Functions functions = read_functions();
    const char *twin = test_format("%s/unset-twin.c", tools_folder()), *made = test_format("%s/unset.c", tools_folder());
    REQUIRE(case_make_twin(path, twin));
    char *text = read_whole_file(twin, NULL), *with_line = NULL;
    int size = asprintf(&with_line, "#line 1 \"%s\"\n%s", path, text);
    REQUIRE(write_whole_file(twin, with_line, (size_t)size));
    for (int i = 0; i < 2; i++) {
        bool by_acoc[FUNCTIONS] = { false };
        REQUIRE(translate_and_find(compilers[i], made, &functions, by_acoc));
        for (size_t k = 0; k < sizeof levels / sizeof levels[0]; k++)
            check_level(compilers[i], levels[k], twin, made, &functions, by_acoc);
    }
    free(with_line);
    free(text);
    free(functions.text);
}

const Test unset_tests[] = {
    TEST(trap13_unset_variables_are_still_found),
    TEST_END,
};

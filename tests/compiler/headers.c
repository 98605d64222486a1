// SPDX-License-Identifier: MIT
// Every header of tests/headers.list passes through all stages, with both compilers; all that a compiler accepts
// acoc must accept too.
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "support/cases.h"
#include "support/program.h"
#include "support/test.h"

static Command begin(const char *compiler, const char *folder, bool with_acoc)
{
    Command command = {.folder = folder};
    if (with_acoc) {
        command_acoc(&command);
        command_add(&command, "--cc=%s", compiler);
    } else {
        command_add(&command, "%s", compiler);
    }
    command_add_words(&command, "-w -D_GNU_SOURCE -I/usr/include/glib-2.0 -I/usr/include/gio-unix-2.0");
    for (int i = 0; i < 2; i++)
        command_add(&command, "-I/usr/lib/%s-linux-gnu/glib-2.0/include", i ? "aarch64" : "x86_64");
    return command;
}

// Whether the compiler knows the header: what is not installed is left out.
static bool check_header(const char *compiler, const char *folder, const char *header)
{
    const char *text = test_format("#include <%s>\nint here;\n", header);
    REQUIRE(write_whole_file(test_format("%s/x.aco", folder), text, strlen(text)));
    Command plain = begin(compiler, folder, false);
    command_add_words(&plain, "-fsyntax-only -x c x.aco");
    Output accepted = command_run(&plain, 60);
    if (accepted.status == 0) {
        Command command = begin(compiler, folder, true);
        command_add_words(&command, "x.aco -o x.c");
        command_succeeds(&command, header, true, 60);
    }
    bool known = accepted.status == 0;
    output_free(&accepted);
    return known;
}

static void check_headers(const char *compiler)
{
    char folder[512];
    snprintf(folder, sizeof folder, "%s/cases/headers-%s", build_folder(), compiler);
    mkdir(test_format("%s/cases", build_folder()), 0777);
    mkdir(folder, 0777);
    char *list = read_whole_file("tests/headers.list", NULL), *rest = NULL;
    REQUIRE(list);
    for (char *line = strtok_r(list, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        if (line[0] != '#' && !check_header(compiler, folder, line))
            fprintf(stderr, "left out: %s does not know <%s>\n", compiler, line);
    free(list);
}

static void headers_pass_with_gcc(void) { check_headers("gcc"); }
static void headers_pass_with_clang(void) { check_headers("clang"); }

const Test headers_tests[] = {
    TEST(headers_pass_with_gcc),
    TEST(headers_pass_with_clang),
    TEST_END,
};

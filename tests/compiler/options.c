// SPDX-License-Identifier: MIT
// The command line: options that are refused, files and compilers that cannot be used, odd names of files. Texts stand
// here in full, so that tests/messages.sh finds them.
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cases.h"
#include "support/golden.h"
#include "support/program.h"
#include "support/test.h"

static void wrong_options_are_refused_by_name(void)
{
    const char *folder = work_folder("options", "int x;\n");
    check_acoc(folder, 1, "x.aco --frobnicate", "acoc: error: unknown option '--frobnicate'; see acoc --help");
    check_acoc(folder, 1, "x.aco -c", "acoc: error: unknown option '-c'; see acoc --help");
    check_acoc(folder, 1, "x.aco --self-contaned", "acoc: note: did you mean '--self-contained'?");
    check_acoc(folder, 1, "x.aco -o", "acoc: error: '-o' needs an argument");
    check_acoc(folder, 1, "x.aco y.aco", "acoc: error: one input at a time: 'y.aco' stands beside 'x.aco'");
    check_acoc(folder, 1, "x.aco -MF x.d", "acoc: error: -MF without -MD");
    check_acoc(folder, 1, "-", "acoc: error: standard input cannot be translated; give a file");
    check_acoc(folder, 1, "", "acoc: error: no input file; usage: acoc [options] FILE.aco -o FILE.c");
    check_acoc(folder, 1, "x.aco --emit=everything",
               "acoc: error: unknown stage '--emit=everything'; the stages are tokens, ast, types, flow, frames, dot and asserts");
    check_acoc(folder, 1, "x.aco --diagnostics=xml",
               "acoc: error: unknown format '--diagnostics=xml'; the formats are text and json");
    check_acoc(folder, 1, "x.aco -Wno-such-warning= -Wnosuchwarning", "nosuchwarning");
    check_acoc(folder, 1, "x.aco -Wblocking-cal", "acoc: error: unknown warning '-Wblocking-cal'; did you mean '-Wblocking-call'?");
    check_acoc(folder, 1, "x.aco -Wno-droped-error",
               "acoc: error: unknown warning '-Wno-droped-error'; did you mean '-Wno-dropped-error'?");
    check_acoc(folder, 0, "x.aco -Wenum-conversion -Wno-sign-conversion -Wno-error=sign-conversion -o x.c", "");
    check_acoc(folder, 1, "x.aco --preprocessor-limit=long", "acoc: error: '--preprocessor-limit=long' is no number of seconds");
    check_acoc(folder, 1, "x.aco -fmax-errors=some", "acoc: error: '-fmax-errors=some' needs a number");
}

static void files_that_cannot_be_read_or_written_are_named(void)
{
    const char *folder = work_folder("options", "int x;\n");
    check_acoc(folder, 1, "nothing.aco", "acoc: error: cannot read 'nothing.aco': No such file or directory");
    check_acoc(folder, 1, ".", "acoc: error: cannot read '.': Is a directory");
    remove(test_format("%s/fifo.aco", folder));
    REQUIRE(!mkfifo(test_format("%s/fifo.aco", folder), 0600));
    check_acoc(folder, 1, "fifo.aco", "acoc: error: cannot read 'fifo.aco': it is no regular file");
    check_acoc(folder, 1, "/dev/null", "acoc: error: cannot read '/dev/null': it is no regular file");
    check_acoc(folder, 1, "x.aco -o x.aco", "acoc: error: 'x.aco' is input and output at once");
    check_acoc(folder, 1, "x.aco -o ./x.aco", "acoc: error: 'x.aco' is input and output at once");
    check_acoc(folder, 1, "x.aco -o y.c -MD -MF x.aco", "acoc: error: 'x.aco' is input and make rule at once");
    check_acoc(folder, 1, "x.aco -o y.d -MD", "acoc: error: 'y.d' is output and make rule at once");
    check_acoc(folder, 1, "x.aco -o nowhere/x.c", "acoc: error: cannot write 'nowhere/x.c': No such file or directory");
    check_acoc(folder, 1, "x.aco -o .", "acoc: error: cannot write '.': Is a directory");
    check_acoc(folder, 1, "x.aco -o x.c -MD -MF nowhere/x.d", "acoc: error: cannot write 'nowhere/x.d': No such file or directory");
}

static void odd_names_of_files_come_through(void)
{
    static const char *const names[] = {"a b.aco", "q\"uote.aco", "n\nl.aco", "%d%s.aco", "back\\slash.aco", "\xff\xfe.aco", "c:1:2.aco"};
    const char *program = "int f(void) { return 1; }\nint g(void) { return missing; }\n";
    const char *good = "int f(void) { return 1; }\n";
    char folder[600]; // many texts are made below
    snprintf(folder, sizeof folder, "%s", work_folder("names", good));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Command command = {.folder = folder};
        REQUIRE(write_whole_file(test_format("%s/%s", folder, names[i]), program, strlen(program)));
        command_acoc(&command);
        command_add(&command, "%s", names[i]);
        Output output = command_run(&command, 30);
        CHECK_INT(output.status, 1);
        CHECK(strstr(output.text, test_format("%s:2:22: error: 'missing' is not declared here", names[i])) != NULL);
        output_free(&output);
        REQUIRE(write_whole_file(test_format("%s/%s", folder, names[i]), good, strlen(good)));
        Command whole = {.folder = folder};
        command_acoc(&whole);
        command_add_words(&whole, "--self-contained -o odd.c -MD -MF odd.rule");
        command_add(&whole, "%s", names[i]);
        CHECK(command_succeeds(&whole, names[i], true, 30));
        Command compile = {.folder = folder};
        command_add_words(&compile, "cc -c odd.c -o /dev/null");
        CHECK(command_succeeds(&compile, names[i], true, 30));
    }
    check_acoc(folder, 1, "-x.aco", "acoc: error: unknown option '-x.aco'; see acoc --help");
}

static void what_the_preprocessor_says_is_json(void)
{
    const char *folder = work_folder("said", "#warning careful\n#error never\n");
    check_acoc(folder, 1, "x.aco --diagnostics=json",
               "{\"severity\":\"warning\",\"file\":\"x.aco\",\"line\":1,\"column\":2,\"length\":1,\"message\":\"#warning careful");
    check_acoc(folder, 1, "x.aco --diagnostics=json",
               "{\"severity\":\"error\",\"file\":\"x.aco\",\"line\":2,\"column\":2,\"length\":1,\"message\":\"#error never\"}");
}

static void compilers_that_fail_are_named(void)
{
    const char *folder = work_folder("options", "int x;\n");
    check_acoc(folder, 1, "--cc=no-such-compiler x.aco", "acoc: error: cannot run 'no-such-compiler': No such file or directory");
    check_acoc(folder, 1, "x.aco --cc='cc", "acoc: error: the quotes in ''cc' are not closed");
    check_acoc(folder, 1, "x.aco --cc=cc\t-undef",
               "the preprocessor 'cc\t-undef' does not define the compiler's own macros (-undef?): sizes are not known");
}

static void statistics_are_counted(void)
{
    unsigned long tokens = 0, bytes = 0;
    Output output = run_acoc(work_folder("options", "int a[] = { 1, 2 };\n"), "x.aco -o x.c --statistics");
    CHECK_INT(sscanf(output.text, "acoc: %lu tokens, %lu bytes of memory", &tokens, &bytes), 2);
    CHECK_INT((int)tokens, 12); // the end is one
    CHECK(bytes > 1000 && bytes < 16000000);
    output_free(&output);
}

static void as_many_errors_are_shown_as_are_asked_for(void)
{
    const char *folder = work_folder("options", "int a = ;\nint b = ;\nint c = ;\n");
    Output output = run_acoc(folder, "x.aco -fmax-errors=2");
    CHECK(strstr(output.text, "x.aco:2:9: error: ") && !strstr(output.text, "x.aco:3:9: error: "));
    output_free(&output);
    check_acoc(folder, 1, "x.aco -ferror-limit=0", "x.aco:3:9: error: ");
}

const Test options_tests[] = {
    TEST(wrong_options_are_refused_by_name),
    TEST(files_that_cannot_be_read_or_written_are_named),
    TEST(odd_names_of_files_come_through),
    TEST(what_the_preprocessor_says_is_json),
    TEST(compilers_that_fail_are_named),
    TEST(as_many_errors_are_shown_as_are_asked_for),
    TEST(statistics_are_counted),
    TEST_END,
};

// SPDX-License-Identifier: MIT
// Reading: tokens with their places, the same with both preprocessors; faulty ones; make rules.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "support/cases.h"
#include "support/golden.h"
#include "support/program.h"
#include "support/test.h"

static void check_tokens(const Case *one)
{
    char path[1024];
    static const char *const compilers[] = {"gcc", "clang"};
    snprintf(path, sizeof path, "%s/%s.tokens", one->folder, one->name);
    for (int i = 0; i < 2; i++) {
        Output output = run_acoc(one->folder, test_format("--cc=%s -w --emit=tokens %s.aco", compilers[i], one->name));
        CHECK_INT(output.status, 0);
        golden_check(path, output.text, output.size);
        output_free(&output);
    }
}

static void tokens_know_their_places(void) { cases_run("tests/cases/tokens", ".aco", 60, 3, check_tokens); }

static void check_refusal(const char *folder, const char *words, const char *message)
{
    Output output = run_acoc(folder, words);
    CHECK_INT(output.status, 1);
    if (!strstr(output.text, message))
        test_failed(__FILE__, __LINE__, "acoc %s: '%s' is missing in\n%s", words, message, output.text);
    output_free(&output);
}

static void broken_tokens_have_a_place(void)
{
    check_refusal(work_folder("read", "int x = \"abc\n;"), "x.aco -o x.c", "x.aco:1:9: error: missing terminating \" character");
    check_refusal(work_folder("read", "\n\tint x = 'a"), "x.aco -o x.c", "x.aco:2:10: error: missing terminating ' character");
    check_refusal(work_folder("read", "int x = '';"), "x.aco -o x.c", "x.aco:1:9: error: empty character constant");
    check_refusal(work_folder("read", "int x; /* open"), "x.aco -o x.c", "x.aco:1:8: error: unterminated");
    check_refusal(work_folder("read", "int x @ y;"), "x.aco -o x.c", "x.aco:1:7: error: stray '@'");
    check_refusal(work_folder("read", "int \xff;"), "x.aco -o x.c", "x.aco:1:5: error: byte 0xFF is not valid UTF-8");
}

static void messages_name_the_macro(void)
{
    check_refusal(work_folder("read", "#define TWICE(x) ((x) + )\nint x = TWICE(1);\n"), "x.aco -o x.c", "x.aco:2:9: error: ");
    check_refusal(work_folder("read", "#define TWICE(x) ((x) + )\nint x = TWICE(1);\n"), "x.aco -o x.c",
                  "x.aco:1:25: note: in the expansion of macro 'TWICE'");
}

static void make_rules_are_escaped(void)
{
    const char *folder = work_folder("read", "#include \"a $b#c.h\"\nint x;\n");
    REQUIRE(write_whole_file(test_format("%s/a $b#c.h", folder), "int h;\n", 7));
    Output output = run_acoc(folder, "x.aco -o x.c -MD -MF x.d");
    CHECK_INT(output.status, 0);
    output_free(&output);
    char *rule = read_whole_file(test_format("%s/x.d", folder), NULL);
    CHECK(rule && strstr(rule, "x.c: \\\n x.aco \\\n"));
    CHECK(rule && strstr(rule, "a\\ $$b\\#c.h"));
    free(rule);
}

static void messages_for_programs_are_json(void)
{
    Output output = run_acoc(work_folder("read", "#include <no/such.h>\n"), "x.aco -o x.c --diagnostics=json");
    CHECK_INT(output.status, 1);
    CHECK(strstr(output.text, "{\"severity\":\"error\",\"file\":\"x.aco\",\"line\":1,\"column\":10,") == output.text);
    output_free(&output);
}

// The last token is the one that makes the array of tokens grow, so move.
static void as_many_tokens_as_there_is_room_for(void)
{
    enum { COUNT = 1 << 20 };
    char *text = malloc(COUNT + 2);
    memset(text, ';', COUNT);
    memcpy(text + COUNT, "\n", 2);
    Output output = run_acoc(work_folder("read", text), "x.aco -w -o x.c");
    CHECK_INT(output.status, 0);
    output_free(&output);
    free(text);
}

// The columns in headers are looked for when a message asks.
static void messages_in_headers_have_columns(void)
{
    const char *folder = work_folder("read", "#include \"h.h\"\nint x;\n");
    const char *header = "int a; int b(void) { return  +; }\n";
    REQUIRE(write_whole_file(test_format("%s/h.h", folder), header, strlen(header)));
    check_refusal(folder, "x.aco -o x.c", "h.h:1:31: error: ");
}

// One that was left unread is found by its name, and its tokens behind what stands before it in the line.
static void messages_find_what_was_left_unread(void)
{
    const char *folder = work_folder("read", "#include <h.h>\nint x = a(1, 2) + c(1, 2);\n");
    const char *header = "int b; int a(int c); int c(int\n c); typedef int t(int);\n";
    REQUIRE(!mkdir(test_format("%s/system", folder), 0777) || errno == EEXIST);
    REQUIRE(write_whole_file(test_format("%s/system/h.h", folder), header, strlen(header)));
    check_refusal(folder, "-isystem system x.aco -o x.c", "system/h.h:1:12: note: 'a' was declared here");
    check_refusal(folder, "-isystem system x.aco -o x.c", "system/h.h:1:26: note: 'c' was declared here");
}

// How many tokens are made of a thousand declarations in a header.
static unsigned tokens_of_header(const char *folder, const char *flag)
{
    unsigned tokens = 0;
    Output output = run_acoc(folder, test_format("--statistics %s x.aco -o x.c", flag));
    CHECK_INT(output.status, 0);
    const char *told = strstr(output.text, "acoc: ");
    CHECK(told && sscanf(told, "acoc: %u tokens", &tokens) == 1);
    output_free(&output);
    return tokens;
}

static void what_nobody_asks_for_stays_unread(void)
{
    enum { COUNT = 1000, OF_MAIN = 100 };
    const char *folder = work_folder("read", "#include <h/h.h>\nint main(void) { return f7(f8, 1); }\n");
    char *header = malloc(COUNT * 64), *end = header;
    for (int i = 0; i < COUNT; i++)
        end += sprintf(end, i % 2 ? "int f%d(int (*f)(int), int x);\n" : "static inline int f%d(int x) { return x; }\n", i);
    REQUIRE(!mkdir(test_format("%s/system", folder), 0777) || errno == EEXIST);
    REQUIRE(!mkdir(test_format("%s/system/h", folder), 0777) || errno == EEXIST);
    REQUIRE(write_whole_file(test_format("%s/system/first.h", folder), "int g;\n", 7));
    REQUIRE(write_whole_file(test_format("%s/system/h/h.h", folder), header, (size_t)(end - header)));
    free(header);
    CHECK(tokens_of_header(folder, "-isystem system") < COUNT + OF_MAIN);
    CHECK(tokens_of_header(folder, "-isystem system -Isystem/h -include first.h") < COUNT + OF_MAIN);
}

const Test read_tests[] = {
    TEST(tokens_know_their_places),
    TEST(broken_tokens_have_a_place),
    TEST(messages_name_the_macro),
    TEST(messages_in_headers_have_columns),
    TEST(messages_find_what_was_left_unread),
    TEST(what_nobody_asks_for_stays_unread),
    TEST(as_many_tokens_as_there_is_room_for),
    TEST(make_rules_are_escaped),
    TEST(messages_for_programs_are_json),
    TEST_END,
};

// SPDX-License-Identifier: MIT
// A hundred thousand of anything, in depth and in length: an error that has a name and a place, or the output, within
// a time and never a crash. Each row is a program: head, opener and closer repeated around a middle, tail.
#include <stdio.h>
#include <stdlib.h>

#include "support/cases.h"
#include "support/program.h"
#include "support/test.h"

enum { COUNT = 100000 };

typedef struct Row {
    const char *head, *opener, *middle, *closer, *tail;
    const char *message; // of the error; NULL: it is translated
} Row;

static size_t put(char *text, const char *part, int count)
{
    size_t length = strlen(part);
    for (int i = 0; i < count; i++)
        memcpy(text + (size_t)i * length, part, length);
    return length * (size_t)count;
}

static char *write_row(const Row *row, int count)
{
    size_t repeated = strlen(row->opener) + strlen(row->closer);
    char *text = malloc(strlen(row->head) + strlen(row->middle) + strlen(row->tail) + repeated * (size_t)count + 2);
    char *at = text;
    at += put(at, row->head, 1);
    at += put(at, row->opener, count);
    at += put(at, row->middle, 1);
    at += put(at, row->closer, count);
    at += put(at, row->tail, 1);
    memcpy(at, "\n", 2);
    return text;
}

static Output run_text(const char *text, const char *words)
{
    return run_acoc(work_folder("hostile", text), words);
}

static void check_row_of(const Row *row, int count, const char *words)
{
    char *text = write_row(row, count);
    Output output = run_text(text, words);
    if (output.status != (row->message ? 1 : 0))
        test_failed(__FILE__, __LINE__, "status %d for many of '%s'", output.status, row->opener);
    if (row->message && ((!strstr(output.text, "x.aco:") && !strstr(output.text, "x.h:")) || !strstr(output.text, row->message)))
        test_failed(__FILE__, __LINE__, "many of '%s': '%s' is missing in\n%.500s", row->opener, row->message, output.text);
    output_free(&output);
    free(text);
}

static void check_row(const Row *row, const char *words)
{
    check_row_of(row, COUNT, words);
}

#define CHECK_ROWS(rows, words)                                                                      \
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)                                          \
        check_row(&rows[i], words)

static void depth_is_refused_by_name(void)
{
    static const char nested[] = "nested more than";
    static const Row rows[] = {
        {"int f(void) { return ", "(", "1", ")", "; }", nested},
        {"void f(void) ", "{", "", "}", "", nested},
        {"int a[1]; int f(void) { return ", "a[", "0", "]", "; }", nested},
        {"int x = ", "{", "1", "}", ";", nested},
        {"int f(int x) { return ", "!", "x", "", "; }", nested},
        {"int f(int x) { return ", "(int)", "x", "", "; }", nested},
        {"int f(int x) { return ", "sizeof ", "x", "", "; }", nested},
        {"void f(int x) { ", "if (x) ", ";", "", " }", nested},
        {"void f(int x) { ", "do ", ";", " while (x);", " }", nested},
        {"int f(int x) { return ", "x ? ", "x", " : 1", "; }", nested},
        {"int f(int x) { return ", "x = ", "x", "", "; }", nested},
        {"int ", "(*", "x", ")(void)", ";", nested},
        {"", "struct {", "int x;", "} s;", "", nested},
        {"int f(int x) { return ", "({ ", "x;", "; })", "; }", nested},
        {"int f(int x) { return ", "_Generic(x, int: ", "x", ")", "; }", nested},
        {"", "typeof(", "int", ")", " x;", nested},
        {"int x[1] = { ", "[0]", "= 1", "", " };", nested},
        {"void f(void) ", "{ void g(void) ", "{}", "}", "", nested},
        {"int f(void) { return ", "(", "", "", "", nested},
    };
    CHECK_ROWS(rows, "-w x.aco -o x.c");
}

static void length_is_no_depth(void)
{
    static const Row rows[] = {
        {"int f(int x) { return ", "x + ", "x", "", "; }", NULL},
        {"int f(int x) { return ", "x | x + ", "x", "", "; }", NULL},
        {"int x = (int)(", "1.0 + ", "1.0", "", ");", NULL},
        {"int f(int x) { return ", "x ? 1 : ", "x", "", "; }", NULL},
        {"int f(int x) { return ", "x, ", "x", "", "; }", NULL},
        {"void f(int x) { ", "if (x) ; else ", ";", "", " }", NULL},
        {"struct s { struct s *n; }; int f(struct s *x) { return x", "->n", "", "", " != 0; }", NULL},
        {"int f(int x) { return x", "++", "", "", "; }", "error: "},
        {"int ", "*", "x", "", ";", NULL},
        {"int x", "[1]", "", "", ";", NULL},
        {"const char *s = ", "\"a\" ", "\"b\"", "", ";", NULL},
        {"int x[] = { ", "1, ", "1", "", " };", NULL},
        {"void f(int x) { switch (x) { ", "case __COUNTER__: ", ";", "", " } }", NULL},
        {"char *s = \"", "aaaaaaaaaa", "", "", "\";", NULL},
        {"int ", "aaaaaaaaaa", "", "", ";", NULL},
        {"int x = (int)", "9999999999", "", "", ".5e-1000000f;", NULL},
        {"int x = (int)0.", "0000000001", "", "", "e7L;", NULL},
        {"int x = 0x", "ffffffffff", "", "", "ull;", NULL},
        {"int x = ", "9999999999", "", "", ";", NULL},
        {"", "async ", "int f(void);", "", "", "stands twice in this type"},
    };
    CHECK_ROWS(rows, "-w x.aco -o x.c");
}

#define HEAD "typedef struct acoc_task acoc_task; struct acoc_task { int a; }; int h(); async int g(int x); async int f(int x) { "

static void chains_in_coroutines_and_dumps_have_a_limit(void)
{
    static const char chain[] = "a chain of more than 4000 operators or 'else if' in 'f', which has to be taken apart";
    static const char dump[] = "a chain of more than 4000 operators or 'else if' cannot be dumped";
    static const Row rows[] = {
        {HEAD "return yield from g(x)", " + x", "", "", "; }", chain},
        {HEAD "return ", "x && ", "yield from g(x)", "", "; }", chain},
        {HEAD "return ", "x ? 1 : ", "yield from g(x)", "", "; }", chain},
        {HEAD, "if (x) yield from g(x); else ", ";", "", " return 0; }", chain},
        {HEAD, "if (yield from g(x)) ; else ", ";", "", " return 0; }", chain},
        {HEAD "return ", "yield from g(", "x", ")", "; }", "nested more than"},
        {HEAD, "try {", "yield from g(x);", "} finally { }", " return 0; }", "nested more than"},
    };
    static const Row dumped = {"int f(int x) { return ", "x + ", "x", "", "; }", dump};
    CHECK_ROWS(rows, "-w x.aco -o x.c");
    check_row(&dumped, "-w x.aco --emit=ast");
    check_row(&dumped, "-w x.aco --emit=types");
}

static void memory_and_text_have_a_limit(void)
{
    static const Row tokens = {"int x[] = { ", "1, 2, 3, 4, ", "1", "", " };", NULL};
    char *text = write_row(&tokens, COUNT);
    Output output = run_text(text, "x.aco -o x.c --memory-limit=8");
    CHECK_INT(output.status, 1);
    CHECK(strstr(output.text, "this needs more than 8 MiB of memory, the limit (--memory-limit=MIB)"));
    output_free(&output);
    free(text);
    output = run_text("int x;\n", "x.aco -o x.c --memory-limit=many");
    CHECK_INT(output.status, 1);
    CHECK(strstr(output.text, "'--memory-limit=many' is no number of MiB"));
    output_free(&output);
}

// Ten thousand suspensions in one function: what grew with their square would need more than this.
static void large_functions_take_memory_by_their_length(void)
{
    enum { MANY = 10000 };
    static const Row rows[] = {
        {HEAD, "x += yield from g(x); ", "", "", "return x; }", NULL},
        {HEAD, "{ int y = yield from g(x); x += y; } ", "", "", "return x; }", NULL},
        {HEAD "int a[] = { ", "yield from g(x), ", "0", "", " }; return a[x]; }", NULL},
        {HEAD "x += h(", "yield from g(x), ", "0", "", "); return x; }", NULL},
        {HEAD "switch (x) { ", "case __COUNTER__: x += yield from g(x); break; ", "", "", " } return x; }", NULL},
        {HEAD, "{ int a[2] = {x}; a[0] = yield from g(a[1]); x += a[0]; } ", "", "", "return x; }", NULL},
        {HEAD, "try { x += yield from g(x); } finally { x++; } ", "", "", "return x; }", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = write_row(&rows[i], MANY);
        Output output = run_text(text, "-w x.aco -o x.c --memory-limit=256");
        if (output.status)
            test_failed(__FILE__, __LINE__, "many of '%s': %.500s", rows[i].opener, output.text);
        output_free(&output);
        free(text);
    }
}

// What was looked at again at each level took twice as long for each.
static void types_within_types_are_looked_at_once(void)
{
    enum { DEEP = 200 };
    static const char width[] = "the width of the bit-field is not a constant";
    static const Row rows[] = {
        {"int f(int n) { struct { int b : ", "sizeof(int[", "n", "])", "; } x; return 0; }", width},
        {"int f(int n, void *p) { struct { int b : ", "sizeof(*(int (*)[", "n", "])p)", "; } x; return 0; }", width},
        {"int f(int n) { enum { A = ", "sizeof(int[", "n", "])", " }; return 0; }", "the value of 'A' is not an integer constant"},
        {"int f(int n) { int x[] = { [", "sizeof(int[", "n", "])", "] = 1 }; return 0; }", "is not a constant"},
        {"int f(void) { enum { A = ", "sizeof(int[", "1.0 < 2.0", "])", " }; return 0; }", NULL},
        {"int f(int n) { return ", "sizeof(int[", "n", "])", "; }", NULL},
        {"typedef int (*a)(int);" HEAD, "{ typedef int (*b)(a, a); { typedef int (*a)(b, b); ",
         "a p = 0; x = yield from g(x); x += !p;", "} }", "return x; }", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row_of(&rows[i], DEEP, "-w x.aco -o x.c --memory-limit=64");
}

// Found by the fuzzer: the sum of two lines overflowed (as sanitizers see).
static void lines_may_lie(void)
{
    Output output = run_text("#line 9223372036854775807\nint f(void)\n{\n    return y;\n}\n", "-w x.aco -o x.c");
    CHECK_INT(output.status, 1);
    CHECK(strstr(output.text, "error: 'y' is not declared here"));
    output_free(&output);
}

// To tell the place of one message the whole header is read, with the declarations that were left unread.
static void a_header_is_placed_in_time_by_its_length(void)
{
#define INCLUDED(flags) "# 1 \"x.h\" 1" flags "\n"
#define LEFT "# 1 \"x.aco\" 2\n"
    static const char unknown[] = "'unknown' is not declared here";
    static const Row rows[] = {
        {INCLUDED(" 3"), "int f(int);\n", "int y = unknown;\n", "", LEFT, unknown},
        {"", INCLUDED("") "extern int x;\n" LEFT, INCLUDED("") "int y = unknown;\n" LEFT, "", "", unknown},
        {"", INCLUDED("") "int y = unknown;\n", "", "", "", unknown},
    };
    CHECK_ROWS(rows, "-w x.aco -o x.c");
}

const Test hostile_tests[] = {
    TEST(depth_is_refused_by_name),
    TEST(length_is_no_depth),
    TEST(chains_in_coroutines_and_dumps_have_a_limit),
    TEST(memory_and_text_have_a_limit),
    TEST(large_functions_take_memory_by_their_length),
    TEST(types_within_types_are_looked_at_once),
    TEST(lines_may_lie),
    TEST(a_header_is_placed_in_time_by_its_length),
    TEST_END,
};

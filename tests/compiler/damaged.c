// SPDX-License-Identifier: MIT
// Every case with one fault: cut behind a token, with one token missing, with one twice; some cut behind each byte. The
// compiler ends with errors or with an output, in time and within bounds, and one fault gives few messages.
//
// A process for each case goes through the stages some hundred times a second. `make check` takes DAMAGES of each case,
// spread evenly; ACOC_TEST_DAMAGES=N takes N, 0 all of them (MOST_TEXT of large cases). What went wrong stands in the case's
// folder of the build.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/cases.h"
#include "support/damage.h"
#include "support/stages.h"
#include "support/test.h"

// A fault gives FEW messages, but for one in RARE and ALLOWED others (files are short). CUT_BYTE_BY_BYTE: one case of
// so many is. MOST_TEXT: damaged texts of a case have so many bytes together; a few cases that
// macros make large would take hours.
enum { DAMAGES = 60, MOST_TEXT = 150 << 20, SECONDS = 10, MOST_FINDS = 5, FEW = 3, RARE = 20, ALLOWED = 8, CUT_BYTE_BY_BYTE = 12 };

typedef struct Program {
    const Case *one;
    char *text, *context;   // context: what stands before it, NULL: the prelude
    size_t length, changes; // changes: how many there are
    Span *spans;
    size_t count;
    bool is_good;           // undamaged, it has no errors: one fault may not give many
} Program;

// What a worker shares with the process that watches it.
typedef struct Progress {
    size_t change;       // at hand
    size_t small, many;  // small changes, and those of them that gave more than FEW messages
} Progress;

// ---- a case as text without directives

// The output of the preprocessor without its lines of headers, or these alone.
static char *filter(const Case *one, const char *from, bool outside)
{
    Command awk = { 0 };
    command_add_words(&awk, outside ? "awk -v other=1" : "awk");
    command_add_words(&awk, "-f tests/fuzz/own.awk");
    command_add(&awk, "%s", from);
    Output output = command_run(&awk, 60);
    if (output.status)
        test_failed(one->path, 0, "awk: %s", output.text);
    return output.text;
}

static bool is_taken(const char *context, const char *text)
{
    fflush(NULL);
    pid_t pid = fork();
    if (!pid) {
        bool good = freopen("/dev/null", "w", stderr) && stages_begin(context) && !stages_run(text, strlen(text));
        _exit(good ? 0 : 1);
    }
    int status = 1;
    waitpid(pid, &status, 0);
    return !status;
}

// The prelude is short, and enough for most; the others have the headers themselves before them.
static bool read_program(Program *program, const Case *one)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/preprocessed", one->work);
    char *options = read_whole_file(one->path, NULL);
    const char *flags = case_option(options, "flags");
    Command command = { 0 };
    command_add_words(&command, "cc -E -w -D__ACOC__=1 -Iruntime");
    command_add_words(&command, flags ? flags : "");
    command_add_words(&command, "-x c -o");
    command_add(&command, "%s", path);
    command_add(&command, "%s", one->path);
    Output output = command_run(&command, 60); // what it has to complain about does not matter here
    output_free(&output);
    free(options);
    if (access(path, R_OK))
        return false;
    *program = (Program){ .one = one, .text = filter(one, path, false) };
    program->length = strlen(program->text);
    program->is_good = is_taken(NULL, program->text);
    if (!program->is_good) {
        program->context = filter(one, path, true);
        program->is_good = is_taken(program->context, program->text);
    }
    unlink(path);
    return true;
}

static void list_changes(Program *program, bool cuts_bytes)
{
    program->spans = calloc(program->length + 1, sizeof *program->spans);
    program->count = damage_spans(program->text, program->length, program->spans, program->length);
    program->changes = program->count * DAMAGE_COUNT + (cuts_bytes ? program->length : 0);
}

// The text with that change; into has room for twice the text.
static size_t make_change(char *into, const Program *program, size_t change)
{
    size_t kinds = program->count * DAMAGE_COUNT;
    if (change < kinds)
        return damage_make(into, program->text, program->length, program->spans[change / DAMAGE_COUNT],
                           (Damage)(change % DAMAGE_COUNT));
    Span byte = { change - kinds, change - kinds + 1 };
    return damage_make(into, program->text, program->length, byte, DAMAGE_CUT);
}

// A change that should give few messages.
static bool is_small(const Program *program, size_t change)
{
    return program->is_good && change < program->count * DAMAGE_COUNT && change % DAMAGE_COUNT != DAMAGE_CUT;
}

// ---- the worker, and who watches it

// Of the processor's time: how busy the machine is is not the compiler's fault. 0: no limit any more.
static void limit_time(time_t seconds)
{
    struct itimerval limit = { { 0, 0 }, { seconds, 0 } };
    setitimer(ITIMER_PROF, &limit, NULL);
}

static void work(const Program *program, Progress *progress, size_t step, const char *messages)
{
    char *text = malloc(program->length * 2 + 3);
    int file = open(messages, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
    dup2(file, STDERR_FILENO);
    stages_begin(program->context);
    for (; progress->change < program->changes; progress->change += step) {
        limit_time(SECONDS);
        if (ftruncate(file, 0)) // the messages of this change alone
            abort();
        unsigned errors = stages_run(text, make_change(text, program, progress->change));
        progress->small += is_small(program, progress->change);
        progress->many += is_small(program, progress->change) && errors > FEW;
    }
    limit_time(0);
    free(text);
    exit(0);
}

static void report(const Program *program, size_t change, int status, const char *messages)
{
    char *text = malloc(program->length * 2 + 3), *said = read_whole_file(messages, NULL);
    size_t length = make_change(text, program, change);
    const char *path = test_format("%s/damaged-%zu.aco", program->one->work, change);
    write_whole_file(path, text, length);
    test_failed(program->one->path, 0, "%s %d, see %s\n%.3000s", WIFSIGNALED(status) ? "signal" : "exit status",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), path, said ? said : "");
    free(said);
    free(text);
}

// A worker that ends early leaves its change in progress; the next one goes on behind it.
static void watch(const Program *program, Progress *progress, size_t step)
{
    char messages[1024];
    snprintf(messages, sizeof messages, "%s/messages", program->one->work);
    for (int finds = 0; finds < MOST_FINDS && progress->change < program->changes; finds++) {
        fflush(NULL);
        pid_t pid = fork();
        if (!pid)
            work(program, progress, step, messages);
        int status = -1;
        waitpid(pid, &status, 0);
        if (status)
            report(program, progress->change, status, messages);
        progress->change += status ? step : 0;
    }
}

static unsigned hash(const char *name)
{
    unsigned value = 17;
    while (*name)
        value = value * 31 + (unsigned char)*name++;
    return value;
}

static void check_damaged(const Case *one)
{
    const char *wanted = getenv("ACOC_TEST_DAMAGES");
    Program program;
    Progress *progress = mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(progress != MAP_FAILED);
    if (!read_program(&program, one))
        return; // a header is missing, on purpose
    list_changes(&program, hash(one->name) % CUT_BYTE_BY_BYTE == 0);
    size_t count = wanted ? strtoul(wanted, NULL, 10) : DAMAGES, most = count ? count : MOST_TEXT / (program.length + 1);
    size_t step = program.changes > most ? program.changes / most : 1;
    step += step % DAMAGE_COUNT == 0; // all kinds of damage
    progress->change = hash(one->name) % step;
    watch(&program, progress, step);
    if (progress->many > progress->small / RARE + ALLOWED)
        test_failed(one->path, 0, "%zu of %zu small faults give more than %d messages", progress->many, progress->small, FEW);
    free(program.spans);
    free(program.text);
    free(program.context);
}

static void one_fault_ends_well(void)
{
    static const char *const folders[] = { "run", "run-async", "error", "warn", "emit", "frames", "parse", "types", "dot", "tokens" };
    enum { A_CASE = 3600 };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        cases_run(test_format("tests/cases/%s", folders[i]), ".aco", A_CASE, 2, check_damaged);
    cases_run("tests/cases/same", ".c", A_CASE, 5, check_damaged);
}

const Test damaged_tests[] = {
    TEST(one_fault_ends_well),
    TEST_END,
};

// SPDX-License-Identifier: MIT
// Runs the user's own preprocessor, `$CC -E -dD` with the user's own flags, without a shell. It writes into a file in
// memory, so it never waits for us and we do something else meanwhile; so do its messages, which messages.c passes on.
//
// A few lines of macros can stand for any amount of text, so its size is limited, by the system: the preprocessor is
// ended when it writes more.
#include "read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const off_t most_bytes = (off_t)SOURCE_MOST_MEBIBYTES << 20;

static char *const *make_command(Unit *unit, const Options *options)
{
    static const char *const own[] = {"-E", "-dD", "-D__ACOC__=1"};
    const char **words = NULL;
    for (size_t i = 0; i < vec_count(options->command); i++)
        vec_push(unit->arena, words, options->command[i]);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        vec_push(unit->arena, words, own[i]);
    if (!options->json && diag_uses_colours())
        vec_push(unit->arena, words, "-fdiagnostics-color=always");
    for (size_t i = 0; i < vec_count(options->compiler_flags); i++)
        vec_push(unit->arena, words, options->compiler_flags[i]);
    vec_push(unit->arena, words, "-x");
    vec_push(unit->arena, words, "c");
    vec_push(unit->arena, words, options->input);
    vec_push(unit->arena, words, NULL);
    return (char *const *)(void *)words;
}

// A file without a name that lives in memory; -1 when there can be none.
static int memory_file(const char *what)
{
    int descriptor = memfd_create(what, MFD_CLOEXEC);
    if (descriptor < 0)
        error_plain("cannot keep %s of the preprocessor: %s", what, strerror(errno));
    return descriptor;
}

static void close_files(const Preprocessor *child)
{
    if (child->output >= 0)
        close(child->output);
    if (child->messages >= 0)
        close(child->messages);
}

bool preprocessor_start(Preprocessor *child, Unit *unit, const Options *options)
{
    char *const *command = make_command(unit, options);
    *child = (Preprocessor){.output = memory_file("the output"), .messages = memory_file("the messages")};
    if (child->output < 0 || child->messages < 0) {
        close_files(child);
        return false;
    }
    setenv("LANGUAGE", "C", 1); // messages.c reads what it says, and what we say ourselves is not translated
    int problem = command[0][0] == '-' ? ENOENT
                                       : child_start(&child->process, command, child->output, child->messages, most_bytes);
    if (problem) {
        error_plain("cannot run '%s': %s", options->compiler, strerror(problem));
        close_files(child);
    }
    return !problem;
}

// The whole file in memory; NULL after an error was reported.
static char *contents(Unit *unit, int descriptor, size_t *length)
{
    struct stat status;
    size_t at = 0;
    if (fstat(descriptor, &status) < 0) {
        error_plain("cannot read what the preprocessor wrote: %s", strerror(errno));
        return NULL;
    }
    char *text = arena_alloc(unit->arena, (size_t)status.st_size + 1);
    while (at < (size_t)status.st_size) {
        ssize_t count = pread(descriptor, text + at, (size_t)status.st_size - at, (off_t)at);
        if (count <= 0 && (count == 0 || errno != EINTR)) {
            error_plain("cannot read what the preprocessor wrote: %s", count ? strerror(errno) : "it was cut");
            return NULL;
        }
        at += count > 0 ? (size_t)count : 0;
    }
    *length = at;
    return text;
}

// What is wrong with a run that did not end as it should.
static void report_end(const Options *options, ChildEnd end, int status)
{
    if (end == CHILD_LOST)
        error_plain("cannot wait for '%s': %s", options->compiler, strerror(errno));
    else if (end == CHILD_TOO_LATE)
        error_plain("the preprocessor '%s' did not end within %u seconds, the limit (--preprocessor-limit=SECONDS, 0 for none)",
                    options->compiler, options->preprocessor_limit);
    else if (WIFSIGNALED(status))
        error_plain("the preprocessor '%s' was ended by signal %d (%s)", options->compiler, WTERMSIG(status),
                    strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) && !diag_error_count() && (options->json || WEXITSTATUS(status) > 1))
        error_plain("the preprocessor '%s' failed with status %d", options->compiler, WEXITSTATUS(status));
}

// Waits for its end; false when it failed.
static bool finish(Preprocessor *child, Unit *unit, const Options *options)
{
    int status = 0;
    struct stat written;
    ChildEnd end = child_wait(&child->process, options->preprocessor_limit, &status);
    int problem = errno;
    size_t length;
    child->said = contents(unit, child->messages, &length);
    if (child->said && (end != CHILD_ENDED || status))
        pass_messages_on(unit, options, child->said, false);
    errno = problem;
    if (!fstat(child->output, &written) && written.st_size >= most_bytes) {
        error_at(place_at(source_file(options->input), 0, 0), 0, "the preprocessed text is bigger than %d MiB, acoc's limit",
                 SOURCE_MOST_MEBIBYTES);
        return false;
    }
    report_end(options, end, status);
    return end == CHILD_ENDED && !status;
}

char *preprocessor_text(Preprocessor *child, Unit *unit, const Options *options, size_t *length)
{
    char *text = finish(child, unit, options) ? contents(unit, child->output, length) : NULL;
    close_files(child);
    return text;
}

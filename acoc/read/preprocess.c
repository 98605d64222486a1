// SPDX-License-Identifier: MIT
// Runs the user's own preprocessor, `$CC -E -dD` with the user's own flags, without a shell, and collects what it
// writes. Its messages go straight to the user; with --diagnostics=json its errors are told again as ours.
#include "read.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct Child {
    pid_t pid;
    int out, err;           // our ends; err is -1 when its messages go to the user directly
    Text output, messages;
} Child;

// $CC may hold flags too: "gcc -m32", "ccache gcc". Words are split at white space; there is no quoting.
static const char **command_words(Unit *unit, const Options *options)
{
    const char **words = NULL;
    const char *compiler = options->compiler;
    while (compiler[strspn(compiler, " \t")]) {
        compiler += strspn(compiler, " \t");
        size_t length = strcspn(compiler, " \t");
        vec_push(unit->arena, words, arena_copy(unit->arena, compiler, length));
        compiler += length;
    }
    return words;
}

static char *const *make_command(Unit *unit, const Options *options)
{
    static const char *const own[] = {"-E", "-dD", "-D__ACOC__=1"};
    const char **words = command_words(unit, options);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        vec_push(unit->arena, words, own[i]);
    for (size_t i = 0; i < vec_count(options->compiler_flags); i++)
        vec_push(unit->arena, words, options->compiler_flags[i]);
    vec_push(unit->arena, words, "-x");
    vec_push(unit->arena, words, "c");
    vec_push(unit->arena, words, options->input);
    vec_push(unit->arena, words, NULL);
    return (char *const *)(void *)words;
}

static int start(Child *child, char *const *command, bool keep_messages)
{
    int out[2], err[2] = {-1, -1};
    if (pipe2(out, O_CLOEXEC) < 0)
        return errno;
    if (keep_messages && pipe2(err, O_CLOEXEC) < 0) {
        int problem = errno;
        close(out[0]);
        close(out[1]);
        return problem;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    if (keep_messages)
        posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    int problem = posix_spawnp(&child->pid, command[0], &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    if (keep_messages)
        close(err[1]);
    child->out = out[0];
    child->err = err[0];
    return problem;
}

// Takes what there is; false at the end.
static bool drain(int descriptor, Text *into)
{
    char block[64 * 1024];
    ssize_t count = read(descriptor, block, sizeof block);
    if (count > 0)
        text_append(into, block, (size_t)count);
    return count > 0 || (count < 0 && errno == EINTR);
}

static void collect(Child *child)
{
    struct pollfd ends[2] = {{child->out, POLLIN, 0}, {child->err, POLLIN, 0}};
    Text *texts[2] = {&child->output, &child->messages};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (poll(ends, 2, -1) < 0 && errno != EINTR)
            break;
        for (int i = 0; i < 2; i++)
            if (ends[i].fd >= 0 && ends[i].revents && !drain(ends[i].fd, texts[i]))
                ends[i].fd = -1;
    }
    close(child->out);
    if (child->err >= 0)
        close(child->err);
}

// "file:12:3: fatal error: text" becomes an error of ours; anything else is only context to such a line.
static void retell_line(char *line)
{
    static const char *const marks[] = {": fatal error: ", ": error: "};
    for (int i = 0; i < 2; i++) {
        char *mark = strstr(line, marks[i]);
        if (!mark)
            continue;
        const char *text = mark + strlen(marks[i]);
        unsigned row = 0, column = 0;
        *mark = '\0';
        char *colon = strchr(line, ':');
        if (colon)
            *colon = '\0';
        if (!colon || sscanf(colon + 1, "%u:%u", &row, &column) < 1)
            error_plain("%s", text);
        else
            error_at((Place){source_file(line), row, column}, 1, "%s", text);
        return;
    }
}

static void retell(Text *messages)
{
    char *rest = NULL;
    for (char *line = strtok_r(messages->data, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        retell_line(line);
}

static bool finish(Child *child, const Options *options)
{
    int status;
    while (waitpid(child->pid, &status, 0) < 0)
        if (errno != EINTR) {
            error_plain("cannot wait for '%s': %s", options->compiler, strerror(errno));
            return false;
        }
    if (child->messages.data)
        retell(&child->messages);
    if (WIFSIGNALED(status))
        error_plain("the preprocessor '%s' was ended by signal %d", options->compiler, WTERMSIG(status));
    else if (WEXITSTATUS(status) && options->json && !diag_error_count())
        error_plain("the preprocessor '%s' failed", options->compiler);
    return !status;
}

char *preprocess(Unit *unit, const Options *options, size_t *length)
{
    Child child = {0};
    char *const *command = make_command(unit, options);
    int problem = command[0][0] == '-' ? ENOENT : start(&child, command, options->json);
    if (problem) {
        error_plain("cannot run '%s': %s", options->compiler, strerror(problem));
        return NULL;
    }
    collect(&child);
    bool good = finish(&child, options);
    char *text = NULL;
    if (good) {
        *length = child.output.length;
        text = arena_copy(unit->arena, child.output.data ? child.output.data : "", *length);
    }
    text_free(&child.output);
    text_free(&child.messages);
    return text;
}

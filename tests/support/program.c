// SPDX-License-Identifier: MIT
// posix_spawn with one pipe for standard output and error, read until its end or the time limit; the program gets a
// process group of its own, so that what it started ends with it.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

void command_add(Command *command, const char *format, ...)
{
    char *word = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&word, format, arguments) < 0 || command->count >= 254)
        abort();
    va_end(arguments);
    command->words[command->count++] = word;
    command->words[command->count] = NULL;
}

void command_add_words(Command *command, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, " \n");
        if (length > 0)
            command_add(command, "%.*s", (int)length, text);
        text += length + (text[length] != 0);
    }
}

void command_environment(Command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (command->environment_count >= 16 || vasprintf(&command->environment[command->environment_count++], format, arguments) < 0)
        abort();
    va_end(arguments);
}

const char *command_text(const Command *command)
{
    static char text[4096];
    size_t used = 0;
    for (int i = 0; i < command->environment_count && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ", command->environment[i]);
    for (int i = 0; i < command->count && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? " " : "", command->words[i]);
    return text;
}

void command_free(Command *command)
{
    for (int i = 0; i < command->count; i++)
        free(command->words[i]);
    for (int i = 0; i < command->environment_count; i++)
        free(command->environment[i]);
    *command = (Command){ 0 };
}

static char **make_environment(const Command *command)
{
    size_t count = 0;
    while (environ[count])
        count++;
    char **all = calloc(count + (size_t)command->environment_count + 1, sizeof *all);
    size_t used = 0;
    for (int i = 0; i < command->environment_count; i++)
        all[used++] = command->environment[i];
    for (size_t i = 0; i < count; i++) {
        bool replaced = false;
        for (int k = 0; k < command->environment_count; k++)
            replaced |= strncmp(environ[i], command->environment[k], strcspn(environ[i], "=") + 1) == 0;
        if (!replaced)
            all[used++] = environ[i];
    }
    return all;
}

static pid_t start(const Command *command, int output)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    pid_t pid = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawn_file_actions_adddup2(&actions, output, 2);
    if (command->folder)
        posix_spawn_file_actions_addchdir_np(&actions, command->folder);
    char **environment = make_environment(command);
    int problem = posix_spawnp(&pid, command->words[0], &actions, &attributes, command->words, environment);
    free(environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return problem ? -1 : pid;
}

static void collect(Output *output, int pipe, int seconds)
{
    struct timespec begun, now;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    size_t room = 4096;
    output->text = malloc(room + 1);
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        long left = seconds * 1000L - (now.tv_sec - begun.tv_sec) * 1000L - (now.tv_nsec - begun.tv_nsec) / 1000000;
        struct pollfd item = { .fd = pipe, .events = POLLIN };
        if (left <= 0 || poll(&item, 1, (int)left) == 0) {
            output->timed_out = true;
            break;
        }
        if (output->size == room)
            output->text = realloc(output->text, (room *= 2) + 1);
        ssize_t size = read(pipe, output->text + output->size, room - output->size);
        if (size == 0 || (size < 0 && errno != EINTR))
            break;
        if (size > 0)
            output->size += (size_t)size;
    }
    output->text[output->size] = 0;
}

Output program_run(const Command *command, int seconds)
{
    Output output = { .status = -1 };
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return output;
    pid_t pid = start(command, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        output.text = strdup("cannot be started\n");
        output.size = strlen(output.text);
        return output;
    }
    collect(&output, ends[0], seconds);
    close(ends[0]);
    if (output.timed_out)
        kill(-pid, SIGKILL);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!output.timed_out)
        output.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return output;
}

Output command_run(Command *command, int seconds)
{
    Output output = program_run(command, seconds);
    command_free(command);
    return output;
}

void output_free(Output *output)
{
    free(output->text);
    output->text = NULL;
}

char *read_whole_file(const char *path, size_t *size_out)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    size_t size = 0, room = 65536;
    char *text = malloc(room + 1);
    for (size_t got; (got = fread(text + size, 1, room - size, file)) > 0;) {
        size += got;
        if (size == room)
            text = realloc(text, (room *= 2) + 1);
    }
    fclose(file);
    text[size] = 0;
    if (size_out)
        *size_out = size;
    return text;
}

bool write_whole_file(const char *path, const void *text, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool good = fwrite(text, 1, size, file) == size;
    return fclose(file) == 0 && good;
}

// SPDX-License-Identifier: MIT
// Runs a program without a shell and keeps what it prints.
#ifndef ACOC_TEST_PROGRAM_H
#define ACOC_TEST_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Output {
    int status;         // exit status; 128 + n for signal n; -1 when it could not be started or took too long
    char *text;         // standard output and error together, in order, ended by 0
    size_t size;
    bool timed_out;
} Output;

// A command line that grows; the words are copied.
typedef struct Command {
    char *words[256];
    int count;
    char *environment[16]; // "NAME=value", added to the runner's
    int environment_count;
    const char *folder;    // where it runs; NULL: here
} Command;

void command_add(Command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Splits text at spaces.
void command_add_words(Command *command, const char *text);
void command_environment(Command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The words with spaces between, in a static buffer.
const char *command_text(const Command *command);
void command_free(Command *command);

Output program_run(const Command *command, int seconds);
// The same for a command that is run once: frees it.
Output command_run(Command *command, int seconds);
void output_free(Output *output);

// The whole of a file, ended by 0; NULL when there is none. size may be NULL.
char *read_whole_file(const char *path, size_t *size);
bool write_whole_file(const char *path, const void *text, size_t size);

#endif

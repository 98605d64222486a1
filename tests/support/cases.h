// SPDX-License-Identifier: MIT
// Cases are files in a folder; each is run by a function in a process of its own, as many at a time as there are
// processors. What all case suites share stands here.
#ifndef ACOC_TEST_CASES_H
#define ACOC_TEST_CASES_H

#include <stdbool.h>

#include "program.h"

// One file of a folder of cases.
typedef struct Case {
    char folder[256];   // "tests/cases/run"
    char name[128];     // "trap01_two_suspensions"
    char suffix[16];    // ".aco"
    char path[512];     // folder/name.suffix, from the project's root
    char work[512];     // an empty folder of its own in the build folder
} Case;

// Runs function on every file folder/*suffix (without those that belong to another case: NAME-2.aco), checks that
// there are at least so many. ACOC_TEST_CASE=TEXT restricts them to names that contain it.
void cases_run(const char *folder, const char *suffix, int seconds, int at_least, void (*function)(const Case *));

// The project's root and the build folder, absolute; build is $ACOC_BUILD or "build".
const char *project_root(void);
const char *build_folder(void);
// What the tests themselves were compiled with, for the programs that they compile: "-fsanitize=…", or "".
const char *sanitizer_flags(void);

// The text after "// WORD: " on a line of the case's file, or NULL; in a static buffer.
const char *case_option(const char *text, const char *word);
// All texts after "// WORD:" (one blank less), one a line, malloc'ed; *count of them.
char *case_lines(const char *text, const char *word, int *count);

// The sync twin of a unit: takes the words away. acoc_async(T) becomes T, async and yield from nothing, <acoc.h> is not
// included; every line stays in its place.
bool case_make_twin(const char *from, const char *to);

// A folder in the build folder, with x.aco of that text in it.
const char *work_folder(const char *name, const char *text);
// Runs the compiler under test in a folder; the words are split at spaces.
Output run_acoc(const char *folder, const char *words);

// Runs it and checks its status and that it says so.
void check_acoc(const char *folder, int status, const char *words, const char *message);

// Starts a command line of the compiler under test, of the user's compiler for generated code, and of linking.
void command_acoc(Command *command);
void command_compile(Command *command, const char *compiler, const char *optimisation, bool strict);
void command_link_runtime(Command *command);
// Runs it and checks for status 0 (and, with silent, for no output). Frees the command.
bool command_succeeds(Command *command, const char *what, bool silent, int seconds);

#endif

// SPDX-License-Identifier: MIT
// Finds the cases of a folder, runs each in its own process and turns the reports into assertions.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cases.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "isolate.h"
#include "test.h"

typedef struct CaseJob {
    Case one;
    void (*function)(const Case *);
} CaseJob;

const char *project_root(void)
{
    static char root[256];
    if (!root[0] && !getcwd(root, sizeof root))
        abort();
    return root;
}

const char *build_folder(void)
{
    static char folder[512];
    const char *build = getenv("ACOC_BUILD");
    build = build ? build : "build";
    if (!folder[0])
        snprintf(folder, sizeof folder, "%s%s%s", build[0] == '/' ? "" : project_root(), build[0] == '/' ? "" : "/", build);
    return folder;
}

const char *sanitizer_flags(void)
{
    const char *flags = getenv("ACOC_TEST_SANITIZE");
    return flags ? flags : "";
}

// "name-2.aco" belongs to "name.aco".
static bool is_part_of_another(const char *name)
{
    return strchr(name, '-') != NULL;
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const CaseJob *)a)->one.name, ((const CaseJob *)b)->one.name);
}

static void describe(Case *one, const char *folder, const char *name, const char *suffix)
{
    size_t length = strlen(name) - strlen(suffix);
    snprintf(one->folder, sizeof one->folder, "%s", folder);
    snprintf(one->name, sizeof one->name, "%.*s", (int)length, name);
    snprintf(one->suffix, sizeof one->suffix, "%s", suffix);
    snprintf(one->path, sizeof one->path, "%s/%s", folder, name);
    snprintf(one->work, sizeof one->work, "%s/cases/%s/%s", build_folder(), strrchr(folder, '/') ? strrchr(folder, '/') + 1 : folder, one->name);
}

static CaseJob *find_cases(const char *folder, const char *suffix, size_t *count)
{
    CaseJob *jobs = NULL;
    DIR *directory = opendir(folder);
    const char *wanted = getenv("ACOC_TEST_CASE");
    *count = 0;
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        const char *name = entry->d_name;
        size_t length = strlen(name), end = strlen(suffix);
        if (length <= end || strcmp(name + length - end, suffix) != 0 || is_part_of_another(name)
            || (wanted && !strstr(name, wanted)))
            continue;
        jobs = realloc(jobs, (*count + 1) * sizeof *jobs);
        describe(&jobs[(*count)++].one, folder, name, suffix);
    }
    if (directory)
        closedir(directory);
    if (*count)
        qsort(jobs, *count, sizeof *jobs, compare_entries);
    return jobs;
}

static void make_folders(const char *path)
{
    char part[600];
    snprintf(part, sizeof part, "%s", path);
    for (char *slash = part + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(part, 0777);
        *slash = '/';
    }
    mkdir(part, 0777);
}

static void remove_files(const char *path)
{
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        char name[1024];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && unlink(name) != 0) {
            remove_files(name);
            rmdir(name);
        }
    }
    if (directory)
        closedir(directory);
}

static void run_one(void *argument)
{
    CaseJob *job = argument;
    make_folders(job->one.work);
    remove_files(job->one.work);
    job->function(&job->one);
    if (!test_has_failed())
        remove_files(job->one.work); // the programs of hundreds of cases are gigabytes
}

void cases_run(const char *folder, const char *suffix, int seconds, int at_least, void (*function)(const Case *))
{
    size_t count;
    CaseJob *cases = find_cases(folder, suffix, &count);
    IsolatedJob *jobs = calloc(count + 1, sizeof *jobs);
    for (size_t i = 0; i < count; i++) {
        cases[i].function = function;
        jobs[i] = (IsolatedJob){ .name = cases[i].one.path, .function = run_one, .argument = &cases[i], .seconds = seconds };
    }
    isolate_run(jobs, count);
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].passed)
            test_passed();
        else
            test_failed(cases[i].one.path, 0, "%s", jobs[i].report ? jobs[i].report : "failed");
        free(jobs[i].report);
    }
    if (!getenv("ACOC_TEST_CASE") && count < (size_t)at_least)
        test_failed(folder, 0, "has %zu cases, expected at least %d", count, at_least);
    free(jobs);
    free(cases);
}

const char *case_option(const char *text, const char *word)
{
    static char value[1024];
    char mark[64];
    snprintf(mark, sizeof mark, "// %s: ", word);
    const char *found = strstr(text, mark);
    if (!found)
        return NULL;
    found += strlen(mark);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(found, "\r\n"), found);
    return value;
}

char *case_lines(const char *text, const char *word, int *count)
{
    char mark[64];
    snprintf(mark, sizeof mark, "// %s:", word);
    char *lines = malloc(strlen(text) + 1);
    size_t used = 0;
    *count = 0;
    for (const char *found = strstr(text, mark); found; found = strstr(found, mark)) {
        found += strlen(mark);
        found += *found == ' ';
        size_t length = strcspn(found, "\n");
        memcpy(lines + used, found, length);
        used += length;
        lines[used++] = '\n';
        (*count)++;
    }
    lines[used] = 0;
    return lines;
}

bool case_make_twin(const char *from, const char *to)
{
    Command filter = { 0 };
    command_add_words(&filter, "sed -E -e");
    command_add(&filter, "%s", "s/acoc_async\\(([^()]*)\\)/\\1/g; s/\\byield from\\b//g; s/\\basync\\b//g; "
                               "s/^#include [<\"]acoc\\.h[>\"]//");
    command_add(&filter, "%s", from);
    Output output = command_run(&filter, 20);
    bool good = output.status == 0 && write_whole_file(to, output.text, output.size);
    output_free(&output);
    return good;
}

void command_acoc(Command *command)
{
    command_add(command, "%s/acoc", build_folder());
    command_add(command, "-I%s/runtime", project_root());
}

const char *work_folder(const char *name, const char *text)
{
    const char *folder = test_format("%s/cases/%s", build_folder(), name);
    make_folders(folder);
    REQUIRE(write_whole_file(test_format("%s/x.aco", folder), text, strlen(text)));
    return folder;
}

Output run_acoc(const char *folder, const char *words)
{
    Command command = { .folder = folder };
    command_acoc(&command);
    command_add_words(&command, words);
    return command_run(&command, 30);
}

void check_acoc(const char *folder, int status, const char *words, const char *message)
{
    Output output = run_acoc(folder, words);
    if (output.status != status)
        test_failed(__FILE__, __LINE__, "acoc %s: status %d, expected %d", words, output.status, status);
    if (!strstr(output.text, message))
        test_failed(__FILE__, __LINE__, "acoc %s: '%s' is missing in\n%.2000s", words, message, output.text);
    output_free(&output);
}

void command_compile(Command *command, const char *compiler, const char *optimisation, bool strict)
{
    command_add(command, "%s", compiler);
    command_add_words(command, optimisation);
    command_add_words(command, strict ? "-std=gnu11 -Wall -Wextra -Wshadow -Werror" : "-std=gnu11 -w");
    if (strict && strstr(compiler, "clang"))
        command_add(command, "-Wno-unknown-warning-option");
    command_add_words(command, "-g0 -DACOC_FORCE_SUSPEND");
    command_add(command, "-I%s/runtime", project_root());
}

void command_link_runtime(Command *command)
{
    const char *libraries = getenv("ACOC_TEST_LIBRARIES");
    command_add(command, "%s/objects/tests/link/left.c.o", build_folder());
    command_add(command, "%s/libacoc.a", build_folder());
    command_add_words(command, libraries ? libraries : "-pthread -lm");
}

bool command_succeeds(Command *command, const char *what, bool silent, int seconds)
{
    Output output = program_run(command, seconds);
    bool good = output.status == 0 && (!silent || output.size == 0);
    if (!good)
        test_failed(what, 0, "%s: status %d%s\n%.3000s", command_text(command), output.status,
                    output.timed_out ? " (no end)" : "", output.text);
    output_free(&output);
    command_free(command);
    return good;
}

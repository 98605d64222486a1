// SPDX-License-Identifier: MIT
// Golden files: the shortest test there is. The difference is shown by diff -u, which every machine with a compiler has.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"
#include "test.h"

static void show_difference(const char *path, const char *text, size_t size)
{
    char other[] = "/tmp/acoc-golden-XXXXXX";
    int file = mkstemp(other);
    if (file < 0)
        return;
    close(file);
    write_whole_file(other, text, size);
    Command diff = { 0 };
    command_add_words(&diff, "diff -u --label expected --label actual");
    command_add(&diff, "%s", path);
    command_add(&diff, "%s", other);
    Output output = program_run(&diff, 20);
    test_failed(path, 0, "differs\n%.3500s", output.text);
    output_free(&output);
    command_free(&diff);
    unlink(other);
}

bool golden_check(const char *path, const char *text, size_t size)
{
    const char *update = getenv("UPDATE");
    size_t expected_size = 0;
    char *expected = read_whole_file(path, &expected_size);
    bool good = expected && expected_size == size && memcmp(expected, text, size) == 0;
    if (!good && update && strcmp(update, "1") == 0) {
        good = write_whole_file(path, text, size);
        fprintf(stderr, "updated %s\n", path);
    } else if (good) {
        test_passed();
    } else if (!expected) {
        test_failed(path, 0, "is missing; the text would be\n%.3000s", text);
    } else {
        show_difference(path, text, size);
    }
    free(expected);
    return good;
}

char *golden_replace(char *text, const char *from, const char *to)
{
    size_t from_size = strlen(from), to_size = strlen(to), used = 0;
    char *result = malloc(strlen(text) / (from_size ? from_size : 1) * to_size + strlen(text) + 1);
    char *rest = text;
    for (char *found; from_size && (found = strstr(rest, from)); rest = found + from_size) {
        memcpy(result + used, rest, (size_t)(found - rest));
        used += (size_t)(found - rest);
        memcpy(result + used, to, to_size);
        used += to_size;
    }
    strcpy(result + used, rest);
    free(text);
    return result;
}

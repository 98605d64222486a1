// SPDX-License-Identifier: MIT
// What the preprocessor had to say: it goes to the user as it is, or with --diagnostics=json in that form. It warns of
// literals that are not closed, which report_faults() of tokens.c calls the errors that they are; those warnings are
// left out, so that each fault is reported once.
#include "read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// "file:12:3" before a message; the file's name may have colons in it. No file when there is no place.
static Place place_of_message(char *text)
{
    unsigned row = 0, column = 0;
    char *colon = strrchr(text, ':');
    while (colon && colon > text && strspn(colon + 1, "0123456789:") == strlen(colon + 1)) {
        char *before = colon;
        while (before > text && before[-1] != ':')
            before--;
        bool is_row = before == text || strspn(before, "0123456789") != (size_t)(colon - before);
        if (is_row)
            break;
        colon = before - 1;
    }
    if (!colon || sscanf(colon + 1, "%u:%u", &row, &column) < 1)
        return (Place){0};
    *colon = '\0';
    return place_at(source_file(text), row, column);
}

// "file:12:3: fatal error: text" becomes an error of ours, a warning a warning; anything else is only context to such
// a line.
static void retell_line(char *line)
{
    static const struct { const char *mark; Severity severity; } kinds[] = {
        {": fatal error: ", SEVERITY_ERROR}, {": error: ", SEVERITY_ERROR}, {": warning: ", SEVERITY_WARNING},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *mark = strstr(line, kinds[i].mark);
        if (!mark)
            continue;
        *mark = '\0';
        diag_retell(kinds[i].severity, place_of_message(line), mark + strlen(kinds[i].mark));
        return;
    }
}

// ---- one report of each fault

// The line without a terminal's colours.
static char *plain_copy(Arena *arena, const char *line, size_t length)
{
    char *copy = arena_copy(arena, line, length), *end = copy;
    for (const char *at = copy; *at; ) {
        if (*at == '\033') {
            at += strcspn(at, "mK");
            at += *at != 0;
        } else {
            *end++ = *at++;
        }
    }
    *end = '\0';
    return copy;
}

static int compare_lines(const void *first, const void *second)
{
    const Place *a = first, *b = second;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

// Where the faulty tokens stand: a Vec, sorted.
static Place *lines_of_faults(const Unit *unit)
{
    Place *lines = NULL;
    for (size_t i = 0; i < vec_count(unit->tokens); i++)
        if (unit->tokens[i].kind == T_UNKNOWN)
            vec_push(unit->arena, lines, unit->tokens[i].place);
    if (lines)
        qsort(lines, vec_count(lines), sizeof *lines, compare_lines);
    return lines;
}

// "file:1:9: warning: missing terminating ' character" where acoc says it too.
static bool is_said_by_us(Unit *unit, const Place *faults, const char *line)
{
    const char *mark = strstr(line, ": warning: missing terminating ");
    if (!mark)
        return false;
    Place place = place_of_message(arena_copy(unit->arena, line, (size_t)(mark - line)));
    return bsearch(&place, faults, vec_count(faults), sizeof place, compare_lines);
}

// Lines that belong to no message before them.
static bool begins_message(const char *line)
{
    static const char *const marks[] = {": warning: ", ": error: ", ": fatal error: ", ": note: ", "In file included from"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(line, marks[i]))
            return true;
    return false;
}

// clang counts at its end what it said.
static bool is_count(const char *line)
{
    return strstr(line, " generated.") && strspn(line, "0123456789") > 0;
}

void pass_messages_on(Unit *unit, const Options *options, char *messages, bool has_faults)
{
    bool leaves_out = false, left_out = false;
    const Place *faults = has_faults ? lines_of_faults(unit) : NULL;
    for (char *line = messages, *next; *line; line = next) {
        size_t length = strcspn(line, "\n");
        next = line + length + (line[length] != 0);
        char *plain = plain_copy(unit->arena, line, length);
        if (faults && (begins_message(plain) || is_count(plain)))
            left_out |= leaves_out = is_said_by_us(unit, faults, plain) || (left_out && is_count(plain));
        if (leaves_out)
            continue;
        if (options->json)
            retell_line(plain);
        else
            fwrite(line, 1, (size_t)(next - line), stderr);
    }
}

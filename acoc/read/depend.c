// SPDX-License-Identifier: MIT
// -MD: the make rule that says which files the output was made from, taken from the preprocessor's line markers, so
// that the preprocessor need not run twice.
#include "read.h"

#include "../base/output.h"
#include "../base/text.h"

// Make reads '\ ' as a space, '\#' as '#' and '$$' as '$'; backslashes before a space or '#' are doubled.
static void write_escaped(FILE *out, const char *path)
{
    for (const char *at = path; *at; at++) {
        if (*at == ' ' || *at == '\t' || *at == '#') {
            for (const char *back = at; back > path && back[-1] == '\\'; back--)
                putc('\\', out);
            putc('\\', out);
        }
        if (*at == '$')
            putc('$', out);
        putc(*at, out);
    }
}

static void write_rule(FILE *out, const Unit *unit, const Options *options)
{
    Map *known = map_new(unit->arena);
    write_escaped(out, options->output ? options->output : "-");
    putc(':', out);
    for (size_t i = 0; i < vec_count(unit->files); i++) {
        String *path = intern_text(source_get(unit->files[i])->path);
        if (map_get(known, path))
            continue;
        map_put(known, path, path);
        fputs(" \\\n ", out);
        write_escaped(out, path->text);
    }
    putc('\n', out);
}

bool write_dependencies(Unit *unit, const Options *options)
{
    Text rule = {0};
    FILE *out = text_open(&rule);
    write_rule(out, unit, options);
    text_close(out);
    bool good = output_write(unit->arena, options->dependency_file, rule.data, rule.length);
    text_free(&rule);
    return good;
}

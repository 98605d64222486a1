// SPDX-License-Identifier: MIT
// The preprocessor's own lines in its output: `# 12 "file" 1 3` says where the next line comes from (1: a file was
// entered, 2: returned to, 3: it is a system header), #define and #undef report macros (-dD), #pragma is kept as a
// token. Other directives (#ident) mean nothing to us. The compiler's predefined macros tell the mode and the target.
#include "read.h"

#include <string.h>

#include "../model/model.h"

typedef struct Line {
    const char *at, *end;
} Line;

static void skip_spaces(Line *line)
{
    while (line->at < line->end && (*line->at == ' ' || *line->at == '\t'))
        line->at++;
}

// With what universal character names and UTF-8 are made of.
static const bool is_word_byte[256] = {
    ['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['_'] = true, ['$'] = true, ['\\'] = true,
    [0x80 ... 0xFF] = true,
};

// Takes the word that comes next, which may have no bytes.
static Line take_word(Line *line)
{
    skip_spaces(line);
    Line word = {line->at, line->at};
    while (word.end < line->end && is_word_byte[(unsigned char)*word.end])
        word.end++;
    line->at = word.end;
    return word;
}

static inline bool is_word(const Line *word, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(word->end - word->at) == length && !memcmp(word->at, text, length);
}

static uint32_t take_number(Line *line)
{
    skip_spaces(line);
    uint32_t number = 0;
    while (line->at < line->end && *line->at >= '0' && *line->at <= '9')
        number = number * 10 + (uint32_t)(*line->at++ - '0');
    return number;
}

// One character of a marker's file name, which is written as a C string.
static char take_escaped(Line *line)
{
    char byte = *line->at++;
    if (byte != '\\' || line->at >= line->end)
        return byte;
    if (*line->at == 'n') { // gcc's way to write a newline
        line->at++;
        return '\n';
    }
    if (*line->at < '0' || *line->at > '7')
        return *line->at++;
    unsigned value = 0;
    for (int i = 0; i < 3 && line->at < line->end && *line->at >= '0' && *line->at <= '7'; i++)
        value = value * 8 + (unsigned)(*line->at++ - '0');
    return (char)value;
}

// The bytes up to the next escape or the end of the string.
static size_t plain_length(const Line *line)
{
    const char *at = line->at;
    while (at < line->end && *at != '"' && *at != '\\')
        at++;
    return (size_t)(at - line->at);
}

static bool is_path(const char *path, const Line *name)
{
    size_t length = (size_t)(name->end - name->at);
    return !strncmp(path, name->at, length) && !path[length] && !memchr(path, '\\', length);
}

// Most markers name the file at hand.
static uint32_t take_file(const Reader *reader, Line *line)
{
    Text path = {0};
    skip_spaces(line);
    const char *start = line->at + 1, *end = memchr(start, '"', (size_t)(line->end - line->at));
    if (end && *line->at == '"' && is_path(source_get(reader->file)->path, &(Line){start, end})) {
        line->at = end + 1;
        return reader->file;
    }
    if (line->at < line->end && *line->at == '"') {
        line->at++;
        while (line->at < line->end && *line->at != '"') {
            size_t plain = plain_length(line);
            char byte = plain ? '\0' : take_escaped(line);
            text_append(&path, plain ? line->at : &byte, plain ? plain : 1);
            line->at += plain;
        }
        if (line->at < line->end)
            line->at++;
    }
    uint32_t file = path.data ? source_file(path.data) : 0;
    text_free(&path);
    return file;
}

static void note_dependency(Reader *reader)
{
    const char *path = source_get(reader->file)->path;
    if (path[0] != '<')
        vec_push(reader->unit->arena, reader->unit->files, reader->file);
}

static Included *innermost(const Reader *reader)
{
    return reader->depth ? vec_last(reader->entered) : NULL;
}

// The tokens that come next stand in the innermost of the files that are open.
static void go_on_within(Reader *reader)
{
    IncludedRun run = {(uint32_t)vec_count(reader->tokens), innermost(reader)};
    vec_push(reader->unit->arena, reader->passages, run);
}

static void enter_file(Reader *reader)
{
    const Included *outer = innermost(reader);
    SourceFile *file = source_get(reader->file);
    Included *included = NEW(reader->unit->arena, Included);
    *included = (Included){.inclusion.within = outer ? &outer->inclusion : NULL, .file = reader->file};
    bool is_first = !file->is_included && file != reader->unit->file;
    file->inclusion = is_first ? &included->inclusion : NULL;
    file->is_included = true;
    reader->depth++;
    note_dependency(reader);
    vec_push(reader->unit->arena, reader->entered, included);
    go_on_within(reader);
}

// The marker names the line behind the #include, which tells where that stood.
static void leave_file(Reader *reader)
{
    if (!reader->depth)
        return;
    reader->depth--;
    Included *included = vec_pop(reader->entered);
    if (reader->line > 1)
        included->inclusion.from = place_at(reader->file, reader->line - 1, 0);
    go_on_within(reader);
}

// Whether the path begins with one of the directories.
static bool is_below(String *const *directories, const char *path)
{
    for (size_t i = 0; i < vec_count(directories); i++)
        if (!strncmp(path, directories[i]->text, directories[i]->length))
            return true;
    return false;
}

// What is found through -I below a directory of the system's (/usr/include/glib-2.0) is no more the user's to mend than
// the rest of it. A header is the system's because of its directory when none of the system's included it.
static void note_system_directory(Reader *reader, bool was_in_system_header)
{
    const char *path = source_get(reader->file)->path, *slash = strrchr(path, '/');
    if (slash && !was_in_system_header && !is_below(reader->system_directories, path))
        vec_push(reader->unit->arena, reader->system_directories, intern(path, (size_t)(slash - path) + 1));
}

static void read_marker(Reader *reader, Line *line)
{
    const bool was_in_system_header = reader->in_system_header;
    bool enters = false;
    uint32_t number = take_number(line);
    uint32_t file = take_file(reader, line);
    if (file && file != reader->file) {
        reader->file = file;
        reader->is_below_system = is_below(reader->system_directories, source_get(file)->path);
    }
    reader->line = number;
    reader->in_system_header = reader->is_below_system;
    for (uint32_t flag; (flag = take_number(line)) != 0; ) {
        if (flag == 1)
            enter_file(reader);
        if (flag == 2)
            leave_file(reader);
        if (flag == 3 && enters)
            note_system_directory(reader, was_in_system_header);
        enters |= flag == 1;
        reader->in_system_header |= flag == 3;
    }
    // A marker with flag 3 in the main file brackets what a system header's macro left there.
    if (!reader->depth)
        reader->in_system_header = false;
}

// The compiler's own macros, and those of the command line, come before any file: "<built-in>", "<command-line>".
static bool is_predefined(const Reader *reader)
{
    return source_get(reader->file)->path[0] == '<';
}

// A macro of the compiler's own.
static void note_mode(Reader *reader, const MacroRecord *macro)
{
    size_t length;
    const char *body = macro_body(macro, &length);
    const String *name = intern(macro->name, macro->name_length);
    if (string_is(name, "__STRICT_ANSI__"))
        reader->is_strict = true;
    else if (string_is(name, "__SIZEOF_POINTER__"))
        reader->knows_target = true;
    target_learn(name->text, arena_copy(reader->unit->arena, body, length));
    reader->lexer.has_raw_strings = !reader->is_strict && !target_is_clang() && target_is_c99(); // gcc's gnu modes
}

// #define or #undef, from the name on.
static void read_macro(Reader *reader, Line *line, bool is_defined)
{
    Line name = take_word(line);
    if (name.end == name.at)
        return;
    const char *text = reader->lexer.start, *end = is_defined ? line->end : name.end;
    while (end > name.end && (end[-1] == ' ' || end[-1] == '\r'))
        end--;
    MacroRecord macro = {
        .text = text, .length = (uint32_t)(end - text), .head_length = (uint32_t)(name.end - text),
        .name = name.at, .name_length = (uint32_t)(name.end - name.at), .is_defined = is_defined,
        .file = reader->file, .line = reader->line,
    };
    if (memchr(name.at, '\\', macro.name_length)) {
        const String *spelt = word_name(name.at, macro.name_length);
        macro.name = spelt->text;
        macro.name_length = spelt->length;
    }
    if (is_defined && is_predefined(reader))
        note_mode(reader, &macro);
    vec_push(reader->unit->arena, reader->unit->macros, macro);
}

static void read_pragma(Reader *reader, const Line *line)
{
    reader->lexer.cursor = line->end;
    reader->at_line_start = true;
    push_token(reader, T_PRAGMA);
}

void read_hash_line(Reader *reader)
{
    Lexer *lexer = &reader->lexer;
    const char *end = memchr(lexer->start, '\n', (size_t)(lexer->end - lexer->start));
    Line line = {lexer->start + 1, end ? end : lexer->end};
    const char *next = end ? end + 1 : lexer->end;
    skip_spaces(&line);
    bool is_marker = line.at < line.end && *line.at >= '0' && *line.at <= '9';
    Line word = take_word(&line);
    if (is_marker)
        read_marker(reader, &(Line){word.at, line.end});
    else if (is_word(&word, "define"))
        read_macro(reader, &line, true);
    else if (is_word(&word, "undef"))
        read_macro(reader, &line, false);
    else if (is_word(&word, "pragma"))
        read_pragma(reader, &line);
    lexer->cursor = next;
    if (!is_marker)
        reader->line++;
    reader->at_line_start = true;
    reader->after_space = false;
}

// SPDX-License-Identifier: MIT
// The preprocessor's own lines in its output: `# 12 "file" 1 3` says where the next line comes from (1: a file was
// entered, 2: returned to, 3: it is a system header), #define and #undef report macros (-dD), #pragma is kept as a
// token. Other directives (#ident) mean nothing to us. The compiler's predefined macros tell the mode and the target.
#include "read.h"

#include <stdlib.h>
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

static bool is_word(const Line *word, const char *text)
{
    size_t length = (size_t)(word->end - word->at);
    return !strncmp(word->at, text, length) && !text[length];
}

static String *take_name(Line *line)
{
    Line word = take_word(line);
    return word.end > word.at ? word_name(word.at, (size_t)(word.end - word.at)) : NULL;
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

static uint32_t take_file(Line *line)
{
    Text path = {0};
    skip_spaces(line);
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

static void enter_file(Reader *reader)
{
    reader->depth++;
    note_dependency(reader);
    vec_push(reader->unit->arena, reader->entered, reader->file);
}

// The marker names the line behind the #include, which tells where that stood.
static void leave_file(Reader *reader)
{
    if (!reader->depth)
        return;
    reader->depth--;
    SourceFile *file = source_get(vec_pop(reader->entered));
    if (!file->included_from.file && file != source_get(reader->file) && reader->line > 1)
        file->included_from = place_at(reader->file, reader->line - 1, 0);
}

static void read_marker(Reader *reader, Line *line)
{
    uint32_t number = take_number(line);
    uint32_t file = take_file(line);
    if (file)
        reader->file = file;
    reader->line = number;
    reader->in_system_header = false;
    for (uint32_t flag; (flag = take_number(line)) != 0; ) {
        if (flag == 1)
            enter_file(reader);
        if (flag == 2)
            leave_file(reader);
        if (flag == 3)
            reader->in_system_header = true;
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

static void note_mode(Reader *reader, const MacroRecord *macro, const MacroBody *body)
{
    if (string_is(macro->name, "__STRICT_ANSI__"))
        reader->is_strict = true;
    else if (string_is(macro->name, "__SIZEOF_POINTER__"))
        reader->knows_target = true;
    target_learn(macro->name->text, arena_copy(reader->unit->arena, body->text, body->length));
    reader->lexer.has_raw_strings = !reader->is_strict && !target_is_clang() && target_is_c99(); // gcc's gnu modes
}

static void read_define(Reader *reader, Line *line)
{
    MacroRecord macro = {.name = take_name(line), .is_defined = true};
    if (!macro.name)
        return;
    macro.is_function_like = line->at < line->end && *line->at == '(';
    skip_spaces(line);
    while (line->end > line->at && (line->end[-1] == ' ' || line->end[-1] == '\r'))
        line->end--;
    MacroBody body = {line->at, (uint32_t)(line->end - line->at), place_at(reader->file, reader->line, 0)};
    macro.is_self = !macro.is_function_like && body.length == macro.name->length &&
                    !memcmp(body.text, macro.name->text, body.length);
    macro.text = reader->lexer.start;
    macro.length = (uint32_t)(line->end - macro.text);
    if (is_predefined(reader))
        note_mode(reader, &macro, &body);
    vec_push(reader->unit->arena, reader->unit->macros, macro);
    vec_push(reader->unit->arena, reader->bodies, body);
}

static void read_undef(Reader *reader, Line *line)
{
    MacroRecord macro = {.name = take_name(line)};
    if (!macro.name)
        return;
    macro.text = reader->lexer.start;
    macro.length = (uint32_t)(line->at - macro.text);
    vec_push(reader->unit->arena, reader->unit->macros, macro);
    vec_push(reader->unit->arena, reader->bodies, (MacroBody){0});
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
        read_define(reader, &line);
    else if (is_word(&word, "undef"))
        read_undef(reader, &line);
    else if (is_word(&word, "pragma"))
        read_pragma(reader, &line);
    lexer->cursor = next;
    if (!is_marker)
        reader->line++;
    reader->at_line_start = true;
    reader->after_space = false;
}

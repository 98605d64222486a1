// SPDX-License-Identifier: MIT
// Messages. Each goes through report(), which decides by severity, options and the cap whether it is shown, and hands
// it to one of two writers: text as clang shows it (place, source line, caret, fix under the caret), or one JSON
// object a line with its notes and fixes inside it; that is why the JSON object of a message stays open until the next.
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "vec.h"

enum { MOST_ERRORS = 25, WIDEST_LINE = 200 };

typedef enum Severity { ERROR, WARNED, NOTE, FIX } Severity;

typedef struct Message {
    Severity severity;
    const char *warning; // its name, NULL for others
    Place place;
    uint32_t length;
    const char *text, *replacement;
} Message;

static const struct { const char *name; bool on; } known_warnings[] = {
#define WARNING(name, text, on_by_default) {text, on_by_default},
#include "warnings.def"
#undef WARNING
};

static struct {
    bool changed[W_COUNT], on[W_COUNT]; // by an option
    bool fatal[W_COUNT], not_fatal[W_COUNT];
    bool all_fatal, all_off, json;
    unsigned long limit[W_COUNT];
    unsigned errors;
    bool muted;        // the message before was not shown, so its notes are not either
    bool object_open;  // JSON: the current object waits for notes
    unsigned notes;    // JSON: notes and fixes in it
} state;

typedef struct Expansion {
    Place use, definition;
    const char *name;
} Expansion;

static Arena *expansions_arena;
static Expansion *expansions; // a Vec

// ---- text

static bool use_colours(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !getenv("NO_COLOR") && terminal && strcmp(terminal, "dumb");
}

static void write_head(const Message *message)
{
    static const char *const names[] = {"error", "warning", "note", "fix"};
    static const char *const colours[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m"};
    bool coloured = use_colours();
    SourceFile *file = source_get(message->place.file);
    fputs(coloured ? "\033[1m" : "", stderr);
    if (!file)
        fputs("acoc: ", stderr);
    else if (message->place.column)
        fprintf(stderr, "%s:%u:%u: ", file->path, message->place.line, message->place.column);
    else if (message->place.line)
        fprintf(stderr, "%s:%u: ", file->path, message->place.line);
    else
        fprintf(stderr, "%s: ", file->path);
    fprintf(stderr, "%s%s:%s %s", coloured ? colours[message->severity] : "", names[message->severity],
            coloured ? "\033[0;1m" : "", message->text);
    if (message->warning)
        fprintf(stderr, " [-W%s]", message->warning);
    fputs(coloured ? "\033[0m\n" : "\n", stderr);
}

// The bytes before the caret as white space of the same width: tabs stay tabs, a UTF-8 sequence counts once.
static void write_indent(const char *line, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (line[i] == '\t')
            putc('\t', stderr);
        else if (((unsigned char)line[i] & 0xC0) != 0x80)
            putc(' ', stderr);
    }
}

static void write_printable(const char *line, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        unsigned char byte = (unsigned char)line[i];
        putc((byte < ' ' && byte != '\t') || byte == 127 ? '?' : byte, stderr);
    }
    putc('\n', stderr);
}

static void write_caret(const Message *message, const char *line, size_t from, size_t to)
{
    bool coloured = use_colours();
    size_t column = message->place.column - 1;
    write_indent(line, from, column);
    fputs(coloured ? "\033[1;32m^" : "^", stderr);
    for (size_t i = column + 1; i < column + message->length && i < to; i++)
        if (((unsigned char)line[i] & 0xC0) != 0x80)
            putc('~', stderr);
    fputs(coloured ? "\033[0m\n" : "\n", stderr);
    if (message->replacement) {
        write_indent(line, from, column);
        fprintf(stderr, "%s\n", message->replacement);
    }
}

// A very long line is shown as the part around the caret.
static void write_source(const Message *message)
{
    size_t length;
    const char *line = source_line(message->place, &length);
    size_t column = message->place.column;
    if (!line || column > length + 1)
        return;
    size_t from = column > WIDEST_LINE ? column - WIDEST_LINE / 2 : 0;
    size_t to = length - from > WIDEST_LINE ? from + WIDEST_LINE : length;
    write_printable(line, from, to);
    if (column)
        write_caret(message, line, from, to);
}

static void write_text(const Message *message)
{
    write_head(message);
    write_source(message);
}

// ---- JSON

// How many bytes of valid UTF-8 begin at text; 0 when it is none: JSON allows nothing else.
static size_t utf8_length(const char *text)
{
    unsigned char first = (unsigned char)*text;
    size_t length = first < 0x80 ? 1 : first >= 0xF5 || first < 0xC2 ? 0 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    for (size_t i = 1; i < length; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

static void write_json_string(const char *text)
{
    putc('"', stderr);
    for (size_t length; *text; text += length ? length : 1) {
        unsigned char byte = (unsigned char)*text;
        length = utf8_length(text);
        if (length != 1) {
            fprintf(stderr, "%.*s", length ? (int)length : 3, length ? text : "\xEF\xBF\xBD");
            continue;
        }
        if (byte == '"' || byte == '\\')
            fprintf(stderr, "\\%c", byte);
        else if (byte < ' ' || byte == 127)
            fprintf(stderr, "\\u%04x", byte);
        else
            putc(byte, stderr);
    }
    putc('"', stderr);
}

static void close_object(void)
{
    if (state.object_open)
        fputs(state.notes ? "]}\n" : "}\n", stderr);
    state.object_open = false;
    state.notes = 0;
}

static void write_json_fields(const Message *message)
{
    static const char *const names[] = {"error", "warning", "note", "fix"};
    SourceFile *file = source_get(message->place.file);
    fprintf(stderr, "{\"severity\":\"%s\"", names[message->severity]);
    if (message->warning)
        fprintf(stderr, ",\"option\":\"-W%s\"", message->warning);
    if (file) {
        fputs(",\"file\":", stderr);
        write_json_string(file->path);
        fprintf(stderr, ",\"line\":%u,\"column\":%u,\"length\":%u", message->place.line, message->place.column,
                message->length);
    }
    fputs(",\"message\":", stderr);
    write_json_string(message->text);
    if (message->replacement) {
        fputs(",\"replacement\":", stderr);
        write_json_string(message->replacement);
    }
}

static void write_json(const Message *message)
{
    if (message->severity >= NOTE && state.object_open) {
        fputs(state.notes++ ? "," : ",\"notes\":[", stderr);
        write_json_fields(message);
        putc('}', stderr);
        return;
    }
    close_object();
    write_json_fields(message);
    state.object_open = true;
}

// ---- deciding

static void show(const Message *message)
{
    if (state.json)
        write_json(message);
    else
        write_text(message);
}

static bool is_shown(const Message *message)
{
    if (message->severity >= NOTE)
        return !state.muted;
    state.muted = false;
    if (message->severity == ERROR && ++state.errors > MOST_ERRORS) {
        state.muted = true;
        if (state.errors == MOST_ERRORS + 1)
            show(&(Message){.severity = ERROR, .text = "too many errors; the rest is not shown"});
    }
    return !state.muted;
}

// Searched from the end: there are many expansions and few messages, so no index is kept.
static const Expansion *expansion_at(Place place)
{
    for (size_t i = vec_count(expansions); i-- > 0; ) {
        const Place *use = &expansions[i].use;
        if (use->line == place.line && use->column == place.column && use->file == place.file)
            return &expansions[i];
    }
    return NULL;
}

static void show_expansion(const Expansion *expansion)
{
    Text text = {0};
    Place place = expansion->definition;
    size_t length, name_length = strlen(expansion->name);
    const char *line = source_line(place, &length);
    const char *name = line ? memmem(line, length, expansion->name, name_length) : NULL;
    place.column = name ? (uint32_t)(name - line) + 1 : 0;
    text_printf(&text, "in the expansion of macro '%s'", expansion->name);
    show(&(Message){.severity = NOTE, .place = place, .text = text.data, .length = (uint32_t)name_length});
    text_free(&text);
}

static void report(Message message, const char *format, va_list arguments)
{
    Text text = {0};
    text_vprintf(&text, format, arguments);
    message.text = text.data;
    message.place = source_resolve(message.place);
    const Expansion *expansion = message.severity < FIX && message.place.column ? expansion_at(message.place) : NULL;
    if (expansion)
        message.length = (uint32_t)strlen(expansion->name);
    if (is_shown(&message)) {
        show(&message);
        if (expansion && message.severity < NOTE)
            show_expansion(expansion);
    }
    text_free(&text);
}

void diag_know_macro(Place use, const char *name, Place definition)
{
    if (!expansions_arena)
        expansions_arena = arena_new();
    vec_push(expansions_arena, expansions, (Expansion){use, definition, name});
}

void error_at(Place place, uint32_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report((Message){.severity = ERROR, .place = place, .length = length}, format, arguments);
    va_end(arguments);
}

void error_plain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report((Message){.severity = ERROR}, format, arguments);
    va_end(arguments);
}

static bool is_on(Warning warning)
{
    if (state.all_off)
        return false;
    return state.changed[warning] ? state.on[warning] : known_warnings[warning].on;
}

void warn_at(Warning warning, Place place, uint32_t length, const char *format, ...)
{
    if (!is_on(warning)) {
        state.muted = true;
        return;
    }
    bool fatal = (state.all_fatal || state.fatal[warning]) && !state.not_fatal[warning];
    va_list arguments;
    va_start(arguments, format);
    report((Message){.severity = fatal ? ERROR : WARNED, .warning = known_warnings[warning].name, .place = place,
                     .length = length}, format, arguments);
    va_end(arguments);
}

void note_at(Place place, uint32_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report((Message){.severity = NOTE, .place = place, .length = length}, format, arguments);
    va_end(arguments);
}

void fix_at(Place place, uint32_t length, const char *replacement, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report((Message){.severity = FIX, .place = place, .length = length, .replacement = replacement}, format, arguments);
    va_end(arguments);
}

// ---- options

// Finds "name" or "name=limit"; W_COUNT when it is not ours.
static Warning find_warning(const char *name, const char **limit)
{
    size_t length = strcspn(name, "=");
    *limit = name[length] ? name + length + 1 : NULL;
    for (unsigned i = 0; i < W_COUNT; i++)
        if (!strncmp(known_warnings[i].name, name, length) && !known_warnings[i].name[length])
            return (Warning)i;
    return W_COUNT;
}

static bool switch_warning(const char *name, bool on)
{
    const char *limit;
    Warning warning = find_warning(name, &limit);
    if (warning == W_COUNT)
        return false;
    state.changed[warning] = true;
    state.on[warning] = on;
    if (limit)
        state.limit[warning] = strtoul(limit, NULL, 10);
    return true;
}

static bool make_fatal(const char *name, bool fatal)
{
    const char *limit;
    Warning warning = find_warning(name, &limit);
    if (warning == W_COUNT)
        return false;
    state.fatal[warning] = fatal;
    state.not_fatal[warning] = !fatal;
    return !fatal || switch_warning(name, true);
}

static void switch_everything(bool on)
{
    for (unsigned i = 0; i < W_COUNT; i++) {
        state.changed[i] = true;
        state.on[i] = on;
    }
}

bool diag_option(const char *name)
{
    if (!strcmp(name, "error") || !strcmp(name, "no-error")) {
        state.all_fatal = name[0] == 'e';
        return true;
    }
    if (!strcmp(name, "everything") || !strcmp(name, "no-everything")) {
        switch_everything(name[0] == 'e');
        return true;
    }
    if (!strncmp(name, "error=", 6))
        return make_fatal(name + 6, true);
    if (!strncmp(name, "no-error=", 9))
        return make_fatal(name + 9, false);
    if (!strncmp(name, "no-", 3))
        return switch_warning(name + 3, false);
    return switch_warning(name, true);
}

unsigned long diag_limit(Warning warning)
{
    return state.limit[warning];
}

void diag_all_off(void)
{
    state.all_off = true;
}

void diag_use_json(void)
{
    state.json = true;
}

unsigned diag_error_count(void)
{
    return state.errors;
}

void diag_flush(void)
{
    if (state.json)
        close_object();
    fflush(stderr);
}

// SPDX-License-Identifier: MIT
// The two writers of messages. Text looks as clang's does. JSON is one object a line with notes and fixes inside it,
// which is why the object of a message stays open until the next one comes. Each message is written at once, so that
// those of compilers that run beside each other do not mix.
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

enum { WIDEST_LINE = 200 };

static const char *const severity_names[] = {"error", "warning", "note", "fix"};

static struct {
    Text pending;     // JSON: the object that is open
    unsigned notes;   // JSON: notes and fixes in it
} state;

static void put_char(Text *out, char byte)
{
    text_append(out, &byte, 1);
}

static void write_out(Text *out)
{
    if (out->data)
        fwrite(out->data, 1, out->length, stderr);
    text_free(out);
    *out = (Text){0};
}

// ---- text

bool diag_uses_colours(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !getenv("NO_COLOR") && terminal && strcmp(terminal, "dumb");
}

// "In file included from a.h:3," and so on outwards, as the compilers write it.
static void put_included(Text *out, const Inclusion *inclusion)
{
    const char *lead = "In file included from ";
    for (const Inclusion *outer; inclusion && inclusion->from.file; inclusion = outer) {
        outer = inclusion->within;
        text_printf(out, "%s%s:%u%s\n", lead, source_get(inclusion->from.file)->path, inclusion->from.line,
                    outer && outer->from.file ? "," : ":");
        lead = "                 from ";
    }
}

static void put_head(Text *out, const Shown *message, bool coloured)
{
    static const char *const colours[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m"};
    SourceFile *file = source_get(message->place.file);
    text_puts(out, coloured ? "\033[1m" : "");
    text_puts(out, file ? file->path : "acoc");
    if (file && message->place.line)
        text_printf(out, ":%u", message->place.line);
    if (file && message->place.line && message->place.column)
        text_printf(out, ":%u", message->place.column);
    text_printf(out, ": %s%s:%s %s", coloured ? colours[message->severity] : "", severity_names[message->severity],
                coloured ? "\033[0;1m" : "", message->text);
    if (message->option)
        text_printf(out, " [-W%s]", message->option);
    text_puts(out, coloured ? "\033[0m\n" : "\n");
}

// The bytes before the caret as white space of the same width: tabs stay tabs, a UTF-8 sequence counts once.
static void put_indent(Text *out, const char *line, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (line[i] == '\t')
            put_char(out, '\t');
        else if (((unsigned char)line[i] & 0xC0) != 0x80)
            put_char(out, ' ');
    }
}

static void put_printable(Text *out, const char *line, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        unsigned char byte = (unsigned char)line[i];
        put_char(out, (byte < ' ' && byte != '\t') || byte == 127 ? '?' : line[i]);
    }
    put_char(out, '\n');
}

static void put_caret(Text *out, const Shown *message, const char *line, size_t from, size_t to, bool coloured)
{
    size_t column = message->place.column - 1;
    put_indent(out, line, from, column);
    text_puts(out, coloured ? "\033[1;32m^" : "^");
    for (size_t i = column + 1; i < column + message->length && i < to; i++)
        if (((unsigned char)line[i] & 0xC0) != 0x80)
            put_char(out, '~');
    text_puts(out, coloured ? "\033[0m\n" : "\n");
    if (message->replacement) {
        put_indent(out, line, from, column);
        text_printf(out, "%s\n", message->replacement);
    }
}

// A very long line is shown as the part around the caret.
static void put_source(Text *out, const Shown *message, bool coloured)
{
    size_t length;
    const char *line = source_line(message->place, &length);
    size_t column = message->place.column;
    if (!line || column > length + 1)
        return;
    size_t from = column > WIDEST_LINE ? column - WIDEST_LINE / 2 : 0;
    size_t to = length - from > WIDEST_LINE ? from + WIDEST_LINE : length;
    put_printable(out, line, from, to);
    if (column)
        put_caret(out, message, line, from, to, coloured);
}

void show_text(const Shown *message)
{
    Text out = {0};
    bool coloured = diag_uses_colours();
    if (message->enters_file)
        put_included(&out, message->inclusion);
    put_head(&out, message, coloured);
    put_source(&out, message, coloured);
    write_out(&out);
}

// ---- JSON

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

// How many bytes of valid UTF-8 begin at text; 0 when it is none (overlong, a surrogate, too large): JSON allows
// nothing else.
static size_t utf8_length(const char *text)
{
    unsigned char first = (unsigned char)text[0], second = first ? (unsigned char)text[1] : 0;
    size_t length = first < 0x80 ? 1 : first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
        (first == 0xF4 && second > 0x8F))
        return 0;
    for (size_t i = 1; i < length; i++)
        if (!is_continuation(text[i]))
            return 0;
    return length;
}

static void put_json_string(Text *out, const char *text)
{
    put_char(out, '"');
    for (size_t length; *text; text += length ? length : 1) {
        unsigned char byte = (unsigned char)*text;
        length = utf8_length(text);
        if (!length)
            text_puts(out, "\xEF\xBF\xBD"); // U+FFFD
        else if (byte == '"' || byte == '\\')
            text_printf(out, "\\%c", byte);
        else if (byte < ' ' || byte == 127)
            text_printf(out, "\\u%04x", byte);
        else
            text_append(out, text, length);
    }
    put_char(out, '"');
}

static void put_json_place(Text *out, Place place)
{
    text_puts(out, "\"file\":");
    put_json_string(out, source_get(place.file)->path);
    text_printf(out, ",\"line\":%u", place.line);
}

static void put_json_included(Text *out, const Inclusion *inclusion)
{
    const char *lead = ",\"included\":[{";
    for (; inclusion && inclusion->from.file; inclusion = inclusion->within) {
        text_puts(out, lead);
        put_json_place(out, inclusion->from);
        put_char(out, '}');
        lead = ",{";
    }
    if (lead[1] == '{')
        put_char(out, ']');
}

static void put_json_fields(Text *out, const Shown *message)
{
    text_printf(out, "{\"severity\":\"%s\"", severity_names[message->severity]);
    if (message->option)
        text_printf(out, ",\"option\":\"-W%s\"", message->option);
    if (source_get(message->place.file)) {
        put_char(out, ',');
        put_json_place(out, message->place);
        text_printf(out, ",\"column\":%u,\"length\":%u", message->place.column, message->length);
        if (message->severity < SEVERITY_NOTE)
            put_json_included(out, message->inclusion);
    }
    text_puts(out, ",\"message\":");
    put_json_string(out, message->text);
    if (message->replacement) {
        text_puts(out, ",\"replacement\":");
        put_json_string(out, message->replacement);
    }
}

void show_json(const Shown *message)
{
    if (message->severity >= SEVERITY_NOTE && state.pending.data) {
        text_puts(&state.pending, state.notes++ ? "," : ",\"notes\":[");
        put_json_fields(&state.pending, message);
        put_char(&state.pending, '}');
        return;
    }
    show_flush();
    put_json_fields(&state.pending, message);
}

void show_flush(void)
{
    if (!state.pending.data)
        return;
    text_puts(&state.pending, state.notes ? "]}\n" : "}\n");
    state.notes = 0;
    write_out(&state.pending);
}

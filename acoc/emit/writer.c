// SPDX-License-Identifier: MIT
// Writes tokens, text of ours and untouched text so that the C compiler attributes every line to the user's line.
//
// Writing is lazy: before the first visible byte of a piece the line at hand is compared with the line that the piece
// belongs to; where they differ a new line with #line is begun. White space waits until something follows it, so a
// broken line leaves none behind. Where two tokens meet that did not meet in the source, a space keeps them apart.
#include "writer.h"

#include "plan.h"

#include <stdlib.h>
#include <string.h>

// This far ahead empty lines read better than #line.
enum { MOST_BLANK_LINES = 1, MOST_BLANK_LINES_OF_HEADERS = 4 };

// --------------------------------------------------------------------------------------------------- lines

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\v';
}

static void clear_blanks(Writer *writer)
{
    writer->blanks.length = 0;
}

static void flush_blanks(Writer *writer)
{
    if (writer->blanks.length)
        fwrite(writer->blanks.data, 1, writer->blanks.length, writer->out);
    clear_blanks(writer);
}

static void put_bytes(Writer *writer, const char *text, size_t length)
{
    fwrite(text, 1, length, writer->out);
    writer->last = text[length - 1];
}

static void end_line(Writer *writer)
{
    flush_blanks(writer);
    putc('\n', writer->out);
    writer->line++;
    writer->at_line_start = true;
    writer->last = '\n';
}

void write_line_end(Writer *writer)
{
    if (!writer->at_line_start) {
        clear_blanks(writer);
        end_line(writer);
    }
}

static void put_file_name(Writer *writer, uint32_t file)
{
    const SourceFile *source = source_get(file);
    putc('"', writer->out);
    for (const char *at = source ? source->path : ""; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 127)
            fprintf(writer->out, "\\%03o", (unsigned)*at);
        else
            fprintf(writer->out, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
    }
    putc('"', writer->out);
}

static uint8_t kind_of_file(const Writer *writer, uint32_t file)
{
    return file < vec_count(writer->files) ? writer->files[file] : 0;
}

// The compiler keeps the name of the file until another one is given.
static void put_marker(Writer *writer, uint32_t file, uint32_t line, const char *flags)
{
    fprintf(writer->out, *flags ? "# %u" : "#line %u", line);
    if (*flags || !writer->is_named || writer->file != file) {
        putc(' ', writer->out);
        put_file_name(writer, file);
    }
    fprintf(writer->out, "%s\n", flags);
    writer->is_named = true;
    writer->file = file;
    writer->line = line;
}

// #line keeps the compiler's mind about "this is an included file, a system header"; only entering and leaving it by
// line markers changes that.
void write_line_marker(Writer *writer, uint32_t file, uint32_t line)
{
    uint8_t kind = kind_of_file(writer, file);
    if (writer->includer && file != writer->file) {
        put_marker(writer, writer->includer, writer->includer_line, " 2");
        writer->includer = 0;
    }
    if (!kind || writer->includer) {
        if (writer->file != file || writer->line != line)
            put_marker(writer, file, line, "");
        return;
    }
    writer->includer = writer->file;
    writer->includer_line = writer->line;
    put_marker(writer, file, line, kind & FILE_IS_SYSTEM ? " 1 3" : " 1");
}

static bool is_current(const Writer *writer, uint32_t file, uint32_t line)
{
    if (!file || !line)
        return true; // text without a place goes anywhere
    return writer->file == file && writer->line == line;
}

// The indentation of the user's line, for a line of ours that stands for it.
static void indent_like(Writer *writer, uint32_t file, uint32_t line)
{
    size_t length;
    const char *text = kind_of_file(writer, file) ? NULL : source_line(place_at(file, line, 1), &length);
    for (size_t i = 0; text && i < length && (text[i] == ' ' || text[i] == '\t'); i++)
        text_append(&writer->blanks, text + i, 1);
}

static void reach_line(Writer *writer, uint32_t file, uint32_t line)
{
    uint32_t most = writer->self_contained ? MOST_BLANK_LINES_OF_HEADERS : MOST_BLANK_LINES;
    if (writer->file != file || line < writer->line || line - writer->line > most) {
        write_line_marker(writer, file, line);
        return;
    }
    while (writer->line < line) {
        putc('\n', writer->out);
        writer->line++;
    }
}

// Called before the first visible byte of a piece that belongs to this line.
static void begin_piece(Writer *writer, uint32_t file, uint32_t line)
{
    if (!is_current(writer, file, line)) {
        if (!writer->at_line_start) {
            write_line_end(writer);
            indent_like(writer, file, line);
        }
        if (!is_current(writer, file, line))
            reach_line(writer, file, line);
    }
    flush_blanks(writer);
    writer->at_line_start = false;
}

// Text whose lines belong to the lines from place on (counting: the user's, kept to the byte), or all to the line of
// place (ours: a line that would be empty is none).
static void write_lines(Writer *writer, Place place, const char *text, size_t length, bool counting)
{
    const char *end = text + length;
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *stop = newline ? newline : end, *visible = text;
        while (visible < stop && is_blank(*visible))
            visible++;
        text_append(&writer->blanks, text, (size_t)(visible - text));
        if (visible < stop) {
            begin_piece(writer, place.file, place.line);
            const char *last = stop;
            while (is_blank(last[-1]))
                last--;
            put_bytes(writer, visible, (size_t)(last - visible));
            text_append(&writer->blanks, last, (size_t)(stop - last));
        }
        if (newline && counting) {
            end_line(writer);
        } else if (newline) {
            write_line_end(writer);
            clear_blanks(writer);
            indent_like(writer, place.file, place.line);
        }
        place.line += newline && counting && place.line;
        text = newline ? newline + 1 : end;
    }
}

void write_directive(Writer *writer, const char *text, size_t length)
{
    write_line_end(writer);
    clear_blanks(writer);
    put_bytes(writer, text, length);
    end_line(writer);
    writer->source_end = NULL;
}

// ---------------------------------------------------------------------------------------- the user's bytes

// `#line 12 "file"` or `# 12 "file"` in text that is copied: the lines behind it are other lines now.
static bool read_line_directive(const char *text, const char *end, Place *next)
{
    while (text < end && is_blank(*text))
        text++;
    if (text >= end || *text++ != '#')
        return false;
    while (text < end && is_blank(*text))
        text++;
    if (end - text > 5 && !memcmp(text, "line", 4) && is_blank(text[4]))
        text += 5;
    while (text < end && is_blank(*text))
        text++;
    if (text >= end || *text < '0' || *text > '9')
        return false;
    next->line = (uint32_t)strtoul(text, NULL, 10);
    const char *open = memchr(text, '"', (size_t)(end - text));
    const char *close = open ? memchr(open + 1, '"', (size_t)(end - open - 1)) : NULL;
    if (close)
        next->file = source_file(intern(open + 1, (size_t)(close - open - 1))->text);
    return true;
}

// Blanks that text of ours left where the user's line ends.
static void drop_blanks_before_line_end(Writer *writer, const char *text, const char *end)
{
    if (writer->source_end)
        return;
    while (text < end && is_blank(*text))
        text++;
    if (text < end && *text == '\n')
        clear_blanks(writer);
}

void write_verbatim(Writer *writer, Place place, uint32_t from, uint32_t to)
{
    const char *text = writer->unit->file->text + from, *end = writer->unit->file->text + to;
    drop_blanks_before_line_end(writer, text, end);
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *next = newline ? newline + 1 : end;
        bool was_line_start = writer->at_line_start;
        write_lines(writer, place, text, (size_t)(next - text), true);
        if (was_line_start && newline && read_line_directive(text, newline, &place)) {
            writer->file = place.file;
            writer->line = place.line;
        } else {
            place.line += place.line && newline;
        }
        text = next;
    }
    writer->source_end = end;
    writer->deleted = false;
}

const char *token_bytes(const Unit *unit, const Token *token, uint32_t *length)
{
    const RawToken *raw = token->raw ? &unit->raw[token->raw - 1] : NULL;
    *length = raw ? raw->length : token->length;
    return raw ? unit->file->text + raw->offset : token->text;
}

Place token_end(const Unit *unit, const Token *token)
{
    uint32_t length;
    const char *text = token_bytes(unit, token, &length);
    Place place = token->place;
    for (uint32_t i = 0; i < length; i++)
        place.line += text[i] == '\n';
    return place;
}

// ------------------------------------------------------------------------------------------------- tokens

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_' ||
           byte == '$' || byte == '\\' || (unsigned char)byte >= 0x80;
}

// Would these two bytes, side by side, be read as part of one token?
static bool would_join(char left, char right)
{
    bool left_is_digit = left >= '0' && left <= '9', right_is_digit = right >= '0' && right <= '9';
    if (is_word_byte(left))
        return is_word_byte(right) || right == '"' || right == '\'' || (left_is_digit && right == '.') ||
               (strchr("eEpP", left) && (right == '+' || right == '-'));
    if (left == '.')
        return right_is_digit || right == '.';
    if (right == '=')
        return left && strchr("+-*/%&|<>=!^", left);
    if (left == right)
        return strchr("+-&|<>#:/", left) && left;
    return (left == '-' && right == '>') || (left == '/' && right == '*') || (left == '<' && strchr(":%", right)) ||
           (left == '%' && strchr(":>", right)) || (left == ':' && right == '>');
}

static void keep_apart(Writer *writer, char first)
{
    if (!writer->at_line_start && !writer->blanks.length && would_join(writer->last, first))
        text_append(&writer->blanks, " ", 1);
}

// Pragmas that speak of the file that they stand in mean nothing where all files are one.
static bool is_pragma_of_file(const Token *pragma)
{
    static const char *const names[] = {"once", "GCC system_header", "clang system_header", "GCC poison", NULL};
    return pragma_is_one_of(pragma, names);
}

static void write_pragma(Writer *writer, const Token *pragma)
{
    if (writer->self_contained && is_pragma_of_file(pragma))
        return;
    write_line_end(writer);
    write_lines(writer, pragma->place, pragma->text, pragma->length, true);
    clear_blanks(writer);
    end_line(writer);
    writer->source_end = NULL;
}

void write_token(Writer *writer, const Token *token)
{
    writer->deleted = false;
    if (token->kind == T_PRAGMA) {
        write_pragma(writer, token);
        return;
    }
    uint32_t length;
    const char *text = token_bytes(writer->unit, token, &length);
    Place place = token->place;
    // What a macro left has the macro's line; behind an argument on a later line it goes on where that ended.
    if (!token->raw && !writer->at_line_start && place.file == writer->file && place.line < writer->line)
        place.line = writer->line;
    if (text != writer->source_end)
        keep_apart(writer, text[0]);
    write_lines(writer, place, text, length, true);
    writer->source_end = text + length;
}

void write_text(Writer *writer, Place place, const char *text)
{
    if (writer->source_end)
        keep_apart(writer, text[0]);
    write_lines(writer, place, text, strlen(text), false);
    writer->source_end = NULL;
    writer->deleted = false;
}

// ---------------------------------------------------------------------------------------------------- gaps

// The macros that were defined and undefined between two tokens of a body stay.
static void write_macros(Writer *writer, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        const MacroRecord *macro = &writer->unit->macros[i];
        if (!is_hidden(writer->hidden, intern(macro->name, macro->name_length)))
            write_directive(writer, macro->text, macro->length);
    }
}

static bool are_neighbours(const Unit *unit, const Token *before, const Token *behind)
{
    return before->raw && behind->raw == before->raw + 1 && !unit->raw[behind->raw - 1].directive_before;
}

static bool is_all_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_blank(text[i]))
            return false;
    return true;
}

// Text of ours that ended its line stands for the end of the user's line too.
static void skip_line_end(const Writer *writer, const char **text, const char *end, Place *place)
{
    if (!writer->at_line_start || writer->source_end)
        return;
    const char *newline = memchr(*text, '\n', (size_t)(end - *text));
    if (!newline || !is_all_blank(*text, (size_t)(newline - *text)))
        return;
    *text = newline + 1;
    place->line++;
}

static void copy_gap(Writer *writer, const Token *before, const Token *behind)
{
    const Unit *unit = writer->unit;
    const RawToken *left = &unit->raw[before->raw - 1], *right = &unit->raw[behind->raw - 1];
    const char *text = unit->file->text + left->offset + left->length, *end = unit->file->text + right->offset;
    Place place = token_end(unit, before);
    // a deleted token leaves one of the two spaces around it, and a line of ours that has ended needs none
    bool is_ended = writer->at_line_start && (writer->deleted || !writer->source_end);
    if (is_all_blank(text, (size_t)(end - text)) && (is_ended || (writer->deleted && writer->blanks.length)))
        return;
    skip_line_end(writer, &text, end, &place);
    drop_blanks_before_line_end(writer, text, end);
    bool continues = writer->source_end == text;
    write_lines(writer, place, text, (size_t)(end - text), true);
    if (continues || text < end)
        writer->source_end = end;
}

void write_gap(Writer *writer, const Token *before, const Token *behind)
{
    if (are_neighbours(writer->unit, before, behind)) {
        copy_gap(writer, before, behind);
        return;
    }
    if (before->macros != behind->macros && !writer->self_contained)
        write_macros(writer, before->macros, behind->macros);
    if (writer->blanks.length)
        return;
    if (!writer->at_line_start && (behind->starts_line || behind->space_before))
        text_append(&writer->blanks, " ", 1);
    else if (behind->starts_line && !behind->from_header)
        indent_like(writer, behind->place.file, behind->place.line);
}

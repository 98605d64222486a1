// SPDX-License-Identifier: MIT
// The main file's own tokens, as they stand on disk: comments and directives are skipped, also those groups of
// conditionals that the preprocessor leaves out are lexed here (nobody but it knows which they are), and grouped into
// the lines that the preprocessor sees.
#include "read.h"

#include <stdlib.h>
#include <string.h>

typedef struct RawReader {
    Unit *unit;
    RawText text;
    Lexer lexer;
    uint32_t line;          // physical
    bool at_line_start;
    bool line_open;         // tokens of this line go into the last RawLine
    bool directive_before;
    uint32_t conditionals;  // that are open
} RawReader;

const char *raw_text(const Unit *unit, uint32_t index)
{
    return unit->file->text + unit->raw[index].offset;
}

Place raw_place(const Unit *unit, const RawSection *section, uint32_t index)
{
    const RawToken *token = &unit->raw[index];
    uint32_t start = unit->file->line_offsets[token->line - 1];
    return place_at(section->file, (uint32_t)(token->line + section->shift), token->offset - start + 1);
}

// The line in which the lexeme just read ends.
static uint32_t last_line(const RawReader *reader)
{
    const SourceFile *file = reader->unit->file;
    uint32_t end = (uint32_t)(reader->lexer.cursor - file->text), line = reader->line;
    while (line < file->line_count && file->line_offsets[line] <= end)
        line++;
    return line;
}

static void start_section(RawReader *reader, uint32_t file, int64_t shift)
{
    uint32_t first = (uint32_t)vec_count(reader->text.lines);
    RawSection section = {.file = file, .shift = shift, .first = first, .end = first};
    vec_push(reader->unit->arena, reader->text.sections, section);
}

static void open_line(RawReader *reader, RawSection *section, uint32_t index)
{
    uint32_t shown = (uint32_t)(reader->line + section->shift);
    vec_push(reader->unit->arena, reader->text.lines, (RawLine){shown, shown, index, index, false});
    section->end++;
    reader->line_open = true;
}

static void add_token(RawReader *reader)
{
    Unit *unit = reader->unit;
    RawSection *section = &vec_last(reader->text.sections);
    uint32_t index = (uint32_t)vec_count(unit->raw);
    *vec_add(unit->arena, unit->raw) = (RawToken){
        .offset = (uint32_t)(reader->lexer.start - unit->file->text),
        .length = (uint32_t)(reader->lexer.cursor - reader->lexer.start),
        .line = reader->line,
        .directive_before = reader->directive_before,
    };
    if (!reader->line_open)
        open_line(reader, section, index);
    reader->line = last_line(reader);
    RawLine *line = &vec_last(reader->text.lines);
    line->last_line = (uint32_t)(reader->line + section->shift);
    line->end = index + 1;
    reader->at_line_start = false;
    reader->directive_before = false;
    reader->text.ends_outside = !reader->conditionals;
}

static bool is_word(const char *word, size_t length, const char *text)
{
    return length == strlen(text) && !memcmp(word, text, length);
}

static void count_conditional(RawReader *reader, const char *word, size_t length)
{
    if (is_word(word, length, "if") || is_word(word, length, "ifdef") || is_word(word, length, "ifndef"))
        reader->conditionals++;
    else if (is_word(word, length, "endif") && reader->conditionals)
        reader->conditionals--;
}

// Reads on to the end of the directive; its first three lexemes tell whether it is `#line 12 "file"` or `# 12 "file"`.
static void read_directive(RawReader *reader)
{
    const char *words[3] = {0};
    size_t lengths[3] = {0}, count = 0;
    int lexeme;
    while ((lexeme = lex(&reader->lexer)) != T_END && lexeme != LEX_NEWLINE) {
        reader->line = last_line(reader);
        if (lexeme > T_COUNT || lexeme == LEX_SPACE || count == 3)
            continue;
        words[count] = reader->lexer.start;
        lengths[count++] = (size_t)(reader->lexer.cursor - reader->lexer.start);
    }
    reader->line += lexeme == LEX_NEWLINE;
    reader->at_line_start = true;
    reader->line_open = false;
    reader->directive_before = true;
    if (count)
        count_conditional(reader, words[0], lengths[0]);
    size_t number = count && is_word(words[0], lengths[0], "line") ? 1 : 0;
    if (number >= count || *words[number] < '0' || *words[number] > '9')
        return;
    reader->unit->is_preprocessed |= number == 0;
    uint32_t file = vec_last(reader->text.sections).file;
    if (number + 1 < count && *words[number + 1] == '"')
        file = source_file(arena_copy(reader->unit->arena, words[number + 1] + 1, lengths[number + 1] - 2));
    start_section(reader, file, (uint32_t)strtoul(words[number], NULL, 10) - (int64_t)reader->line);
}

static void take_raw(RawReader *reader, int lexeme)
{
    switch (lexeme) {
    case LEX_SPACE:
        break;
    case LEX_NEWLINE:
        reader->line++;
        reader->at_line_start = true;
        reader->line_open = false;
        break;
    case LEX_SPLICE:
    case LEX_COMMENT:
    case LEX_OPEN_COMMENT:
        reader->line = last_line(reader);
        break;
    case T_HASH:
        if (reader->at_line_start)
            read_directive(reader);
        else
            add_token(reader);
        break;
    default:
        add_token(reader);
    }
}

// ------------------------------------------------------------------------------- lines with the same number

typedef struct Presented {
    uint32_t file;
    RawLine *line;
} Presented;

static int compare_presented(const void *left, const void *right)
{
    const Presented *a = left, *b = right;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return (a->line->first_line > b->line->first_line) - (a->line->first_line < b->line->first_line);
}

// #line may lead back to numbers that were there before.
static void mark_ambiguous_lines(Arena *arena, const RawText *text)
{
    Presented *all = NULL;
    for (size_t i = 0; i < vec_count(text->sections); i++)
        for (uint32_t k = text->sections[i].first; k < text->sections[i].end; k++)
            vec_push(arena, all, (Presented){text->sections[i].file, &text->lines[k]});
    size_t count = vec_count(all), farthest = 0;
    if (count)
        qsort(all, count, sizeof *all, compare_presented);
    for (size_t i = 1; i < count; i++) {
        RawLine *before = all[farthest].line, *line = all[i].line;
        bool is_same_file = all[farthest].file == all[i].file;
        if (is_same_file && line->first_line <= before->last_line)
            line->is_ambiguous = before->is_ambiguous = true;
        if (!is_same_file || line->last_line > before->last_line)
            farthest = i;
    }
}

RawText read_raw(Unit *unit, bool has_raw_strings)
{
    const char *text = unit->file->text;
    RawReader reader = {.unit = unit, .line = 1, .at_line_start = true};
    unit->raw = NULL;
    reader.lexer = (Lexer){.start = text, .cursor = text, .end = text + unit->file->length, .has_raw_strings = has_raw_strings};
    if (unit->file->length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        reader.lexer.cursor += 3;
    start_section(&reader, source_file(unit->path), 0);
    for (int lexeme; (lexeme = lex(&reader.lexer)) != T_END; )
        take_raw(&reader, lexeme);
    reader.text.met_raw_string = reader.lexer.met_raw_string;
    if (vec_count(reader.text.sections) > 1)
        mark_ambiguous_lines(unit->arena, &reader.text);
    return reader.text;
}

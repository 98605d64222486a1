// SPDX-License-Identifier: MIT
// Finds for every token of the main file which of the file's own tokens it is. The preprocessor tells the line only;
// so a stretch of lines is compared as a pattern: words that are macros where they stand are wildcards, everything
// else must come out as it was written.
//
//     written   x = MAX ( a , b ) + ONE ;        (MAX and ONE are macros)
//     pattern   x = *             + *   ;
//     read      x = ( ( a ) > ( b ) ? … ) + 1 ;
//
// A stretch is one line as the preprocessor sees it, longer when a macro's arguments go on over the next lines.
// Where a pattern does not fit, only its unmistakable ends are taken; a token that is not recognised has raw 0, which
// is always safe: the writer then uses the preprocessed text.
#include "pattern.h"

#include <string.h>

typedef struct Align {
    Reader *reader;
    Unit *unit;
    const RawText *text;
    Pattern pattern;        // of the stretch at hand
    uint32_t *tokens;       // a Vec: tokens of the main file, of the stretch at hand
    uint32_t section;       // in text->sections
    uint32_t run;           // in reader->written
    uint32_t line;          // in text->lines: where the next stretch probably begins
} Align;

// ---- comparing

static bool same(const Align *align, uint32_t position, uint32_t raw)
{
    const Token *token = &align->unit->tokens[align->tokens[position]];
    const char *text = raw_text(align->unit, raw);
    size_t length = align->unit->raw[raw].length;
    if (token->length == length && !memcmp(token->text, text, length))
        return true;
    return memchr(text, '\\', length) || memchr(token->text, '\\', token->length)
               ? same_spelling(token->text, token->length, text, length) : false;
}

static Token *token_at(const Align *align, uint32_t position)
{
    return &align->unit->tokens[align->tokens[position]];
}

static Place place_of(const Align *align, uint32_t raw)
{
    return raw_place(align->unit, &align->text->sections[align->section], raw);
}

static void take_written(Align *align, uint32_t position, uint32_t raw)
{
    Token *token = token_at(align, position);
    token->raw = raw + 1;
    token->place = place_of(align, raw);
}

static void note_expansion(Align *align, uint32_t from, uint32_t to, const Piece *piece)
{
    Expansion expansion = {.first = align->tokens[from], .end = align->tokens[to - 1] + 1, .raw = piece->first,
                           .raw_end = piece->end, .is_several = piece->is_several, .macros = align->pattern.macros.known};
    vec_push(align->unit->arena, align->reader->expansions, expansion);
}

static void take_expanded(Align *align, uint32_t from, uint32_t to, const Piece *piece)
{
    bool is_traced = from < to && is_macro_name(&align->pattern, piece->first);
    if (is_traced)
        note_expansion(align, from, to, piece);
    for (uint32_t i = from; i < to; i++) {
        token_at(align, i)->raw = 0;
        token_at(align, i)->place = place_of(align, piece->first);
        token_at(align, i)->place.trace = is_traced ? align->reader->first_number + align->tokens[i] + 1 : 0;
    }
}

// The run of written tokens behind piece: how many, and whether it is the last thing in the pattern.
static uint32_t run_length(const Align *align, size_t piece, bool *is_last)
{
    size_t end = piece;
    while (end < vec_count(align->pattern.pieces) && !align->pattern.pieces[end].is_macro)
        end++;
    *is_last = end == vec_count(align->pattern.pieces);
    return (uint32_t)(end - piece);
}

static bool run_fits(const Align *align, size_t piece, uint32_t length, uint32_t position)
{
    if (position + length > vec_count(align->tokens))
        return false;
    for (uint32_t i = 0; i < length; i++)
        if (!same(align, position + i, align->pattern.pieces[piece + i].first))
            return false;
    return true;
}

static int paren_step(const Token *token)
{
    switch (token->kind) {
    case T_LEFT_PAREN: case T_LEFT_BRACE: case T_LEFT_BRACKET: return 1;
    case T_RIGHT_PAREN: case T_RIGHT_BRACE: case T_RIGHT_BRACKET: return -1;
    default: return 0;
    }
}

// Where a run fits first, outside brackets that the expansion opened when there is such a place.
static bool find_run(const Align *align, size_t piece, uint32_t length, uint32_t from, uint32_t *found)
{
    uint32_t count = (uint32_t)vec_count(align->tokens);
    bool any = false;
    int depth = 0;
    for (uint32_t i = from; i + length <= count; i++) {
        if ((depth == 0 || !any) && run_fits(align, piece, length, i)) {
            *found = i;
            if (depth == 0)
                return true;
            any = true;
        }
        depth += paren_step(token_at(align, i));
    }
    return any;
}

// Where the expansion that begins at position ends; false when the pattern cannot fit.
static bool expansion_end(const Align *align, size_t piece, uint32_t position, uint32_t *end)
{
    uint32_t count = (uint32_t)vec_count(align->tokens);
    bool is_last;
    uint32_t length = run_length(align, piece + 1, &is_last);
    int64_t known = align->pattern.pieces[piece].expansion;
    if (known >= 0 && position + known <= count && (!is_last || position + known + length == count) &&
        run_fits(align, piece + 1, length, position + (uint32_t)known)) {
        *end = position + (uint32_t)known;
        return true;
    }
    if (is_last) {
        *end = count - length;
        return position + length <= count && run_fits(align, piece + 1, length, *end);
    }
    *end = position;
    return !length || find_run(align, piece + 1, length, position, end);
}

static bool match_pieces(Align *align)
{
    uint32_t position = 0, count = (uint32_t)vec_count(align->tokens);
    for (size_t i = 0; i < vec_count(align->pattern.pieces); i++) {
        const Piece *piece = &align->pattern.pieces[i];
        if (!piece->is_macro) {
            if (position >= count || !same(align, position, piece->first))
                return false;
            take_written(align, position++, piece->first);
            continue;
        }
        uint32_t end;
        if (!expansion_end(align, i, position, &end))
            return false;
        take_expanded(align, position, end, piece);
        position = end;
    }
    return position == count;
}

static bool match(Align *align)
{
    size_t expansions = vec_count(align->reader->expansions);
    if (match_pieces(align))
        return true;
    while (vec_count(align->reader->expansions) > expansions)
        (void)vec_pop(align->reader->expansions);
    return false;
}

// Neither pattern fits: what stands before the first macro and behind the last one is still certain.
static void match_ends(Align *align)
{
    uint32_t count = (uint32_t)vec_count(align->tokens), first = 0, last = 0;
    size_t pieces = vec_count(align->pattern.pieces);
    for (uint32_t i = 0; i < count; i++) {
        token_at(align, i)->raw = 0;
        token_at(align, i)->place.trace = 0;
    }
    for (; first < pieces && first < count && !align->pattern.pieces[first].is_macro; first++) {
        if (!same(align, first, align->pattern.pieces[first].first))
            break;
        take_written(align, first, align->pattern.pieces[first].first);
    }
    for (; last < pieces - first && last < count - first; last++) {
        const Piece *piece = &align->pattern.pieces[pieces - 1 - last];
        if (piece->is_macro || !same(align, count - 1 - last, piece->first))
            break;
        take_written(align, count - 1 - last, piece->first);
    }
}

// ---- stretches

static RawLine *find_line_in(const Align *align, uint32_t section_index, uint32_t line)
{
    const RawSection *section = &align->text->sections[section_index];
    uint32_t index = section->first;
    vec_bisect(index, section->end, middle, align->text->lines[middle].last_line < line);
    RawLine *found = &align->text->lines[index];
    return index < section->end && found->first_line <= line ? found : NULL;
}

static bool is_in_line(const RawLine *line, const Token *token)
{
    return line->first_line <= token->place.line && token->place.line <= line->last_line;
}

// The line of a token: most often the one behind the last one, else in the section at hand, or in one that a #line
// further down begins.
static RawLine *find_line(Align *align, const Token *token)
{
    const RawSection *section = &align->text->sections[align->section];
    if (section->file == token->place.file && section->first <= align->line && align->line < section->end &&
        is_in_line(&align->text->lines[align->line], token))
        return &align->text->lines[align->line];
    for (uint32_t i = align->section; i < vec_count(align->text->sections); i++) {
        bool is_its_file = align->text->sections[i].file == token->place.file;
        RawLine *line = is_its_file ? find_line_in(align, i, token->place.line) : NULL;
        if (!line)
            continue;
        align->section = i;
        return line;
    }
    return NULL;
}

// The stretch that begins with line: as long as a macro's arguments reach beyond its end, further lines join it.
static uint32_t stretch_end(const Align *align, const RawLine *line, bool greedy, uint32_t *last_line)
{
    const RawSection *section = &align->text->sections[align->section];
    const RawLine *end_of_section = align->text->lines + section->end;
    uint32_t end = line->end;
    *last_line = line->last_line;
    for (uint32_t i = line->first; i < end; ) {
        i = piece_at(&align->pattern, i, greedy).end;
        while (i > end && line + 1 < end_of_section) {
            line++;
            end = line->end;
            *last_line = line->last_line;
        }
        if (i > end)
            break;
    }
    return end;
}

// Of the main file's token at index or, between two runs, the next one behind it; the count of all tokens at the end.
static uint32_t next_written(Align *align, uint32_t index)
{
    const TokenRun *runs = align->reader->written;
    for (; align->run < vec_count(runs); align->run++)
        if (index < runs[align->run].end)
            return index > runs[align->run].first ? index : runs[align->run].first;
    return (uint32_t)vec_count(align->unit->tokens);
}

// Collects the main file's tokens from index on that stand in lines up to last_line; returns the index behind them.
static uint32_t collect(Align *align, uint32_t index, uint32_t last_line)
{
    Unit *unit = align->unit;
    Place first = unit->tokens[index].place;
    vec_clear(align->tokens);
    for (; index < vec_count(unit->tokens); index++) {
        if (unit->tokens[index].from_header)
            continue;
        Place place = unit->tokens[index].place;
        if (place.file != first.file || place.line < first.line || place.line > last_line)
            break;
        vec_push(unit->arena, align->tokens, index);
    }
    return index;
}

// Most lines have no macros: their tokens are the written ones, one by one. Returns the index behind the line; 0 when
// that is not so.
static uint32_t align_plain_line(Align *align, uint32_t index, const RawLine *line)
{
    Unit *unit = align->unit;
    Token *tokens = unit->tokens;
    uint32_t file = tokens[index].place.file, end = index, count = (uint32_t)vec_count(tokens);
    for (uint32_t raw = line->first; raw < line->end; raw++, end++) {
        const Token *token = &tokens[end];
        if (end == count || token->from_header || token->length != unit->raw[raw].length ||
            memcmp(token->text, raw_text(unit, raw), token->length) || token->place.file != file ||
            !is_in_line(line, token) || (token->name && is_macro_use(&align->pattern, token)))
            return 0;
    }
    if (end < count && (tokens[end].from_header || (tokens[end].place.file == file && is_in_line(line, &tokens[end]))))
        return 0; // more came out of it than was written, or may have
    for (uint32_t i = 0; index + i < end; i++) {
        tokens[index + i].raw = line->first + i + 1;
        tokens[index + i].place = place_of(align, line->first + i);
    }
    return end;
}

// Aligns the stretch that begins with token index; returns the index behind it.
static uint32_t align_stretch(Align *align, uint32_t index)
{
    const RawLine *line = find_line(align, &align->unit->tokens[index]);
    if (!line || line->is_ambiguous)
        return index + 1;
    align->line = (uint32_t)(line - align->text->lines) + 1;
    uint32_t plain = align_plain_line(align, index, line);
    if (plain)
        return plain;
    for (int greedy = 0; greedy < 2; greedy++) {
        uint32_t last_line;
        uint32_t end = stretch_end(align, line, greedy, &last_line);
        uint32_t behind = collect(align, index, last_line);
        make_pieces(&align->pattern, line->first, end, greedy);
        if (match(align))
            return behind;
    }
    uint32_t last_line;
    uint32_t end = stretch_end(align, line, false, &last_line);
    uint32_t behind = collect(align, index, last_line);
    make_pieces(&align->pattern, line->first, end, false);
    match_ends(align);
    return behind;
}

void align_tokens(Reader *reader, const RawText *text)
{
    Unit *unit = reader->unit;
    Pattern pattern = {.reader = reader, .macros = macros_of(unit)};
    Align align = {.reader = reader, .unit = unit, .text = text, .pattern = pattern};
    for (uint32_t index = 0; (index = next_written(&align, index)) < vec_count(unit->tokens); ) {
        if (unit->tokens[index].kind == T_END)
            align.section = align.line = 0; // the file was included once more
        macros_know(&align.pattern.macros, unit->tokens[index].macros);
        index = align_stretch(&align, index);
    }
}

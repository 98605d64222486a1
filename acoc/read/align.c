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
#include "read.h"

#include "../model/model.h"

#include <string.h>

// A piece of the pattern: one written token, or a macro with its arguments; several of these where nothing between them
// tells what each of them gives.
typedef struct Piece {
    uint32_t first, end;    // raw tokens
    bool is_macro, is_several;
    int64_t expansion;      // macro: how many tokens it gives, -1 when that is not known
} Piece;

typedef struct Align {
    Reader *reader;
    Unit *unit;
    const RawText *text;
    Macros macros;          // in force where the stretch at hand begins
    Piece *pieces;          // a Vec, of the stretch at hand
    uint32_t *tokens;       // a Vec: tokens of the main file, of the stretch at hand
    uint32_t section;       // in text->sections
    uint32_t run;           // in reader->written
    uint32_t line;          // in text->lines: where the next stretch probably begins
} Align;

// ---- macros

static const MacroRecord *macro_of(const Align *align, const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    if (!length || (first >= '0' && first <= '9') || (first < 'A' && first != '$') || memchr(text, '"', length))
        return NULL;
    return macros_find(&align->macros, word_name(text, length));
}

bool is_dynamic_macro(const char *text, size_t length)
{
    if (text[0] != '_')
        return false;
    static const char *const names[] = {"__LINE__", "__FILE__", "__COUNTER__", "__DATE__", "__TIME__", "__TIMESTAMP__",
                                        "__BASE_FILE__", "__INCLUDE_LEVEL__", "__FILE_NAME__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && !memcmp(names[i], text, length))
            return true;
    return false;
}

static bool is_macro_use(const Align *align, const Token *token)
{
    return macros_find(&align->macros, token->name) || is_dynamic_macro(token->text, token->length);
}

// How many tokens an object-like macro gives, as far as that can be seen without expanding arguments; -1 otherwise.
static int64_t expansion_length(const Align *align, const MacroRecord *macro, int depth)
{
    size_t body_length;
    const char *body = macro_body(macro, &body_length);
    if (macro_is_function_like(macro) || depth > 8 || body_length > 400)
        return -1;
    Lexer lexer = {.start = body, .cursor = body, .end = align->reader->lexer.end,
                   .has_raw_strings = align->reader->lexer.has_raw_strings};
    int64_t count = 0;
    for (int lexeme; (lexeme = lex(&lexer)) != T_END && lexeme != LEX_NEWLINE; ) {
        if (lexeme >= T_COUNT)
            continue;
        size_t length = (size_t)(lexer.cursor - lexer.start);
        const MacroRecord *inner = lexeme == T_IDENTIFIER ? macro_of(align, lexer.start, length) : NULL;
        int64_t part = inner && inner != macro ? expansion_length(align, inner, depth + 1) : 1;
        if (part < 0 || lexeme == T_HASH || (length == 7 && !memcmp(lexer.start, "_Pragma", 7)))
            return -1;
        count += part;
    }
    return count;
}

// ---- the pattern

static bool raw_is(const Unit *unit, uint32_t index, char mark)
{
    return index < vec_count(unit->raw) && unit->raw[index].length == 1 && *raw_text(unit, index) == mark;
}

// Behind the parenthesis that closes the one at open; 0 when there is none.
static uint32_t behind_parens(const Unit *unit, uint32_t open)
{
    enum { FARTHEST = 200000 };
    uint32_t depth = 0, count = (uint32_t)vec_count(unit->raw);
    for (uint32_t i = open; i < count && i - open < FARTHEST; i++) {
        if (raw_is(unit, i, '('))
            depth++;
        else if (raw_is(unit, i, ')') && !--depth)
            return i + 1;
    }
    return 0;
}

// Whether parentheses behind the macro are its arguments: it is function-like, or stands for the name of one that is.
static bool takes_arguments(const Align *align, const MacroRecord *macro, int depth)
{
    if (macro_is_function_like(macro))
        return true;
    size_t length;
    const char *body = macro_body(macro, &length);
    const MacroRecord *inner = macro_of(align, body, length);
    return inner && depth < 8 && takes_arguments(align, inner, depth + 1);
}

// The piece that begins with raw token index. With greedy, parentheses behind a macro are taken as arguments of what
// it expands to (`#define f g`, g function-like).
static Piece piece_at(const Align *align, uint32_t index, bool greedy)
{
    const Unit *unit = align->unit;
    const char *text = raw_text(unit, index);
    size_t length = unit->raw[index].length;
    Piece piece = {.first = index, .end = index + 1, .expansion = -1};
    bool is_pragma = length == 7 && !memcmp(text, "_Pragma", 7);
    const MacroRecord *macro = macro_of(align, text, length);
    if (!macro && !is_pragma) {
        piece.is_macro = is_dynamic_macro(text, length);
        piece.expansion = 1;
        return piece;
    }
    bool has_arguments = is_pragma || takes_arguments(align, macro, 0);
    uint32_t behind = raw_is(unit, index + 1, '(') && (has_arguments || greedy) ? behind_parens(unit, index + 1) : 0;
    if (!behind && (is_pragma || macro_is_function_like(macro)))
        return piece;
    piece.is_macro = true;
    while (greedy && behind && raw_is(unit, behind, '(') && behind_parens(unit, behind))
        behind = behind_parens(unit, behind);
    if (behind)
        piece.end = behind;
    else
        piece.expansion = expansion_length(align, macro, 0);
    return piece;
}

static bool is_macro_name(const Align *align, uint32_t raw)
{
    return macro_of(align, raw_text(align->unit, raw), align->unit->raw[raw].length);
}

static bool joins(const Align *align, const Piece *last, const Piece *piece)
{
    return last->is_macro && piece->is_macro && (last->expansion < 0 || piece->expansion < 0) &&
           is_macro_name(align, last->first) && is_macro_name(align, piece->first);
}

static void make_pieces(Align *align, uint32_t first, uint32_t end, bool greedy)
{
    vec_clear(align->pieces);
    for (uint32_t i = first; i < end; ) {
        Piece piece = piece_at(align, i, greedy);
        i = piece.end;
        Piece *last = vec_count(align->pieces) ? &vec_last(align->pieces) : NULL;
        if (last && joins(align, last, &piece))
            *last = (Piece){.first = last->first, .end = i, .is_macro = true, .is_several = true, .expansion = -1};
        else
            vec_push(align->unit->arena, align->pieces, piece);
    }
}

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
                           .raw_end = piece->end, .is_several = piece->is_several, .macros = align->macros.known};
    vec_push(align->unit->arena, align->reader->expansions, expansion);
}

static void take_expanded(Align *align, uint32_t from, uint32_t to, const Piece *piece)
{
    bool is_traced = from < to && is_macro_name(align, piece->first);
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
    while (end < vec_count(align->pieces) && !align->pieces[end].is_macro)
        end++;
    *is_last = end == vec_count(align->pieces);
    return (uint32_t)(end - piece);
}

static bool run_fits(const Align *align, size_t piece, uint32_t length, uint32_t position)
{
    if (position + length > vec_count(align->tokens))
        return false;
    for (uint32_t i = 0; i < length; i++)
        if (!same(align, position + i, align->pieces[piece + i].first))
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
    int64_t known = align->pieces[piece].expansion;
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
    for (size_t i = 0; i < vec_count(align->pieces); i++) {
        const Piece *piece = &align->pieces[i];
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
    size_t pieces = vec_count(align->pieces);
    for (uint32_t i = 0; i < count; i++) {
        token_at(align, i)->raw = 0;
        token_at(align, i)->place.trace = 0;
    }
    for (; first < pieces && first < count && !align->pieces[first].is_macro; first++) {
        if (!same(align, first, align->pieces[first].first))
            break;
        take_written(align, first, align->pieces[first].first);
    }
    for (; last < pieces - first && last < count - first; last++) {
        const Piece *piece = &align->pieces[pieces - 1 - last];
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
        RawLine *line = align->text->sections[i].file == token->place.file ? find_line_in(align, i, token->place.line) : NULL;
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
        i = piece_at(align, i, greedy).end;
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
            !is_in_line(line, token) || (token->name && is_macro_use(align, token)))
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
        make_pieces(align, line->first, end, greedy);
        if (match(align))
            return behind;
    }
    uint32_t last_line;
    uint32_t end = stretch_end(align, line, false, &last_line);
    uint32_t behind = collect(align, index, last_line);
    make_pieces(align, line->first, end, false);
    match_ends(align);
    return behind;
}

void align_tokens(Reader *reader, const RawText *text)
{
    Unit *unit = reader->unit;
    Align align = {.reader = reader, .unit = unit, .text = text, .macros = macros_of(unit)};
    for (uint32_t index = 0; (index = next_written(&align, index)) < vec_count(unit->tokens); ) {
        if (unit->tokens[index].kind == T_END)
            align.section = align.line = 0; // the file was included once more
        macros_know(&align.macros, unit->tokens[index].macros);
        index = align_stretch(&align, index);
    }
}

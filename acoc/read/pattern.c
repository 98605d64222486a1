// SPDX-License-Identifier: MIT
// What the main file's own tokens say of the preprocessor's, as a pattern: a written token must come out as it was
// written, and a macro with its arguments gives any tokens, of which at most the number is known.
#include "pattern.h"

#include <string.h>

// ---- macros

static const MacroRecord *macro_of(const Pattern *pattern, const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    if (!length || (first >= '0' && first <= '9') || (first < 'A' && first != '$') || memchr(text, '"', length))
        return NULL;
    return macros_find(&pattern->macros, word_name(text, length));
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

bool is_macro_use(const Pattern *pattern, const Token *token)
{
    return macros_find(&pattern->macros, token->name) || is_dynamic_macro(token->text, token->length);
}

// How many tokens an object-like macro gives, as far as that can be seen without expanding arguments; -1 otherwise.
static int64_t expansion_length(const Pattern *pattern, const MacroRecord *macro, int depth)
{
    size_t body_length;
    const char *body = macro_body(macro, &body_length);
    if (macro_is_function_like(macro) || depth > 8 || body_length > 400)
        return -1;
    Lexer lexer = {.start = body, .cursor = body, .end = pattern->reader->lexer.end,
                   .has_raw_strings = pattern->reader->lexer.has_raw_strings};
    int64_t count = 0;
    for (int lexeme; (lexeme = lex(&lexer)) != T_END && lexeme != LEX_NEWLINE; ) {
        if (lexeme >= T_COUNT)
            continue;
        size_t length = (size_t)(lexer.cursor - lexer.start);
        const MacroRecord *inner = lexeme == T_IDENTIFIER ? macro_of(pattern, lexer.start, length) : NULL;
        int64_t part = inner && inner != macro ? expansion_length(pattern, inner, depth + 1) : 1;
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
static bool takes_arguments(const Pattern *pattern, const MacroRecord *macro, int depth)
{
    if (macro_is_function_like(macro))
        return true;
    size_t length;
    const char *body = macro_body(macro, &length);
    const MacroRecord *inner = macro_of(pattern, body, length);
    return inner && depth < 8 && takes_arguments(pattern, inner, depth + 1);
}

Piece piece_at(const Pattern *pattern, uint32_t index, bool greedy)
{
    const Unit *unit = pattern->reader->unit;
    const char *text = raw_text(unit, index);
    size_t length = unit->raw[index].length;
    Piece piece = {.first = index, .end = index + 1, .expansion = -1};
    bool is_pragma = length == 7 && !memcmp(text, "_Pragma", 7);
    const MacroRecord *macro = macro_of(pattern, text, length);
    if (!macro && !is_pragma) {
        piece.is_macro = is_dynamic_macro(text, length);
        piece.expansion = 1;
        return piece;
    }
    bool has_arguments = is_pragma || takes_arguments(pattern, macro, 0);
    uint32_t behind = raw_is(unit, index + 1, '(') && (has_arguments || greedy) ? behind_parens(unit, index + 1) : 0;
    if (!behind && (is_pragma || macro_is_function_like(macro)))
        return piece;
    piece.is_macro = true;
    while (greedy && behind && raw_is(unit, behind, '(') && behind_parens(unit, behind))
        behind = behind_parens(unit, behind);
    if (behind)
        piece.end = behind;
    else
        piece.expansion = expansion_length(pattern, macro, 0);
    return piece;
}

bool is_macro_name(const Pattern *pattern, uint32_t raw)
{
    return macro_of(pattern, raw_text(pattern->reader->unit, raw), pattern->reader->unit->raw[raw].length);
}

static bool joins(const Pattern *pattern, const Piece *last, const Piece *piece)
{
    return last->is_macro && piece->is_macro && (last->expansion < 0 || piece->expansion < 0) &&
           is_macro_name(pattern, last->first) && is_macro_name(pattern, piece->first);
}

void make_pieces(Pattern *pattern, uint32_t first, uint32_t end, bool greedy)
{
    vec_clear(pattern->pieces);
    for (uint32_t i = first; i < end; ) {
        Piece piece = piece_at(pattern, i, greedy);
        i = piece.end;
        Piece *last = vec_count(pattern->pieces) ? &vec_last(pattern->pieces) : NULL;
        if (last && joins(pattern, last, &piece))
            *last = (Piece){.first = last->first, .end = i, .is_macro = true, .is_several = true, .expansion = -1};
        else
            vec_push(pattern->reader->unit->arena, pattern->pieces, piece);
    }
}

// SPDX-License-Identifier: MIT
// Columns of tokens that align.c did not place, in headers above all: each is looked for in its line of its file,
// from where the token before it ended. What a macro made is not there; it keeps column 0.
//
// Most headers are never spoken of. So they are not read here: a token of a header gets its own number for a column,
// and the search is made when a message asks (source_resolve).
#include "read.h"

#include <string.h>

typedef struct Search {
    Place place;            // the line at hand
    const char *line;
    size_t length, from;
} Search;

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '$';
}

// A word must not be found inside a longer one.
static bool stands_alone(const Search *search, const Token *token, const char *found)
{
    const char *after = found + token->length;
    if (!is_word_byte(token->text[0]))
        return true;
    return (found == search->line || !is_word_byte(found[-1])) &&
           (after == search->line + search->length || !is_word_byte(*after));
}

static const char *find_in_line(const Search *search, const Token *token)
{
    const char *at = search->line + search->from;
    const char *end = search->line + search->length;
    uint32_t length = token->kind == T_PRAGMA ? 1 : token->length;
    while (at < end && (at = memmem(at, (size_t)(end - at), token->text, length))) {
        if (token->kind == T_PRAGMA || stands_alone(search, token, at))
            return at;
        at++;
    }
    return NULL;
}

static void enter_line(Search *search, const Token *token)
{
    search->place = token->place;
    search->from = 0;
    search->line = source_line(token->place, &search->length);
}

static bool is_same_line(Place a, Place b)
{
    return a.line == b.line && a.file == b.file;
}

static void find_column(Search *search, Token *token)
{
    if (!is_same_line(token->place, search->place))
        enter_line(search, token);
    if (token->place.column && !(token->place.column & COLUMN_DEFERRED)) {
        if (token->raw)
            search->from = token->place.column - 1 + token->length;
        return;
    }
    const char *found = search->line ? find_in_line(search, token) : NULL;
    token->place.column = found ? (uint32_t)(found - search->line) + 1 : 0;
    if (found)
        search->from = token->place.column - 1 + token->length;
}

// The line in which a token ends.
static uint32_t last_line(const Token *token)
{
    uint32_t line = token->place.line;
    for (uint32_t i = 0; kind_is_unread(token->kind) && i < token->length; i++)
        line += token->text[i] == '\n';
    return line;
}

static bool stands_in(const Token *token, Place line)
{
    return token->place.file == line.file && token->place.line <= line.line && line.line <= last_line(token);
}

static void find_column_in_line(Search *search, Token *token, Place line)
{
    if (is_same_line(token->place, line))
        find_column(search, token);
}

// All of the line's tokens, from its first one on: each is looked for behind the one before it.
static void find_columns_of_line(const Reader *reader, size_t index, Place line)
{
    Unit *unit = reader->unit;
    Search search = {0};
    while (index && stands_in(&unit->tokens[index - 1], line))
        index--;
    for (Token *token = &unit->tokens[index]; token->kind != T_END && stands_in(token, line); token++) {
        if (!kind_is_unread(token->kind)) {
            find_column(&search, token);
            continue;
        }
        Token *first = read_unread(unit, token);
        for (Token *inner = first; inner->kind != T_END; inner++)
            find_column_in_line(&search, inner, line);
        if (is_same_line(token->place, line))
            token->place.column = first->place.column;
    }
}

// A number that stands for a column is the token's index in Unit.tokens, or beyond that the number of a token whose
// declaration was left unread.
Place find_column_in_header(const Reader *reader, Place place)
{
    const Unit *unit = reader->unit;
    size_t index = place.column & ~COLUMN_DEFERRED;
    const Token *token = index < vec_count(unit->tokens) ? &unit->tokens[index] : NULL;
    for (size_t i = vec_count(reader->late); i-- > 0 && !token; ) {
        const LateTokens *late = &reader->late[i];
        if (index < late->first_number)
            continue;
        token = &late->tokens[index - late->first_number];
        index = (size_t)(late->unread - unit->tokens);
    }
    if (!token || !is_same_line(token->place, place))
        return place_at(place.file, place.line, 0);
    find_columns_of_line(reader, index, place);
    return token->place;
}

// Most tokens have their column: a line is looked at when one in it has none, from the last of them before that.
static void find_columns_in(TokenRun run, Token *tokens)
{
    Search search = {0};
    Token *placed = NULL;
    for (Token *token = tokens + run.first; token < tokens + run.end; token++) {
        if (token->place.column) {
            placed = token->raw ? token : placed;
            continue;
        }
        if (placed)
            find_column(&search, placed);
        placed = NULL;
        find_column(&search, token);
    }
}

void find_columns(const Reader *reader)
{
    for (size_t i = 0; i < vec_count(reader->written); i++)
        find_columns_in(reader->written[i], reader->unit->tokens);
}

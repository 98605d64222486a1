// SPDX-License-Identifier: MIT
// Columns of tokens that align.c did not place: each is looked for in its line, from where the token before it ended.
// What a macro made is not there; it keeps column 0.
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
    if (token->place.column) {
        if (token->raw)
            search->from = token->place.column - 1 + token->length;
        return;
    }
    const char *found = search->line ? find_in_line(search, token) : NULL;
    token->place.column = found ? (uint32_t)(found - search->line) + 1 : 0;
    if (found)
        search->from = token->place.column - 1 + token->length;
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

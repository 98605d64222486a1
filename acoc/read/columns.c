// SPDX-License-Identifier: MIT
// Columns of tokens that align.c did not place, in headers above all: each is looked for in its line of its file,
// from where the token before it ended. What a macro made is not there; it keeps column 0.
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

void find_columns(Unit *unit)
{
    Search search = {0};
    for (size_t i = 0; i < vec_count(unit->tokens); i++) {
        Token *token = &unit->tokens[i];
        if (token->place.file != search.place.file || token->place.line != search.place.line)
            enter_line(&search, token);
        if (token->place.column) {
            if (token->raw)
                search.from = token->place.column - 1 + token->length;
            continue;
        }
        const char *found = search.line ? find_in_line(&search, token) : NULL;
        if (!found)
            continue;
        token->place.column = (uint32_t)(found - search.line) + 1;
        search.from = token->place.column - 1 + token->length;
    }
}

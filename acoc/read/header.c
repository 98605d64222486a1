// SPDX-License-Identifier: MIT
// Where the tokens of included files stand in them. Most headers are never spoken of, so they are not read: a token of
// one has its own number for a column (COLUMN_DEFERRED). When a message asks for the first of them, the header is
// treated as the main file was: its own tokens are read and aligned with those that the preprocessor made of it, however
// often it was included. So columns are known, and what macros left there can be traced.
#include "read.h"

// A header seen as a main file. Its tokens are copies; what alignment finds out goes back to those that they are of.
typedef struct Header {
    Reader reader;
    Unit unit;
    Token **originals;       // a Vec
} Header;

static void take(Header *header, Token *original)
{
    Token copy = *original;
    copy.from_header = false;
    copy.place.column = 0;
    vec_push(header->unit.arena, header->unit.tokens, copy);
    vec_push(header->unit.arena, header->originals, original);
}

// With those of declarations that were left unread.
static void take_tokens(Header *header, Unit *unit, uint32_t file)
{
    for (Token *token = unit->tokens; token->kind != T_END; token++) {
        if (token->place.file != file || !token->from_header)
            continue;
        if (!kind_is_unread(token->kind)) {
            take(header, token);
            continue;
        }
        for (Token *inner = read_unread(unit, token); inner->kind != T_END; inner++)
            take(header, inner);
    }
}

static void give_places_back(const Header *header)
{
    for (size_t i = 0; i < vec_count(header->originals); i++)
        header->originals[i]->place = header->unit.tokens[i].place;
}

static void align_header(Reader *reader, uint32_t file)
{
    Header *header = NEW(reader->unit->arena, Header);
    *header = (Header){.reader = *reader, .unit = *reader->unit};
    header->unit.tokens = NULL;
    header->unit.file = source_get(file);
    header->unit.path = header->unit.file->path;
    take_tokens(header, reader->unit, file);
    header->reader.unit = &header->unit;
    header->reader.expansions = NULL;
    header->reader.written = NULL;
    vec_push(header->unit.arena, header->reader.written, (TokenRun){0, (uint32_t)vec_count(header->unit.tokens)});
    header->reader.first_number = reader->next_number;
    reader->next_number += (uint32_t)vec_count(header->unit.tokens);
    if (source_load(file, NULL)) {
        RawText text = read_raw(&header->unit, reader->lexer.has_raw_strings);
        align_tokens(&header->reader, &text);
        find_columns(&header->reader);
        trace_text(&header->reader, &text);
    }
    give_places_back(header);
}

// The token with that number: its index in Unit.tokens, or beyond that one of a declaration that was left unread, of
// which the first token stands for all.
static Token *token_of(const Reader *reader, uint32_t number)
{
    Unit *unit = reader->unit;
    if (number < vec_count(unit->tokens))
        return kind_is_unread(unit->tokens[number].kind) ? read_unread(unit, &unit->tokens[number]) : &unit->tokens[number];
    size_t i = vec_count(reader->late) - 1;
    while (reader->late[i].first_number > number)
        i--;
    return &reader->late[i].tokens[number - reader->late[i].first_number];
}

Place find_in_header(Reader *reader, Place place)
{
    const Token *token = token_of(reader, place.column & ~COLUMN_DEFERRED);
    if (token->place.column & COLUMN_DEFERRED)
        align_header(reader, token->place.file);
    bool is_known = !(token->place.column & COLUMN_DEFERRED); // not of what stands behind a declaration's last token
    return is_known ? token->place : place_at(token->place.file, token->place.line, 0);
}

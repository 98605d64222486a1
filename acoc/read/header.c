// SPDX-License-Identifier: MIT
// Where the tokens of included files stand in them. Most headers are never spoken of, so they are not read: a token of
// one has its own number for a column (COLUMN_DEFERRED). When a message asks for the first of them, the header is
// treated as the main file was: its own tokens are read and aligned with those that the preprocessor made of it, once
// for each time that it was included. So columns are known, and what macros left there can be traced.
#include "read.h"

// A header seen as a main file. Its tokens are copies of those in Unit.tokens and in declarations that were left
// unread: the original of each, or the declaration that it stands in, has the index hosts[i].
typedef struct Header {
    Reader reader;
    Unit unit;
    uint32_t *hosts;         // a Vec; ascending in each inclusion
} Header;

static void take(Header *header, const Token *original, uint32_t host)
{
    Token copy = *original;
    copy.from_header = false;
    copy.place.column = 0;
    vec_push(header->unit.arena, header->unit.tokens, copy);
    vec_push(header->unit.arena, header->hosts, host);
}

static void take_run(Header *header, Unit *unit, TokenRun run)
{
    for (uint32_t i = run.first; i < run.end; i++) {
        Token *token = &unit->tokens[i];
        if (!kind_is_unread(token->kind)) {
            take(header, token, i);
            continue;
        }
        for (const Token *inner = read_unread(unit, token); inner->kind != T_END; inner++)
            take(header, inner, i);
    }
}

// Behind each inclusion stands a T_END.
static void take_tokens(Header *header, Unit *unit, Included **all)
{
    for (size_t i = 0; i < vec_count(all); i++) {
        Included *included = all[i];
        included->header = header;
        included->first = (uint32_t)vec_count(header->hosts);
        for (size_t k = 0; k < vec_count(included->runs); k++)
            take_run(header, unit, included->runs[k]);
        included->end = (uint32_t)vec_count(header->hosts);
        take(header, &(Token){.kind = T_END}, 0);
    }
}

// Where a file was included, in order: a Vec.
static Included **inclusions_of(const Reader *reader, uint32_t file)
{
    const IncludedRun *passages = reader->passages;
    Included **all = NULL;
    for (size_t i = 0; i < vec_count(passages); i++) {
        Included *included = passages[i].included;
        if (!included || included->file != file)
            continue;
        if (!included->runs)
            vec_push(reader->unit->arena, all, included);
        bool is_last = i + 1 == vec_count(passages);
        uint32_t end = is_last ? (uint32_t)vec_count(reader->unit->tokens) - 1 : passages[i + 1].first;
        vec_push(reader->unit->arena, included->runs, (TokenRun){passages[i].first, end});
    }
    return all;
}

static void align_header(Reader *reader, uint32_t file)
{
    Header *header = NEW(reader->unit->arena, Header);
    *header = (Header){.reader = *reader, .unit = *reader->unit};
    header->unit.tokens = NULL;
    header->unit.file = source_get(file);
    header->unit.path = header->unit.file->path;
    take_tokens(header, reader->unit, inclusions_of(reader, file));
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
}

// ------------------------------------------------------------------------------------------------- questions

// The index of the token, or of the declaration that was left unread and has it as number *within.
static uint32_t host_of(const Reader *reader, Place place, uint32_t *within)
{
    uint32_t number = place.column & ~COLUMN_DEFERRED;
    *within = 0;
    if (number < vec_count(reader->unit->tokens))
        return number;
    const LateTokens *late = late_with(reader, number);
    *within = number - late->first_number - 1;
    return (uint32_t)(late->unread - reader->unit->tokens);
}

static Included *included_with(const Reader *reader, uint32_t host)
{
    size_t behind = 1;
    vec_bisect(behind, vec_count(reader->passages), middle, reader->passages[middle].first <= host);
    return reader->passages[behind - 1].included;
}

// The first token in the header that has this host, or is behind where it would be.
static uint32_t find_host(const Included *included, uint32_t host)
{
    uint32_t index = included->first;
    vec_bisect(index, included->end, middle, included->header->hosts[middle] < host);
    return index;
}

Place find_in_header(Reader *reader, Place place)
{
    uint32_t within, host = host_of(reader, place, &within);
    Included *included = included_with(reader, host);
    if (!included->header)
        align_header(reader, included->file);
    uint32_t index = find_host(included, host) + within;
    // Behind the last token of a declaration that was left unread there is none.
    bool is_known = index < included->end && included->header->hosts[index] == host;
    return is_known ? included->header->unit.tokens[index].place : place_at(place.file, place.line, 0);
}

const Inclusion *find_inclusion(const Reader *reader, Place place)
{
    uint32_t within;
    return &included_with(reader, host_of(reader, place, &within))->inclusion;
}

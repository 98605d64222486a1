// SPDX-License-Identifier: MIT
// The edit store: what the other files of emit/ want to have written instead of, before or after the user's tokens,
// kept by token until writer.c applies it. Nothing is written here and no token is changed.
//
// Edits nest as the tree does, and several nodes may begin or end at one token. The order of issue says which of them
// is the outer one, so callers work from the outside in.
#include "emit.h"

#include <stdarg.h>
#include <string.h>

struct EditStore {
    TokenEdits **at;         // by token index
    unsigned count;
};

// -------------------------------------------------------------------------------------------------- output

Output *output_new(Unit *unit)
{
    Output *output = NEW(unit->arena, Output);
    output->arena = unit->arena;
    return output;
}

static void add_text(Output *output, const Token *place, const char *format, va_list arguments)
{
    Text text = {0};
    text_vprintf(&text, format, arguments);
    if (text.length) {
        const char *copy = arena_copy(output->arena, text.data, text.length);
        vec_push(output->arena, output->pieces, (Piece){ .text = copy, .place = place ? place->place : (Place){0} });
    }
    text_free(&text);
}

void output_text(Output *output, Token *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_text(output, place, format, arguments);
    va_end(arguments);
}

void output_tokens(Output *output, Token *first, Token *last)
{
    if (first && last && first <= last)
        vec_push(output->arena, output->pieces, (Piece){ .first = first, .last = last });
}

void output_node(Output *output, const Node *node)
{
    if (node)
        output_tokens(output, node->first, node->last);
}

void output_inside(Output *output, const Node *node)
{
    vec_push(output->arena, output->pieces, (Piece){ .first = node->first, .last = node->last, .inside = true });
}

bool output_is_empty(const Output *output)
{
    return vec_count(output->pieces) == 0;
}

// ------------------------------------------------------------------------------------------------- the store

static TokenEdits *edits_of(Unit *unit, const Token *token)
{
    if (!unit->edits) {
        unit->edits = NEW(unit->arena, struct EditStore);
        unit->edits->at = arena_alloc(unit->arena, vec_count(unit->tokens) * sizeof *unit->edits->at);
    }
    TokenEdits **slot = &unit->edits->at[token - unit->tokens];
    if (!*slot)
        *slot = NEW(unit->arena, TokenEdits);
    return *slot;
}

const TokenEdits *edits_at(const Unit *unit, const Token *token)
{
    return unit->edits && stands_in_unit(unit, token) ? unit->edits->at[token - unit->tokens] : NULL;
}

bool has_edits(const Unit *unit, const Token *first, const Token *last)
{
    if (!unit->edits)
        return false;
    for (const Token *token = first; token <= last; token++)
        if (edits_at(unit, token))
            return true;
    return false;
}

static Edit *edit_new(Unit *unit, Token *first, Token *last, Output *text)
{
    Edit *edit = NEW(unit->arena, Edit);
    edit->order = ++unit->edits->count;
    edit->first = first;
    edit->last = last;
    edit->text = text;
    return edit;
}

void edit_replace(Unit *unit, Token *first, Token *last, Output *replacement)
{
    TokenEdits *begin = edits_of(unit, first), *end = edits_of(unit, last);
    Edit *edit = edit_new(unit, first, last, replacement);
    vec_push(unit->arena, begin->replacing, edit);
    vec_push(unit->arena, end->ending, edit);
}

void edit_before(Unit *unit, Token *token, Output *text)
{
    TokenEdits *edits = edits_of(unit, token);
    vec_push(unit->arena, edits->before, edit_new(unit, token, token, text));
}

void edit_after(Unit *unit, Token *token, Output *text)
{
    TokenEdits *edits = edits_of(unit, token);
    vec_push(unit->arena, edits->after, edit_new(unit, token, token, text));
}

// ------------------------------------------------------------------------------------------- short spellings

static Output *text_output(Unit *unit, const Token *place, const char *format, va_list arguments)
{
    Output *output = output_new(unit);
    add_text(output, place, format, arguments);
    return output;
}

void edit_replace_text(Unit *unit, Token *first, Token *last, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    edit_replace(unit, first, last, text_output(unit, first, format, arguments));
    va_end(arguments);
}

void edit_before_text(Unit *unit, Token *token, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    edit_before(unit, token, text_output(unit, token, format, arguments));
    va_end(arguments);
}

void edit_after_text(Unit *unit, Token *token, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    edit_after(unit, token, text_output(unit, token, format, arguments));
    va_end(arguments);
}

void edit_delete(Unit *unit, Token *token)
{
    edit_replace(unit, token, token, output_new(unit));
}

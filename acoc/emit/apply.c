// SPDX-License-Identifier: MIT
// Walks over tokens and applies the edits that meet at each: what comes before it, what replaces it, what comes after.
// Which of several edits is the outer one is told by the order in which they were issued.
#include "writer.h"

// Marks the replacements of exactly this range as being written, or no more, except those that are anyway.
static void hold_replacements(Writer *writer, const Piece *piece, bool is_held)
{
    const TokenEdits *edits = edits_at(writer->unit, piece->first);
    for (size_t i = 0; edits && i < vec_count(edits->replacing); i++)
        if (edits->replacing[i]->last == piece->last)
            edits->replacing[i]->held += is_held ? 1 : -1;
}

static void write_piece_tokens(Writer *writer, const Piece *piece)
{
    if (piece->inside)
        hold_replacements(writer, piece, true);
    write_range(writer, piece->first, piece->last);
    if (piece->inside)
        hold_replacements(writer, piece, false);
}

static void write_output(Writer *writer, const Output *output)
{
    for (size_t i = 0; i < vec_count(output->pieces); i++) {
        const Piece *piece = &output->pieces[i];
        if (piece->text)
            write_text(writer, piece->place, piece->text);
        else
            write_piece_tokens(writer, piece);
    }
    if (output_is_empty(output))
        writer->deleted = true;
}

// The replacement to write at a token: the widest that is not being written already and ends within the range.
static Edit *replacement_at(const TokenEdits *edits, const Token *last)
{
    Edit *widest = NULL;
    for (size_t i = 0; edits && i < vec_count(edits->replacing); i++) {
        Edit *edit = edits->replacing[i];
        if (!edit->is_active && !edit->held && edit->last <= last && (!widest || edit->last > widest->last))
            widest = edit;
    }
    return widest;
}

// Edits that were issued before the innermost replacement being written stand outside of it.
static unsigned innermost(Edit *const *replacements)
{
    unsigned order = 0;
    for (size_t i = 0; i < vec_count(replacements); i++)
        if (replacements[i]->is_active && replacements[i]->order > order)
            order = replacements[i]->order;
    return order;
}

static bool applies(const Edit *edit, unsigned outer, const Edit *replacement)
{
    return edit->order > outer && (!replacement || edit->order < replacement->order);
}

static void write_before(Writer *writer, const Token *token, const TokenEdits *edits, const Edit *replacement)
{
    if (!edits || writer->early == token)
        return;
    unsigned outer = innermost(edits->replacing);
    for (size_t i = 0; i < vec_count(edits->before); i++)
        if (applies(edits->before[i], outer, replacement))
            write_output(writer, edits->before[i]->text);
}

static void write_after(Writer *writer, const TokenEdits *edits, const Edit *replacement)
{
    if (!edits)
        return;
    unsigned outer = innermost(edits->ending);
    for (size_t i = vec_count(edits->after); i-- > 0; )
        if (applies(edits->after[i], outer, replacement))
            write_output(writer, edits->after[i]->text);
}

// Nothing may stand between a loop's pragma and its loop: what is to come before the loop comes before the pragma.
static void write_before_loop(Writer *writer, Token *pragma, const Token *last)
{
    Token *loop = pragma;
    while (loop <= last && loop->kind == T_PRAGMA)
        loop++;
    if (loop > last || writer->early == loop || (loop->kind != T_FOR && loop->kind != T_WHILE && loop->kind != T_DO))
        return;
    const TokenEdits *edits = edits_at(writer->unit, loop);
    write_before(writer, loop, edits, replacement_at(edits, last));
    writer->early = loop;
}

// Writes the token or the replacement that begins with it; gives the last token that this covers.
static Token *write_item(Writer *writer, Token *token, Token *last)
{
    const TokenEdits *edits = edits_at(writer->unit, token);
    Edit *replacement = replacement_at(edits, last);
    Token *end = token;
    if (token->kind == T_PRAGMA)
        write_before_loop(writer, token, last);
    write_before(writer, token, edits, replacement);
    writer->early = writer->early == token ? NULL : writer->early;
    if (replacement) {
        replacement->is_active = true;
        write_output(writer, replacement->text);
        replacement->is_active = false;
        end = replacement->last;
    } else {
        write_token(writer, token);
    }
    write_after(writer, edits_at(writer->unit, end), replacement);
    return end;
}

void write_range(Writer *writer, Token *first, Token *last)
{
    for (Token *token = first; token <= last; token++) {
        if (token != first)
            write_gap(writer, token - 1, token);
        token = write_item(writer, token, last);
    }
}

// SPDX-License-Identifier: MIT
// #pragma pack, an attribute of every struct and union behind it.
#include "check.h"

#include <string.h>

static const char *skip_blanks(const char *text, const char *end)
{
    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    return text;
}

// push, pop, a number, or nothing, separated by commas.
static void read_pack(Checker *c, const char *text, const char *end)
{
    bool empty = true;
    for (text = skip_blanks(text, end); text < end && *text != ')'; text = skip_blanks(text, end)) {
        empty = false;
        if (end - text >= 4 && !strncmp(text, "push", 4)) {
            vec_push(c->arena, c->packs, c->pack);
        } else if (end - text >= 3 && !strncmp(text, "pop", 3)) {
            c->pack = vec_count(c->packs) ? vec_pop(c->packs) : c->default_pack;
        } else if (*text >= '0' && *text <= '9') {
            c->pack = 0;
            for (; text < end && *text >= '0' && *text <= '9'; text++)
                c->pack = c->pack * 10 + (uint32_t)(*text - '0');
        }
        while (text < end && *text != ',' && *text != ')')
            text++;
        if (text < end && *text == ',')
            text++;
    }
    if (empty)
        c->pack = c->default_pack;
}

static void read_pragma(Checker *c, const Token *token)
{
    const char *end = token->text + token->length;
    for (const char *text = token->text; text + 4 < end; text++) {
        if (strncmp(text, "pack", 4))
            continue;
        text = skip_blanks(text + 4, end);
        if (text < end && *text == '(')
            read_pack(c, text + 1, end);
        return;
    }
}

void read_pragma_packs(Checker *c, const Token *upto)
{
    const Token *tokens = c->unit->tokens;
    if (!stands_in_unit(c->unit, upto)) // what was left unread declares no struct that a program could name
        return;
    for (; &tokens[c->pack_cursor] < upto; c->pack_cursor++)
        if (tokens[c->pack_cursor].kind == T_PRAGMA)
            read_pragma(c, &tokens[c->pack_cursor]);
}

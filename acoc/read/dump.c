// SPDX-License-Identifier: MIT
// --emit=tokens: the main file's tokens, one a line: place, kind, spelling. A token that a macro or an include made is
// marked with '*': it has the place of what brought it there.
#include "read.h"

static const char *const kind_names[] = {
#define TOKEN(kind, spelling, since) #kind,
#include "tokens.def"
#undef TOKEN
};

bool dump_tokens(Unit *unit, FILE *out)
{
    for (size_t i = 0; i < vec_count(unit->tokens); i++) {
        const Token *token = &unit->tokens[i];
        if (token->from_header)
            continue;
        fprintf(out, "%u:%u%s\t%s", token->place.line, token->place.column,
                token->raw || token->kind == T_END ? "" : "*", kind_names[token->kind]);
        if (token->name)
            fprintf(out, "\t%s", token->name->text);
        else if (token->length)
            fprintf(out, "\t%.*s", (int)token->length, token->text);
        putc('\n', out);
    }
    return true;
}

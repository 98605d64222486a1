// SPDX-License-Identifier: MIT
// Tokens as the compiler's own lexer sees them, so that a change is one to the language and not to bytes.
#include "damage.h"

#include <stdio.h>
#include <string.h>

#include "../../acoc/read/read.h"

size_t damage_spans(const char *text, size_t length, Span *spans, size_t most)
{
    Lexer lexer = { .start = text, .cursor = text, .end = text + length };
    size_t count = 0;
    for (int lexeme; count < most && (lexeme = lex(&lexer)) != T_END; )
        if (lexeme != LEX_SPACE && lexeme != LEX_NEWLINE)
            spans[count++] = (Span){ (size_t)(lexer.start - text), (size_t)(lexer.cursor - text) };
    return count;
}

// Appends bytes; gives the place behind them.
static char *put(char *at, const char *bytes, size_t length)
{
    memcpy(at, bytes, length);
    return at + length;
}

size_t damage_make(char *into, const char *text, size_t length, Span span, Damage damage)
{
    char *at = put(into, text, damage == DAMAGE_WITHOUT ? span.first : span.end);
    if (damage == DAMAGE_TWICE) {
        *at++ = ' ';
        at = put(at, text + span.first, span.end - span.first);
    }
    if (damage != DAMAGE_CUT)
        at = put(at, text + span.end, length - span.end);
    *at = '\0';
    return (size_t)(at - into);
}

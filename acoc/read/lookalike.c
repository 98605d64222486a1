// SPDX-License-Identifier: MIT
// Characters that only look like C's: what a word processor, a web page or a keyboard layout makes of quotes, minus,
// spaces and semicolons. Letters of other scripts are letters and stay what they are.
#include "read.h"

#include <string.h>

typedef struct Character {
    uint32_t code;
    uint32_t length; // bytes; 0: no valid UTF-8
} Character;

static Character character_at(const char *text, size_t left)
{
    unsigned char first = (unsigned char)*text;
    uint32_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (!length || length > left)
        return (Character){0, 0};
    uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (uint32_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3F);
    return (Character){code, length};
}

// What is meant by the character, NULL when it is no look-alike. ascii: room for a full-width form's counterpart.
static const char *meaning_of(uint32_t code, char ascii[2])
{
    static const struct {
        uint32_t first, last;
        const char *meant;
    } known[] = {
#define LOOKALIKE(first, last, meant) {first, last, meant},
#include "lookalikes.def"
#undef LOOKALIKE
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (code >= known[i].first && code <= known[i].last)
            return known[i].meant;
    if (code < 0xFF01 || code > 0xFF5E)
        return NULL;
    ascii[0] = (char)(code - 0xFEE0);
    ascii[1] = '\0';
    return strpbrk(ascii, "!\"#%&'()*+,-./:;<=>?[\\]^{|}~");
}

bool report_lookalike(const Token *token)
{
    for (uint32_t at = 0; at < token->length;) {
        char ascii[2] = "";
        Character character = character_at(token->text + at, token->length - at);
        const char *meant = character.code < 0x80 ? NULL : meaning_of(character.code, ascii);
        if (meant) {
            Place place = source_resolve(token->place);
            place.column += at;
            error_replace_at(place, character.length, meant, "'%.*s' (U+%04X) is not '%s', which it looks like",
                             (int)character.length, token->text + at, character.code, meant);
            return true;
        }
        at += character.length ? character.length : 1;
    }
    return false;
}

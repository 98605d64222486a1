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

static void report(const Token *token, uint32_t at, const char *text, const Character *character, const char *meant)
{
    Place place = source_resolve(token->place);
    if (place.column)
        place.column += at;
    if (*meant)
        error_replace_at(place, character->length, meant, "'%.*s' (U+%04X) is not '%s', which it looks like",
                         (int)character->length, text, character->code, meant);
    else
        error_at(place, character->length, "an invisible character (U+%04X) stands here", character->code);
}

// A preprocessor may write letters as universal character names; a token's name has them as UTF-8.
bool report_lookalike(const Token *token)
{
    const char *text = token->name ? token->name->text : token->text;
    uint32_t length = token->name ? token->name->length : token->length;
    for (uint32_t at = 0; at < length;) {
        char ascii[2] = "";
        Character character = character_at(text + at, length - at);
        const char *meant = character.code < 0x80 ? NULL : meaning_of(character.code, ascii);
        if (meant) {
            report(token, at, text + at, &character, meant);
            return true;
        }
        at += character.length ? character.length : 1;
    }
    return false;
}

// SPDX-License-Identifier: MIT
// Keywords: the kind of a token that is one is the meaning of its name. Which words are keywords depends on the standard
// that the user's flags choose; the compiler itself has told it by its macros before the first word of the program.
// And spellings: a preprocessor may turn UTF-8 into universal character names or the other way round.
#include "read.h"

#include <stdlib.h>
#include <string.h>

#include "../model/model.h"

typedef enum Since {
    SINCE_class, SINCE_mark, SINCE_always, SINCE_gcc, SINCE_clang, SINCE_ms, SINCE_declspec, SINCE_c99, SINCE_c99_or_gnu,
    SINCE_gnu, SINCE_c23, SINCE_c23_or_gnu
} Since;

static const struct { TokenKind kind; const char *spelling; Since since; } words[] = {
#define TOKEN(kind, spelling, since) {T_##kind, spelling, SINCE_##since},
#define ALTERNATE(kind, spelling, since) {T_##kind, spelling, SINCE_##since},
#include "tokens.def"
#undef TOKEN
#undef ALTERNATE
};

// `asm`, `typeof` and, before C99, `inline`: GNU modes have them, and flags of their own say otherwise.
static bool has_gnu_words(const Reader *reader)
{
    const Options *options = reader->options;
    return flag_is_on(options, "asm", flag_is_on(options, "gnu-keywords", !reader->is_strict));
}

static bool has_microsoft_words(const Reader *reader)
{
    return target_is_clang() && flag_is_on(reader->options, "ms-extensions", false);
}

static bool is_word_here(const Reader *reader, Since since)
{
    bool gnu = has_gnu_words(reader);
    switch (since) {
    case SINCE_class:
    case SINCE_mark: return false;
    case SINCE_always: return true;
    case SINCE_gcc: return !target_is_clang();
    case SINCE_clang: return target_is_clang();
    case SINCE_ms: return has_microsoft_words(reader);
    case SINCE_declspec:
        return target_is_clang() && flag_is_on(reader->options, "declspec", has_microsoft_words(reader));
    case SINCE_c99: return target_is_c99();
    case SINCE_c99_or_gnu: return target_is_c99() || gnu;
    case SINCE_gnu: return gnu;
    case SINCE_c23: return target_knows_c23();
    case SINCE_c23_or_gnu: return target_knows_c23() || gnu;
    }
    return false;
}

void words_learn(Reader *reader)
{
    reader->knows_words = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].since != SINCE_class && words[i].since != SINCE_mark)
            intern_text(words[i].spelling)->meaning = is_word_here(reader, words[i].since) ? words[i].kind : 0;
}

// ---- spellings

static void append_utf8(Text *text, unsigned long point)
{
    char bytes[4];
    size_t count = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = count; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3F));
    bytes[0] = (char)(leads[count] | point);
    text_append(text, bytes, count);
}

// How many bytes a splice takes that begins with the backslash at text; 0 when it is none.
static size_t splice_length(const char *text, size_t length)
{
    size_t i = 1;
    while (i < length && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r'))
        i++;
    return i < length && text[i] == '\n' ? i + 1 : 0;
}

// The length of "\u1234" or "\U12345678" at text and what it stands for; 0 when it is none.
static size_t universal_length(const char *text, size_t length, unsigned long *point)
{
    char digits[9] = {0};
    size_t count = length > 1 && text[1] == 'u' ? 4 : length > 1 && text[1] == 'U' ? 8 : 0;
    if (!count || length < count + 2)
        return 0;
    memcpy(digits, text + 2, count);
    *point = strtoul(digits, NULL, 16);
    return *point < 0x110000 ? count + 2 : 0;
}

static void normalise(Text *out, const char *text, size_t length)
{
    bool is_word = !memchr(text, '"', length) && !memchr(text, '\'', length);
    for (size_t i = 0; i < length; ) {
        unsigned long point = 0;
        size_t splice = text[i] == '\\' ? splice_length(text + i, length - i) : 0;
        size_t universal = text[i] == '\\' && !splice && is_word ? universal_length(text + i, length - i, &point) : 0;
        if (universal)
            append_utf8(out, point);
        else if (!splice)
            text_append(out, text + i, 1);
        i += splice ? splice : universal ? universal : 1;
    }
}

String *word_name(const char *text, size_t length)
{
    if (!memchr(text, '\\', length))
        return intern(text, length);
    Text normal = {0};
    normalise(&normal, text, length);
    String *name = intern(normal.data, normal.length);
    text_free(&normal);
    return name;
}

bool same_spelling(const char *a, size_t a_length, const char *b, size_t b_length)
{
    Text first = {0}, second = {0};
    normalise(&first, a, a_length);
    normalise(&second, b, b_length);
    bool same = first.length == second.length && !memcmp(first.data, second.data, first.length);
    text_free(&first);
    text_free(&second);
    return same;
}

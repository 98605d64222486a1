// SPDX-License-Identifier: MIT
// Keywords. Which words are keywords depends on the standard that the user's flags choose; the compiler itself has
// told it by __STDC_VERSION__ and __STRICT_ANSI__ before the first word of the program.
#include "read.h"

typedef enum Since {
    SINCE_class, SINCE_mark, SINCE_always, SINCE_gcc, SINCE_c99, SINCE_c99_or_gnu, SINCE_gnu, SINCE_c23, SINCE_c23_or_gnu
} Since;

static const struct { TokenKind kind; const char *spelling; Since since; } words[] = {
#define TOKEN(kind, spelling, since) {T_##kind, spelling, SINCE_##since},
#define ALTERNATE(kind, spelling, since) {T_##kind, spelling, SINCE_##since},
#include "tokens.def"
#undef TOKEN
#undef ALTERNATE
};

static bool is_word_here(const Reader *reader, Since since)
{
    bool gnu = !reader->is_strict;
    switch (since) {
    case SINCE_class:
    case SINCE_mark: return false;
    case SINCE_always: return true;
    case SINCE_gcc: return !reader->is_clang;
    case SINCE_c99: return reader->standard >= 199901;
    case SINCE_c99_or_gnu: return reader->standard >= 199901 || gnu;
    case SINCE_gnu: return gnu;
    case SINCE_c23: return reader->standard > 201710;
    case SINCE_c23_or_gnu: return reader->standard > 201710 || gnu;
    }
    return false;
}

static void make_words(Reader *reader)
{
    reader->words = map_new(reader->unit->arena);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word_here(reader, words[i].since))
            map_put(reader->words, intern_text(words[i].spelling), (void *)(uintptr_t)words[i].kind);
}

TokenKind word_kind(Reader *reader, String *name)
{
    if (!reader->words)
        make_words(reader);
    uintptr_t kind = (uintptr_t)map_get(reader->words, name);
    return kind ? (TokenKind)kind : T_IDENTIFIER;
}

// SPDX-License-Identifier: MIT
// Declarations of system headers that are left unread. Most of the text of a program is in headers, most of that
// declares functions, and of those a program calls a few. Where a function, or the typedef of one, is declared there in
// a plain way, its name is found byte by byte and one token stands for all of it: T_UNREAD_FUNCTION, T_UNREAD_TYPE.
// parse/ asks for its tokens when the name is looked up.
//
//     extern gchar *g_strdup (const gchar *str) __attribute__((malloc));      left unread
//     static inline int is_odd(int i) { return i & 1; }                       left unread
//     struct tm *localtime(const time_t *when);                               read: it may be what declares the tag
//
// Nobody judges what stands in system headers, so it is not asked whether it is right; only what it is must be certain.
// So it is read where it stands when it has a word of ours, a directive, an open literal or a strange byte in it, or
// begins anywhere but behind the end of a declaration.
#include "read.h"

#include <string.h>

// ------------------------------------------------------------------------------------------------- bytes

typedef enum Byte {
    BYTE_STRANGE, BYTE_BLANK, BYTE_WORD, BYTE_MARK, BYTE_PAIRED /* with the next one it may be something else */,
    BYTE_OPEN, BYTE_CLOSE, BYTE_LEFT_BRACE, BYTE_RIGHT_BRACE, BYTE_SEMICOLON, BYTE_QUOTE
} Byte;

static const uint8_t kinds[256] = {
    [' '] = BYTE_BLANK, ['\t'] = BYTE_BLANK, ['\n'] = BYTE_BLANK, ['\r'] = BYTE_BLANK,
    ['a' ... 'z'] = BYTE_WORD, ['A' ... 'Z'] = BYTE_WORD, ['0' ... '9'] = BYTE_WORD,
    ['_'] = BYTE_WORD, ['$'] = BYTE_WORD,
    ['!'] = BYTE_MARK, ['&'] = BYTE_MARK, ['*'] = BYTE_MARK, ['+'] = BYTE_MARK, [','] = BYTE_MARK, ['-'] = BYTE_MARK,
    ['.'] = BYTE_MARK, ['='] = BYTE_MARK, ['>'] = BYTE_MARK, ['?'] = BYTE_MARK, ['^'] = BYTE_MARK, ['|'] = BYTE_MARK,
    ['~'] = BYTE_MARK, ['/'] = BYTE_PAIRED, ['<'] = BYTE_PAIRED, ['%'] = BYTE_PAIRED, [':'] = BYTE_PAIRED,
    ['('] = BYTE_OPEN, ['['] = BYTE_OPEN, [')'] = BYTE_CLOSE, [']'] = BYTE_CLOSE,
    ['{'] = BYTE_LEFT_BRACE, ['}'] = BYTE_RIGHT_BRACE, [';'] = BYTE_SEMICOLON, ['"'] = BYTE_QUOTE, ['\''] = BYTE_QUOTE,
};

static Byte kind_of(const char *at)
{
    return kinds[(unsigned char)*at];
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static const char *skip_blanks(const char *at)
{
    while (kind_of(at) == BYTE_BLANK)
        at++;
    return at;
}

static __attribute__((noinline)) bool is_word_of_ours(const char *text, size_t length)
{
    static const struct { const char *spelling; size_t length; } words[] = {
#define WORD(name, spelling) {spelling, sizeof spelling - 1},
#include "words.def"
#undef WORD
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].length == length && !memcmp(words[i].spelling, text, length))
            return true;
    return false;
}

// Tells most other words by their length and where they begin.
static inline bool may_be_ours(const char *text, size_t length)
{
    const uint64_t beginnings = // by the lower bits of the letter
#define WORD(name, spelling) (uint64_t)1 << ((spelling)[0] & 63) |
#include "words.def"
#undef WORD
        0;
    const uint64_t lengths =
#define WORD(name, spelling) (uint64_t)1 << (sizeof spelling - 1) |
#include "words.def"
#undef WORD
        0;
    return beginnings >> (text[0] & 63) & lengths >> (length & 63) & 1;
}

// The functions below give the place behind what begins at `at`, NULL when it has to be read.

static const char *behind_word(const char *at)
{
    const char *start = at;
    while (kind_of(at) == BYTE_WORD)
        at++;
    size_t length = (size_t)(at - start);
    if (may_be_ours(start, length) && is_word_of_ours(start, length))
        return NULL;
    return kind_of(at) == BYTE_QUOTE && (at[-1] == 'R' || is_digit(*start)) ? NULL : at; // R"(…)", 1'000
}

static const char *behind_literal(const char *at)
{
    const char quote = *at++;
    if (*at == quote)
        return quote == '"' ? at + 1 : NULL;
    for (; *at != quote; at++) {
        at += *at == '\\';
        if (*at == '\n' || *at == '\r' || !*at)
            return NULL;
    }
    return at + 1;
}

// Behind what matches the '(', or the '{' of a body, at `at`.
static const char *behind_brackets(const char *at)
{
    const bool is_body = *at == '{';
    int braces = 0, brackets = 0;
    while (at) {
        switch (kind_of(at)) {
        case BYTE_WORD: at = behind_word(at); continue;
        case BYTE_QUOTE: at = behind_literal(at); continue;
        case BYTE_BLANK: case BYTE_MARK: break;
        case BYTE_PAIRED:
            if (memchr("%:>/*", at[1], 6)) // a comment, a digraph, the end
                return NULL;
            break;
        case BYTE_OPEN: brackets++; break;
        case BYTE_CLOSE:
            if (--brackets <= 0 && !is_body)
                return at + 1;
            break;
        case BYTE_LEFT_BRACE: braces++; break;
        case BYTE_RIGHT_BRACE:
            if (--braces == 0 && is_body)
                return brackets ? NULL : at + 1;
            break;
        case BYTE_SEMICOLON: break;
        case BYTE_STRANGE: return NULL;
        }
        if (!is_body && (braces || *at == ';'))
            return NULL;
        at++;
    }
    return NULL;
}

// ------------------------------------------------------------------------------------------ declarations

typedef struct Skim {
    const char *at;
    String *name;      // of what is declared
    bool has_type, is_typedef;
} Skim;

typedef enum HeadWord { HEAD_NONE, HEAD_IDLE, HEAD_TYPE } HeadWord;

// The keywords that may stand before the name.
static HeadWord head_word(TokenKind kind)
{
    switch (kind) {
    case T_EXTERN: case T_STATIC: case T_INLINE: case T_EXTENSION: case T_CONST: case T_VOLATILE: case T_RESTRICT:
        return HEAD_IDLE;
    case T_VOID: case T_BOOL: case T_CHAR: case T_SHORT: case T_INT: case T_LONG: case T_SIGNED: case T_UNSIGNED:
    case T_FLOAT: case T_DOUBLE: case T_COMPLEX:
        return HEAD_TYPE;
    default:
        return HEAD_NONE;
    }
}

static String *take_word(Skim *skim)
{
    const char *start = skim->at = skip_blanks(skim->at);
    if (kind_of(start) != BYTE_WORD || is_digit(*start) || !(skim->at = behind_word(start)))
        return NULL;
    return intern(start, (size_t)(skim->at - start));
}

static bool take_mark(Skim *skim, char mark)
{
    skim->at = skip_blanks(skim->at);
    if (*skim->at != mark)
        return false;
    skim->at++;
    return true;
}

static bool take_brackets(Skim *skim)
{
    skim->at = skip_blanks(skim->at);
    return *skim->at == '(' && (skim->at = behind_brackets(skim->at));
}

// One word in front of the name, or the name, which ends the head.
static bool take_head_word(Skim *skim)
{
    String *word = take_word(skim);
    if (!word)
        return false;
    if (word->meaning == T_ATTRIBUTE)
        return take_brackets(skim);
    if (word->meaning == T_TYPEDEF)
        return !skim->has_type && !skim->is_typedef && (skim->is_typedef = true);
    if (word->meaning) {
        HeadWord kind = head_word((TokenKind)word->meaning);
        skim->has_type |= kind == HEAD_TYPE;
        return kind != HEAD_NONE;
    }
    if (skim->has_type)
        skim->name = word;
    return skim->has_type ? *skip_blanks(skim->at) == '(' : (skim->has_type = true);
}

// typedef int (*name)(…): from the parenthesis on.
static bool take_pointer_name(Skim *skim)
{
    if (!skim->is_typedef || !skim->has_type || !take_mark(skim, '(') || !take_mark(skim, '*'))
        return false;
    skim->name = take_word(skim);
    return skim->name && !skim->name->meaning && take_mark(skim, ')');
}

static bool take_head(Skim *skim)
{
    while (!skim->name) {
        skim->at = skip_blanks(skim->at);
        if (*skim->at == '(')
            return take_pointer_name(skim);
        if (*skim->at == '*' && !skim->has_type)
            return false;
        if (*skim->at == '*')
            skim->at++;
        else if (!take_head_word(skim))
            return false;
    }
    return true;
}

static bool take_attributes_and_label(Skim *skim)
{
    for (skim->at = skip_blanks(skim->at); kind_of(skim->at) == BYTE_WORD; skim->at = skip_blanks(skim->at)) {
        const String *word = take_word(skim);
        if (!word || (word->meaning != T_ATTRIBUTE && word->meaning != T_ASM) || !take_brackets(skim))
            return false;
    }
    return true;
}

static bool take_function(Skim *skim)
{
    if (!take_head(skim) || !take_brackets(skim) || !take_attributes_and_label(skim))
        return false;
    if (*skim->at == '{' && !skim->is_typedef)
        return (skim->at = behind_brackets(skim->at));
    return take_mark(skim, ';');
}

bool leave_unread(Reader *reader)
{
    Lexer *lexer = &reader->lexer;
    Skim skim = {.at = lexer->cursor};
    if (kind_of(skim.at) != BYTE_WORD)
        return false;
    if (!reader->knows_words)
        words_learn(reader);
    if (!take_function(&skim))
        return false;
    lexer->start = lexer->cursor;
    lexer->cursor = skim.at;
    push_token(reader, skim.is_typedef ? T_UNREAD_TYPE : T_UNREAD_FUNCTION);
    vec_last(reader->tokens).name = skim.name;
    count_lines(reader);
    return true;
}

// ------------------------------------------------------------------------------------------- reading after all

// Pushes what stands before it, so that the first token has one before it as all others have.
static void read_piece(Reader *reader, const Token *unread)
{
    vec_push(reader->unit->arena, reader->tokens, *unread);
    vec_last(reader->tokens).kind = T_SEMICOLON;
    reader->file = unread->place.file;
    reader->line = unread->place.line;
    reader->depth = 1;
    reader->in_system_header = true;
    reader->begins = false;
    bool after_space = unread->space_before && !unread->starts_line;
    read_lexemes(reader, unread->text, unread->length, unread->starts_line, after_space);
    reader->lexer.start = reader->lexer.cursor;
    push_token(reader, T_END);
    for (size_t i = 1; i < vec_count(reader->tokens); i++)
        reader->tokens[i].macros = unread->macros;
}

LateTokens *late_with(const Reader *reader, uint32_t number)
{
    size_t behind = 1;
    vec_bisect(behind, vec_count(reader->late), middle, reader->late[middle].first_number <= number);
    return &reader->late[behind - 1];
}

// A declaration that was read has the number of its first token.
Token *read_unread(Unit *unit, Token *unread)
{
    Reader *reader = unit->reader;
    uint32_t number = unread->place.column & ~COLUMN_DEFERRED;
    if (number >= vec_count(unit->tokens))
        return late_with(reader, number)->tokens + 1;
    reader->tokens = NULL;
    reader->first_number = reader->next_number;
    read_piece(reader, unread);
    reader->next_number += (uint32_t)vec_count(reader->tokens);
    vec_push(unit->arena, reader->late, (LateTokens){unread, reader->tokens, reader->first_number});
    unread->place.column = COLUMN_DEFERRED | (reader->first_number + 1);
    return reader->tokens + 1;
}

// SPDX-License-Identifier: MIT
// The contextual words: which of them a token is, and whether it is ours there. A word is ours where C could not go on:
// two names side by side (`async f`, `yield from`, `raise e`), a name before a brace (`try {`) or a keyword. Where C
// could go on too (`async (f)(x)`, `raise;`), the word is ours only when it was not declared and the file uses one of
// our forms unmistakably (has_short_words); then it is also ours where nothing can follow (`defer }`), so that the
// production says what is missing. A typedef of that name is always C's.
#include "parse.h"

static const char *const word_spellings[WORD_COUNT] = {
#define WORD(name, spelling) [WORD_##name] = spelling,
#include "words.def"
#undef WORD
};

// The meaning of our words' names; below it stand those that read/ gave to keywords.
enum { FIRST_MEANING = T_COUNT };

bool is_word_of_ours(const String *name)
{
    return name->meaning >= FIRST_MEANING;
}

Word word_of(const Parser *p, const Token *token)
{
    if (token->kind != T_IDENTIFIER || !is_word_of_ours(token->name))
        return WORD_COUNT;
    return names_lookup(p->names, token->name) == NAME_TYPEDEF ? WORD_COUNT : token->name->meaning - FIRST_MEANING;
}

static bool is_undeclared(const Parser *p, const Token *token)
{
    return names_lookup(p->names, token->name) == NAME_UNKNOWN;
}

// Ours where C could go on as well?
static bool wins_over_c(const Parser *p, const Token *token)
{
    return p->has_short_words && is_undeclared(p, token);
}

static bool starts_operand(TokenKind kind)
{
    switch (kind) {
    case T_IDENTIFIER: case T_NUMBER: case T_STRING: case T_CHARACTER: case T_NOT: case T_TILDE: case T_EXTENSION:
    case T_GENERIC: case T_SIZEOF: case T_BUILTIN_VA_ARG: case T_BUILTIN_CHOOSE_EXPR:
        return true;
    default:
        return false;
    }
}

// True when the file's own text shows, whatever was declared so far, that it is written in our language.
static bool shows_our_form(const Parser *p, Token *token, TokenKind before)
{
    Token *next = after(token);
    switch (word_of(p, token)) {
    case WORD_YIELD:
        return word_of(p, next) == WORD_FROM;
    case WORD_ASYNC: case WORD_RAISES:
        return next->kind != T_IDENTIFIER && starts_specifiers(p, next);
    case WORD_TRY:
        return next->kind == T_LEFT_BRACE && before != T_STRUCT && before != T_UNION && before != T_ENUM;
    case WORD_DEFER: case WORD_RAISE: // `int raise asm("…")` is C
        return next->kind == T_IDENTIFIER || (begins_statement(next->kind) && next->kind != T_ASM);
    default:
        return false;
    }
}

void words_init(Parser *p)
{
    for (Word word = 0; word < WORD_COUNT; word++)
        intern_text(word_spellings[word])->meaning = FIRST_MEANING + word;
    TokenKind before = T_END;
    for (Token *token = p->unit->tokens; token->kind != T_END && !p->has_short_words; token++) {
        if (token->kind == T_IDENTIFIER && !token->in_system_header)
            p->has_short_words = shows_our_form(p, token, before);
        before = token->kind;
    }
}

// Nothing in C: no name that somebody declared, nor one that nobody did, can have this behind it.
static bool is_stuck_before(const Token *next)
{
    switch (next->kind) {
    case T_SEMICOLON: case T_LEFT_BRACE: case T_RIGHT_BRACE: case T_RIGHT_PAREN: case T_RIGHT_BRACKET: case T_NOT:
    case T_TILDE: case T_NUMBER: case T_STRING: case T_CHARACTER: case T_END:
        return true;
    default:
        return next->name; // a word
    }
}

// Ours, and then it lacks something or has too much.
static bool is_ours_and_stuck(const Parser *p, Token *token)
{
    return wins_over_c(p, token) && is_stuck_before(after(token));
}

// The unit is not plain C, and one in a header cannot be given to the C compiler again.
Token *take_word(Parser *p)
{
    Token *token = p->token;
    Word word = word_of(p, token);
    p->unit->uses_ideas = true;
    p->words_taken++;
    if (p->unit->is_preprocessed || (token->from_header && word < WORD_ACOC_ASYNC))
        p->unit->must_be_self_contained = true;
    return take(p);
}

// ----------------------------------------------------------------------------------------- specifiers

bool is_specifier_word(const Parser *p, Token *token)
{
    Token *next = after(token);
    switch (word_of(p, token)) {
    case WORD_ACOC_ASYNC: case WORD_ACOC_FUTURE_OF:
        return next->kind == T_LEFT_PAREN && is_undeclared(p, token);
    case WORD_ACOC_RAISES: case WORD_ACOC_BLOCKING:
        return is_undeclared(p, token);
    case WORD_ASYNC: case WORD_RAISES:
        if (word_of(p, next) == WORD_ASYNC || word_of(p, next) == WORD_RAISES)
            return true; // looking no farther, a run of them costs no more than its length
        if (starts_specifiers(p, skip_attributes(next)))
            return true;
        // async foo_t x: a declaration with a type that is not known
        return next->kind == T_IDENTIFIER && after(next)->kind == T_IDENTIFIER && is_undeclared(p, next) &&
               word_of(p, next) == WORD_COUNT;
    default:
        return false;
    }
}

// Behind other specifiers C would take the word as the name that is declared: `int async;`, `int async(void)`.
bool is_word_among_specifiers(const Parser *p, Token *token, bool has_type)
{
    if (is_specifier_word(p, token))
        return true;
    Word word = word_of(p, token);
    if (word != WORD_ASYNC && word != WORD_RAISES)
        return false;
    Token *next = after(token);
    switch (next->kind) {
    case T_IDENTIFIER: return true;
    case T_STAR: return has_type;
    case T_LEFT_PAREN: return has_type && after(next)->kind == T_STAR;
    default: return false;
    }
}

// ----------------------------------------------------------------------------------------- expressions

// `yield f()` is nothing in C: the `from` was forgotten.
bool starts_yield_from(const Parser *p)
{
    if (word_of(p, p->token) != WORD_YIELD)
        return false;
    Token *next = after(p->token);
    return word_of(p, next) == WORD_FROM || (next->kind == T_IDENTIFIER && is_undeclared(p, p->token)) ||
           is_ours_and_stuck(p, p->token);
}

bool starts_async_expression(const Parser *p)
{
    if (word_of(p, p->token) != WORD_ASYNC)
        return false;
    switch (peek_second(p)) {
    case T_IDENTIFIER: return true;
    case T_LEFT_PAREN: case T_STAR: case T_AND: return wins_over_c(p, p->token);
    default: return is_ours_and_stuck(p, p->token);
    }
}

// ---------------------------------------------------------------------------------- which statement begins

static bool starts_raise(const Parser *p, Token *token)
{
    TokenKind next = after(token)->kind;
    switch (next) {
    case T_SEMICOLON: return p->except_depth > 0 || p->has_short_words;
    // a function name cannot be an operand of these, so C has no use for them behind signal.h's raise
    case T_STAR: case T_AND: return p->has_short_words;
    case T_LEFT_PAREN: return wins_over_c(p, token);
    default: return starts_operand(next);
    }
}

static bool starts_defer(const Parser *p, Token *token)
{
    Token *next = after(token);
    switch (next->kind) {
    case T_IDENTIFIER: case T_LEFT_BRACE: return true;
    case T_INCREMENT: case T_DECREMENT: return after(next)->kind == T_IDENTIFIER;
    case T_LEFT_PAREN: case T_STAR: return wins_over_c(p, token);
    default: return begins_statement(next->kind);
    }
}

static bool starts_with(const Parser *p, Token *token)
{
    Token *opener = after(token);
    if (opener->kind != T_LEFT_PAREN)
        return false;
    if (starts_specifiers(p, after(opener)))
        return true; // no call has a type as its first argument
    TokenKind behind = skip_balanced(opener)->kind;
    switch (behind) {
    case T_IDENTIFIER: case T_LEFT_BRACE: return true;
    case T_STAR: case T_LEFT_PAREN: case T_INCREMENT: case T_DECREMENT: case T_END: return wins_over_c(p, token);
    default: return begins_statement(behind);
    }
}

static bool starts_except(const Parser *p, Token *token)
{
    Token *next = after(token);
    if (next->kind == T_LEFT_PAREN)
        return wins_over_c(p, token) && skip_balanced(next)->kind == T_LEFT_BRACE;
    return next->kind == T_LEFT_BRACE;
}

static bool starts_from(Token *token)
{
    return after(token)->kind == T_IDENTIFIER && after(after(token))->kind == T_LEFT_PAREN;
}

// A word that cannot go on is ours too: its production says what it needs.
bool starts_word_statement(const Parser *p)
{
    Token *token = p->token;
    TokenKind next = after(token)->kind;
    bool is_stuck = token->kind == T_IDENTIFIER && is_ours_and_stuck(p, token);
    switch (word_of(p, token)) {
    case WORD_TRY: return is_stuck || next == T_LEFT_BRACE || next == T_IDENTIFIER || begins_statement(next);
    case WORD_EXCEPT: return is_stuck || starts_except(p, token);
    case WORD_FINALLY: return is_stuck || next == T_LEFT_BRACE;
    case WORD_RAISE: return is_stuck || starts_raise(p, token);
    case WORD_DEFER: return is_stuck || starts_defer(p, token);
    case WORD_WITH: return is_stuck || starts_with(p, token);
    case WORD_FROM: return wins_over_c(p, token) && starts_from(token);
    default: return false;
    }
}

// Behind the block of a `try` hardly anything else is meant.
bool goes_on_with(const Parser *p, Word word)
{
    if (word_of(p, p->token) != word)
        return false;
    TokenKind next = peek_second(p);
    return next == T_LEFT_BRACE || next == T_LEFT_PAREN || (next == T_COLON && wins_over_c(p, p->token)) ||
           is_ours_and_stuck(p, p->token);
}

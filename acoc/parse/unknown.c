// SPDX-License-Identifier: MIT
// Names that mean nothing here: types that nobody declared, keywords with a slip of the pen, words of other languages.
// Each is reported once with what may be meant; the parser goes on as if the type were known.
#include "parse.h"

#include "../base/map.h"
#include "../base/similar.h"
#include "../model/library.h"

static const char *const our_statement_words[] = {"try", "except", "finally", "raise", "defer", "with", "yield"};
static const char *const our_specifier_words[] = {"async", "raises"};

// What programmers of other languages write for what C and acoc have; whole statements begin with the first ones.
static const struct {
    const char *word, *ours;
    bool begins_statement;
} foreign_words[] = {
    {"await", "'yield from'", true}, {"co_await", "'yield from'", true}, {"throw", "'raise'", true},
    {"co_return", "'return'", true}, {"co_yield", "'yield from'", true}, {"elif", "'else if'", true},
    {"elsif", "'else if'", true}, {"elseif", "'else if'", true}, {"yield", "'yield from'", false},
    {"catch", "'except (Kind name)'", false}, {"class", "'struct'", false}, {"new", "'malloc()'", false},
    {"delete", "'free()'", true}, {"string", "'char *'", false}, {"boolean", "'bool' of <stdbool.h>", false},
    {"None", "'NULL'", false}, {"nil", "'NULL'", false}, {"True", "'true' of <stdbool.h>", false},
    {"False", "'false' of <stdbool.h>", false}, {"func", "a return type, as in 'async int f(void)'", false},
    {"function", "a return type, as in 'async int f(void)'", false},
    {"def", "a return type, as in 'async int f(void)'", false},
};

enum { FOREIGN = sizeof foreign_words / sizeof *foreign_words };

static size_t foreign_word(const Token *token)
{
    size_t i = 0;
    while (i < FOREIGN && !(token && token->kind == T_IDENTIFIER && string_is(token->name, foreign_words[i].word)))
        i++;
    return i;
}

bool note_foreign_word(const Token *token)
{
    size_t i = foreign_word(token);
    if (i == FOREIGN)
        return false;
    note_at(token->place, token->length, "if you mean what '%s' is elsewhere: it is %s here", foreign_words[i].word,
            foreign_words[i].ours);
    return true;
}

static bool is_keyword(TokenKind kind)
{
    const char *spelling = token_spelling(kind);
    return spelling[0] != '_' && intern_text(spelling)->meaning == kind; // one that the compiler knows in this mode
}

// Keywords of C that are such words, and ours.
static void offer_words(Similar *similar, bool (*is_such)(TokenKind kind), const char *const *ours, size_t count)
{
    for (TokenKind kind = 0; kind < T_COUNT; kind++)
        if (is_such(kind) && is_keyword(kind))
            similar_offer(similar, token_spelling(kind));
    for (size_t i = 0; i < count; i++)
        similar_offer(similar, ours[i]);
}

static void suggest(const Token *token, const char *found)
{
    fix_at(token->place, token->length, found, "did you mean '%s'?", found);
}

// The keyword of a statement that the name nearly is, NULL when it is none.
static const char *nearly_statement(const Parser *p, const Token *token)
{
    if (at_file_scope(p) || names_lookup(p->names, token->name) != NAME_UNKNOWN)
        return NULL;
    Similar similar = similar_to(token->name->text);
    offer_words(&similar, is_statement_keyword, our_statement_words, sizeof our_statement_words / sizeof(char *));
    return similar.found;
}

static const char *nearly_type(const Parser *p, const Token *token)
{
    if (!diag_takes_suggestion())
        return NULL;
    Similar similar = similar_to(token->name->text);
    offer_words(&similar, is_specifier_keyword, our_specifier_words, sizeof our_specifier_words / sizeof(char *));
    names_offer(p->names, NAME_TYPEDEF, &similar);
    return similar.found;
}

static bool item_is_unknown(const Parser *p)
{
    return p->item && p->item->kind == T_IDENTIFIER && !is_word_of_ours(p->item->name) &&
           names_lookup(p->names, p->item->name) == NAME_UNKNOWN;
}

bool item_is_misspelt(const Parser *p)
{
    return item_is_unknown(p) && nearly_statement(p, p->item);
}

void note_misspelt_item(Parser *p)
{
    const Token *token = p->item;
    if (!item_is_unknown(p))
        return;
    const char *found = nearly_statement(p, token);
    if (!found && p->previous <= token + 1)
        found = nearly_type(p, token);
    size_t foreign = foreign_word(token);
    if (foreign < FOREIGN && foreign_words[foreign].begins_statement && token != p->previous)
        note_foreign_word(token);
    else if (found)
        suggest(token, found);
}

// ------------------------------------------------------------------------------------- misspelt attributes

// As name was written, perhaps between underscores.
static const char *written_as(const Parser *p, const Token *token, const String *name, const char *found)
{
    return token->name == name ? found : arena_printf(p->arena, "__%s__", found);
}

// One that nobody knows may be a newer compiler's, unless a name is near that this one knows.
void warn_of_misspelt_attribute(Parser *p, const Token *token, const String *name, AttributeUsers users)
{
    enum { MOST_SEARCHES = 1000 }; // each goes through all names
    if (token->in_system_header || attribute_is_known(name) || p->attribute_searches >= MOST_SEARCHES)
        return;
    p->attribute_searches++;
    Similar similar = similar_to(name->text);
    attribute_offer(&similar, users);
    if (!similar.found)
        return;
    warn_at(W_UNKNOWN_ATTRIBUTES, token->place, token->length, "no attribute is called '%.*s'", (int)token->length,
            token->text);
    suggest(token, written_as(p, token, name, similar.found));
}

// ------------------------------------------------------------------------------------------ unknown types

// Behind "foo_t": "(*f)(int)" or "(*a)[3]". As the call of a function that nobody declared it could not go on so.
static bool declares_pointer_in_parens(Token *opener)
{
    if (opener->kind != T_LEFT_PAREN || after(opener)->kind != T_STAR)
        return false;
    TokenKind behind = skip_balanced(opener)->kind;
    return behind == T_LEFT_PAREN || behind == T_LEFT_BRACKET;
}

bool stands_for_type(const Parser *p)
{
    Token *second = after(p->token);
    if (peek(p) != T_IDENTIFIER || names_lookup(p->names, p->token->name) == NAME_ORDINARY || starts_yield_from(p) ||
        starts_word_statement(p))
        return false;
    bool is_starred = second->kind == T_STAR && after(second)->kind != T_LEFT_PAREN;
    return second->kind == T_IDENTIFIER || is_starred || is_specifier_keyword(second->kind) ||
           declares_pointer_in_parens(second);
}

bool is_unknown_name(const Parser *p, const Token *token)
{
    return token->kind == T_IDENTIFIER && names_lookup(p->names, token->name) == NAME_UNKNOWN;
}

static Token *skip_pointers(Token *token)
{
    while (token->kind == T_STAR || specifier_keywords[token->kind].role == ROLE_QUALIFIER)
        token = after(token);
    return token;
}

// Behind "foo_t *": "x =", for a product is not assigned to, or an unknown "x;", for nobody wants such a product.
static bool goes_on_as_declarator(const Parser *p, Token *name)
{
    switch (after(name)->kind) {
    case T_ASSIGN:
        return name->kind == T_IDENTIFIER;
    case T_SEMICOLON: case T_COMMA: case T_LEFT_BRACKET:
        return is_unknown_name(p, name);
    default:
        return false;
    }
}

bool declares_with_unknown_type(const Parser *p)
{
    Token *second = after(p->token);
    if (!is_unknown_name(p, p->token) || starts_word_statement(p) || starts_yield_from(p) || starts_async_expression(p))
        return false;
    if (second->kind == T_STAR)
        return goes_on_as_declarator(p, skip_pointers(second));
    return second->kind == T_IDENTIFIER || declares_pointer_in_parens(second);
}

// Behind "foo_t" where an expression may stand as well: "*)", "const *)", "*,", "*[3]", "[]", "(*)(int)". No expression
// goes on so.
static bool goes_on_as_type_name(Token *token)
{
    Token *end = skip_pointers(token);
    switch (end->kind) {
    case T_RIGHT_PAREN: case T_COMMA:
        return end != token;
    case T_LEFT_BRACKET:
        return end != token || after(end)->kind == T_RIGHT_BRACKET;
    case T_LEFT_PAREN:
        return skip_pointers(after(end))->kind == T_RIGHT_PAREN && declares_pointer_in_parens(end);
    default:
        return false;
    }
}

bool is_unknown_type_name(const Parser *p, Token *token)
{
    return is_unknown_name(p, token) && goes_on_as_type_name(after(token));
}

// What begins an operand and goes on with no value. A '(', '*', '&', '+' or '-' does either.
static bool only_begins_operand(TokenKind kind)
{
    switch (kind) {
    case T_IDENTIFIER: case T_NUMBER: case T_CHARACTER: case T_STRING: case T_TRUE: case T_FALSE: case T_NULLPTR:
    case T_TILDE: case T_NOT: case T_SIZEOF: case T_ALIGNOF: case T_REAL: case T_IMAG: case T_GENERIC:
    case T_BUILTIN_VA_ARG: case T_BUILTIN_OFFSETOF: case T_BUILTIN_TYPES_COMPATIBLE_P: case T_BUILTIN_CHOOSE_EXPR:
        return true;
    default:
        return false;
    }
}

bool is_parenthesised_unknown_type(const Parser *p, bool is_cast)
{
    Token *name = after(p->token), *end = after(name);
    if (peek(p) != T_LEFT_PAREN || !is_unknown_name(p, name))
        return false;
    if (goes_on_as_type_name(end))
        return true;
    if (end->kind == T_LEFT_BRACKET) // "(foo_t[3]){"
        end = skip_balanced(end);
    if (end->kind != T_RIGHT_PAREN)
        return false;
    Token *behind = after(end);
    bool is_alone = end == after(name), goes_on = !behind->starts_line; // or a ';' was forgotten
    return behind->kind == T_LEFT_BRACE || (is_cast && is_alone && goes_on && only_begins_operand(behind->kind));
}

static const char *tag_kind(const Parser *p, String *name)
{
    const Token *keyword = p->tags ? map_get(p->tags, name) : NULL;
    return keyword ? arena_printf(p->arena, "%.*s %s", (int)keyword->length, keyword->text, name->text) : NULL;
}

// Tags are no names, so `point p` is not `struct point p`.
void note_tag(Parser *p, Token *keyword, String *name)
{
    if (!p->tags)
        p->tags = map_new(p->arena);
    map_put(p->tags, name, keyword);
    if (!at_file_scope(p))
        return;
    if (!p->file_tags)
        p->file_tags = map_new(p->arena);
    map_put(p->file_tags, name, keyword);
}

bool tag_is_known(const Parser *p, const String *name)
{
    return map_get(p->file_tags, name);
}

// True when a statement is meant, so that what follows is no declaration.
bool report_unknown_type(Parser *p, const Token *token)
{
    const char *tagged = tag_kind(p, token->name), *statement = tagged ? NULL : nearly_statement(p, token);
    const char *type;
    size_t foreign = foreign_word(token);
    error_at(token->place, token->length, "unknown type name '%s'", token->name->text);
    if (tagged)
        suggest(token, tagged);
    else if (note_foreign_word(token) || note_header(token->place, token->length, token->name->text))
        return foreign < FOREIGN && foreign_words[foreign].begins_statement;
    else if (statement)
        suggest(token, statement);
    else if ((type = nearly_type(p, token)) != NULL)
        suggest(token, type);
    return statement != NULL;
}

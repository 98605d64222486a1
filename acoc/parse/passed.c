// SPDX-License-Identifier: MIT
// Functions that headers declare. A program calls a few of the thousands that its headers name, so one is parsed and
// checked when its name is looked up for the first time. Until then the parser knows that the name is a function's and
// where its declarations begin.
//
// Most of those in system headers read/ has not even read, and what it left unread is passed over. Elsewhere that must
// not hide a mistake: only what can have none is passed over, prototypes of the plainest form with types that are
// known, and in system headers, whose bodies nobody judges, functions with such a head. Everything else, and whatever
// has a word of ours in it, is parsed where it stands.
//
//     extern gchar *g_strdup (const gchar *str) __attribute__((malloc));      passed over
//     void qsort(void *, size_t, size_t, int (*)(const void *, const void *)); parsed: a declarator in parentheses
#include "parse.h"

#include "../base/map.h"

typedef struct Passed {
    struct Passed *next;
    Token *first;
} Passed;

// What headers declare by one name.
typedef struct PassedName {
    Passed *first, *last;
} PassedName;

// ------------------------------------------------------------------------------------------- recognising

static bool is_plain_name(const Token *token)
{
    return token->kind == T_IDENTIFIER && !is_word_of_ours(token->name);
}

static bool is_qualifier(TokenKind kind)
{
    return kind == T_CONST || kind == T_VOLATILE || kind == T_RESTRICT;
}

static bool is_storage(TokenKind kind)
{
    return kind == T_EXTERN || kind == T_STATIC || kind == T_INLINE || kind == T_EXTENSION;
}

// struct tag, of a tag that stands at file scope already: a new one would be declared here.
static bool is_known_record(const Parser *p, const Token *token)
{
    if (token->kind != T_STRUCT && token->kind != T_UNION && token->kind != T_ENUM)
        return false;
    return is_plain_name(token + 1) && token[2].kind != T_LEFT_BRACE && token[2].kind != T_COLON &&
           tag_is_known(p, token[1].name);
}

// Behind the specifiers at token; NULL when they are not plain.
static Token *behind_specifiers(const Parser *p, Token *token, bool in_parameter, TypeWords *words)
{
    for (;; token++) {
        if (count_type_word(words, token->kind))
            continue;
        if (token->kind == T_ATTRIBUTE) {
            token = skip_attributes(token) - 1;
        } else if (is_known_record(p, token)) {
            if (words->typedef_name)
                return NULL;
            words->typedef_name = ++token;
        } else if (is_plain_name(token) && !has_type_word(words) && names_lookup(p->names, token->name) == NAME_TYPEDEF) {
            words->typedef_name = token;
        } else if (!is_qualifier(token->kind) && (in_parameter || !is_storage(token->kind))) {
            return has_type_word(words) && type_words_agree(words) ? token : NULL;
        }
    }
}

static Token *behind_stars(Token *token, bool *any)
{
    *any = token->kind == T_STAR;
    while (token->kind == T_STAR || (*any && is_qualifier(token->kind)))
        token++;
    return token;
}

// Behind [], [3] and attributes.
static Token *behind_suffixes(Token *token)
{
    for (;;) {
        if (token->kind == T_ATTRIBUTE) {
            token = skip_attributes(token);
        } else if (token->kind == T_LEFT_BRACKET) {
            token += token[1].kind == T_NUMBER ? 2 : 1;
            if (token->kind != T_RIGHT_BRACKET)
                return NULL;
            token++;
        } else {
            return token;
        }
    }
}

static Token *behind_parameter(const Parser *p, Token *token)
{
    TypeWords words = {0};
    bool is_pointer;
    token = behind_specifiers(p, token, true, &words);
    if (!token)
        return NULL;
    token = behind_stars(token, &is_pointer);
    if (words.void_ && !is_pointer)
        return NULL;
    if (is_plain_name(token))
        token++;
    return behind_suffixes(token);
}

// Behind the parameters that the parenthesis opens; NULL when they are not plain.
static Token *behind_parameters(const Parser *p, Token *opener)
{
    Token *token = opener + 1;
    if (token->kind == T_RIGHT_PAREN)
        return token + 1;
    if (token->kind == T_VOID && token[1].kind == T_RIGHT_PAREN)
        return token + 2;
    for (; (token = behind_parameter(p, token)) && token->kind == T_COMMA; token++)
        if (token[1].kind == T_ELLIPSIS)
            return token[2].kind == T_RIGHT_PAREN ? token + 3 : NULL;
    return token && token->kind == T_RIGHT_PAREN ? token + 1 : NULL;
}

// Behind the body that begins at token; NULL when it has a word of ours.
static Token *behind_body(Token *token)
{
    Token *end = skip_balanced(token);
    for (; token < end; token++)
        if (token->kind == T_PRAGMA || (token->kind == T_IDENTIFIER && is_word_of_ours(token->name)))
            return NULL;
    return end[-1].kind == T_RIGHT_BRACE ? end : NULL;
}

static Token *behind_attributes_and_label(Token *token)
{
    for (;;) {
        if (token->kind == T_ATTRIBUTE)
            token = skip_attributes(token);
        else if (token->kind == T_ASM && token[1].kind == T_LEFT_PAREN)
            token = skip_balanced(token + 1);
        else
            return token;
    }
}

// Behind the declaration at first; NULL when it has to be parsed.
static Token *behind_function(const Parser *p, Token *first, Token **name)
{
    TypeWords words = {0};
    bool any;
    Token *token = behind_specifiers(p, first, false, &words);
    *name = token ? behind_stars(token, &any) : NULL;
    if (!*name || !is_plain_name(*name) || (*name)[1].kind != T_LEFT_PAREN)
        return NULL;
    token = behind_parameters(p, *name + 1);
    token = token ? behind_attributes_and_label(token) : NULL;
    if (token && token->kind == T_LEFT_BRACE && first->in_system_header)
        return behind_body(token);
    return token && token->kind == T_SEMICOLON ? token + 1 : NULL;
}

// ------------------------------------------------------------------------------------- passing over, asking

// Behind the declaration at first, when it may be passed over; NULL otherwise.
static Token *behind_declaration(const Parser *p, Token *first, Token **name)
{
    if (kind_is_unread(first->kind)) {
        *name = first;
        return first + 1;
    }
    return first->from_header ? behind_function(p, first, name) : NULL;
}

// Keeps where a declaration of this name begins.
static void pass_over(Parser *p, PassedName *passed_name, Token *first, String *name)
{
    Passed *passed = NEW(p->arena, Passed);
    if (!passed_name)
        map_put(p->unit->passed_over, name, passed_name = NEW(p->arena, PassedName));
    passed->first = first;
    *(passed_name->first ? &passed_name->last->next : &passed_name->first) = passed;
    passed_name->last = passed;
    names_declare(p->names, name, first->kind == T_UNREAD_TYPE ? NAME_TYPEDEF : NAME_ORDINARY);
}

bool pass_over_declaration(Parser *p)
{
    Token *name, *behind = behind_declaration(p, p->token, &name);
    if (!behind)
        return false;
    PassedName *passed_name = map_get(p->unit->passed_over, name->name);
    if (!passed_name && names_lookup(p->names, name->name) != NAME_UNKNOWN) // a declaration that was parsed came before
        return false;
    pass_over(p, passed_name, p->token, name->name);
    p->previous = behind - 1;
    p->token = after(behind - 1);
    return true;
}

// ----------------------------------------------------------------------------------- reading and parsing after all

static void read_passed(Parser *p, void *context)
{
    Node **node = context;
    *node = parse_external_declaration(p);
}

// NULL when it has an error.
static Node *node_of_passed(Parser *p, Token *first)
{
    Node *node;
    if (kind_is_unread(first->kind))
        first = p->unit->read_unread(p->unit, first);
    p->item = p->token = first;
    p->previous = first == p->unit->tokens ? NULL : first - 1;
    return protect(p, read_passed, &node) ? node : NULL;
}

void take_unread(Parser *p)
{
    Token *unread = p->token;
    Node *node = node_of_passed(p, unread);
    if (node)
        vec_push(p->arena, p->unit->declarations, node);
    else
        doubt(p, unread, unread + 1);
    p->previous = unread;
    p->token = after(unread);
}

static Node **find_passed_over(Unit *unit, String *name)
{
    Parser *p = unit->parser;
    const PassedName *passed_name = map_get(unit->passed_over, name);
    Node **nodes = NULL;
    if (!passed_name)
        return NULL;
    map_put(unit->passed_over, name, NULL);
    for (const Passed *passed = passed_name->first; passed; passed = passed->next) {
        Node *node = node_of_passed(p, passed->first);
        if (node)
            vec_push(unit->arena, nodes, node);
    }
    return nodes;
}

void passed_init(Parser *p)
{
    p->unit->parser = p;
    p->unit->passed_over = map_new(p->arena);
    p->unit->find_passed_over = find_passed_over;
}

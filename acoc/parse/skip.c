// SPDX-License-Identifier: MIT
// Text that is passed over without being parsed: balanced tokens and attributes in looking ahead, and the rest of an
// item in which an error was found. All of it only counts brackets.
#include "parse.h"

#include "../base/map.h"

typedef struct Nesting {
    int braces, brackets; // brackets: ( and [
} Nesting;

static void count_token(Nesting *nesting, const Token *token)
{
    switch (token->kind) {
    case T_LEFT_BRACE: nesting->braces++; break;
    case T_RIGHT_BRACE: nesting->braces--; break;
    case T_LEFT_PAREN: case T_LEFT_BRACKET: nesting->brackets++; break;
    case T_RIGHT_PAREN: case T_RIGHT_BRACKET: nesting->brackets--; break;
    default: break;
    }
}

// --------------------------------------------------------------------------------------- looking ahead

Token *skip_balanced(Token *opener)
{
    Nesting nesting = { 0, 0 };
    Token *token = opener;
    do {
        if (token->kind == T_END)
            return token;
        count_token(&nesting, token);
        token = after(token);
    } while (nesting.braces > 0 || nesting.brackets > 0);
    return token;
}

bool is_attribute_start(const Token *token)
{
    return token->kind == T_ATTRIBUTE || token->kind == T_DECLSPEC || token->kind == T_CALLING_CONVENTION ||
           (token->kind == T_LEFT_BRACKET && token[1].kind == T_LEFT_BRACKET);
}

Token *skip_extensions(Token *token)
{
    while (token->kind == T_EXTENSION)
        token = after(token);
    return token;
}

Token *skip_attributes(Token *token)
{
    while (is_attribute_start(token)) {
        bool is_word = token->kind == T_CALLING_CONVENTION;
        if (is_word || token->kind == T_ATTRIBUTE || token->kind == T_DECLSPEC)
            token = after(token);
        if (!is_word)
            token = skip_balanced(token);
    }
    return token;
}

// -------------------------------------------------------------------------------------------- recovery

static bool starts_statement_or_declaration(TokenKind kind)
{
    if (kind == T_ELSE) // goes on with what was skipped
        return false;
    return is_statement_keyword(kind) || is_specifier_keyword(kind) || kind_is_unread(kind);
}

// True when the item that is being skipped ends with (or before) this token.
static bool ends_item(Parser *p, Nesting *nesting, const Token *start)
{
    Token *token = p->token;
    if (nesting->braces > 0)
        return false;
    if (token != start && token->starts_line && starts_statement_or_declaration(token->kind))
        return true;
    if (token->kind != T_SEMICOLON)
        return false;
    // a semicolon inside the head of a `for` ends nothing, unless a closing parenthesis was forgotten
    if (nesting->brackets > 0 && !after(token)->starts_line)
        return false;
    take(p);
    return true;
}

static bool ends_with_brace(const Parser *p)
{
    switch (p->token->kind) {
    case T_SEMICOLON: case T_COMMA: case T_RIGHT_PAREN: case T_RIGHT_BRACKET: case T_ELSE: case T_WHILE: case T_ASSIGN:
        return false;
    default:
        return true;
    }
}

static Nesting nesting_between(Token *start, const Token *end)
{
    Nesting nesting = { 0, 0 };
    for (Token *token = start; token < end; token++)
        count_token(&nesting, token);
    return nesting;
}

void doubt(Parser *p, Token *from, const Token *end)
{
    if (!p->unit->doubtful)
        p->unit->doubtful = map_new(p->arena);
    for (; from < end; from++)
        if (from->kind == T_IDENTIFIER || kind_is_unread(from->kind))
            map_put(p->unit->doubtful, from->name, from->name);
}

bool stands_at_margin(const Token *token)
{
    return token->starts_line && source_resolve(token->place).column == 1;
}

bool is_indented(const Token *token)
{
    return token->starts_line && token->kind != T_END && !stands_at_margin(token);
}

// Whether a '}' that nothing skipped has opened ends the block. `int a[] = 1, 2 }, *p;` and `f(x; })` lack their '{'.
static bool closes_block(Token *token, const Nesting *nesting)
{
    TokenKind next = after(token)->kind;
    if (stands_at_margin(token))
        return true;
    return next != T_COMMA && next != T_SEMICOLON && (next != T_RIGHT_PAREN || nesting->brackets <= 0);
}

static void skip_in_block(Parser *p, Token *start)
{
    Nesting nesting = nesting_between(start, p->token);
    while (p->token->kind != T_END && !ends_item(p, &nesting, start)) {
        bool closes = p->token->kind == T_RIGHT_BRACE;
        if (closes && nesting.braces <= 0) {
            if (closes_block(p->token, &nesting))
                return;
            take(p);
            continue;
        }
        count_token(&nesting, p->token);
        take(p);
        if (closes && nesting.braces == 0 && ends_with_brace(p))
            return;
    }
}

// Statements at file scope: to the '}' that was meant to end their function, or the next thing at the left margin.
static void leave_stray_statements(Parser *p, const Token *start)
{
    int braces = 0;
    while (p->token->kind != T_END) {
        Token *token = p->token;
        bool is_at_margin = stands_at_margin(token);
        braces += token->kind == T_LEFT_BRACE ? 1 : token->kind == T_RIGHT_BRACE ? -1 : 0;
        if (token != start && braces == 0 && token->kind != T_RIGHT_BRACE && is_at_margin)
            return;
        take(p);
        if (braces < 0 && is_at_margin)
            return;
        if (braces < 0)
            braces = 0;
    }
}

void recover_in_block(Parser *p, Token *start)
{
    skip_in_block(p, start);
    doubt(p, start, p->token);
    accept(p, T_ELSE); // its `if` was in what was skipped; what it does is read
}

static bool is_stray(const Parser *p, Token *start)
{
    return is_statement_keyword(start->kind) || is_indented(start) || (!start->starts_line && !starts_specifiers(p, start));
}

// What follows on the same line or indented belongs to the declaration that had the fault, and so does a '}'.
static bool ends_external(const Parser *p, const Token *last, const Nesting *nesting)
{
    if (nesting->braces > 0 || !p->token->starts_line || is_indented(p->token) || peek(p) == T_RIGHT_BRACE)
        return false;
    return last->kind == T_SEMICOLON || kind_is_unread(last->kind) || (last->kind == T_RIGHT_BRACE && ends_with_brace(p));
}

static void skip_in_unit(Parser *p, Token *start)
{
    if (is_stray(p, start)) {
        leave_stray_statements(p, start);
        return;
    }
    Nesting nesting = nesting_between(start, p->token);
    while (p->token->kind != T_END) {
        Token *token = p->token;
        // a declaration at the left margin: a semicolon or brace before it was forgotten
        if (token != start && starts_statement_or_declaration(token->kind) && stands_at_margin(token))
            return;
        count_token(&nesting, token);
        take(p);
        if (ends_external(p, token, &nesting))
            return;
    }
}

void recover_in_unit(Parser *p, Token *start)
{
    skip_in_unit(p, start);
    doubt(p, start, p->token);
}

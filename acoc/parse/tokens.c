// SPDX-License-Identifier: MIT
// The parser's verbs. Productions use peek, accept, expect and expect_close and nothing else on tokens; every
// message about something missing comes from here, so that all say what was expected and after what.
// Recovery stands here too: it only counts brackets.
#include "parse.h"

#include <stdlib.h>

// A default stack of 8 MiB holds this many levels in every later stage too, under AddressSanitizer as well.
enum { DEPTH_LIMIT = 1000, ERROR_LIMIT = 50 };

static const char *const spellings[] = {
#define TOKEN(kind, spelling, since) [T_##kind] = spelling,
#include "tokens.def"
#undef TOKEN
};

TokenKind peek(const Parser *p)
{
    return p->token->kind;
}

Token *after(Token *token)
{
    if (token->kind == T_END)
        return token;
    do
        token++;
    while (token->kind == T_PRAGMA);
    return token;
}

TokenKind peek_second(const Parser *p)
{
    return after(p->token)->kind;
}

Token *take(Parser *p)
{
    if (p->token->kind == T_END) {
        error_at(p->token->place, 1, "unexpected end of file");
        fail(p);
    }
    p->previous = p->token;
    p->token = after(p->token);
    return p->previous;
}

bool accept(Parser *p, TokenKind kind)
{
    if (p->token->kind != kind)
        return false;
    take(p);
    return true;
}

// -------------------------------------------------------------------------------------------- messages

// "';'" for what is spelt so, "a name" for what is not.
static const char *describe(Parser *p, TokenKind kind)
{
    if (kind == T_IDENTIFIER)
        return "a name";
    if (kind == T_STRING)
        return "a string";
    return arena_printf(p->arena, "'%s'", spellings[kind]);
}

// Where something is missing: at the next token, or behind the last one when the next stands on another line.
static void report_missing(Parser *p, const char *message)
{
    Token *next = p->token, *last = p->previous;
    bool same_line = last && next->place.file == last->place.file && next->place.line == last->place.line;
    if (!last || (same_line && next->kind != T_END)) {
        error_at(next->place, next->length, "%s", message);
        return;
    }
    Place place = source_resolve(last->place);
    if (place.column && last->raw) // a macro's token has the place of the macro's name, not its own length
        place.column += last->length;
    error_at(place, 1, "%s", message);
}

void fail(Parser *p)
{
    if (diag_error_count() > ERROR_LIMIT)
        p->gave_up = true;
    longjmp(p->recovery->jump, 1);
}

void fail_expected(Parser *p, const char *what)
{
    const char *message = arena_printf(p->arena, "expected %s", what);
    if (p->previous)
        message = arena_printf(p->arena, "%s after '%.*s'", message, (int)p->previous->length, p->previous->text);
    report_missing(p, message);
    fail(p);
}

void note_foreign_word(const Token *token)
{
    static const struct {
        const char *word, *ours;
    } words[] = {
        {"await", "'yield from'"}, {"yield", "'yield from'"}, {"catch", "'except (Kind name)'"},
        {"throw", "'raise'"},
    };
    for (size_t i = 0; token && i < sizeof words / sizeof *words; i++)
        if (token->kind == T_IDENTIFIER && string_is(token->name, words[i].word))
            note_at(token->place, token->length, "if you mean what '%s' is elsewhere: it is %s here", words[i].word,
                    words[i].ours);
}

static bool missing(Parser *p, TokenKind kind, const char *where)
{
    if (p->token->kind == kind)
        return false;
    report_missing(p, arena_printf(p->arena, "expected %s %s", describe(p, kind), where));
    note_foreign_word(p->previous);
    return true;
}

Token *expect(Parser *p, TokenKind kind, const char *where)
{
    if (missing(p, kind, where))
        fail(p);
    return take(p);
}

void expect_close(Parser *p, TokenKind kind, Token *opener, const char *where)
{
    if (missing(p, kind, where)) {
        note_at(opener->place, opener->length, "to match this '%.*s'", (int)opener->length, opener->text);
        fail(p);
    }
    take(p);
}

void expect_semicolon(Parser *p, const char *where)
{
    if (accept(p, T_SEMICOLON))
        return;
    bool line_ends = p->token->starts_line || p->token->kind == T_RIGHT_BRACE;
    missing(p, T_SEMICOLON, where);
    if (!line_ends)
        fail(p);
}

// ------------------------------------------------------------------------------- nesting and protection

void enter(Parser *p)
{
    if (++p->depth <= DEPTH_LIMIT)
        return;
    error_at(p->token->place, p->token->length, "nested more than %d levels deep", DEPTH_LIMIT);
    p->gave_up = true;
    fail(p);
}

void leave(Parser *p)
{
    p->depth--;
}

bool protect(Parser *p, void (*parse)(Parser *p, void *context), void *context)
{
    Recovery recovery, *const outer = p->recovery;
    const size_t scopes = names_depth(p->names);
    const unsigned depth = p->depth, except_depth = p->except_depth;

    p->recovery = &recovery;
    bool failed = setjmp(recovery.jump) != 0;
    if (!failed)
        parse(p, context);
    p->recovery = outer;
    if (!failed)
        return true;
    names_leave_to(p->names, scopes);
    p->depth = depth;
    p->except_depth = except_depth;
    if (p->gave_up && outer)
        fail(p);
    return false;
}

// -------------------------------------------------------------------------------------------- recovery

static bool starts_statement_or_declaration(TokenKind kind)
{
    switch (kind) {
    case T_IF: case T_WHILE: case T_DO: case T_FOR: case T_SWITCH: case T_CASE: case T_DEFAULT: case T_GOTO:
    case T_BREAK: case T_CONTINUE: case T_RETURN:
    case T_TYPEDEF: case T_STATIC: case T_EXTERN: case T_STRUCT: case T_UNION: case T_ENUM: case T_VOID: case T_CHAR:
    case T_INT: case T_LONG: case T_UNSIGNED: case T_DOUBLE: case T_FLOAT: case T_CONST: case T_INLINE:
        return true;
    default:
        return false;
    }
}

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

void recover_in_block(Parser *p, Token *start)
{
    Nesting nesting = nesting_between(start, p->token);
    while (p->token->kind != T_END && !ends_item(p, &nesting, start)) {
        bool closes = p->token->kind == T_RIGHT_BRACE;
        if (closes && nesting.braces <= 0)
            return; // the block's own end
        count_token(&nesting, p->token);
        take(p);
        if (closes && nesting.braces == 0 && ends_with_brace(p))
            return;
    }
}

void recover_in_unit(Parser *p, Token *start)
{
    Nesting nesting = nesting_between(start, p->token);
    while (p->token->kind != T_END && !ends_item(p, &nesting, start)) {
        Token *token = p->token;
        // a declaration at the left margin: a brace before it was never closed
        if (token != start && token->starts_line && starts_statement_or_declaration(token->kind) &&
            source_resolve(token->place).column == 1)
            return;
        count_token(&nesting, token);
        take(p);
        if (token->kind == T_RIGHT_BRACE && nesting.braces <= 0 && ends_with_brace(p))
            return;
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
    return token->kind == T_ATTRIBUTE || (token->kind == T_LEFT_BRACKET && token[1].kind == T_LEFT_BRACKET);
}

Token *skip_attributes(Token *token)
{
    while (is_attribute_start(token)) {
        if (token->kind == T_ATTRIBUTE)
            token = after(token);
        token = skip_balanced(token);
    }
    return token;
}

// ---------------------------------------------------------------------------------------- making nodes

Node *node_at(Parser *p, NodeKind kind, Token *first)
{
    return node_new(p->arena, kind, first);
}

Node *finish(Parser *p, Node *node)
{
    node->last = p->previous;
    return node;
}

Node **append(Node **end, Node *nodes)
{
    *end = nodes;
    while (*end)
        end = &(*end)->next;
    return end;
}

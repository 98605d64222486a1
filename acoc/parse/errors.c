// SPDX-License-Identifier: MIT
// Errors of syntax: what is said, so that every message tells what was expected and after what, and the way out, from
// fail() to the nearest protect().
#include "parse.h"

static const char *const spellings[T_COUNT] = {
#define TOKEN(kind, spelling, since) [T_##kind] = spelling,
#include "tokens.def"
#undef TOKEN
};

const char *token_spelling(TokenKind kind)
{
    return spellings[kind];
}

// ---------------------------------------------------------------------------------------- the way out

void fail(Parser *p)
{
    if (diag_is_full() || p->token->kind == T_END)
        p->gave_up = true;
    longjmp(p->recovery->jump, 1);
}

bool protect(Parser *p, void (*parse)(Parser *p, void *context), void *context)
{
    Recovery recovery, *const outer = p->recovery;
    const size_t scopes = names_depth(p->names);
    const unsigned depth = p->depth, except_depth = p->except_depth;
    Token *const item = p->item;
    const Node *const last_if = p->last_if;

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
    p->item = item;
    p->last_if = last_if;
    if (p->gave_up && outer)
        fail(p);
    return false;
}

void fail_at(Parser *p, const Token *token, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    Message message = {.severity = SEVERITY_ERROR, .place = token->place, .length = token->length};
    diag_report(message, format, arguments);
    va_end(arguments);
    fail(p);
}

void refuse_unsupported(Parser *p)
{
    const Token *token = p->token;
    if (token->kind == T_CARET)
        fail_at(p, token, "not supported: blocks ('^'), an extension of clang's");
    fail_at(p, token, "not supported: '%.*s'", (int)token->length, token->text);
}

// ------------------------------------------------------------------------------------- where it is said

static bool on_one_line(const Token *a, const Token *b)
{
    return a && a->place.file == b->place.file && a->place.line == b->place.line;
}

static Place behind(const Token *token)
{
    Place place = source_resolve(token->place);
    if (place.column && (token->raw || token->from_header)) // a macro's token has the place of the macro's name
        place.column += token->length;
    return place;
}

// Beside a token that read/ has reported as faulty nothing is said.
static bool is_faulty_here(const Parser *p)
{
    return p->token->kind == T_UNKNOWN || (p->previous && p->previous->kind == T_UNKNOWN);
}

// A punctuator is missing behind the last token; other things at the next one, unless that stands on another line.
static void report_behind(Parser *p, const char *message, const char *insertion)
{
    const Token *next = p->token, *last = p->previous;
    bool line_ends = !on_one_line(last, next) || next->kind == T_END;
    bool at_last = last && (line_ends || insertion);
    if (insertion)
        error_replace_at(behind(last), 0, insertion, "%s", message);
    else
        error_at(at_last ? behind(last) : next->place, at_last ? 0 : next->length, "%s", message);
}

// ------------------------------------------------------------------------- something else was expected

static bool ends_something(const Token *token)
{
    return token->kind == T_SEMICOLON || token->kind == T_LEFT_BRACE || token->kind == T_RIGHT_BRACE ||
           token->kind == T_COLON || kind_is_unread(token->kind);
}

// What the last token is called in "after …".
static const char *called(Parser *p, const Token *token)
{
    bool is_type = token->kind == T_IDENTIFIER && names_lookup(p->names, token->name) == NAME_TYPEDEF;
    return arena_printf(p->arena, "%s'%.*s'", is_type ? "the type " : "", (int)token->length, token->text);
}

void report_expected(Parser *p, const char *what)
{
    const Token *next = p->token;
    if (is_faulty_here(p))
        fail(p);
    if (p->previous && ends_something(p->previous) && next->kind != T_END) {
        error_at(next->place, next->length, "expected %s before '%.*s'", what, (int)next->length, next->text);
        note_misspelt_item(p);
        return;
    }
    const char *message = arena_printf(p->arena, "expected %s", what);
    if (p->previous)
        message = arena_printf(p->arena, "%s after %s", message, called(p, p->previous));
    report_behind(p, message, NULL);
    note_misspelt_item(p);
}

void fail_expected(Parser *p, const char *what)
{
    report_expected(p, what);
    fail(p);
}

// -------------------------------------------------------------------------------- a token is missing

// "';'" for what is spelt so, "a name" for what is not.
static const char *describe(Parser *p, TokenKind kind)
{
    if (kind == T_IDENTIFIER)
        return "a name";
    if (kind == T_STRING)
        return "a string";
    return arena_printf(p->arena, "'%s'", spellings[kind]);
}

// A ')' or ']', or the '}' of a list that has no '{': no block ends before a ';' or ','.
static bool is_extra_close(Token *token)
{
    TokenKind next = after(token)->kind;
    bool is_brace = token->kind == T_RIGHT_BRACE && !token->starts_line && (next == T_SEMICOLON || next == T_COMMA);
    return token->kind == T_RIGHT_PAREN || token->kind == T_RIGHT_BRACKET || is_brace;
}

// What to insert behind the last token, when that is plainly all that is wrong.
static const char *insertion_for(const Parser *p, TokenKind kind)
{
    TokenKind next = p->token->kind;
    bool ends = p->token->starts_line || next == T_SEMICOLON || next == T_LEFT_BRACE || next == T_RIGHT_BRACE;
    bool fits = kind == T_SEMICOLON || kind == T_COLON || kind == T_RIGHT_PAREN;
    return ends && fits ? spellings[kind] : NULL;
}

static void report_missing(Parser *p, TokenKind kind, const char *what, const char *where)
{
    Token *next = p->token;
    if (is_faulty_here(p))
        fail(p);
    if (kind == T_IDENTIFIER && next->name)
        error_at(next->place, next->length, "expected a name %s, but '%s' is a keyword", where, next->name->text);
    else if (kind == T_SEMICOLON && is_extra_close(next))
        error_at(next->place, next->length, "extra '%.*s' %s", (int)next->length, next->text, where);
    else
        report_behind(p, arena_printf(p->arena, "expected %s %s", what, where),
                      item_is_misspelt(p) ? NULL : insertion_for(p, kind));
    if (!note_foreign_word(p->previous))
        note_misspelt_item(p);
}

static void note_opener(Parser *p, const Token *opener)
{
    note_at(opener->place, opener->length, "to match this '%.*s'", (int)opener->length, opener->text);
    if (p->token->kind != T_END || !p->suspect)
        return;
    if (p->suspect->kind == T_LEFT_BRACE)
        note_at(p->suspect->place, 1, "this '{' may lack its '}': the one that closes it stands further left");
    else
        note_at(p->suspect->place, p->suspect->length,
                "'%.*s' begins inside of a function: a '}' may be missing before it",
                (int)p->suspect->length, p->suspect->text);
}

void fail_missing(Parser *p, TokenKind kind, const Token *opener, const char *where)
{
    report_missing(p, kind, describe(p, kind), where);
    if (opener)
        note_opener(p, opener);
    fail(p);
}

void fail_missing_end_of_list(Parser *p, TokenKind kind, const Token *opener, const char *where)
{
    report_missing(p, kind, arena_printf(p->arena, "',' or '%s'", spellings[kind]), where);
    note_opener(p, opener);
    fail(p);
}

void expect_semicolon(Parser *p, const char *where)
{
    if (accept(p, T_SEMICOLON))
        return;
    bool is_extra = is_extra_close(p->token), ends_behind_it = is_extra && peek_second(p) == T_SEMICOLON;
    bool line_ends = p->token->starts_line || (p->token->kind == T_RIGHT_BRACE && !is_extra);
    report_missing(p, T_SEMICOLON, describe(p, T_SEMICOLON), where);
    if (ends_behind_it) {
        take(p);
        take(p);
    } else if (!line_ends) {
        fail(p);
    }
}

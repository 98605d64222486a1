// SPDX-License-Identifier: MIT
// The parser's verbs. Productions use peek, accept, expect and expect_close and nothing else on tokens; every
// message about something missing comes from here, so that all say what was expected and after what.
// Recovery stands here too: it only counts brackets.
#include "parse.h"

#include "../base/map.h"

// A default stack of 8 MiB holds this many levels in every later stage too, under AddressSanitizer as well.
enum { DEPTH_LIMIT = 1000 };

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
static void report_missing(Parser *p, const char *message, const char *insertion)
{
    const Token *next = p->token, *last = p->previous;
    bool line_ends = !on_one_line(last, next) || next->kind == T_END;
    bool at_last = last && (line_ends || insertion);
    if (insertion)
        error_replace_at(behind(last), 0, insertion, "%s", message);
    else
        error_at(at_last ? behind(last) : next->place, at_last ? 0 : next->length, "%s", message);
}

void fail(Parser *p)
{
    if (diag_is_full() || p->token->kind == T_END)
        p->gave_up = true;
    longjmp(p->recovery->jump, 1);
}

void fail_at(Parser *p, const Token *token, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_ERROR, .place = token->place, .length = token->length}, format, arguments);
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

static bool ends_something(const Token *token)
{
    return token->kind == T_SEMICOLON || token->kind == T_LEFT_BRACE || token->kind == T_RIGHT_BRACE ||
           token->kind == T_COLON;
}

// What the last token is called in "after …".
static const char *called(Parser *p, const Token *token)
{
    bool is_type = token->kind == T_IDENTIFIER && names_lookup(p->names, token->name) == NAME_TYPEDEF;
    return arena_printf(p->arena, "%s'%.*s'", is_type ? "the type " : "", (int)token->length, token->text);
}

static bool is_extra_close(TokenKind kind)
{
    return kind == T_RIGHT_PAREN || kind == T_RIGHT_BRACKET;
}

void fail_expected(Parser *p, const char *what)
{
    const Token *next = p->token;
    if (is_faulty_here(p))
        fail(p);
    if (p->previous && ends_something(p->previous) && next->kind != T_END) {
        error_at(next->place, next->length, "expected %s before '%.*s'", what, (int)next->length, next->text);
        note_misspelt_item(p);
        fail(p);
    }
    const char *message = arena_printf(p->arena, "expected %s", what);
    if (p->previous)
        message = arena_printf(p->arena, "%s after %s", message, called(p, p->previous));
    report_missing(p, message, NULL);
    note_misspelt_item(p);
    fail(p);
}

// What to insert behind the last token, when that is plainly all that is wrong.
static const char *insertion_for(const Parser *p, TokenKind kind)
{
    TokenKind next = p->token->kind;
    bool ends = p->token->starts_line || next == T_SEMICOLON || next == T_LEFT_BRACE || next == T_RIGHT_BRACE;
    bool fits = kind == T_SEMICOLON || kind == T_COLON || kind == T_RIGHT_PAREN;
    return ends && fits ? spellings[kind] : NULL;
}

// Says that `what` (NULL: a token of this kind) is missing.
static void report_expected(Parser *p, TokenKind kind, const char *what, const char *where)
{
    const Token *next = p->token;
    if (is_faulty_here(p))
        fail(p);
    if (kind == T_IDENTIFIER && next->name)
        error_at(next->place, next->length, "expected a name %s, but '%s' is a keyword", where, next->name->text);
    else if (kind == T_SEMICOLON && is_extra_close(next->kind))
        error_at(next->place, next->length, "extra '%.*s' %s", (int)next->length, next->text, where);
    else
        report_missing(p, arena_printf(p->arena, "expected %s %s", what ? what : describe(p, kind), where),
                       item_is_misspelt(p) ? NULL : insertion_for(p, kind));
    if (!note_foreign_word(p->previous))
        note_misspelt_item(p);
}

Token *expect(Parser *p, TokenKind kind, const char *where)
{
    if (peek(p) != kind) {
        report_expected(p, kind, NULL, where);
        fail(p);
    }
    return take(p);
}

static void note_opener(Parser *p, const Token *opener)
{
    note_at(opener->place, opener->length, "to match this '%.*s'", (int)opener->length, opener->text);
    if (p->token->kind != T_END || !p->suspect)
        return;
    if (p->suspect->kind == T_LEFT_BRACE)
        note_at(p->suspect->place, 1, "this '{' may lack its '}': the one that closes it stands further left");
    else
        note_at(p->suspect->place, p->suspect->length, "'%.*s' begins inside of a function: a '}' may be missing before it",
                (int)p->suspect->length, p->suspect->text);
}

void expect_close(Parser *p, TokenKind kind, Token *opener, const char *where)
{
    if (peek(p) != kind) {
        report_expected(p, kind, NULL, where);
        note_opener(p, opener);
        fail(p);
    }
    take(p);
}

void expect_end_of_list(Parser *p, TokenKind kind, Token *opener, const char *where)
{
    if (peek(p) != kind) {
        report_expected(p, kind, arena_printf(p->arena, "',' or '%s'", spellings[kind]), where);
        note_opener(p, opener);
        fail(p);
    }
    take(p);
}

void expect_semicolon(Parser *p, const char *where)
{
    if (accept(p, T_SEMICOLON))
        return;
    bool line_ends = p->token->starts_line || p->token->kind == T_RIGHT_BRACE;
    bool extra = is_extra_close(p->token->kind) && peek_second(p) == T_SEMICOLON;
    report_expected(p, T_SEMICOLON, NULL, where);
    if (extra) {
        take(p);
        take(p);
    } else if (!line_ends) {
        fail(p);
    }
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

// -------------------------------------------------------------------------------------------- recovery

bool starts_statement(TokenKind kind)
{
    switch (kind) {
    case T_IF: case T_ELSE: case T_WHILE: case T_DO: case T_FOR: case T_SWITCH: case T_CASE: case T_DEFAULT: case T_GOTO:
    case T_BREAK: case T_CONTINUE: case T_RETURN:
        return true;
    default:
        return false;
    }
}

static bool starts_statement_or_declaration(TokenKind kind)
{
    switch (kind) {
    case T_ELSE: // goes on with what was skipped
        return false;
    case T_TYPEDEF: case T_STATIC: case T_EXTERN: case T_STRUCT: case T_UNION: case T_ENUM: case T_VOID: case T_CHAR:
    case T_INT: case T_LONG: case T_UNSIGNED: case T_DOUBLE: case T_FLOAT: case T_CONST: case T_INLINE:
        return true;
    default:
        return starts_statement(kind);
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

// Names in skipped text may be declarations that the rest of the unit needs.
static void doubt(Parser *p, const Token *from)
{
    if (!p->unit->doubtful)
        p->unit->doubtful = map_new(p->arena);
    for (; from < p->token; from++)
        if (from->kind == T_IDENTIFIER)
            map_put(p->unit->doubtful, from->name, from->name);
}

static void skip_in_block(Parser *p, Token *start)
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

bool stands_at_margin(const Token *token)
{
    return token->starts_line && source_resolve(token->place).column == 1;
}

// Statements at file scope: to the '}' that was meant to end their function, or the next thing at the left margin.
static void leave_stray_statements(Parser *p, const Token *start)
{
    int braces = 0;
    while (p->token->kind != T_END) {
        Token *token = p->token;
        braces += token->kind == T_LEFT_BRACE ? 1 : token->kind == T_RIGHT_BRACE ? -1 : 0;
        if (token != start && braces == 0 && token->kind != T_RIGHT_BRACE && stands_at_margin(token))
            return;
        take(p);
        if (braces < 0)
            return;
    }
}

void recover_in_block(Parser *p, Token *start)
{
    skip_in_block(p, start);
    doubt(p, start);
}

static void skip_in_unit(Parser *p, Token *start)
{
    if (starts_statement(start->kind)) {
        leave_stray_statements(p, start);
        return;
    }
    Nesting nesting = nesting_between(start, p->token);
    while (p->token->kind != T_END && !ends_item(p, &nesting, start)) {
        Token *token = p->token;
        // a declaration at the left margin: a brace before it was never closed
        if (token != start && starts_statement_or_declaration(token->kind) && stands_at_margin(token))
            return;
        count_token(&nesting, token);
        take(p);
        if (token->kind == T_RIGHT_BRACE && nesting.braces <= 0 && ends_with_brace(p))
            return;
    }
}

void recover_in_unit(Parser *p, Token *start)
{
    skip_in_unit(p, start);
    doubt(p, start);
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

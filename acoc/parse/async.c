// SPDX-License-Identifier: MIT
// The five ideas: async functions and handles, yield from, raise and try, defer, with; and the contextual words that
// write them. A word is ours where C could not go on: two names side by side (`async f`, `yield from`, `raise e`), a
// name before a brace (`try {`) or a keyword. Where C could go on too (`async (f)(x)`, `raise;`), the word is ours
// only when it was not declared and the file uses one of our forms unmistakably (has_short_words). A typedef of
// that name is always C's.
#include "parse.h"

// ------------------------------------------------------------------------------------------------- words

static const char *const word_spellings[WORD_COUNT] = {
#define WORD(name, spelling) [WORD_##name] = spelling,
    ACOC_WORDS(WORD)
#undef WORD
};

// The meaning of our words' names; below it stand those that read/ gave to keywords.
enum { FIRST_MEANING = T_COUNT };

bool is_word_of_ours(const String *name)
{
    return name->meaning >= FIRST_MEANING;
}

// Which word of ours this token is; WORD_COUNT: none, or a typedef of that name hides it.
static Word word_of(const Parser *p, const Token *token)
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

// Keywords that begin a statement and can follow no operand in C.
static bool starts_statement_keyword(TokenKind kind)
{
    switch (kind) {
    case T_IF: case T_WHILE: case T_DO: case T_FOR: case T_SWITCH: case T_GOTO: case T_RETURN: case T_BREAK:
    case T_CONTINUE: case T_ASM:
        return true;
    default:
        return false;
    }
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
    case WORD_DEFER: case WORD_RAISE:
        return next->kind == T_IDENTIFIER || starts_statement_keyword(next->kind);
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

// A word of ours is taken: the unit is not plain C, and one in a header cannot be given to the C compiler again.
static Token *take_word(Parser *p)
{
    Token *token = p->token;
    Word word = word_of(p, token);
    p->unit->uses_ideas = true;
    if (p->unit->is_preprocessed || (token->from_header && word < WORD_ACOC_ASYNC))
        p->unit->must_be_self_contained = true;
    return take(p);
}

// -------------------------------------------------------------------------------------------- specifiers

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

static Node *blocking_attribute(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE, p->previous);
    node->name = p->previous->name;
    node->op = T_IDENTIFIER;
    return node;
}

// async-specifier = "async" | "raises" | "acoc_raises" | "acoc_blocking"
//     | ( "acoc_async" | "acoc_future_of" ) "(" type-name ")"
Node *parse_async_specifier(Parser *p, Node *specifiers)
{
    Word word = word_of(p, p->token);
    const Token *first = p->token;
    take_word(p);
    if (word == WORD_ACOC_BLOCKING)
        return blocking_attribute(p);
    if (word == WORD_ASYNC) {
        if (specifiers->flags & SPEC_ASYNC) {
            error_at(first->place, first->length, "'async' stands twice in this type");
            note_at(first->place, first->length,
                    "to deliver a handle, give its type a name: 'typedef async int task;', then 'async task'");
        }
        specifiers->flags |= SPEC_ASYNC;
        return NULL;
    }
    if (word == WORD_RAISES || word == WORD_ACOC_RAISES) {
        specifiers->flags |= SPEC_RAISES;
        return NULL;
    }
    if (word == WORD_ACOC_FUTURE_OF)
        specifiers->flags |= SPEC_FUTURE_OF;
    Token *opener = expect(p, T_LEFT_PAREN, "before the type that is delivered");
    Node *type = parse_type_name(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the type that is delivered");
    return type;
}

// ------------------------------------------------------------------------------------------- expressions

// `yield f()` is nothing in C: the `from` was forgotten.
bool starts_yield_from(const Parser *p)
{
    if (word_of(p, p->token) != WORD_YIELD)
        return false;
    Token *next = after(p->token);
    return next->kind == T_IDENTIFIER && (next->name->meaning == FIRST_MEANING + WORD_FROM || is_undeclared(p, p->token));
}

bool starts_async_expression(const Parser *p)
{
    if (word_of(p, p->token) != WORD_ASYNC)
        return false;
    switch (peek_second(p)) {
    case T_IDENTIFIER: return true;
    case T_LEFT_PAREN: case T_STAR: case T_AND: return wins_over_c(p, p->token);
    default: return false;
    }
}

// yield-from = "yield" "from" cast
Node *parse_yield_from(Parser *p)
{
    Node *node = node_at(p, NODE_YIELD_FROM, take_word(p));
    if (word_of(p, p->token) == WORD_FROM)
        take(p);
    else
        error_replace_at(node->first->place, node->first->length, "yield from", "expected 'from' after 'yield'");
    if (starts_yield_from(p) && after(node->first) == p->token) // the word stands twice
        return parse_yield_from(p);
    enter(p);
    node->operand = parse_cast(p);
    leave(p);
    return finish(p, node);
}

// async = "async" cast
Node *parse_async(Parser *p)
{
    Node *node = node_at(p, NODE_ASYNC, take_word(p));
    enter(p);
    node->operand = parse_cast(p);
    leave(p);
    return finish(p, node);
}

// --------------------------------------------------------------------------------- which statement begins

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
    default: return starts_statement_keyword(next->kind);
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
    case T_STAR: case T_LEFT_PAREN: case T_INCREMENT: case T_DECREMENT: return wins_over_c(p, token);
    default: return starts_statement_keyword(behind);
    }
}

static bool starts_except(const Parser *p, Token *token)
{
    Token *next = after(token);
    if (next->kind == T_LEFT_PAREN)
        return wins_over_c(p, token) && skip_balanced(next)->kind == T_LEFT_BRACE;
    return next->kind == T_LEFT_BRACE;
}

bool starts_word_statement(const Parser *p)
{
    Token *token = p->token;
    TokenKind next = after(token)->kind;
    switch (word_of(p, token)) {
    case WORD_TRY: return next == T_LEFT_BRACE || next == T_IDENTIFIER || starts_statement_keyword(next);
    case WORD_EXCEPT: return starts_except(p, token);
    case WORD_FINALLY: return next == T_LEFT_BRACE;
    case WORD_RAISE: return starts_raise(p, token);
    case WORD_DEFER: return starts_defer(p, token);
    case WORD_WITH: return starts_with(p, token);
    default: return false;
    }
}

// ------------------------------------------------------------------------------------------ raise and try

// raise = "raise" [ expression ] ";"
static Node *parse_raise(Parser *p)
{
    Node *node = node_at(p, NODE_RAISE, take_word(p));
    if (peek(p) != T_SEMICOLON)
        node->operand = parse_expression(p);
    expect_semicolon(p, "after 'raise'");
    return finish(p, node);
}

// kinds = "(" identifier { "," identifier } [ identifier ] ")"
static void parse_kinds(Parser *p, Node *except)
{
    Token *opener = take(p);
    Node **end = &except->list;
    do {
        Node *kind = node_at(p, NODE_KIND_NAME, expect(p, T_IDENTIFIER, "as the kind of error to handle"));
        kind->name = kind->token->name;
        end = append(end, kind);
    } while (accept(p, T_COMMA));
    if (peek(p) == T_IDENTIFIER) {
        except->token = take(p);
        except->name = except->token->name;
        names_declare(p->names, except->name, NAME_ORDINARY);
    }
    expect_close(p, T_RIGHT_PAREN, opener, "after the kinds of errors");
}

// except = "except" [ kinds ] block
static Node *parse_except(Parser *p)
{
    Node *node = node_at(p, NODE_EXCEPT, take_word(p));
    names_enter(p->names);
    if (peek(p) == T_LEFT_PAREN)
        parse_kinds(p, node);
    if (peek(p) != T_LEFT_BRACE)
        fail_expected(p, "'{'");
    p->except_depth++;
    node->body = parse_block(p);
    p->except_depth--;
    names_leave(p->names);
    return finish(p, node);
}

// else = "else" block
static Node *parse_else(Parser *p)
{
    Node *node = node_at(p, NODE_ELSE, take(p));
    if (peek(p) != T_LEFT_BRACE)
        fail_expected(p, "the '{' of the 'else' that belongs to 'try'");
    node->body = parse_block(p);
    return finish(p, node);
}

// finally = "finally" block
static Node *parse_finally(Parser *p)
{
    Node *node = node_at(p, NODE_FINALLY, take_word(p));
    node->body = parse_block(p);
    return finish(p, node);
}

static bool continues_with(const Parser *p, Word word)
{
    return word_of(p, p->token) == word && (peek_second(p) == T_LEFT_BRACE || peek_second(p) == T_LEFT_PAREN);
}

// The handlers of a try in their order; gives the end of the list.
static Node **add_handlers(Parser *p, Node **end)
{
    const Token *general = NULL; // the except without kinds
    while (continues_with(p, WORD_EXCEPT)) {
        if (general) {
            error_at(p->token->place, p->token->length, "'except' after one that handles every kind");
            note_at(general->place, general->length, "this one leaves nothing for it");
        }
        Node *except = parse_except(p);
        if (!except->list)
            general = except->first;
        end = append(end, except);
    }
    return end;
}

static void refuse_try_alone(Parser *p, Node *node)
{
    if (peek(p) == T_IDENTIFIER && string_is(p->token->name, "except")) {
        take(p);
        fail_expected(p, "'(' and the kinds of errors, or '{' for all of them,");
    }
    error_at(node->first->place, node->first->length, "'try' without 'except' or 'finally'");
    if (note_foreign_word(p->token))
        fail(p);
}

// try = "try" block { except } [ else ] [ finally ]
static Node *parse_try(Parser *p)
{
    Node *node = node_at(p, NODE_TRY, take_word(p));
    if (peek(p) != T_LEFT_BRACE)
        fail_expected(p, "'{'");
    node->body = parse_block(p);
    Node **end = add_handlers(p, &node->list);
    if (node->list && peek(p) == T_ELSE) // without a handler it belongs to an `if` outside
        end = append(end, parse_else(p));
    if (continues_with(p, WORD_FINALLY))
        append(end, parse_finally(p));
    if (!node->list)
        refuse_try_alone(p, node);
    return finish(p, node);
}

// ---------------------------------------------------------------------------------------- defer and with

// defer = "defer" statement
static Node *parse_defer(Parser *p)
{
    Node *node = node_at(p, NODE_DEFER, take_word(p));
    enter(p);
    node->body = parse_statement(p);
    leave(p);
    return finish(p, node);
}

// with-declaration = declaration-specifiers declarator "=" assignment
static Node *parse_with_declaration(Parser *p)
{
    Node *node = node_at(p, NODE_DECLARATION, p->token);
    node->specifiers = parse_declaration_specifiers(p);
    Node *declarator = parse_declarator(p, DECLARATOR_NAMED);
    names_declare(p->names, declarator->name, NAME_ORDINARY);
    expect(p, T_ASSIGN, "after the name that 'with' declares");
    declarator->initialiser = parse_assignment(p);
    node->list = finish(p, declarator);
    return finish(p, node);
}

// with = "with" "(" ( with-declaration | expression ) ")" statement
static Node *parse_with(Parser *p)
{
    Node *node = node_at(p, NODE_WITH, take_word(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after 'with'");
    names_enter(p->names);
    if (starts_specifiers(p, p->token) || declares_with_unknown_type(p))
        node->with_declaration = parse_with_declaration(p);
    else
        node->with_value = parse_expression(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the head of 'with'");
    enter(p);
    node->with_body = parse_statement(p);
    leave(p);
    names_leave(p->names);
    return finish(p, node);
}

// word-statement = raise | try | defer | with
Node *parse_word_statement(Parser *p)
{
    switch (word_of(p, p->token)) {
    case WORD_RAISE: return parse_raise(p);
    case WORD_TRY: return parse_try(p);
    case WORD_DEFER: return parse_defer(p);
    case WORD_WITH: return parse_with(p);
    default:
        error_at(p->token->place, p->token->length, "'%s' without a 'try' before it", p->token->name->text);
        fail(p);
    }
}

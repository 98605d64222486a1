// SPDX-License-Identifier: MIT
// The five ideas: async functions and handles, yield from, raise and try, defer, with. Whether a word is ours where it
// stands was settled by words.c; here its production says what has to follow.
#include "parse.h"

// -------------------------------------------------------------------------------------------- specifiers

static Node *blocking_attribute(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE, p->previous);
    node->name = p->previous->name;
    node->op = T_IDENTIFIER;
    return node;
}

static void report_async_twice(const Token *async)
{
    error_at(async->place, async->length, "'async' stands twice in this type");
    note_at(async->place, async->length,
            "to deliver a handle, give its type a name: 'typedef async int task;', then 'async task'");
}

// async-specifier = "async" | "raises" | "acoc_raises" | "acoc_blocking"
//     | ( "acoc_async" | "acoc_future_of" ) parenthesised-type
Node *parse_async_specifier(Parser *p, Node *specifiers)
{
    const Word word = word_of(p, p->token);
    take_word(p);
    switch (word) {
    case WORD_ASYNC:
        if (specifiers->flags & SPEC_ASYNC)
            report_async_twice(p->previous);
        specifiers->flags |= SPEC_ASYNC;
        return NULL;
    case WORD_RAISES: case WORD_ACOC_RAISES:
        specifiers->flags |= SPEC_RAISES;
        return NULL;
    case WORD_ACOC_BLOCKING:
        return blocking_attribute(p);
    case WORD_ACOC_FUTURE_OF:
        specifiers->flags |= SPEC_FUTURE_OF;
        break;
    default: // acoc_async
        break;
    }
    return parse_parenthesised_type(p, "before the type that is delivered");
}

// ------------------------------------------------------------------------------------------- expressions

// yield-from = "yield" "from" cast
Node *parse_yield_from(Parser *p)
{
    Node *node = node_at(p, NODE_YIELD_FROM, take_word(p));
    if (word_of(p, p->token) == WORD_FROM) {
        take(p);
    } else {
        error_replace_at(node->first->place, node->first->length, "yield from", "expected 'from' after 'yield'");
        if (peek(p) != T_IDENTIFIER)
            fail(p);
    }
    if (starts_yield_from(p) && after(node->first) == p->token) // the word stands twice
        return parse_yield_from(p);
    return finish_with_operand(p, node);
}

static bool lacks_task(const Parser *p)
{
    switch (peek(p)) {
    case T_SEMICOLON: case T_COMMA: case T_LEFT_BRACE: case T_RIGHT_BRACE: case T_RIGHT_PAREN: case T_RIGHT_BRACKET:
        return true;
    default:
        return is_statement_keyword(peek(p)) || starts_word_statement(p);
    }
}

// `async for`, `async {`, `async;`: only a call or a handle can become a task.
_Noreturn static void refuse_task(Parser *p)
{
    const Token *next = p->token;
    report_expected(p, "the call to start as a task");
    if (word_of(p, next) == WORD_WITH)
        note_at(next->place, next->length, "'with' needs no 'async': its enter and exit may be async functions");
    else if (next->kind == T_LEFT_BRACE || is_statement_keyword(next->kind))
        note_at(next->place, next->length, "to run statements beside others, put them into an async function");
    fail(p);
}

// async = "async" cast
Node *parse_async(Parser *p)
{
    Node *node = node_at(p, NODE_ASYNC, take_word(p));
    if (lacks_task(p))
        refuse_task(p);
    return finish_with_operand(p, node);
}

// ------------------------------------------------------------------------------------------ raise and try

// raise = "raise" [ expression ] ";"
static Node *parse_raise(Parser *p)
{
    Node *node = node_at(p, NODE_RAISE, take_word(p));
    if (peek(p) != T_SEMICOLON)
        node->operand = parse_expression(p);
    if (node->operand && word_of(p, p->token) == WORD_FROM)
        fail_at(p, p->token, "'raise' takes no 'from': the error being handled becomes the cause by itself");
    expect_semicolon(p, node->operand ? "after the error to raise" : "after 'raise'");
    return finish(p, node);
}

// Python's `as`: its place is taken by the form that ours has.
static bool accept_as(Parser *p, const char *form)
{
    const Token *token = p->token;
    if (token->kind != T_IDENTIFIER || !string_is(token->name, "as") || peek_second(p) != T_IDENTIFIER)
        return false;
    error_at(token->place, token->length, "there is no 'as' here: write '%s'", form);
    take(p);
    return true;
}

// kinds = "(" identifier { "," identifier } [ identifier ] ")"
static void parse_kinds(Parser *p, Node *except)
{
    Token *opener = take(p);
    Node **end = &except->list;
    do
        end = append(end, name_node(p, NODE_KIND_NAME, "as the kind of error to handle"));
    while (accept(p, T_COMMA));
    bool told = accept_as(p, "except (Kind name)");
    if (peek(p) == T_IDENTIFIER) {
        take_name(p, except, "as the variable");
        names_declare(p->names, except->name, NAME_ORDINARY);
    }
    if (told && peek(p) != T_RIGHT_PAREN)
        fail(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the kinds of errors");
}

// The words of ours that have a block have nothing else.
static Node *block_of_word(Parser *p)
{
    if (peek(p) != T_LEFT_BRACE)
        fail_expected(p, "'{'");
    return parse_block(p);
}

// except = "except" [ kinds ] block
static Node *parse_except(Parser *p)
{
    Node *node = node_at(p, NODE_EXCEPT, take_word(p));
    names_enter(p->names);
    if (peek(p) == T_LEFT_PAREN)
        parse_kinds(p, node);
    else if (peek(p) != T_LEFT_BRACE)
        fail_expected(p, "'(' and the kinds of errors, or '{' for all of them,");
    p->except_depth++;
    node->body = block_of_word(p);
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
    node->body = block_of_word(p);
    return finish(p, node);
}

// The handlers of a try in their order; gives the end of the list.
static Node **add_handlers(Parser *p, Node **end)
{
    const Token *general = NULL; // the except without kinds
    while (goes_on_with(p, WORD_EXCEPT)) {
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
    error_at(node->first->place, node->first->length, "'try' without 'except' or 'finally'");
    if (note_foreign_word(p->token))
        fail(p);
    if (accept(p, T_ELSE)) // so that no `if` is missed for it
        parse_statement(p);
}

// What has to stand before the `finally` that ends the statement.
static void refuse_behind_finally(Parser *p)
{
    if (goes_on_with(p, WORD_EXCEPT) || goes_on_with(p, WORD_FINALLY))
        fail_at(p, p->token, "'%s' behind the 'finally' that ends its 'try'", p->token->name->text);
}

// try = "try" block { except } [ else ] [ finally ]
static Node *parse_try(Parser *p)
{
    Node *node = node_at(p, NODE_TRY, take_word(p));
    node->body = block_of_word(p);
    Node **end = add_handlers(p, &node->list);
    if (node->list && peek(p) == T_ELSE) // without a handler it belongs to an `if` outside
        end = append(end, parse_else(p));
    if (goes_on_with(p, WORD_FINALLY)) {
        append(end, parse_finally(p));
        refuse_behind_finally(p);
    }
    if (!node->list)
        refuse_try_alone(p, node);
    return finish(p, node);
}

// ---------------------------------------------------------------------------------------- defer and with

// defer = "defer" statement
static Node *parse_defer(Parser *p)
{
    Node *node = node_at(p, NODE_DEFER, take_word(p));
    if (peek(p) == T_SEMICOLON || peek(p) == T_RIGHT_BRACE || starts_declaration(p))
        fail_expected(p, "the statement to run at the end of the block");
    node->body = inner_statement(p);
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
    if (accept_as(p, "with (T *name = E)"))
        fail(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the head of 'with'");
    if (accept_as(p, "with (T *name = E)"))
        fail(p);
    node->with_body = inner_statement(p);
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
    case WORD_FROM:
        fail_at(p, p->token, "expected 'yield' before 'from'");
    default:
        fail_at(p, p->token, "'%s' without a 'try' before it", p->token->name->text);
    }
}

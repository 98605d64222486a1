// SPDX-License-Identifier: MIT
// The translation unit: declarations and function definitions, at file scope and (GNU's nested functions) in blocks.
// Each external declaration is parsed under protection; after an error the next one goes on.
#include "parse.h"

Node **collect_pragmas(Parser *p, Node **end)
{
    Token *token = p->previous ? p->previous + 1 : p->unit->tokens;
    for (; token < p->token; token++)
        end = append(end, node_at(p, NODE_PRAGMA, token));
    return end;
}

// ------------------------------------------------------------------------------------------ declarations

static void declare(Parser *p, const Node *specifiers, const Node *declarator)
{
    NameKind kind = specifiers->flags & SPEC_TYPEDEF ? NAME_TYPEDEF : NAME_ORDINARY;
    names_declare(p->names, declarator->name, kind);
}

static bool has_identifier_list(const Node *parameters)
{
    return parameters->list && parameters->list->kind == NODE_IDENTIFIER;
}

// What can only be the first statement of a body whose '{' was forgotten.
static bool starts_body_without_brace(const Parser *p)
{
    bool may_begin = peek(p) == T_IDENTIFIER || starts_specifiers(p, p->token);
    return at_file_scope(p) && (is_statement_keyword(peek(p)) || (may_begin && is_indented(p->token)));
}

// A K&R function's declaration of its parameters, of a type that is perhaps not known.
static bool starts_old_parameter(const Parser *p, const Node *parameters)
{
    return starts_specifiers(p, p->token) || (has_identifier_list(parameters) && stands_for_type(p));
}

// Whether the declarator just read is the head of a definition: `{` follows, or a K&R function's declarations do.
static bool starts_function_body(const Parser *p, const Node *declarator)
{
    const Node *innermost = declarator->list;
    if (!innermost || innermost->kind != NODE_FUNCTION_PARAMETERS)
        return false;
    if (peek(p) == T_LEFT_BRACE)
        return true;
    return (has_identifier_list(innermost) && starts_old_parameter(p, innermost)) || starts_body_without_brace(p);
}

static void declare_parameters(Parser *p, const Node *parameters)
{
    for (const Node *node = parameters->list; node; node = node->next) {
        String *name = node->kind == NODE_IDENTIFIER ? node->name : node->declarator->name;
        if (name)
            names_declare(p->names, name, NAME_ORDINARY);
    }
}

// One that begins at the left margin is nested by mistake: the function around it lacks its '}'.
static void suspect_nested_function(Parser *p, const Node *function)
{
    if (!at_file_scope(p) && function->token && !p->suspect && stands_at_margin(function->first))
        p->suspect = function->token;
}

// function = declaration-specifiers declarator { declaration } block
// Its head was read as that of a declaration: only what follows tells them apart.
static Node *parse_function(Parser *p, Node *specifiers, Node *declarator)
{
    Token *first = specifiers->first < declarator->first ? specifiers->first : declarator->first;
    Node *node = node_at(p, NODE_FUNCTION, first);
    Node **end = &node->list;
    const unsigned except_depth = p->except_depth;
    const uint32_t words_before = p->words_taken;
    node->token = declarator->token;
    node->specifiers = specifiers;
    node->declarator = declarator;
    suspect_nested_function(p, node);
    p->except_depth = 0; // a nested function stands in no except block of its own
    names_enter(p->names);
    declare_parameters(p, declarator->list);
    while (starts_old_parameter(p, declarator->list))
        end = append(end, parse_declaration(p));
    node->function_body = parse_block(p);
    node->has_our_words = p->words_taken != words_before;
    names_leave(p->names);
    p->except_depth = except_depth;
    p->last_body = p->previous;
    return finish(p, node);
}

// init-declarator = declarator { asm-label | attributes } [ "=" initialiser ]
static Node *parse_init_declarator(Parser *p, const Node *specifiers)
{
    Node *declarator = parse_declarator(p, DECLARATOR_NAMED);
    declare(p, specifiers, declarator); // in scope from here, in its own initialiser too
    while (peek(p) == T_ASM || is_attribute_start(p->token)) {
        Node **end = list_end(&declarator->attributes);
        if (peek(p) == T_ASM)
            append(end, parse_asm_label(p));
        else
            parse_attributes(p, end);
    }
    if (accept(p, T_ASSIGN))
        declarator->initialiser = parse_initialiser(p);
    return finish(p, declarator);
}

// At file scope `main() {}`, `x;`, `(y);` and `*f() {}` have no specifiers: C before 1999, left to the C compiler.
static bool may_lack_specifiers(const Parser *p)
{
    if (peek(p) == T_STAR || peek(p) == T_LEFT_PAREN)
        return peek_second(p) == T_IDENTIFIER || peek_second(p) == T_STAR;
    switch (peek_second(p)) {
    case T_LEFT_PAREN: case T_SEMICOLON: case T_ASSIGN: case T_COMMA: case T_LEFT_BRACKET:
        return peek(p) == T_IDENTIFIER;
    default:
        return false;
    }
}

// What belongs into a function, at file scope: a '}' before it ended the function too early.
static void refuse_outside(Parser *p)
{
    const Token *token = p->token;
    if (token->kind == T_RIGHT_BRACE)
        error_at(token->place, token->length, "extra '}': no block is open that it could close");
    else if (is_statement_keyword(token->kind) || starts_yield_from(p) || starts_word_statement(p))
        error_at(token->place, token->length, "'%s' outside of a function", token->name->text);
    else
        return;
    if (p->last_body)
        note_at(p->last_body->place, p->last_body->length, "the function before it ended here");
    fail(p);
}

// A declaration without specifiers.
static void require_old_declaration(Parser *p)
{
    if (at_file_scope(p))
        refuse_outside(p);
    if (!at_file_scope(p) || !may_lack_specifiers(p))
        fail_expected(p, "a declaration");
}

// declaration = static-assert | declaration-specifiers [ init-declarator { "," init-declarator } ] ";"
Node *parse_declaration(Parser *p)
{
    Token *first = p->token;
    take_until(p, skip_extensions(first));
    if (peek(p) == T_STATIC_ASSERT)
        return parse_static_assert(p);
    Node *node = node_at(p, NODE_DECLARATION, first);
    node->specifiers = parse_declaration_specifiers(p);
    if (accept(p, T_SEMICOLON))
        return finish(p, node);
    if (lacks_semicolon(p, node->specifiers)) {
        expect_semicolon(p, "after the type");
        return finish(p, node);
    }
    if (is_empty(node->specifiers))
        require_old_declaration(p);
    Node *declarator = parse_init_declarator(p, node->specifiers);
    if (starts_function_body(p, declarator)) {
        Node *function = parse_function(p, node->specifiers, declarator);
        function->first = first;
        return function;
    }
    Node **end = append(&node->list, declarator);
    while (accept(p, T_COMMA))
        end = append(end, parse_init_declarator(p, node->specifiers));
    expect_semicolon(p, "after the declaration");
    return finish(p, node);
}

// ---------------------------------------------------------------------------------------------- the unit

// external-declaration = function | declaration | top-asm | ";"
Node *parse_external_declaration(Parser *p)
{
    if (peek(p) == T_SEMICOLON)
        return finish(p, node_at(p, NODE_EMPTY_DECLARATION, take(p)));
    Token *behind_extensions = skip_extensions(p->token);
    if (behind_extensions->kind != T_ASM)
        return parse_declaration(p);
    take_until(p, behind_extensions);
    return parse_top_asm(p);
}

static void add_external_declaration(Parser *p, void *unused)
{
    (void)unused;
    p->item = p->token;
    p->suspect = NULL;
    if (pass_over_declaration(p))
        return;
    if (kind_is_unread(peek(p))) {
        take_unread(p);
        return;
    }
    Node *node = parse_external_declaration(p); // before the push: it may leave by fail()
    vec_push(p->arena, p->unit->declarations, node);
}

static void add_pragmas(Parser *p)
{
    Node *pragmas = NULL;
    collect_pragmas(p, &pragmas);
    for (Node *node = pragmas; node; node = node->next)
        vec_push(p->arena, p->unit->declarations, node);
}

// unit = { external-declaration }
bool parse_unit(Unit *unit)
{
    const unsigned errors = diag_error_count();
    Parser *p = NEW(unit->arena, Parser); // which lives on for what is passed over
    *p = (Parser){ .unit = unit, .arena = unit->arena, .token = unit->tokens };
    p->names = names_new(unit->arena);
    while (peek(p) == T_PRAGMA)
        p->token = after(p->token);
    words_init(p);
    passed_init(p);
#define TYPE_NAME(name, type) names_declare(p->names, intern_text(#name), NAME_TYPEDEF);
#include "types.def"
#undef TYPE_NAME
    add_pragmas(p);
    while (peek(p) != T_END && !p->gave_up) {
        Token *start = p->token;
        if (!protect(p, add_external_declaration, NULL))
            recover_in_unit(p, start);
        add_pragmas(p);
    }
    return diag_error_count() == errors;
}

// SPDX-License-Identifier: MIT
// Declarators, parameter lists and type names. C writes a declarator inside out; the node lists what it says from
// the name outwards: `int *(*f)(void)` is f: POINTER, FUNCTION_PARAMETERS, POINTER. So what stands inside the
// parentheses comes first, then the suffixes left to right, then the stars right to left.
#include "parse.h"

static void collect_declarator(Parser *p, Node *declarator, Node ***end, DeclaratorForm form, bool outermost);

// ----------------------------------------------------------------------------------------------- pointers

// pointer = "*" { "const" | "volatile" | "restrict" | "_Atomic" | attributes }
static Node *parse_pointer(Parser *p)
{
    Node *node = node_at(p, NODE_POINTER, take(p));
    Node **end = &node->list;
    for (;;) {
        if (accept(p, T_CONST))
            node->flags |= QUAL_CONST;
        else if (accept(p, T_VOLATILE))
            node->flags |= QUAL_VOLATILE;
        else if (accept(p, T_RESTRICT))
            node->flags |= QUAL_RESTRICT;
        else if (accept(p, T_ATOMIC))
            node->flags |= QUAL_ATOMIC;
        else if (is_attribute_start(p->token))
            end = parse_attributes(p, end);
        else
            return finish(p, node);
    }
}

// ------------------------------------------------------------------------------------------------- arrays

// True when a qualifier or `static` was taken.
static bool take_array_word(Parser *p, Node *node)
{
    if (accept(p, T_STATIC))
        node->is_static_extent = true;
    else if (accept(p, T_CONST))
        node->flags |= QUAL_CONST;
    else if (accept(p, T_VOLATILE))
        node->flags |= QUAL_VOLATILE;
    else if (accept(p, T_RESTRICT))
        node->flags |= QUAL_RESTRICT;
    else
        return false;
    return true;
}

// array = "[" { "static" | "const" | "volatile" | "restrict" } [ assignment | "*" ] "]"
static Node *parse_array(Parser *p)
{
    Token *opener = p->token;
    Node *node = node_at(p, NODE_ARRAY, take(p));
    while (take_array_word(p, node))
        continue;
    if (peek(p) == T_STAR && peek_second(p) == T_RIGHT_BRACKET) {
        take(p);
        node->is_star = true;
    } else if (peek(p) != T_RIGHT_BRACKET) {
        node->operand = parse_assignment(p);
    }
    expect_close(p, T_RIGHT_BRACKET, opener, "after the array's extent");
    return finish(p, node);
}

// --------------------------------------------------------------------------------------------- parameters

// parameter = declaration-specifiers ( declarator | abstract-declarator ) attributes
static Node *parse_parameter(Parser *p)
{
    Node *node = node_at(p, NODE_PARAMETER, p->token);
    node->specifiers = parse_declaration_specifiers(p);
    if (node->specifiers->last < node->specifiers->first) {
        Token *token = p->token;
        if (token->kind != T_IDENTIFIER)
            fail_expected(p, "a parameter");
        report_unknown_type(p, token);
        fail(p);
    }
    node->declarator = parse_declarator(p, DECLARATOR_EITHER);
    if (!node->declarator->name && p->token->name && p->token->kind != T_IDENTIFIER && p->token->kind != T_ASM)
        fail_at(p, p->token, "expected ',' or ')' after the parameter, or a name, but '%s' is a keyword", p->token->name->text);
    if (node->declarator->name)
        names_declare(p->names, node->declarator->name, NAME_ORDINARY);
    return finish(p, node);
}

// identifier-list = identifier { "," identifier }
static void parse_identifier_list(Parser *p, Node *parameters)
{
    Node **end = &parameters->list;
    do {
        Node *node = node_at(p, NODE_IDENTIFIER, expect(p, T_IDENTIFIER, "in the list of parameters"));
        node->name = node->token->name;
        end = append(end, node);
    } while (accept(p, T_COMMA));
}

// parameter-list = parameter { "," parameter } [ "," "..." ] | "..."
static void parse_parameter_list(Parser *p, Node *parameters)
{
    Node **end = &parameters->list;
    do {
        if (accept(p, T_ELLIPSIS)) {
            parameters->is_variadic = true;
            return;
        }
        end = append(end, parse_parameter(p));
    } while (accept(p, T_COMMA));
}

static bool starts_identifier_list(const Parser *p)
{
    if (peek(p) != T_IDENTIFIER || starts_specifiers(p, p->token))
        return false;
    return peek_second(p) == T_COMMA || peek_second(p) == T_RIGHT_PAREN;
}

// parameters = "(" [ parameter-list | identifier-list ] ")"
static Node *parse_parameters(Parser *p)
{
    Token *opener = p->token;
    Node *node = node_at(p, NODE_FUNCTION_PARAMETERS, take(p));
    enter(p);
    names_enter(p->names); // the prototype's own scope
    if (starts_identifier_list(p))
        parse_identifier_list(p, node);
    else if (peek(p) != T_RIGHT_PAREN)
        parse_parameter_list(p, node);
    names_leave(p->names);
    leave(p);
    expect_end_of_list(p, T_RIGHT_PAREN, opener, "after the parameter");
    return finish(p, node);
}

// --------------------------------------------------------------------------------------------- declarators

// Whether '(' opens parameters (`int (int)`, `int ()`) and not a declarator in parentheses (`int (*f)`).
static bool opens_parameters(const Parser *p, DeclaratorForm form)
{
    if (form == DECLARATOR_NAMED)
        return false;
    Token *token = skip_attributes(after(p->token));
    return token->kind == T_RIGHT_PAREN || token->kind == T_ELLIPSIS || starts_specifiers(p, token);
}

// direct-declarator = identifier | "(" declarator ")"
static void parse_direct_declarator(Parser *p, Node *declarator, Node ***end, DeclaratorForm form)
{
    if (peek(p) == T_IDENTIFIER && form != DECLARATOR_ABSTRACT) {
        declarator->token = take(p);
        declarator->name = declarator->token->name;
    } else if (peek(p) == T_LEFT_PAREN && !opens_parameters(p, form)) {
        Token *opener = take(p);
        enter(p);
        collect_declarator(p, declarator, end, form, false);
        leave(p);
        expect_close(p, T_RIGHT_PAREN, opener, "after the declarator");
    } else if (form == DECLARATOR_NAMED) {
        if (p->token->name && p->token->kind != T_IDENTIFIER)
            fail_at(p, p->token, "expected a name, but '%s' is a keyword", p->token->name->text);
        fail_expected(p, "a name");
    }
}

static void collect_declarator(Parser *p, Node *declarator, Node ***end, DeclaratorForm form, bool outermost)
{
    Node *stars = NULL; // the last one first
    parse_attributes(p, append(&declarator->attributes, declarator->attributes));
    while (peek(p) == T_STAR) {
        Node *star = parse_pointer(p);
        star->follows_specifiers = outermost;
        star->next = stars;
        stars = star;
    }
    parse_direct_declarator(p, declarator, end, form);
    for (;;) {
        if (is_attribute_start(p->token))
            parse_attributes(p, append(&declarator->attributes, declarator->attributes));
        else if (peek(p) == T_LEFT_BRACKET)
            *end = append(*end, parse_array(p));
        else if (peek(p) == T_LEFT_PAREN)
            *end = append(*end, parse_parameters(p));
        else
            break;
    }
    *end = append(*end, stars);
}

// declarator = attributes { pointer } direct-declarator { array | parameters | attributes }
Node *parse_declarator(Parser *p, DeclaratorForm form)
{
    Node *node = node_at(p, NODE_DECLARATOR, p->token);
    Node **end = &node->list;
    collect_declarator(p, node, &end, form, true);
    return finish(p, node);
}

// abstract-declarator = attributes { pointer } [ "(" abstract-declarator ")" ] { array | parameters | attributes }
static Node *parse_abstract_declarator(Parser *p)
{
    return parse_declarator(p, DECLARATOR_ABSTRACT);
}

// type-name = declaration-specifiers abstract-declarator
Node *parse_type_name(Parser *p)
{
    Node *node = node_at(p, NODE_TYPE_NAME, p->token);
    if (!starts_specifiers(p, skip_attributes(p->token)))
        fail_expected(p, "a type");
    enter(p);
    node->specifiers = parse_declaration_specifiers(p);
    node->declarator = parse_abstract_declarator(p);
    leave(p);
    return finish(p, node);
}

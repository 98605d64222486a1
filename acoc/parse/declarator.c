// SPDX-License-Identifier: MIT
// Declarators, parameter lists and type names. C writes a declarator inside out; the node lists what it says from
// the name outwards: `int *(*f)(void)` is f: POINTER, FUNCTION_PARAMETERS, POINTER. So what stands inside the
// parentheses comes first, then the suffixes left to right, then the stars right to left.
#include "parse.h"

static void collect_declarator(Parser *p, Node *declarator, Node ***end, DeclaratorForm form, bool outermost);

// ----------------------------------------------------------------------------------------------- pointers

// qualifier = "const" | "volatile" | "restrict" | "_Atomic" | "__seg_fs" | "__seg_gs" | "_Nonnull" | "_Nullable"
//     | "_Nullable_result" | "_Null_unspecified" | "__ptr32" | "__ptr64" | "__sptr" | "__uptr" | "__unaligned" | "__w64"
static bool parse_qualifier(Parser *p, Node *node)
{
    const Specifier keyword = specifier_keywords[peek(p)];
    if (keyword.role != ROLE_QUALIFIER)
        return false;
    node->qualifiers |= keyword.value;
    take(p);
    return true;
}

// pointer = "*" { qualifier | attributes }
static Node *parse_pointer(Parser *p)
{
    Node *node = node_at(p, NODE_POINTER, take(p));
    Node **end = &node->list;
    for (;;) {
        if (is_attribute_start(p->token))
            end = parse_attributes(p, end);
        else if (!parse_qualifier(p, node))
            return finish(p, node);
    }
}

// ------------------------------------------------------------------------------------------------- arrays

// array = "[" { "static" | qualifier } [ assignment | "*" ] "]"
static Node *parse_array(Parser *p)
{
    Token *opener = p->token;
    Node *node = node_at(p, NODE_ARRAY, take(p));
    while (peek(p) == T_STATIC || parse_qualifier(p, node))
        node->is_static_extent |= accept(p, T_STATIC);
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
    if (is_empty(node->specifiers)) {
        Token *token = p->token;
        if (token->kind != T_IDENTIFIER)
            fail_expected(p, "a parameter");
        report_unknown_type(p, token);
        fail(p);
    }
    node->declarator = parse_declarator(p, DECLARATOR_EITHER);
    if (!node->declarator->name && p->token->name && p->token->kind != T_IDENTIFIER && p->token->kind != T_ASM)
        fail_at(p, p->token, "expected ',' or ')' after the parameter, or a name, but '%s' is a keyword",
                p->token->name->text);
    if (node->declarator->name)
        names_declare(p->names, node->declarator->name, NAME_ORDINARY);
    return finish(p, node);
}

// identifier-list = identifier { "," identifier }
static void parse_identifier_list(Parser *p, Node *parameters)
{
    Node **end = &parameters->list;
    do
        end = append(end, name_node(p, NODE_IDENTIFIER, "in the list of parameters"));
    while (accept(p, T_COMMA));
}

// forward-parameters = parameter { "," parameter } ";"
// GNU: `int n; char s[n], int n` declares n before its place in the list. Only the semicolon tells what was read.
static void parse_forward_parameters(Parser *p, Node *parameters)
{
    if (!parameters->forward_parameters)
        parameters->forward_parameters = node_at(p, NODE_FORWARD_PARAMETERS, parameters->list->first);
    append(list_end(&parameters->forward_parameters->list), parameters->list);
    parameters->list = NULL;
    take(p);
    finish(p, parameters->forward_parameters);
}

// parameter-list = { forward-parameters } parameter { "," parameter } [ "," "..." ] | "..."
static void parse_parameter_list(Parser *p, Node *parameters)
{
    Node **end = &parameters->list;
    while (!accept(p, T_ELLIPSIS)) {
        end = append(end, parse_parameter(p));
        if (peek(p) == T_SEMICOLON) {
            parse_forward_parameters(p, parameters);
            end = &parameters->list;
        } else if (!accept(p, T_COMMA)) {
            return;
        }
    }
    parameters->is_variadic = true;
}

// Names up to the parenthesis, of which the first is no type: `f(foo_t, int n)` is a list of parameters.
static bool starts_identifier_list(const Parser *p)
{
    Token *token = p->token;
    if (token->kind != T_IDENTIFIER || starts_specifiers(p, token))
        return false;
    while (token->kind == T_IDENTIFIER && after(token)->kind == T_COMMA)
        token = after(after(token));
    return token->kind == T_IDENTIFIER && after(token)->kind == T_RIGHT_PAREN;
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
        take_name(p, declarator, "to declare");
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
    parse_attributes(p, list_end(&declarator->attributes));
    if (peek(p) == T_CARET)
        refuse_unsupported(p);
    while (peek(p) == T_STAR) {
        Node *star = parse_pointer(p);
        star->follows_specifiers = outermost;
        star->next = stars;
        stars = star;
    }
    parse_direct_declarator(p, declarator, end, form);
    for (;;) {
        if (is_attribute_start(p->token))
            parse_attributes(p, list_end(&declarator->attributes));
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
    if (!starts_type_name(p, p->token) && !is_unknown_name(p, p->token))
        fail_expected(p, "a type");
    enter(p);
    node->specifiers = specifiers_of_type_name(p);
    node->declarator = parse_abstract_declarator(p);
    leave(p);
    return finish(p, node);
}

// SPDX-License-Identifier: MIT
// Primary expressions and what may follow them: calls, subscripts, members, ++ and --; strings, _Generic, statement
// expressions and the builtins that take types as arguments.
#include "parse.h"

#include <string.h>

// --------------------------------------------------------------------------------------------- primaries

// strings = string { string }
Node *parse_strings(Parser *p, const char *where)
{
    Node *node = node_at(p, NODE_STRING, expect(p, T_STRING, where));
    while (accept(p, T_STRING))
        continue;
    return finish(p, node);
}

// parenthesised = "(" expression ")"
Node *parse_parenthesised(Parser *p, const char *where)
{
    Token *opener = expect(p, T_LEFT_PAREN, where);
    enter(p);
    Node *node = parse_expression(p);
    leave(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the expression");
    return node;
}

// statement-expression = "(" block ")"
static Node *parse_statement_expression(Parser *p)
{
    Node *node = node_at(p, NODE_STATEMENT_EXPRESSION, take(p));
    enter(p);
    node->body = parse_block(p);
    leave(p);
    expect_close(p, T_RIGHT_PAREN, node->first, "after the statement expression");
    return finish(p, node);
}

// paren = parenthesised
static Node *parse_paren(Parser *p)
{
    Node *node = node_at(p, NODE_PAREN, p->token);
    node->operand = parse_parenthesised(p, "");
    return finish(p, node);
}

static Node *single_token(Parser *p, NodeKind kind)
{
    return finish(p, node_at(p, kind, take(p)));
}

// association = ( type-name | "default" ) ":" assignment
static Node *parse_association(Parser *p)
{
    Node *node = node_at(p, NODE_ASSOCIATION, p->token);
    if (!accept(p, T_DEFAULT))
        node->type_name = parse_type_name(p);
    expect(p, T_COLON, "in '_Generic'");
    node->operand = parse_assignment(p);
    return finish(p, node);
}

// generic = "_Generic" "(" assignment "," association { "," association } ")"
static Node *parse_generic(Parser *p)
{
    Node *node = node_at(p, NODE_GENERIC, take(p));
    Node **end = &node->list;
    Token *opener = expect(p, T_LEFT_PAREN, "after '_Generic'");
    enter(p);
    node->condition = parse_assignment(p);
    expect(p, T_COMMA, "after the controlling expression of '_Generic'");
    do
        end = append(end, parse_association(p));
    while (accept(p, T_COMMA));
    leave(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the associations of '_Generic'");
    return finish(p, node);
}

// ---------------------------------------------------------------------------------------------- builtins

// offsetof-member = identifier { designator }
static Node **parse_offsetof_member(Parser *p, Node **end)
{
    end = append(end, name_node(p, NODE_DESIGNATOR, "as the member"));
    while (peek(p) == T_DOT || peek(p) == T_ARROW || peek(p) == T_LEFT_BRACKET)
        end = append(end, parse_designator(p));
    return end;
}

// type-or-assignment = type-name | assignment
Node *parse_type_or_assignment(Parser *p)
{
    return stands_type_name(p) ? parse_type_name(p) : parse_assignment(p);
}

// Whether only a type can stand there: of va_arg and convertvector behind the comma, of offsetof before it.
static bool takes_type(TokenKind builtin, bool is_first)
{
    switch (builtin) {
    case T_BUILTIN_VA_ARG: case T_BUILTIN_CONVERTVECTOR: return !is_first;
    case T_BUILTIN_OFFSETOF: return is_first;
    case T_BUILTIN_TYPES_COMPATIBLE_P: return true;
    default: return false;
    }
}

static Node *argument_of_builtin(Parser *p, const Node *builtin)
{
    bool is_type = takes_type(builtin->op, !builtin->list) && is_unknown_name(p, p->token);
    return is_type ? parse_type_name(p) : parse_type_or_assignment(p);
}

// __builtin_has_attribute's second operand is an attribute, which concerns the compiler alone.
static void skip_attribute_operand(Parser *p)
{
    while (peek(p) != T_RIGHT_PAREN && peek(p) != T_END)
        take_until(p, skip_balanced(p->token));
}

// builtin = ( "__builtin_va_arg" | "__builtin_types_compatible_p" | "__builtin_choose_expr" | "__builtin_convertvector"
//     | "__builtin_has_attribute" | identifier ) "(" type-or-assignment { "," type-or-assignment } ")"
//     | "__builtin_offsetof" "(" type-name "," offsetof-member ")"
static Node *parse_builtin(Parser *p)
{
    Node *node = node_at(p, NODE_BUILTIN, take(p));
    Node **end = &node->list;
    node->op = node->first->kind;
    node->name = node->first->name;
    Token *opener = expect(p, T_LEFT_PAREN, "after the builtin");
    enter(p);
    end = append(end, argument_of_builtin(p, node));
    while (accept(p, T_COMMA)) {
        if (node->op == T_BUILTIN_OFFSETOF)
            end = parse_offsetof_member(p, end);
        else if (node->op == T_BUILTIN_HAS_ATTRIBUTE)
            skip_attribute_operand(p);
        else
            end = append(end, argument_of_builtin(p, node));
    }
    leave(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the builtin's arguments");
    return finish(p, node);
}

// clang's __builtin_bit_cast(T, e) is no keyword of the lexer, and so are builtins still to come.
static bool starts_builtin_with_type(const Parser *p)
{
    Token *opener = after(p->token);
    return opener->kind == T_LEFT_PAREN && p->token->length > 10 && !memcmp(p->token->text, "__builtin_", 10) &&
           starts_type_name(p, after(opener));
}

// primary = identifier | number | character | strings | "true" | "false" | "nullptr" | paren | statement-expression
//     | generic | builtin
static Node *parse_primary(Parser *p)
{
    switch (peek(p)) {
    case T_IDENTIFIER:
        return starts_builtin_with_type(p) ? parse_builtin(p) : name_node(p, NODE_IDENTIFIER, "");
    case T_NUMBER: case T_CHARACTER: case T_TRUE: case T_FALSE: case T_NULLPTR:
        return single_token(p, NODE_NUMBER);
    case T_STRING:
        return parse_strings(p, "");
    case T_LEFT_PAREN:
        return peek_second(p) == T_LEFT_BRACE ? parse_statement_expression(p) : parse_paren(p);
    case T_GENERIC:
        return parse_generic(p);
    case T_BUILTIN_VA_ARG: case T_BUILTIN_OFFSETOF: case T_BUILTIN_TYPES_COMPATIBLE_P: case T_BUILTIN_CHOOSE_EXPR:
    case T_BUILTIN_CONVERTVECTOR: case T_BUILTIN_HAS_ATTRIBUTE:
        return parse_builtin(p);
    default:
        fail_expected(p, "an expression");
    }
}

// ----------------------------------------------------------------------------------------------- postfix

static Node *postfix_node(Parser *p, NodeKind kind, Node *operand)
{
    Node *node = node_at(p, kind, operand->first);
    node->operand = operand; // callee, left: the same first child
    node->token = take(p);
    node->op = node->token->kind;
    return node;
}

// call = "(" [ assignment { "," assignment } ] ")"
static Node *parse_call(Parser *p, Node *callee)
{
    Node *node = postfix_node(p, NODE_CALL, callee);
    Node **end = &node->list;
    enter(p);
    if (peek(p) != T_RIGHT_PAREN) {
        do
            end = append(end, parse_assignment(p));
        while (accept(p, T_COMMA));
    }
    leave(p);
    expect_end_of_list(p, T_RIGHT_PAREN, node->token, "after the argument");
    return finish(p, node);
}

// subscript = "[" expression "]"
static Node *parse_subscript(Parser *p, Node *array)
{
    Node *node = postfix_node(p, NODE_SUBSCRIPT, array);
    enter(p);
    node->right = parse_expression(p);
    leave(p);
    expect_close(p, T_RIGHT_BRACKET, node->token, "after the index");
    return finish(p, node);
}

// member = ( "." | "->" ) identifier
static Node *parse_member(Parser *p, NodeKind kind, Node *operand)
{
    Node *node = postfix_node(p, kind, operand);
    take_name(p, node, kind == NODE_ARROW ? "after '->'" : "after '.'");
    return finish(p, node);
}

// postfix-operators = { call | subscript | member | "++" | "--" }
Node *parse_postfix_operators(Parser *p, Node *node)
{
    for (;;) {
        switch (peek(p)) {
        case T_LEFT_PAREN:
            node = parse_call(p, node);
            break;
        case T_LEFT_BRACKET:
            node = parse_subscript(p, node);
            break;
        case T_DOT:
            node = parse_member(p, NODE_MEMBER, node);
            break;
        case T_ARROW:
            node = parse_member(p, NODE_ARROW, node);
            break;
        case T_INCREMENT: case T_DECREMENT:
            node = finish(p, postfix_node(p, NODE_POSTFIX, node));
            break;
        default:
            return node;
        }
    }
}

// postfix = primary postfix-operators
Node *parse_postfix(Parser *p)
{
    return parse_postfix_operators(p, parse_primary(p));
}

// SPDX-License-Identifier: MIT
// Expressions from the comma down to unary operators and casts. Binary operators climb the table of
// grammar/operators.def: chains of one operator are a loop, so only parentheses nest. `yield from` and `async` bind
// like a cast.
#include "parse.h"

typedef struct Operator {
    uint8_t precedence; // of binary operators; 0: none
    NodeKind node;      // which binary operators and assignments make
} Operator;

static const Operator operators[T_COUNT] = {
#define OPERATOR(kind, level, node) [T_##kind] = { level, node },
#include "operators.def"
#undef OPERATOR
};

static Node *join(Parser *p, NodeKind kind, Node *left, Token *operator, Node *right)
{
    Node *node = node_at(p, kind, left->first);
    node->token = operator;
    node->op = operator->kind;
    node->left = left;
    node->right = right;
    return finish(p, node);
}

// ------------------------------------------------------------------------------------ from the comma down

// expression = assignment { "," assignment }
Node *parse_expression(Parser *p)
{
    Node *node = parse_assignment(p);
    while (peek(p) == T_COMMA) {
        Token *comma = take(p);
        node = join(p, NODE_COMMA, node, comma, parse_assignment(p));
    }
    return node;
}

// assignment = conditional
//     [ ( "=" | "*=" | "/=" | "%=" | "+=" | "-=" | "<<=" | ">>=" | "&=" | "^=" | "|=" ) assignment ]
Node *parse_assignment(Parser *p)
{
    Node *left = parse_conditional(p);
    if (operators[peek(p)].node != NODE_ASSIGN)
        return left;
    Token *operator = take(p);
    enter(p);
    Node *right = parse_assignment(p);
    leave(p);
    return join(p, NODE_ASSIGN, left, operator, right);
}

// binary = cast { ( "*" | "/" | "%" | "+" | "-" | "<<" | ">>" | "<" | ">" | "<=" | ">=" | "==" | "!="
//     | "&" | "^" | "|" | "&&" | "||" ) cast }
// Which of them binds tighter stands in the table: operands of at least the lowest precedence are taken here.
static Node *parse_binary(Parser *p, unsigned lowest)
{
    Node *left = parse_cast(p);
    for (;;) {
        const Operator *operator = &operators[peek(p)];
        if (operator->precedence < lowest)
            return left;
        Token *token = take(p);
        left = join(p, operator->node, left, token, parse_binary(p, operator->precedence + 1u));
    }
}

// conditional = binary [ "?" [ expression ] ":" conditional ]
// A chain `a ? b : c ? d : …` is a loop: each conditional's last operand is the slot for the next one.
Node *parse_conditional(Parser *p)
{
    Node *whole = NULL, **slot = &whole;
    for (;;) {
        Node *condition = parse_binary(p, 1);
        if (peek(p) != T_QUESTION) {
            *slot = condition;
            break;
        }
        Node *node = node_at(p, NODE_CONDITIONAL, condition->first);
        node->token = take(p);
        node->op = T_QUESTION;
        node->condition = condition;
        if (peek(p) != T_COLON) {
            enter(p);
            node->then = parse_expression(p);
            leave(p);
        }
        expect(p, T_COLON, "in the conditional expression");
        *slot = node;
        slot = &node->otherwise;
    }
    return finish_chain(p, whole);
}

// ---------------------------------------------------------------------------------------- casts and unary

static Node *parse_unary(Parser *p);

// The operand of an operator in front of it.
Node *finish_with_operand(Parser *p, Node *node)
{
    enter(p);
    node->operand = parse_cast(p);
    leave(p);
    return finish(p, node);
}

static bool starts_parenthesised_type(const Parser *p, bool is_cast)
{
    return peek(p) == T_LEFT_PAREN && (starts_type_name(p, after(p->token)) || is_parenthesised_unknown_type(p, is_cast));
}

// parenthesised-type = "(" type-name ")"
Node *parse_parenthesised_type(Parser *p, const char *where)
{
    Token *opener = expect(p, T_LEFT_PAREN, where);
    Node *type_name = parse_type_name(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the type");
    return type_name;
}

// compound-literal = parenthesised-type braced-initialiser postfix-operators
// The type was read before the brace told that this is no cast (no sizeof of a type).
static Node *parse_compound_literal(Parser *p, Token *opener, Node *type_name)
{
    Node *node = node_at(p, NODE_COMPOUND_LITERAL, opener);
    node->type_name = type_name;
    node->initialiser_list = parse_braced_initialiser(p);
    return parse_postfix_operators(p, finish(p, node));
}

// cast = parenthesised-type cast | compound-literal | unary
Node *parse_cast(Parser *p)
{
    if (!starts_parenthesised_type(p, true))
        return parse_unary(p);
    Token *opener = p->token;
    Node *type_name = parse_parenthesised_type(p, "");
    if (peek(p) == T_LEFT_BRACE)
        return parse_compound_literal(p, opener, type_name);
    Node *node = node_at(p, NODE_CAST, opener);
    node->type_name = type_name;
    return finish_with_operand(p, node);
}

// sizeof = ( "sizeof" | "_Alignof" ) ( parenthesised-type | compound-literal | unary )
static Node *parse_sizeof(Parser *p)
{
    Node *node = node_at(p, NODE_SIZEOF, take(p));
    node->op = node->first->kind;
    if (!starts_parenthesised_type(p, false)) {
        enter(p);
        node->operand = parse_unary(p);
        leave(p);
        return finish(p, node);
    }
    Token *opener = p->token;
    Node *type_name = parse_parenthesised_type(p, "");
    if (peek(p) == T_LEFT_BRACE)
        node->operand = parse_compound_literal(p, opener, type_name);
    else
        node->type_name = type_name;
    return finish(p, node);
}

// label-address = "&&" identifier
static Node *parse_label_address(Parser *p)
{
    Node *node = node_at(p, NODE_UNARY, take(p));
    node->op = T_AND_AND;
    take_name(p, node, "after '&&'");
    return finish(p, node);
}

// One operator in front of its operand. C has a unary expression after ++ and --, but `++(int){1}` begins like a cast.
static Node *prefixed(Parser *p, NodeKind kind)
{
    Node *node = node_at(p, kind, take(p));
    node->op = node->first->kind;
    return finish_with_operand(p, node);
}

// unary = ( "++" | "--" | "&" | "*" | "+" | "-" | "~" | "!" | "__extension__" | "__real__" | "__imag__" ) cast
//     | label-address | sizeof | yield-from | async | postfix
static Node *parse_unary(Parser *p)
{
    switch (peek(p)) {
    case T_INCREMENT: case T_DECREMENT:
        return prefixed(p, NODE_INCREMENT);
    case T_AND: case T_STAR: case T_PLUS: case T_MINUS: case T_TILDE: case T_NOT:
        return prefixed(p, NODE_UNARY);
    case T_EXTENSION: case T_REAL: case T_IMAG:
        return prefixed(p, NODE_EXTENSION);
    case T_AND_AND:
        return parse_label_address(p);
    case T_CARET: case T_UNSUPPORTED:
        refuse_unsupported(p);
    case T_SIZEOF: case T_ALIGNOF:
        return parse_sizeof(p);
    case T_IDENTIFIER:
        if (starts_yield_from(p))
            return parse_yield_from(p);
        if (starts_async_expression(p))
            return parse_async(p);
        break;
    default:
        break;
    }
    return parse_postfix(p);
}

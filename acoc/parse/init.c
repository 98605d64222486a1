// SPDX-License-Identifier: MIT
// Initialisers and designators, C's, C23's empty braces and GNU's older spellings (`name: value`, `[0] value`,
// `[0 ... 9] = value`). Lists of millions of elements are a loop here; only nested braces nest.
#include "parse.h"

// designator = ( "." | "->" ) identifier | "[" conditional [ "..." conditional ] "]"
// GNU: in offsetof a->b is a[0].b.
Node *parse_designator(Parser *p)
{
    Node *node = node_at(p, NODE_DESIGNATOR, p->token);
    node->op = peek(p);
    if (accept(p, T_DOT) || accept(p, T_ARROW)) {
        take_name(p, node, node->op == T_ARROW ? "after '->'" : "after '.'");
        return finish(p, node);
    }
    Token *opener = expect(p, T_LEFT_BRACKET, "for the designator");
    node->left = parse_conditional(p);
    if (accept(p, T_ELLIPSIS))
        node->right = parse_conditional(p);
    expect_close(p, T_RIGHT_BRACKET, opener, "after the index");
    return finish(p, node);
}

// designated = designator { designator } [ "=" ] initialiser | identifier ":" initialiser
static Node *parse_designated(Parser *p)
{
    Node *node = node_at(p, NODE_DESIGNATED, p->token);
    if (peek(p) == T_IDENTIFIER) { // GNU: name: value
        node->list = name_node(p, NODE_DESIGNATOR, "as the member");
        take(p);
    } else {
        Node **end = &node->list;
        const unsigned depth = p->depth;
        do {
            enter(p); // each designates a part of the part before it
            end = append(end, parse_designator(p));
        } while (peek(p) == T_DOT || peek(p) == T_LEFT_BRACKET);
        p->depth = depth;
        accept(p, T_ASSIGN); // GNU leaves it out
    }
    node->right = parse_initialiser(p);
    return finish(p, node);
}

static bool starts_designated(const Parser *p)
{
    return peek(p) == T_DOT || peek(p) == T_LEFT_BRACKET || (peek(p) == T_IDENTIFIER && peek_second(p) == T_COLON);
}

// braced-initialiser = "{" [ ( designated | initialiser ) { "," ( designated | initialiser ) } [ "," ] ] "}"
Node *parse_braced_initialiser(Parser *p)
{
    Token *opener = p->token;
    Node *node = node_at(p, NODE_INITIALISER, expect(p, T_LEFT_BRACE, "for the initialiser"));
    Node **end = &node->list;
    enter(p);
    while (peek(p) != T_RIGHT_BRACE) {
        end = append(end, starts_designated(p) ? parse_designated(p) : parse_initialiser(p));
        if (!accept(p, T_COMMA))
            break;
    }
    leave(p);
    expect_end_of_list(p, T_RIGHT_BRACE, opener, "after the initialiser");
    return finish(p, node);
}

// initialiser = assignment | braced-initialiser
Node *parse_initialiser(Parser *p)
{
    return peek(p) == T_LEFT_BRACE ? parse_braced_initialiser(p) : parse_assignment(p);
}

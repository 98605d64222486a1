// SPDX-License-Identifier: MIT
// The parser's verbs over tokens, and the making of nodes over those that were taken. Productions use peek, accept,
// expect and expect_close and nothing else on tokens; what they say about something missing is in errors.c.
#include "parse.h"

// A default stack of 8 MiB holds this many levels in every later stage too, under AddressSanitizer as well.
enum { DEPTH_LIMIT = 1000 };

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

void take_until(Parser *p, const Token *end)
{
    while (p->token < end)
        take(p);
}

Token *expect(Parser *p, TokenKind kind, const char *where)
{
    if (peek(p) != kind)
        fail_missing(p, kind, NULL, where);
    return take(p);
}

void expect_close(Parser *p, TokenKind kind, const Token *opener, const char *where)
{
    if (peek(p) != kind)
        fail_missing(p, kind, opener, where);
    take(p);
}

void expect_end_of_list(Parser *p, TokenKind kind, const Token *opener, const char *where)
{
    if (peek(p) != kind)
        fail_missing_end_of_list(p, kind, opener, where);
    take(p);
}

// -------------------------------------------------------------------------------------------- nesting

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

bool is_empty(const Node *node)
{
    return node->last < node->first;
}

void take_name(Parser *p, Node *node, const char *where)
{
    node->token = expect(p, T_IDENTIFIER, where);
    node->name = node->token->name;
}

Node *name_node(Parser *p, NodeKind kind, const char *where)
{
    Node *node = node_at(p, kind, p->token);
    take_name(p, node, where);
    return node;
}

// The last part of a node that may be such a node again; NULL: nodes of its kind make no chain.
static Node *next_in_chain(const Node *node)
{
    switch (node->kind) {
    case NODE_CONDITIONAL: case NODE_IF: return node->otherwise;
    case NODE_CASE: return node->case_body;
    case NODE_DEFAULT: case NODE_LABEL: return node->body;
    default: return NULL;
    }
}

Node *finish_chain(Parser *p, Node *chain)
{
    for (Node *node = chain; node && node->last != p->previous; node = next_in_chain(node))
        finish(p, node);
    return chain;
}

Node **list_end(Node **list)
{
    while (*list)
        list = &(*list)->next;
    return list;
}

Node **append(Node **end, Node *nodes)
{
    *end = nodes;
    return list_end(end);
}

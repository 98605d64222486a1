// SPDX-License-Identifier: MIT
// Structs and unions with their members, enums with their enumerators.
#include "parse.h"

// -------------------------------------------------------------------------------------- struct, union

// member-declarator = [ declarator ] [ ":" conditional ] attributes
static Node *parse_member_declarator(Parser *p)
{
    bool is_unnamed = peek(p) == T_COLON;
    Node *node = is_unnamed ? node_at(p, NODE_DECLARATOR, p->token) : parse_declarator(p, DECLARATOR_NAMED);
    if (accept(p, T_COLON))
        node->bit_width = parse_conditional(p);
    parse_attributes(p, list_end(&node->attributes));
    return finish(p, node);
}

// member-declaration = declaration-specifiers [ member-declarator { "," member-declarator } ] ";" | static-assert | ";"
static Node *parse_member_declaration(Parser *p)
{
    Token *first = p->token;
    take_until(p, skip_extensions(first));
    if (peek(p) == T_STATIC_ASSERT)
        return parse_static_assert(p);
    if (accept(p, T_SEMICOLON))
        return finish(p, node_at(p, NODE_EMPTY_DECLARATION, first));
    Node *node = node_at(p, NODE_DECLARATION, first);
    node->specifiers = parse_declaration_specifiers(p);
    if (is_empty(node->specifiers))
        fail_expected(p, "a member declaration");
    Node **end = &node->list;
    if (peek(p) != T_SEMICOLON && peek(p) != T_RIGHT_BRACE && !lacks_semicolon(p, node->specifiers)) {
        do
            end = append(end, parse_member_declarator(p));
        while (accept(p, T_COMMA));
    }
    if (peek(p) != T_RIGHT_BRACE) // compilers take the last member without one, with a warning
        expect_semicolon(p, "after the member");
    return finish(p, node);
}

// `typedef` and its like can be no member: the '}' before it was forgotten.
static bool members_end(const Parser *p)
{
    return peek(p) == T_RIGHT_BRACE || peek(p) == T_END || specifier_keywords[peek(p)].role == ROLE_STORAGE;
}

// The tag of a struct, union or enum.
static void take_tag(Parser *p, Node *node)
{
    take_name(p, node, "as the tag");
    note_tag(p, node->first, node->name);
}

// record = ( "struct" | "union" ) attributes [ identifier ] [ "{" { member-declaration } "}" attributes ]
Node *parse_record(Parser *p)
{
    Node *node = node_at(p, NODE_RECORD, take(p));
    node->op = node->first->kind;
    Node **attributes = parse_attributes(p, &node->attributes);
    if (peek(p) == T_IDENTIFIER)
        take_tag(p, node);
    else if (peek(p) != T_LEFT_BRACE)
        fail_expected(p, "a tag or '{'");
    if (peek(p) != T_LEFT_BRACE)
        return finish(p, node);
    enter(p);
    Token *opener = take(p);
    Node **end = &node->list;
    node->has_body = true;
    while (!members_end(p))
        end = append(end, parse_member_declaration(p));
    expect_close(p, T_RIGHT_BRACE, opener, "after the members");
    leave(p);
    parse_attributes(p, attributes);
    return finish(p, node);
}

// ------------------------------------------------------------------------------------------------ enum

// enumerator = identifier attributes [ "=" conditional ]
static Node *parse_enumerator(Parser *p)
{
    Node *node = name_node(p, NODE_ENUMERATOR, "for the enumerator");
    parse_attributes(p, &node->list);
    if (accept(p, T_ASSIGN))
        node->operand = parse_conditional(p);
    names_declare(p->names, node->name, NAME_ORDINARY);
    return finish(p, node);
}

// enumeration = "enum" attributes [ identifier ] [ ":" type-name ]
//     [ "{" [ enumerator { "," enumerator } [ "," ] ] "}" attributes ]
Node *parse_enumeration(Parser *p)
{
    Node *node = node_at(p, NODE_ENUM, take(p));
    Node **attributes = parse_attributes(p, &node->attributes), **end = &node->list;
    if (peek(p) == T_IDENTIFIER)
        take_tag(p, node);
    else if (peek(p) != T_LEFT_BRACE && peek(p) != T_COLON)
        fail_expected(p, "a tag or '{'");
    if (peek(p) == T_COLON && starts_type_name(p, after(p->token))) { // otherwise the width of a bit-field
        take(p);
        node->type_name = parse_type_name(p);
    }
    if (peek(p) != T_LEFT_BRACE)
        return finish(p, node);
    Token *opener = take(p);
    node->has_body = true;
    while (peek(p) != T_RIGHT_BRACE) {
        end = append(end, parse_enumerator(p));
        if (!accept(p, T_COMMA))
            break;
    }
    expect_end_of_list(p, T_RIGHT_BRACE, opener, "after the enumerator");
    parse_attributes(p, attributes);
    return finish(p, node);
}

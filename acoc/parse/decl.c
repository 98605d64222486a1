// SPDX-License-Identifier: MIT
// Declaration specifiers: keywords (their table is in specifiers.c), typedef names, typeof, alignment, and our `async`
// and `raises` among them; structs, unions and enums stand in record.c. Specifiers may stand in any order; an
// identifier is a type only while no other type was seen, which is what lets `T T;` declare a variable.
#include "parse.h"

typedef struct Specifiers {
    Node *node;
    TypeWords *words;
    Node **end;      // of node->list
    bool has_type;
} Specifiers;

// ------------------------------------------------------------------------------------- what starts one

bool starts_specifiers(const Parser *p, Token *token)
{
    token = skip_extensions(token);
    if (token->kind == T_IDENTIFIER)
        return names_lookup(p->names, token->name) == NAME_TYPEDEF || is_specifier_word(p, token);
    return is_specifier_keyword(token->kind);
}

bool starts_type_name(const Parser *p, Token *token)
{
    return starts_specifiers(p, skip_attributes(token));
}

bool stands_type_name(const Parser *p)
{
    return starts_type_name(p, p->token) || is_unknown_type_name(p, p->token);
}

// A declaration of a block: specifiers, possibly behind attributes. Attributes alone are a statement.
bool starts_declaration(const Parser *p)
{
    Token *token = skip_extensions(p->token);
    return token->kind == T_STATIC_ASSERT || starts_type_name(p, token);
}

// ------------------------------------------------------------------------------------------ specifiers

// typeof = ( "typeof" | "typeof_unqual" ) "(" ( type-name | expression ) ")"
static Node *parse_typeof(Parser *p)
{
    Node *node = node_at(p, NODE_TYPEOF, take(p));
    node->op = node->first->kind;
    Token *opener = expect(p, T_LEFT_PAREN, "after 'typeof'");
    if (stands_type_name(p))
        node->type_name = parse_type_name(p);
    else
        node->operand = parse_expression(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the operand of 'typeof'");
    return finish(p, node);
}

// bit-int = "_BitInt" "(" conditional ")"
static Node *parse_bit_int(Parser *p)
{
    Node *node = node_at(p, NODE_BITINT, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after '_BitInt'");
    node->operand = parse_conditional(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the width");
    return finish(p, node);
}

// atomic-type = "_Atomic" parenthesised-type
static Node *parse_atomic_type(Parser *p)
{
    Node *node = node_at(p, NODE_ATOMIC_TYPE, take(p));
    node->type_name = parse_parenthesised_type(p, "after '_Atomic'");
    return finish(p, node);
}

// alignas = "_Alignas" "(" ( type-name | conditional ) ")"
static Node *parse_alignas(Parser *p)
{
    Node *node = node_at(p, NODE_ALIGNAS, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after '_Alignas'");
    if (stands_type_name(p))
        node->type_name = parse_type_name(p);
    else
        node->operand = parse_conditional(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the alignment");
    return finish(p, node);
}

_Noreturn static void refuse_second_type(Parser *p)
{
    fail_at(p, p->token, "two types in one declaration: the second is '%.*s'", (int)p->token->length, p->token->text);
}

// A type that is more than a word.
static void take_phrase(Parser *p, Specifiers *s)
{
    if (s->words->node)
        refuse_second_type(p);
    switch (peek(p)) {
    case T_STRUCT: case T_UNION: s->words->node = parse_record(p); break;
    case T_ENUM: s->words->node = parse_enumeration(p); break;
    case T_BITINT: s->words->node = parse_bit_int(p); break;
    case T_ATOMIC: s->words->node = parse_atomic_type(p); break;
    default: s->words->node = parse_typeof(p); break;
    }
    s->end = append(s->end, s->words->node);
    s->has_type = true;
}

// An identifier that is a typedef name here, or a word of ours.
static bool take_identifier(Parser *p, Specifiers *s)
{
    if (is_word_among_specifiers(p, p->token, s->has_type)) {
        Node *node = parse_async_specifier(p, s->node);
        if (node)
            s->end = append(s->end, node);
        if (node && node->kind == NODE_TYPE_NAME) {
            s->words->async_type = node;
            s->has_type = true;
        }
        return true;
    }
    if (s->has_type || names_lookup(p->names, p->token->name) != NAME_TYPEDEF)
        return false;
    s->words->typedef_name = take(p);
    s->has_type = true;
    return true;
}

// declaration-specifier = "typedef" | "extern" | "static" | "auto" | "register" | "inline" | "_Noreturn"
//     | "_Thread_local" | "constexpr" | qualifier | "__extension__" | "__int8" | "__int16" | "__int32" | "__int64"
//     | "void" | "char" | "short" | "int" | "long" | "float" | "double" | "signed" | "unsigned" | "_Bool"
//     | "_Complex" | "_Imaginary" | "__int128" | "_Float16" | "_Float32" | "_Float64" | "_Float128" | "_Float32x"
//     | "_Float64x" | "__float80" | "_Decimal32" | "_Decimal64" | "_Decimal128" | "__builtin_va_list" | "__auto_type"
//     | typedef-name | record | enumeration | typeof | atomic-type | bit-int | alignas | attributes | async-specifier
static bool parse_declaration_specifier(Parser *p, Specifiers *s)
{
    if (is_attribute_start(p->token)) {
        s->end = parse_attributes(p, s->end);
        return true;
    }
    if (peek(p) == T_IDENTIFIER)
        return take_identifier(p, s);
    const Specifier keyword = specifier_keywords[peek(p)];
    switch (keyword.role) {
    case ROLE_NONE:
        return false;
    case ROLE_PHRASE:
        take_phrase(p, s);
        return true;
    case ROLE_ALIGNMENT:
        s->end = append(s->end, parse_alignas(p));
        return true;
    case ROLE_UNSUPPORTED:
        refuse_unsupported(p);
    case ROLE_QUALIFIER:
        if (peek(p) == T_ATOMIC && peek_second(p) == T_LEFT_PAREN) {
            take_phrase(p, s);
            return true;
        }
        s->node->qualifiers |= keyword.value;
        break;
    case ROLE_STORAGE:
        s->node->flags |= keyword.value;
        break;
    case ROLE_WORD:
        count_type_word(s->words, peek(p));
        s->has_type = true;
        break;
    case ROLE_TYPE:
        if (s->words->other)
            refuse_second_type(p);
        s->words->other = peek(p);
        s->has_type = true;
        break;
    case ROLE_IDLE:
        break;
    }
    take(p);
    return true;
}

// An unknown type: said once, then taken as a type so that nothing follows from it.
static void take_unknown_type(Parser *p, Specifiers *s)
{
    if (report_unknown_type(p, p->token))
        fail(p);
    names_declare(p->names, p->token->name, NAME_ASSUMED);
    s->words->typedef_name = take(p);
    while (parse_declaration_specifier(p, s)) // what else stands there: qualifiers, storage classes
        s->has_type = true;
}

bool lacks_semicolon(const Parser *p, const Node *specifiers)
{
    const Node *record = specifiers->words->node;
    if (!record || !record->has_body || p->previous->kind != T_RIGHT_BRACE || !p->token->starts_line)
        return false;
    return starts_specifiers(p, p->token) && specifier_keywords[peek(p)].role != ROLE_QUALIFIER;
}

static Node *collect_specifiers(Parser *p, bool (*is_unknown_type)(const Parser *p))
{
    Specifiers s = { .node = node_at(p, NODE_SPECIFIERS, p->token), .words = NEW(p->arena, TypeWords) };
    s.end = &s.node->list;
    s.node->words = s.words;
    while (!lacks_semicolon(p, s.node) && parse_declaration_specifier(p, &s))
        continue;
    if (!s.has_type && is_unknown_type(p))
        take_unknown_type(p, &s);
    else
        check_type_words(p, s.node);
    return finish(p, s.node);
}

// declaration-specifiers = { declaration-specifier }
Node *parse_declaration_specifiers(Parser *p)
{
    return collect_specifiers(p, stands_for_type);
}

static bool is_unknown_here(const Parser *p)
{
    return is_unknown_name(p, p->token);
}

// No name stands beside them that would be declared, so a name is a type.
Node *specifiers_of_type_name(Parser *p)
{
    return collect_specifiers(p, is_unknown_here);
}

// ------------------------------------------------------------------------------------------ assertions

// static-assert = "_Static_assert" "(" conditional [ "," strings ] ")" ";"
Node *parse_static_assert(Parser *p)
{
    Node *node = node_at(p, NODE_STATIC_ASSERT, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after the static assertion");
    node->operand = parse_conditional(p);
    if (accept(p, T_COMMA))
        node->right = parse_strings(p, "as the message");
    expect_close(p, T_RIGHT_PAREN, opener, "after the assertion");
    expect_semicolon(p, "after the assertion");
    return finish(p, node);
}

// SPDX-License-Identifier: MIT
// GNU and C23 attributes and asm. Each attribute becomes one NODE_ATTRIBUTE that covers its own tokens only (one of
// several between the parentheses can so be told apart): name without its underscores, `vendor::name` for vendors
// other than gnu; op says which syntax: T_ATTRIBUTE, T_LEFT_BRACKET, T_DECLSPEC, T_CALLING_CONVENTION (`__stdcall`, a word
// of its own) or T_ASM for an asm label (name "asm").
#include "parse.h"

#include <string.h>

// __packed__ and packed are one attribute.
static String *plain_name(const Token *token)
{
    const char *text = token->name->text;
    size_t length = token->name->length;
    if (length > 4 && !strncmp(text, "__", 2) && !strncmp(text + length - 2, "__", 2))
        return intern(text + 2, length - 4);
    return token->name;
}

// attribute-arguments = "(" [ type-or-assignment { "," type-or-assignment } ] ")"
static void parse_attribute_arguments(Parser *p, Node *attribute)
{
    Token *opener = take(p);
    Node **end = &attribute->list;
    if (peek(p) != T_RIGHT_PAREN) {
        do
            end = append(end, parse_type_or_assignment(p));
        while (accept(p, T_COMMA));
    }
    expect_close(p, T_RIGHT_PAREN, opener, "after the attribute's arguments");
}

static Token *expect_attribute_name(Parser *p)
{
    if (!p->token->name) // keywords are names here: __attribute__((const))
        fail_expected(p, "the name of an attribute");
    return take(p);
}

static AttributeUsers own_attributes(void)
{
    return target_is_clang() ? USERS_CLANG : USERS_GCC;
}

// gnu-attribute = ( identifier | keyword ) [ attribute-arguments ]
static Node *parse_gnu_attribute(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE, expect_attribute_name(p));
    node->op = T_ATTRIBUTE;
    node->name = plain_name(node->token);
    warn_of_misspelt_attribute(p, node->token, node->name, own_attributes());
    if (peek(p) == T_LEFT_PAREN)
        parse_attribute_arguments(p, node);
    return finish(p, node);
}

// gnu-attributes = "__attribute__" "(" "(" [ gnu-attribute ] { "," [ gnu-attribute ] } ")" ")"
static Node **parse_gnu_attributes(Parser *p, Node **end)
{
    take(p);
    Token *outer = expect(p, T_LEFT_PAREN, "after '__attribute__'");
    Token *inner = expect(p, T_LEFT_PAREN, "after '__attribute__('");
    do {
        if (peek(p) != T_COMMA && peek(p) != T_RIGHT_PAREN)
            end = append(end, parse_gnu_attribute(p));
    } while (accept(p, T_COMMA));
    expect_close(p, T_RIGHT_PAREN, inner, "after the attributes");
    expect_close(p, T_RIGHT_PAREN, outer, "after the attributes");
    return end;
}

// Of other vendors' attributes nothing is known.
static AttributeUsers attributes_of(const String *vendor)
{
    if (!vendor)
        return USERS_STANDARD;
    return string_is(vendor, "gnu") ? own_attributes() : string_is(vendor, "clang") ? USERS_CLANG : 0;
}

// Whether acoc looks at the attribute's arguments. Those of others may be any balanced tokens between [[ and ]].
static bool means_something(const String *name)
{
    const AttributeRule *rule = attribute_rule(name);
    return rule->effect != EFFECT_NONE || rule->on_coroutine != ON_KEEP;
}

// standard-attribute = ( identifier | keyword ) [ "::" ( identifier | keyword ) ] [ attribute-arguments ]
static Node *parse_standard_attribute(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE, expect_attribute_name(p));
    node->op = T_LEFT_BRACKET;
    String *vendor = NULL;
    node->name = plain_name(node->token);
    if (accept(p, T_COLON_COLON)) {
        vendor = node->name;
        node->token = expect_attribute_name(p);
        node->name = plain_name(node->token);
    }
    warn_of_misspelt_attribute(p, node->token, node->name, attributes_of(vendor));
    if (vendor && !string_is(vendor, "gnu"))
        node->name = intern_text(arena_printf(p->arena, "%s::%s", vendor->text, node->name->text));
    if (peek(p) == T_LEFT_PAREN) {
        if (means_something(node->name))
            parse_attribute_arguments(p, node);
        else
            take_until(p, skip_balanced(p->token));
    }
    return finish(p, node);
}

// standard-attributes = "[" "[" [ standard-attribute ] { "," [ standard-attribute ] } "]" "]"
static Node **parse_standard_attributes(Parser *p, Node **end)
{
    Token *outer = take(p), *inner = take(p);
    do {
        if (peek(p) != T_COMMA && peek(p) != T_RIGHT_BRACKET)
            end = append(end, parse_standard_attribute(p));
    } while (accept(p, T_COMMA));
    expect_close(p, T_RIGHT_BRACKET, inner, "after the attributes");
    expect_close(p, T_RIGHT_BRACKET, outer, "after the attributes");
    return end;
}

// declspec = "__declspec" "(" { gnu-attribute } ")"
static Node **parse_declspec(Parser *p, Node **end)
{
    take(p);
    Token *opener = expect(p, T_LEFT_PAREN, "after '__declspec'");
    while (peek(p) != T_RIGHT_PAREN) {
        end = append(end, parse_gnu_attribute(p));
        accept(p, T_COMMA);
    }
    expect_close(p, T_RIGHT_PAREN, opener, "after the attributes");
    return end;
}

// calling-convention = "__cdecl" | "__stdcall" | "__fastcall" | "__thiscall" | "__vectorcall" | "__regcall"
static Node *parse_calling_convention(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE, take(p));
    node->op = T_CALLING_CONVENTION;
    node->name = intern(node->token->text + 2, node->token->length - 2);
    return finish(p, node);
}

// attributes = { gnu-attributes | standard-attributes | declspec | calling-convention }
Node **parse_attributes(Parser *p, Node **end)
{
    while (is_attribute_start(p->token)) {
        switch (peek(p)) {
        case T_ATTRIBUTE: end = parse_gnu_attributes(p, end); break;
        case T_DECLSPEC: end = parse_declspec(p, end); break;
        case T_CALLING_CONVENTION: end = append(end, parse_calling_convention(p)); break;
        default: end = parse_standard_attributes(p, end); break;
        }
    }
    return end;
}

// ------------------------------------------------------------------------------------------------- asm

// asm-label = "asm" "(" strings ")"
Node *parse_asm_label(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE, take(p));
    node->op = T_ASM;
    node->name = intern_text("asm");
    Token *opener = expect(p, T_LEFT_PAREN, "after 'asm'");
    node->list = parse_strings(p, "for the assembler name");
    expect_close(p, T_RIGHT_PAREN, opener, "after the assembler name");
    return finish(p, node);
}

// asm-operand = [ "[" identifier "]" ] strings "(" expression ")"
static Node *parse_asm_operand(Parser *p, bool is_output)
{
    Node *node = node_at(p, NODE_PAREN, p->token);
    if (peek(p) == T_LEFT_BRACKET) {
        Token *opener = take(p);
        node->name = expect(p, T_IDENTIFIER, "after '['")->name;
        expect_close(p, T_RIGHT_BRACKET, opener, "after the operand's name");
    }
    node->token = parse_strings(p, "as the operand's constraint")->first;
    node->op = is_output ? T_ASSIGN : T_COLON;
    Token *opener = expect(p, T_LEFT_PAREN, "after the constraint");
    node->operand = parse_expression(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the operand");
    return finish(p, node);
}

// asm-operands = [ asm-operand { "," asm-operand } ]
static Node **parse_asm_operands(Parser *p, Node **end, bool is_output)
{
    if (peek(p) != T_STRING && peek(p) != T_LEFT_BRACKET)
        return end;
    do
        end = append(end, parse_asm_operand(p, is_output));
    while (accept(p, T_COMMA));
    return end;
}

// asm-clobbers = [ strings { "," strings } ]
static void parse_asm_clobbers(Parser *p)
{
    if (peek(p) != T_STRING)
        return;
    do
        parse_strings(p, "as a clobber");
    while (accept(p, T_COMMA));
}

// asm-labels = identifier { "," identifier }
static Node **parse_asm_labels(Parser *p, Node **end)
{
    do
        end = append(end, name_node(p, NODE_GOTO, "as a label"));
    while (accept(p, T_COMMA));
    return end;
}

// asm-sections = ":" asm-operands [ ":" asm-operands [ ":" asm-clobbers [ ":" asm-labels ] ] ]
static void parse_asm_sections(Parser *p, Node *node)
{
    Node **end = &node->list;
    for (int section = 0; section < 4; section++) {
        if (accept(p, T_COLON_COLON)) // two colons: the section between them is empty
            section++;
        else if (!accept(p, T_COLON))
            return;
        switch (section) {
        case 0: end = parse_asm_operands(p, end, true); break;
        case 1: end = parse_asm_operands(p, end, false); break;
        case 2: parse_asm_clobbers(p); break;
        case 3: end = parse_asm_labels(p, end); break;
        }
    }
}

// asm = "asm" { "volatile" | "const" | "inline" | "goto" } "(" strings [ asm-sections ] ")" ";"
Node *parse_asm(Parser *p)
{
    Node *node = node_at(p, NODE_ASM, take(p));
    while (peek(p) == T_VOLATILE || peek(p) == T_CONST || peek(p) == T_INLINE || peek(p) == T_GOTO) {
        if (peek(p) == T_GOTO)
            node->op = T_GOTO;
        take(p);
    }
    Token *opener = expect(p, T_LEFT_PAREN, "after 'asm'");
    parse_strings(p, "with the instructions");
    parse_asm_sections(p, node);
    expect_close(p, T_RIGHT_PAREN, opener, "after the operands of 'asm'");
    expect_semicolon(p, "after 'asm(…)'");
    return finish(p, node);
}

// top-asm = asm
Node *parse_top_asm(Parser *p)
{
    Node *node = parse_asm(p);
    node->kind = NODE_TOP_ASM;
    return node;
}

// SPDX-License-Identifier: MIT
// Statements and blocks. Each item of a block is parsed under protection, so that an error costs that item alone.
// Labels and else-if chains are loops: each one's last part is the slot for the next.
#include "parse.h"

bool begins_statement(TokenKind kind)
{
    switch (kind) {
    case T_IF: case T_SWITCH: case T_WHILE: case T_DO: case T_FOR: case T_GOTO: case T_BREAK: case T_CONTINUE:
    case T_RETURN: case T_ASM:
        return true;
    default:
        return false;
    }
}

bool is_statement_keyword(TokenKind kind)
{
    return begins_statement(kind) || kind == T_ELSE || kind == T_CASE || kind == T_DEFAULT;
}

// ------------------------------------------------------------------------------------------------ blocks

// expression-statement = [ expression ] ";"
static Node *parse_expression_statement(Parser *p)
{
    Node *node = node_at(p, NODE_EXPRESSION, p->token);
    if (peek(p) != T_SEMICOLON)
        node->operand = parse_expression(p);
    expect_semicolon(p, "after the expression");
    return finish(p, node);
}

// local-labels = "__label__" identifier { "," identifier } ";"
static Node *parse_local_labels(Parser *p)
{
    Node *node = node_at(p, NODE_LOCAL_LABEL, take(p));
    Node **end = &node->list;
    do
        end = append(end, name_node(p, NODE_IDENTIFIER, "after '__label__'"));
    while (accept(p, T_COMMA));
    expect_semicolon(p, "after the labels");
    return finish(p, node);
}

// block-item = declaration | local-labels | statement
static Node *parse_block_item(Parser *p)
{
    if (peek(p) == T_LOCAL_LABEL)
        return parse_local_labels(p);
    // a typedef name before a colon is a label
    bool is_label = peek(p) == T_IDENTIFIER && peek_second(p) == T_COLON;
    if (!is_label && (starts_declaration(p) || declares_with_unknown_type(p)))
        return parse_declaration(p);
    return parse_statement(p);
}

static void add_block_item(Parser *p, void *context)
{
    Node ***end = context;
    *end = append(*end, parse_block_item(p));
}

// Of the line in which the token stands. The preprocessor keeps it; places in headers cost more.
static size_t indentation(const Parser *p, const Token *token)
{
    while (!token->starts_line && token > p->unit->tokens)
        token--;
    const char *start = token->text, *const text = p->unit->tokens->text;
    while (start > text && start[-1] == ' ')
        start--;
    return (size_t)(token->text - start);
}

// A block whose '}' stands further left than the line of its '{' was probably closed by another block's.
static void suspect_brace(Parser *p, const Token *opener)
{
    if (peek(p) == T_RIGHT_BRACE && p->token->starts_line && !p->suspect && indentation(p, p->token) < indentation(p, opener))
        p->suspect = opener;
}

// block = "{" { block-item } "}"
Node *parse_block(Parser *p)
{
    Node *node = node_at(p, NODE_BLOCK, expect(p, T_LEFT_BRACE, "for the block"));
    Node **end = collect_pragmas(p, &node->list);
    enter(p);
    names_enter(p->names);
    Token *const outer_item = p->item;
    const Node *const outer_if = p->last_if;
    p->last_if = NULL;
    while (peek(p) != T_RIGHT_BRACE && peek(p) != T_END) {
        Token *start = p->item = p->token;
        if (!protect(p, add_block_item, &end))
            recover_in_block(p, start);
        end = collect_pragmas(p, end);
    }
    p->item = outer_item;
    p->last_if = outer_if;
    names_leave(p->names);
    leave(p);
    suspect_brace(p, node->first);
    expect_close(p, T_RIGHT_BRACE, node->first, "at the end of the block");
    return finish(p, node);
}

// -------------------------------------------------------------------------------------------- selections

// Since C99 a statement that chooses or repeats is a scope, and so is each statement that is a part of it.
static Node *scoped(Parser *p, Node *(*parse)(Parser *p))
{
    if (!target_is_c99())
        return parse(p);
    names_enter(p->names);
    Node *node = parse(p);
    names_leave(p->names);
    return node;
}

// A statement that is part of another one: one level of nesting deeper.
Node *inner_statement(Parser *p)
{
    enter(p);
    Node *node = parse_statement(p);
    leave(p);
    return node;
}

static Node *substatement(Parser *p)
{
    return scoped(p, inner_statement);
}

// if = "if" parenthesised statement [ "else" statement ]
static Node *parse_if(Parser *p)
{
    Node *whole = NULL, **slot = &whole;
    const size_t scopes = names_depth(p->names);
    for (;;) {
        Node *node = node_at(p, NODE_IF, take(p));
        *slot = node;
        node->condition = parse_parenthesised(p, "after 'if'");
        node->then = substatement(p);
        if (!accept(p, T_ELSE)) {
            p->last_if = finish(p, node);
            break;
        }
        slot = &node->otherwise;
        if (peek(p) != T_IF) {
            *slot = substatement(p);
            break;
        }
        if (target_is_c99())
            names_enter(p->names);
    }
    names_leave_to(p->names, scopes);
    return finish_chain(p, whole);
}

// switch = "switch" parenthesised statement
static Node *parse_switch(Parser *p)
{
    Node *node = node_at(p, NODE_SWITCH, take(p));
    node->loop_condition = parse_parenthesised(p, "after 'switch'");
    node->loop_body = substatement(p);
    return finish(p, node);
}

// ------------------------------------------------------------------------------------------------- loops

// while = "while" parenthesised statement
static Node *parse_while(Parser *p)
{
    Node *node = node_at(p, NODE_WHILE, take(p));
    node->loop_condition = parse_parenthesised(p, "after 'while'");
    node->loop_body = substatement(p);
    return finish(p, node);
}

// do = "do" statement "while" parenthesised ";"
static Node *parse_do(Parser *p)
{
    Node *node = node_at(p, NODE_DO, take(p));
    node->do_body = substatement(p);
    expect_close(p, T_WHILE, node->first, "after the body of 'do'");
    node->do_condition = parse_parenthesised(p, "after 'while'");
    expect_semicolon(p, "after 'do … while'");
    return finish(p, node);
}

// for-init = declaration | expression-statement
static Node *parse_for_init(Parser *p)
{
    if (accept(p, T_SEMICOLON))
        return NULL;
    if (starts_declaration(p) || declares_with_unknown_type(p))
        return parse_declaration(p);
    return parse_expression_statement(p);
}

// for = "for" "(" for-init [ expression ] ";" [ expression ] ")" statement
static Node *parse_for(Parser *p)
{
    Node *node = node_at(p, NODE_FOR, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after 'for'");
    node->for_init = parse_for_init(p);
    if (peek(p) != T_SEMICOLON)
        node->for_condition = parse_expression(p);
    expect(p, T_SEMICOLON, "after the condition of 'for'");
    if (peek(p) != T_RIGHT_PAREN)
        node->for_step = parse_expression(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the head of 'for'");
    node->for_body = substatement(p);
    return finish(p, node);
}

// ------------------------------------------------------------------------------------------------- jumps

// goto = "goto" ( identifier | "*" expression ) ";"
static Node *parse_goto(Parser *p)
{
    Node *node = node_at(p, NODE_GOTO, take(p));
    if (accept(p, T_STAR)) {
        node->operand = parse_expression(p);
    } else {
        take_name(p, node, "after 'goto'");
    }
    expect_semicolon(p, "after 'goto'");
    return finish(p, node);
}

// break = "break" ";"
static Node *parse_break(Parser *p)
{
    Node *node = node_at(p, NODE_BREAK, take(p));
    expect_semicolon(p, "after 'break'");
    return finish(p, node);
}

// continue = "continue" ";"
static Node *parse_continue(Parser *p)
{
    Node *node = node_at(p, NODE_CONTINUE, take(p));
    expect_semicolon(p, "after 'continue'");
    return finish(p, node);
}

// return = "return" [ expression ] ";"
static Node *parse_return(Parser *p)
{
    Node *node = node_at(p, NODE_RETURN, take(p));
    if (peek(p) != T_SEMICOLON)
        node->operand = parse_expression(p);
    expect_semicolon(p, "after 'return'");
    return finish(p, node);
}

// ------------------------------------------------------------------------------------------------ labels

// case = "case" conditional [ "..." conditional ] ":"
static Node *parse_case(Parser *p)
{
    Node *node = node_at(p, NODE_CASE, take(p));
    node->case_low = parse_conditional(p);
    if (accept(p, T_ELLIPSIS))
        node->case_high = parse_conditional(p);
    expect(p, T_COLON, "after the value of 'case'");
    return finish(p, node);
}

// default = "default" ":"
static Node *parse_default(Parser *p)
{
    Node *node = node_at(p, NODE_DEFAULT, take(p));
    expect(p, T_COLON, "after 'default'");
    return finish(p, node);
}

// label = identifier ":" attributes
// Attributes that begin a declaration or are a statement of their own (`x: __attribute__((fallthrough));`) are not its.
static Node *parse_label(Parser *p)
{
    Node *node = name_node(p, NODE_LABEL, "as the label");
    expect(p, T_COLON, "after the label");
    if (!starts_declaration(p) && peek(p) == T_ATTRIBUTE && skip_attributes(p->token)->kind != T_SEMICOLON)
        parse_attributes(p, &node->list);
    return finish(p, node);
}

static bool starts_label(const Parser *p)
{
    return peek(p) == T_CASE || peek(p) == T_DEFAULT || (peek(p) == T_IDENTIFIER && peek_second(p) == T_COLON);
}

// labelled = ( case | default | label ) { case | default | label } [ statement ]
// C23 lets a label stand at the end of a block and before a declaration: it has no body then.
static Node *parse_labelled(Parser *p)
{
    Node *whole = NULL, **slot = &whole;
    while (starts_label(p)) {
        Node *node = peek(p) == T_CASE ? parse_case(p) : peek(p) == T_DEFAULT ? parse_default(p) : parse_label(p);
        *slot = node;
        slot = node->kind == NODE_CASE ? &node->case_body : &node->body;
    }
    if (peek(p) != T_RIGHT_BRACE && !starts_declaration(p))
        *slot = inner_statement(p);
    return finish_chain(p, whole);
}

// -------------------------------------------------------------------------------------------- statements

// attribute-statement = attributes ( ";" | statement )
static Node *parse_attribute_statement(Parser *p)
{
    Node *node = node_at(p, NODE_ATTRIBUTE_STATEMENT, p->token);
    parse_attributes(p, &node->list);
    if (!accept(p, T_SEMICOLON))
        node->body = inner_statement(p);
    return finish(p, node);
}

_Noreturn static void refuse_else(Parser *p)
{
    Token *token = take(p);
    error_at(token->place, token->length, "'else' without an 'if' before it");
    if (p->last_if) {
        const Token *end = p->last_if->last;
        note_at(end->place, end->length, "the 'if' before it ends here: put its statements into '{ … }'");
    }
    fail(p);
}

// statement = block | if | switch | while | do | for | goto | break | continue | return | labelled | asm
//     | attribute-statement | word-statement | expression-statement
Node *parse_statement(Parser *p)
{
    if (is_attribute_start(p->token))
        return parse_attribute_statement(p);
    if (starts_label(p))
        return parse_labelled(p);
    switch (peek(p)) {
    case T_LEFT_BRACE: return parse_block(p);
    case T_IF: return scoped(p, parse_if);
    case T_SWITCH: return scoped(p, parse_switch);
    case T_WHILE: return scoped(p, parse_while);
    case T_DO: return scoped(p, parse_do);
    case T_FOR: return scoped(p, parse_for);
    case T_GOTO: return parse_goto(p);
    case T_BREAK: return parse_break(p);
    case T_CONTINUE: return parse_continue(p);
    case T_RETURN: return parse_return(p);
    case T_ASM: return parse_asm(p);
    case T_ELSE:
        refuse_else(p);
    case T_RIGHT_PAREN: case T_RIGHT_BRACKET:
        fail_at(p, p->token, "extra '%.*s': nothing is open that it could close", (int)p->token->length,
                p->token->text);
    default:
        return starts_word_statement(p) ? parse_word_statement(p) : parse_expression_statement(p);
    }
}

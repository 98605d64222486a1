// SPDX-License-Identifier: MIT
// Makes and walks nodes. Tables, in the order of tree.h's NodeKind, say what a kind is called and whether it is an
// expression.
#include "model.h"

#include <string.h>

static const char *const kind_names[NODE_KINDS] = {
    [NODE_NONE] = "none",
    [NODE_IDENTIFIER] = "identifier",
    [NODE_NUMBER] = "number",
    [NODE_STRING] = "string",
    [NODE_PAREN] = "paren",
    [NODE_BINARY] = "binary",
    [NODE_ASSIGN] = "assign",
    [NODE_UNARY] = "unary",
    [NODE_INCREMENT] = "increment",
    [NODE_POSTFIX] = "postfix",
    [NODE_CONDITIONAL] = "conditional",
    [NODE_COMMA] = "comma",
    [NODE_CAST] = "cast",
    [NODE_COMPOUND_LITERAL] = "compound-literal",
    [NODE_CALL] = "call",
    [NODE_SUBSCRIPT] = "subscript",
    [NODE_MEMBER] = "member",
    [NODE_ARROW] = "arrow",
    [NODE_SIZEOF] = "sizeof",
    [NODE_GENERIC] = "generic",
    [NODE_ASSOCIATION] = "association",
    [NODE_STATEMENT_EXPRESSION] = "statement-expression",
    [NODE_BUILTIN] = "builtin",
    [NODE_EXTENSION] = "extension",
    [NODE_YIELD_FROM] = "yield-from",
    [NODE_ASYNC] = "async",
    [NODE_INITIALISER] = "initialiser",
    [NODE_DESIGNATED] = "designated",
    [NODE_DESIGNATOR] = "designator",
    [NODE_BLOCK] = "block",
    [NODE_EXPRESSION] = "expression",
    [NODE_IF] = "if",
    [NODE_WHILE] = "while",
    [NODE_DO] = "do",
    [NODE_FOR] = "for",
    [NODE_SWITCH] = "switch",
    [NODE_CASE] = "case",
    [NODE_DEFAULT] = "default",
    [NODE_LABEL] = "label",
    [NODE_GOTO] = "goto",
    [NODE_BREAK] = "break",
    [NODE_CONTINUE] = "continue",
    [NODE_RETURN] = "return",
    [NODE_ASM] = "asm",
    [NODE_PRAGMA] = "pragma",
    [NODE_LOCAL_LABEL] = "local-label",
    [NODE_ATTRIBUTE_STATEMENT] = "attribute-statement",
    [NODE_TRY] = "try",
    [NODE_EXCEPT] = "except",
    [NODE_KIND_NAME] = "kind-name",
    [NODE_ELSE] = "else",
    [NODE_FINALLY] = "finally",
    [NODE_RAISE] = "raise",
    [NODE_DEFER] = "defer",
    [NODE_WITH] = "with",
    [NODE_DECLARATION] = "declaration",
    [NODE_SPECIFIERS] = "specifiers",
    [NODE_DECLARATOR] = "declarator",
    [NODE_TYPE_NAME] = "type-name",
    [NODE_PARAMETER] = "parameter",
    [NODE_FUNCTION] = "function",
    [NODE_RECORD] = "record",
    [NODE_ENUM] = "enum",
    [NODE_ENUMERATOR] = "enumerator",
    [NODE_TYPEOF] = "typeof",
    [NODE_ALIGNAS] = "alignas",
    [NODE_ATOMIC_TYPE] = "atomic-type",
    [NODE_BITINT] = "bit-int",
    [NODE_ATTRIBUTE] = "attribute",
    [NODE_POINTER] = "pointer",
    [NODE_ARRAY] = "array",
    [NODE_FUNCTION_PARAMETERS] = "function-parameters",
    [NODE_FORWARD_PARAMETERS] = "forward-parameters",
    [NODE_STATIC_ASSERT] = "static-assert",
    [NODE_TOP_ASM] = "top-asm",
    [NODE_EMPTY_DECLARATION] = "empty-declaration",
};

Node *node_new(Arena *arena, NodeKind kind, Token *first)
{
    Node *node = NEW(arena, Node);
    node->kind = kind;
    node->first = first;
    node->last = first;
    node->token = first;
    return node;
}

const char *node_kind_name(NodeKind kind)
{
    return kind < NODE_KINDS && kind_names[kind] ? kind_names[kind] : "?";
}

// Kinds whose first child is itself a list: the attributes.
static bool begins_with_attributes(const Node *node)
{
    return node->kind == NODE_DECLARATOR || node->kind == NODE_RECORD || node->kind == NODE_ENUM;
}

Node *node_next_part(const Node *node, const Node *part)
{
    int i = 0;
    if (part && part->kind == NODE_ATTRIBUTE && begins_with_attributes(node)) {
        if (part->next)
            return part->next;
        i = 1;
    } else if (part) {
        while (i < 4 && node->child[i] != part)
            i++;
        if (i == 4)
            return part->next;
        i++;
    }
    while (i < 4 && !node->child[i])
        i++;
    return i < 4 ? node->child[i] : node->list;
}

void node_children(Node *node, void (*visit)(Node *child, void *context), void *context)
{
    for (Node *part = node_next_part(node, NULL), *next; part; part = next) {
        next = node_next_part(node, part);
        visit(part, context);
    }
}

bool node_is_expression(const Node *node)
{
    return node->kind >= NODE_IDENTIFIER && node->kind <= NODE_ASYNC && node->kind != NODE_ASSOCIATION;
}

Node *node_strip(Node *node)
{
    while (node && (node->kind == NODE_PAREN || (node->kind == NODE_EXTENSION && node->op == T_EXTENSION)))
        node = node->operand;
    return node;
}

Node *node_chosen_arm(const Node *generic)
{
    for (Node *association = generic->list; association; association = association->next)
        if (!association->operand->is_unevaluated)
            return association->operand;
    return NULL;
}

const Member *node_bit_field(Node *expression)
{
    const Member *member = node_strip(expression)->member;
    return member && member->is_bit_field ? member : NULL;
}

Node *node_value_statement(const Node *statement_expression)
{
    Node *last = NULL;
    for (Node *item = statement_expression->body->list; item; item = item->next)
        if (item->kind != NODE_PRAGMA)
            last = item;
    while (last && (last->kind == NODE_LABEL || last->kind == NODE_ATTRIBUTE_STATEMENT))
        last = last->body;
    return last && last->kind == NODE_EXPRESSION && last->operand ? last : NULL;
}

bool node_is_result_call(const Node *node)
{
    const Node *callee = node->kind == NODE_CALL ? node_strip(node->callee) : NULL;
    return callee && callee->kind == NODE_IDENTIFIER && string_is(callee->name, "acoc_result");
}

int64_t node_item_index(const Node *item, int64_t next)
{
    if (item->kind == NODE_INITIALISER)
        return -1;
    if (item->kind != NODE_DESIGNATED)
        return next;
    const Node *designator = item->list;
    bool is_simple = designator && !designator->next && designator->left && !designator->right
        && designator->left->is_constant;
    return is_simple && item->right->kind != NODE_INITIALISER ? designator->left->value : -1;
}

typedef struct Visit {
    Node *node, *part;
} Visit;

void node_walk(Arena *arena, Node *node, bool (*enter)(Node *node, void *context), void (*leave)(Node *node, void *context),
               void *context)
{
    Visit *open = NULL;
    if (enter(node, context))
        vec_push(arena, open, (Visit){node, NULL});
    while (vec_count(open)) {
        Visit *visit = &vec_last(open);
        Node *part = visit->part = node_next_part(visit->node, visit->part);
        if (part && enter(part, context)) {
            vec_push(arena, open, (Visit){part, NULL});
        } else if (!part) {
            if (leave)
                leave(visit->node, context);
            (void)vec_pop(open);
        }
    }
}

typedef struct Level {
    Node *node;
    unsigned depth;
} Level;

Node *node_deeper_than(Node *root, unsigned limit)
{
    Arena *arena = arena_new();
    Level *levels = NULL; // a Vec: still to be visited
    Node *found = NULL;
    vec_push(arena, levels, (Level){ root, 1 });
    while (vec_count(levels) && !found) {
        Level level = vec_pop(levels);
        if (level.depth > limit)
            found = level.node;
        for (Node *part = node_next_part(level.node, NULL); part && !found; part = node_next_part(level.node, part))
            vec_push(arena, levels, (Level){ part, level.depth + 1 });
    }
    arena_free(arena);
    return found;
}

// ----------------------------------------------------------------------------------------- for messages

uint32_t node_span(const Node *node, const Token *start)
{
    const Token *last = node->last;
    if (start == node->token && node->kind == NODE_DECLARATOR)
        return start->length;
    if (!last || last < start || last->place.file != start->place.file || last->place.line != start->place.line)
        return start->length;
    uint32_t from = source_resolve(start->place).column, to = source_resolve(last->place).column;
    return from && to >= from ? to - from + last->length : start->length;
}

const char *node_text(const Node *node)
{
    enum { LONGEST = 60, DOTS = 3 };
    Text text = {0};
    text_puts(&text, "");
    for (const Token *token = node->first; token && token <= node->last && text.length < LONGEST; token++) {
        if ((token->space_before || token->starts_line) && token != node->first)
            text_puts(&text, " ");
        text_append(&text, token->text, token->length);
    }
    if (text.length >= LONGEST) {
        text.length = LONGEST;
        memcpy(text.data + LONGEST - DOTS, "...", DOTS);
    }
    const String *string = intern(text.data, text.length);
    text_free(&text);
    return string->text;
}

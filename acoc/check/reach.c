// SPDX-License-Identifier: MIT
// Whether control may reach the end of a statement: asked where a function must not end without a value, and where an
// error is swallowed. When in doubt it may not, so that no warning is wrong.
#include "check.h"

static void look_for_break(Node *node, void *context)
{
    bool *found = context;
    switch (node->kind) {
    case NODE_BREAK: *found = true; return;
    case NODE_WHILE: case NODE_DO: case NODE_FOR: case NODE_SWITCH: case NODE_FUNCTION: return;
    default: break;
    }
    if (!*found && !node_is_expression(node))
        node_children(node, look_for_break, context);
}

static bool contains_break(Node *body)
{
    bool found = false;
    look_for_break(body, &found);
    return found;
}

// A loop that only a jump leaves: its condition is always true, or not written.
bool is_endless(const Node *loop)
{
    const Node *condition = loop->kind == NODE_FOR ? loop->for_condition
                            : loop->kind == NODE_DO ? loop->do_condition : loop->loop_condition;
    return !condition || (condition->is_constant && condition->value);
}

static bool loop_falls_through(const Node *loop)
{
    Node *body = loop->kind == NODE_FOR ? loop->for_body : loop->kind == NODE_DO ? loop->do_body : loop->loop_body;
    return !is_endless(loop) || contains_break(body);
}

static bool calls_noreturn(Node *expression)
{
    Node *node = expression ? node_strip(expression) : NULL;
    if (!node || node->kind != NODE_CALL)
        return false;
    const Symbol *symbol = node_strip(node->callee)->symbol;
    return symbol && symbol->is_noreturn;
}

static bool block_falls_through(Node *block)
{
    bool falls = true;
    for (Node *item = block->list; item; item = item->next) {
        bool is_target = item->kind == NODE_LABEL || item->kind == NODE_CASE || item->kind == NODE_DEFAULT;
        if (falls || is_target)
            falls = falls_through(item);
    }
    return falls;
}

static void look_for_default(Node *node, void *context)
{
    bool *found = context;
    if (node->kind == NODE_DEFAULT)
        *found = true;
    if (node->kind != NODE_SWITCH && node->kind != NODE_FUNCTION && !node_is_expression(node) && !*found)
        node_children(node, look_for_default, context);
}

static bool switch_falls_through(Node *node)
{
    bool has_default = false;
    look_for_default(node->loop_body, &has_default);
    return !has_default || contains_break(node->loop_body) || falls_through(node->loop_body);
}

static bool try_falls_through(Node *node)
{
    bool falls = falls_through(node->body);
    for (Node *part = node->list; part; part = part->next) {
        if (part->kind == NODE_FINALLY)
            return falls && falls_through(part->body);
        if (part->kind == NODE_ELSE)
            falls = falls && falls_through(part->body);
    }
    for (Node *part = node->list; part; part = part->next)
        if (part->kind == NODE_EXCEPT)
            falls |= falls_through(part->body);
    return falls;
}

static bool if_falls_through(Node *node)
{
    while (node && node->kind == NODE_IF) {
        if (node->condition->is_constant)
            node = node->condition->value ? node->then : node->otherwise;
        else if (falls_through(node->then))
            return true;
        else
            node = node->otherwise;
    }
    return !node || falls_through(node);
}

static Node *skip_labels(Node *node)
{
    while (node && (node->kind == NODE_LABEL || node->kind == NODE_CASE || node->kind == NODE_DEFAULT ||
                    node->kind == NODE_ATTRIBUTE_STATEMENT))
        node = node->kind == NODE_CASE ? node->case_body : node->body;
    return node;
}

bool falls_through(Node *node)
{
    node = skip_labels(node);
    if (!node)
        return true;
    switch (node->kind) {
    case NODE_BLOCK: return block_falls_through(node);
    case NODE_EXPRESSION: return !calls_noreturn(node->operand);
    case NODE_IF: return if_falls_through(node);
    case NODE_WHILE: case NODE_DO: case NODE_FOR: return loop_falls_through(node);
    case NODE_SWITCH: return switch_falls_through(node);
    case NODE_GOTO: case NODE_BREAK: case NODE_CONTINUE: case NODE_RETURN: case NODE_RAISE: return false;
    case NODE_TRY: return try_falls_through(node);
    case NODE_WITH: return falls_through(node->with_body);
    default: return true;
    }
}

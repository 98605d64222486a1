// SPDX-License-Identifier: MIT
// Builtins that take types or members: va_arg, offsetof, types_compatible_p, choose_expr, convertvector, has_attribute.
#include "check.h"

static void check_va_arg(Checker *c, Node *node)
{
    check_expression(c, node->list);
    mark_address(c, node->list);
    node->type = type_unqualified(c->arena, check_type_of_value(c, node->list->next));
}

static void check_offsetof(Checker *c, Node *node)
{
    uint64_t offset = 0;
    node->type = type_basic(target_size_kind());
    Type *type = check_type_name(c, node->list);
    bool constant = !type_has_unknown_size(type);
    for (Node *part = node->list->next; part && type->kind != TYPE_ERROR; part = part->next) {
        constant &= !type_has_unknown_size(type);
        if (part->op == T_ARROW)
            type = type->kind == TYPE_ARRAY ? type->base : type_basic(TYPE_ERROR);
        if (part->name) {
            part->member = named_member(c, part, type, &offset);
            if (!part->member)
                return;
            type = part->member->type;
        } else {
            check_value(c, part->left);
            type = type->kind == TYPE_ARRAY ? type->base : type_basic(TYPE_ERROR);
            constant &= part->left->is_constant;
            offset += (uint64_t)part->left->value * type_size(type);
        }
    }
    if (constant)
        const_set(c, node, (int64_t)offset);
}

static void check_types_compatible(Checker *c, Node *node)
{
    node->type = type_basic(TYPE_INT);
    Type *a = type_unqualified(c->arena, check_type_name(c, node->list));
    Type *b = type_unqualified(c->arena, check_type_name(c, node->list->next));
    Compatibility result = type_compatibility(a, b);
    if (result != PERHAPS_COMPATIBLE)
        const_set(c, node, result == COMPATIBLE);
}

// Which of the two it is, only the compiler knows.
static void leave_choice(Checker *c, Node *node, Node *then, Node *otherwise)
{
    Type *left = check_expression(c, then), *right = check_expression(c, otherwise);
    node->type = type_compatibility(left, right) == COMPATIBLE ? left : type_basic(TYPE_ERROR);
    node->is_lvalue = then->is_lvalue && otherwise->is_lvalue;
    if (then->suspends || otherwise->suspends)
        check_error(node->list, "acoc does not know the value of '%s', which says whether this suspends",
                    node_text(node->list));
    propagate(node);
}

static bool is_builtin_call(const Node *node)
{
    const Node *callee = node_strip(node->callee);
    return callee->kind == NODE_IDENTIFIER && callee->symbol && callee->symbol->is_builtin;
}

// Whose part, element, object or number it is.
static Node *read_operand(const Node *node)
{
    bool is_read = node->kind == NODE_MEMBER || node->kind == NODE_ARROW || node->kind == NODE_CAST ||
                   (node->kind == NODE_UNARY && node->op == T_STAR);
    return is_read ? node->operand : node->kind == NODE_SUBSCRIPT ? node->left : NULL;
}

// No compiler finds a constant in it. In most operations one may that knows their rules (n * 0, n == n), and in what is const.
static bool is_never_constant(Node *node)
{
    for (Node *operand = node_strip(node); operand; operand = node_strip(read_operand(node))) {
        node = operand;
        if (node->type->kind == TYPE_ERROR || type_qualifiers(node->type) & QUAL_CONST)
            return false;
    }
    bool is_variable = node->kind == NODE_IDENTIFIER && node->symbol && node->symbol->kind == SYMBOL_VARIABLE;
    return is_variable || node->kind == NODE_ASSIGN || node->kind == NODE_INCREMENT || node->kind == NODE_POSTFIX ||
           (node->kind == NODE_CALL && !is_builtin_call(node));
}

// __builtin_constant_p(n), or that && something: compilers choose before their optimiser could find a constant.
static bool asks_for_constant(Node *condition)
{
    for (condition = node_strip(condition); condition->kind == NODE_BINARY && condition->op == T_AND_AND;)
        condition = node_strip(condition->left);
    const Node *callee = condition->kind == NODE_CALL ? node_strip(condition->callee) : NULL;
    return callee && string_is(callee->name, "__builtin_constant_p") && !condition->is_constant && condition->list &&
           is_never_constant(condition->list);
}

static void check_choose_expr(Checker *c, Node *node)
{
    Node *condition = node->list, *then = condition->next, *otherwise = then->next;
    check_unevaluated(c, condition);
    bool is_known = condition->is_constant || condition->is_wide || asks_for_constant(condition);
    if (!is_known && const_is_left_to_compiler(c, condition)) {
        leave_choice(c, node, then, otherwise);
        return;
    }
    Node *chosen = condition->value ? then : otherwise, *other = chosen == then ? otherwise : then;
    check_expression(c, chosen);
    c->unevaluated++;
    c->dead++;
    check_expression(c, other);
    c->unevaluated--;
    c->dead--;
    copy_operand(node, chosen);
}

// What stands in its parentheses: t a type, v a value, m a member and what designates a part of it.
static bool has_shape(const Node *node, const char *shape)
{
    const Node *part = node->list;
    for (; part && *shape; part = part->next) {
        char is = part->kind == NODE_TYPE_NAME ? 't' : part->kind == NODE_DESIGNATOR ? 'm' : 'v';
        if (is != *shape)
            return false;
        shape += *shape != 'm' || !part->next;
    }
    return !part && !*shape;
}

static bool takes_its_arguments(const Node *node)
{
    static const struct { TokenKind builtin; const char *shape, *words; } shapes[] = {
        {T_BUILTIN_VA_ARG, "vt", "a value and a type"}, {T_BUILTIN_OFFSETOF, "tm", "a type and a member"},
        {T_BUILTIN_TYPES_COMPATIBLE_P, "tt", "two types"}, {T_BUILTIN_CHOOSE_EXPR, "vvv", "three values"},
        {T_BUILTIN_CONVERTVECTOR, "vt", "a value and a type"},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].builtin != (TokenKind)node->op || has_shape(node, shapes[i].shape))
            continue;
        check_error(node, "'%s' takes %s", node->name->text, shapes[i].words);
        return false;
    }
    return true;
}

void check_builtin_syntax(Checker *c, Node *node)
{
    node->type = type_basic(TYPE_ERROR);
    if (!takes_its_arguments(node))
        return;
    switch (node->op) {
    case T_BUILTIN_VA_ARG: check_va_arg(c, node); break;
    case T_BUILTIN_OFFSETOF: check_offsetof(c, node); break;
    case T_BUILTIN_TYPES_COMPATIBLE_P: check_types_compatible(c, node); break;
    case T_BUILTIN_CHOOSE_EXPR: check_choose_expr(c, node); break;
    case T_BUILTIN_CONVERTVECTOR:
        check_value(c, node->list);
        node->type = check_type_name(c, node->list->next);
        break;
    case T_BUILTIN_HAS_ATTRIBUTE:
        if (node->list && node->list->kind != NODE_TYPE_NAME)
            check_unevaluated(c, node->list);
        node->type = type_basic(TYPE_BOOL);
        break;
    default: break;
    }
}

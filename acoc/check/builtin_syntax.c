// SPDX-License-Identifier: MIT
// Builtins that take types or members: va_arg, offsetof, types_compatible_p, choose_expr, convertvector, has_attribute.
#include "check.h"

static void check_va_arg(Checker *c, Node *node)
{
    Node *list = node->list, *type = list ? list->next : NULL;
    node->type = type_basic(TYPE_ERROR);
    if (!type || type->kind != NODE_TYPE_NAME)
        return;
    check_expression(c, list);
    mark_address(c, list);
    node->type = type_unqualified(c->arena, check_type_name(c, type));
}

static Member *offset_member(Checker *c, Type *type, Node *part, uint64_t *offset)
{
    bool found = false;
    if (!type_is_record(type))
        return NULL;
    *offset += member_offset(type->record, part->name, &found);
    return found ? member_find(c, type->record, part->name) : NULL;
}

static void check_offsetof(Checker *c, Node *node)
{
    uint64_t offset = 0;
    node->type = type_basic(target_size_kind());
    Type *type = check_type_name(c, node->list);
    bool constant = !type_has_variable_size(type);
    for (Node *part = node->list->next; part && type->kind != TYPE_ERROR; part = part->next) {
        if (part->op == T_ARROW)
            type = type->kind == TYPE_ARRAY ? type->base : type_basic(TYPE_ERROR);
        if (part->name) {
            Member *member = offset_member(c, type, part, &offset);
            if (!member) {
                refuse_unknown_member(c, part, type);
                return;
            }
            part->member = member;
            type = member->type;
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
    Node *left = node->list, *right = left ? left->next : NULL;
    if (!right || left->kind != NODE_TYPE_NAME || right->kind != NODE_TYPE_NAME)
        return;
    Type *a = type_unqualified(c->arena, check_type_name(c, left));
    Type *b = type_unqualified(c->arena, check_type_name(c, right));
    const_set(c, node, type_compatible(a, b));
}

static void check_choose_expr(Checker *c, Node *node)
{
    Node *condition = node->list, *then = condition ? condition->next : NULL, *otherwise = then ? then->next : NULL;
    node->type = type_basic(TYPE_ERROR);
    if (!otherwise)
        return;
    check_unevaluated(c, condition);
    Node *chosen = condition->value ? then : otherwise, *other = chosen == then ? otherwise : then;
    check_expression(c, chosen);
    c->unevaluated++;
    c->dead++;
    check_expression(c, other);
    c->unevaluated--;
    c->dead--;
    copy_operand(node, chosen);
}

void check_builtin_syntax(Checker *c, Node *node)
{
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
    default: node->type = type_basic(TYPE_ERROR); break;
    }
}

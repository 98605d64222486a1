// SPDX-License-Identifier: MIT
// Constraints of C that are checked in coroutines only. Elsewhere the C compiler sees the user's own text and says it
// itself; in a coroutine it would speak of text that the user never wrote, or a step of ours would hide the fault.
#include "check.h"

bool in_coroutine(const Checker *c)
{
    return c->state && c->state->function->is_coroutine;
}

static bool is_checked(const Checker *c, const Type *type)
{
    return in_coroutine(c) && type->kind != TYPE_ERROR;
}

// ------------------------------------------------------------------------------------------------- objects

// Said everywhere: it is no matter of text. value: NULL for ++ and --.
bool refuse_array(Node *target, Node *value)
{
    if (target->type->kind != TYPE_ARRAY)
        return false;
    const char *array = node_text(target);
    check_error(target, "'%s' is an array, which cannot be changed as a whole", array);
    if (value && value->type->kind == TYPE_ARRAY)
        check_note(target, "copy its elements: 'memcpy(%s, %s, sizeof %s)'", array, node_text(value), array);
    return true;
}

void constrain_target(const Checker *c, Node *target)
{
    if (in_coroutine(c) && target->type->kind == TYPE_VOID)
        check_error(target, "'%s' is 'void', which has no values", node_text(target));
}

void constrain_address(const Checker *c, Node *operand)
{
    if (!is_checked(c, operand->type))
        return;
    const Node *node = node_strip(operand);
    const Symbol *symbol = node->kind == NODE_IDENTIFIER ? node->symbol : NULL;
    if (node_bit_field(operand)) {
        check_error(operand, "'%s' is a bit-field, which has no address", node_text(operand));
    } else if (symbol && symbol->kind == SYMBOL_VARIABLE && symbol->storage == STORAGE_REGISTER) {
        check_error(operand, "'%s' is declared 'register', so it has no address", node_text(operand));
        note_declared(symbol);
    }
}

// An array is filled by braces or a string, and (GNU) by a compound literal.
bool refuse_array_value(const Checker *c, const Type *type, Node *value)
{
    if (!is_checked(c, type) || type->kind != TYPE_ARRAY || value->type->kind == TYPE_ERROR)
        return false;
    if (node_strip(value)->kind == NODE_COMPOUND_LITERAL)
        return false;
    check_error(value, "an array is initialised by values in braces, not by '%s'", node_text(value));
    return true;
}

void constrain_variable(const Checker *c, const Node *declarator, const Type *type)
{
    if (in_coroutine(c) && type->kind == TYPE_ARRAY && type->is_incomplete)
        check_error(declarator, "the extent of the array '%s' is missing", declarator->name->text);
}

// ------------------------------------------------------------------------------------------------ operands

// what: "index", "extent".
void constrain_to_integer(const Checker *c, Node *node, const char *what)
{
    if (is_checked(c, node->type) && !type_is_integer(node->type))
        check_error(node, "the %s '%s' of type '%s' is not an integer", what, node_text(node), type_describe(node->type));
}

// Pointers move by the size of what they point to.
void constrain_arithmetic(Checker *c, const Node *node, Type *pointer)
{
    Type *base = pointer->kind == TYPE_POINTER ? pointer->base : NULL;
    if (in_coroutine(c) && base && type_is_record(base) && !type_is_complete(base))
        refuse_incomplete(c, node, base, "the size of '%s' is not known here: the type is not complete",
                          type_describe(base));
}

bool may_subtract(Checker *c, Type *left, Type *right)
{
    Type *from = type_unqualified(c->arena, left->base), *to = type_unqualified(c->arena, right->base);
    return !in_coroutine(c) || type_compatible(from, to);
}

bool may_compare(const Checker *c, const Type *left, const Type *right)
{
    bool points = left->kind == TYPE_POINTER || right->kind == TYPE_POINTER;
    return !in_coroutine(c) || !points || !(type_is_floating(left) || type_is_floating(right));
}

void constrain_measured(const Checker *c, Node *node, Type *type)
{
    if (!is_checked(c, type))
        return;
    if (node->op == T_SIZEOF && node->operand && node_bit_field(node->operand))
        check_error(node, "'%s' is a bit-field, which has no size of its own", node_text(node->operand));
    else if (node->op == T_ALIGNOF && type_is_record(type) && !type_is_complete(type))
        refuse_incomplete(c, node, type, "the alignment of '%s' is not known here: the type is not complete",
                          type_describe(type));
}

static bool can_become(const Type *target, const Type *from)
{
    if (target->kind == TYPE_ARRAY || target->kind == TYPE_FUNCTION)
        return false;
    if (target->kind == TYPE_STRUCT)
        return from->record == target->record;
    if (!type_is_scalar(target) || target->kind == TYPE_HANDLE || from->kind == TYPE_HANDLE)
        return true;
    bool points = target->kind == TYPE_POINTER || from->kind == TYPE_POINTER;
    if (points && (type_is_floating(target) || type_is_floating(from) || from->kind == TYPE_COMPLEX))
        return false;
    return !type_is_record(from) && from->kind != TYPE_VOID;
}

void constrain_cast(Checker *c, Node *cast, Type *target, Type *from)
{
    if (is_checked(c, target) && from->kind != TYPE_ERROR && !can_become(target, from))
        refuse_value(c, cast, cast->operand, "'%s' of type '%s' cannot become '%s'", node_text(cast->operand),
                     type_describe(from), type_describe(target));
}

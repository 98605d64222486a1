// SPDX-License-Identifier: MIT
// Operators: the types of unary, binary and conditional expressions, assignments and casts.
#include "check.h"

// -------------------------------------------------------------------------------------------------- unary

static void check_label_address(Checker *c, Node *node)
{
    node->type = type_pointer_to(c->arena, type_basic(TYPE_VOID));
    if (!c->state)
        return;
    node->symbol = label_find(c, node);
    node->symbol->address_taken = true;
}

static bool has_address(Node *operand)
{
    const Node *node = node_strip(operand);
    return operand->is_lvalue || node->is_lvalue || operand->type->kind == TYPE_FUNCTION ||
           operand->type->kind == TYPE_ERROR || operand->type->kind == TYPE_ARRAY || node->kind == NODE_SUBSCRIPT ||
           node->kind == NODE_GENERIC || node->kind == NODE_BUILTIN;
}

static void check_address(Checker *c, Node *node)
{
    Node *operand = node->operand;
    Type *type = check_expression(c, operand);
    node->type = type->kind == TYPE_ERROR ? type : type_pointer_to(c->arena, type);
    if (!has_address(operand))
        check_error(node, "'%s' is a value and has no address", node_text(operand));
    else
        constrain_address(c, operand);
    mark_address(c, operand);
    int64_t address;
    if (const_address(c, operand, &address)) {
        node->is_constant = true;
        node->value = address;
    }
}

static void check_dereference(Checker *c, Node *node)
{
    Type *type = check_value(c, node->operand);
    node->is_lvalue = true;
    if (type->kind == TYPE_POINTER) {
        node->type = type->base;
        node->is_lvalue = type->base->kind != TYPE_FUNCTION;
        return;
    }
    if (type->kind != TYPE_ERROR)
        refuse_value(c, node, node->operand, "'%s' of type '%s' is not a pointer", node_text(node->operand),
                     type_describe(type));
    node->type = type_basic(TYPE_ERROR);
}

static void refuse_operand(Checker *c, Node *node, Node *operand, Type *type)
{
    bool is_said = refuse_value(c, node, operand, "'%s' of type '%s' cannot be an operand of '%.*s'", node_text(operand),
                                type_describe(type), (int)node->token->length, node->token->text);
    if (is_said && type->kind == TYPE_HANDLE)
        check_note(operand, "wait for its value with 'yield from %s'", node_text(operand));
    node->type = type_basic(TYPE_ERROR);
}

void check_unary(Checker *c, Node *node)
{
    switch (node->op) {
    case T_AND_AND: check_label_address(c, node); return;
    case T_AND: check_address(c, node); return;
    case T_STAR: check_dereference(c, node); return;
    default: break;
    }
    Type *type = check_value(c, node->operand);
    if (node->op == T_NOT)
        rule_tested(node->operand);
    if (type->kind == TYPE_ERROR) {
        node->type = type;
    } else if (node->op == T_NOT && type->kind != TYPE_VECTOR) {
        node->type = type_basic(TYPE_INT);
        if (!type_is_scalar(type))
            refuse_operand(c, node, node->operand, type);
    } else if (type->kind == TYPE_VECTOR || type->kind == TYPE_COMPLEX) {
        node->type = type;
    } else if (node->op == T_TILDE && type_is_floating(type) && in_coroutine(c)) {
        refuse_operand(c, node, node->operand, type);
    } else if (type_is_arithmetic(type)) {
        node->type = node_promoted(c, node->operand);
    } else {
        refuse_operand(c, node, node->operand, type);
    }
    const_unary(c, node);
}

// An element of an array in a value (`f().a[0]`) may be changed in C, though nobody sees it.
static bool is_object(Node *node)
{
    node = node_strip(node);
    return node->is_lvalue || node->type->kind == TYPE_ERROR || node->kind == NODE_SUBSCRIPT;
}

void check_increment(Checker *c, Node *node)
{
    Type *type = check_expression(c, node->operand);
    node->type = decayed_type(c, node->operand);
    rule_const_assignment(c, node->operand);
    if (!is_object(node->operand))
        check_error(node, "'%s' is a value, not an object that could be changed", node_text(node->operand));
    else if (type->kind == TYPE_HANDLE)
        refuse_operand(c, node, node->operand, type);
    else if (!refuse_array(node->operand, NULL))
        constrain_arithmetic(c, node, type);
}

// ------------------------------------------------------------------------------------------------- binary

static bool is_comparison(TokenKind op)
{
    return op == T_LESS || op == T_GREATER || op == T_LESS_EQUAL || op == T_GREATER_EQUAL || op == T_EQUAL ||
           op == T_NOT_EQUAL;
}

// What a comparison of vectors gives: signed integers as wide as the elements. clang names them otherwise than gcc
// does, and otherwise again for its own vectors.
static Type *vector_mask(Checker *c, const Type *vector)
{
    static const TypeKind by_size[][9] = {
        {[1] = TYPE_SCHAR, [2] = TYPE_SHORT, [4] = TYPE_INT, [8] = TYPE_LONG},
        {[1] = TYPE_CHAR, [2] = TYPE_SHORT, [4] = TYPE_INT, [8] = TYPE_LLONG},
        {[1] = TYPE_CHAR, [2] = TYPE_SHORT, [4] = TYPE_INT, [8] = TYPE_LONG},
    };
    uint64_t size = type_size(vector->base);
    Type *type = type_copy(c->arena, vector);
    int row = vector->is_ext_vector ? 2 : target_is_clang();
    type->base = type_basic(size <= 8 ? by_size[row][size] : TYPE_INT128);
    type->alias = NULL;
    type->qualifiers = 0;
    return type;
}

// The type of a sum or difference with pointers; NULL when it is none.
static Type *pointer_arithmetic(Checker *c, TokenKind op, Type *left, Type *right)
{
    bool left_points = left->kind == TYPE_POINTER, right_points = right->kind == TYPE_POINTER;
    if (op == T_MINUS && left_points && right_points)
        return may_subtract(c, left, right) ? type_basic(type_size(left) == 4 ? TYPE_INT : TYPE_LONG) : NULL;
    if (left_points && type_is_integer(right))
        return left;
    if (op == T_PLUS && right_points && type_is_integer(left))
        return right;
    return NULL;
}

static bool operator_takes(TokenKind op, const Type *left, const Type *right)
{
    switch (op) {
    case T_PLUS: case T_MINUS: case T_STAR: case T_SLASH:
        return type_is_arithmetic(left) && type_is_arithmetic(right);
    default:
        return type_is_integer(left) && type_is_integer(right);
    }
}

// Handles compare with each other, with null pointers and with any acoc_future *, for (in)equality only.
static bool handles_compare(TokenKind op, Node *left, Type *left_type, Node *right, Type *right_type)
{
    if (left_type->kind != TYPE_HANDLE && right_type->kind != TYPE_HANDLE)
        return true;
    if (op != T_EQUAL && op != T_NOT_EQUAL)
        return false;
    Type *other = left_type->kind == TYPE_HANDLE ? right_type : left_type;
    return other->kind == TYPE_HANDLE || is_future_pointer(other) || is_null_pointer(left) || is_null_pointer(right) ||
           (other->kind == TYPE_POINTER && other->base->kind == TYPE_VOID);
}

static bool is_truth(TokenKind op)
{
    return op == T_AND_AND || op == T_OR_OR || is_comparison(op);
}

// What is wrong with the operands is said of one of them: of the left one, unless only the right one is at fault.
static void refuse_operands(Checker *c, Node *node, Node *left, Node *right, Type *left_type, Type *right_type,
                            bool left_is_wrong)
{
    refuse_operand(c, node, left_is_wrong ? left : right, left_is_wrong ? left_type : right_type);
}

// Comparisons, && and ||.
static Type *truth_type(Checker *c, Node *node, TokenKind op, Node *left, Node *right)
{
    Type *left_type = value_type(c, left), *right_type = value_type(c, right);
    bool left_is_scalar = type_is_scalar(left_type), are_scalars = left_is_scalar && type_is_scalar(right_type);
    if (!are_scalars || (is_comparison(op) && !handles_compare(op, left, left_type, right, right_type)))
        refuse_operands(c, node, left, right, left_type, right_type,
                        !left_is_scalar || (left_type->kind == TYPE_HANDLE && are_scalars));
    else if (is_comparison(op) && !may_compare(c, left_type, right_type))
        refuse_operands(c, node, left, right, left_type, right_type, type_is_floating(left_type));
    return type_basic(TYPE_INT);
}

// Everything else: + - * / % << >> & ^ |
static Type *arithmetic_type(Checker *c, Node *node, TokenKind op, Node *left, Node *right)
{
    Type *left_type = value_type(c, left), *right_type = value_type(c, right);
    Type *pointer = op == T_PLUS || op == T_MINUS ? pointer_arithmetic(c, op, left_type, right_type) : NULL;
    if (pointer) {
        constrain_arithmetic(c, node, pointer);
        return pointer;
    }
    if (!operator_takes(op, left_type, right_type)) {
        refuse_operands(c, node, left, right, left_type, right_type, !type_is_arithmetic(left_type));
        return type_basic(TYPE_ERROR);
    }
    if (op == T_SHIFT_LEFT || op == T_SHIFT_RIGHT)
        return node_promoted(c, left);
    Type *a = type_is_integer(left_type) ? node_promoted(c, left) : left_type;
    Type *b = type_is_integer(right_type) ? node_promoted(c, right) : right_type;
    return type_usual(c, a, b);
}

// The type of left op right; the operands were checked before. Compound assignments use it too.
Type *binary_type(Checker *c, Node *node, TokenKind op, Node *left, Node *right)
{
    Type *left_type = value_type(c, left), *right_type = value_type(c, right);
    if (left_type->kind == TYPE_ERROR || right_type->kind == TYPE_ERROR)
        return type_basic(is_truth(op) ? TYPE_INT : TYPE_ERROR);
    if (left_type->kind == TYPE_VECTOR || right_type->kind == TYPE_VECTOR) {
        Type *vector = left_type->kind == TYPE_VECTOR ? left_type : right_type;
        return is_truth(op) ? vector_mask(c, vector) : vector;
    }
    return is_truth(op) ? truth_type(c, node, op, left, right) : arithmetic_type(c, node, op, left, right);
}

// The type in which a comparison is done, which tells signed from unsigned.
static Type *common_type(Checker *c, Node *node)
{
    Type *left = decayed_type(c, node->left), *right = decayed_type(c, node->right);
    if (!type_is_integer(left) || !type_is_integer(right))
        return type_is_integer(left) ? right : left;
    return type_usual(c, node_promoted(c, node->left), node_promoted(c, node->right));
}

void check_binary(Checker *c, Node *node)
{
    check_expression(c, node->left);
    check_expression(c, node->right);
    node->type = binary_type(c, node, node->op, node->left, node->right);
    if (is_comparison(node->op))
        const_binary(c, node, common_type(c, node));
    else
        const_binary(c, node, node->type);
}

// --------------------------------------------------------------------------------------------- assignment

static TokenKind operator_of_assignment(TokenKind op)
{
    switch (op) {
    case T_STAR_ASSIGN: return T_STAR;
    case T_SLASH_ASSIGN: return T_SLASH;
    case T_PERCENT_ASSIGN: return T_PERCENT;
    case T_PLUS_ASSIGN: return T_PLUS;
    case T_MINUS_ASSIGN: return T_MINUS;
    case T_SHIFT_LEFT_ASSIGN: return T_SHIFT_LEFT;
    case T_SHIFT_RIGHT_ASSIGN: return T_SHIFT_RIGHT;
    case T_AND_ASSIGN: return T_AND;
    case T_CARET_ASSIGN: return T_CARET;
    default: return T_OR;
    }
}

void check_assign(Checker *c, Node *node)
{
    check_expression(c, node->left);
    check_expression(c, node->right);
    node->type = atomic_value_type(c, node->left);
    rule_const_assignment(c, node->left);
    if (!is_object(node->left))
        check_error(node->left, "'%s' is a value, not an object that could be assigned to", node_text(node->left));
    else
        constrain_target(c, node->left);
    value_type(c, node->right);
    if (refuse_array(node->left, node->right))
        return;
    if (node->op == T_ASSIGN)
        check_conversion(c, node->type, node->right, "this is assigned to");
    else
        binary_type(c, node, operator_of_assignment(node->op), node->left, node->right);
}

// -------------------------------------------------------------------------------------------- conditional

// An array's qualifiers are its element's. Before C23 a pointer to void takes them over from it only in clang.
static Qualifiers pointee_qualifiers(const Type *type, bool to_void)
{
    type = type->base;
    while (type->kind == TYPE_ARRAY && (!to_void || target_is_clang() || target_is_c23()))
        type = type->base;
    return type->qualifiers;
}

// What gcc and clang make of pointers that do not go together, with a warning: void *.
static Type *join_pointers(Checker *c, Type *left, Type *right)
{
    Type *a = left->base, *b = right->base;
    bool to_void = a->kind == TYPE_VOID || b->kind == TYPE_VOID;
    Qualifiers qualifiers = pointee_qualifiers(left, to_void) | pointee_qualifiers(right, to_void);
    if (to_void)
        qualifiers &= (Qualifiers)~QUAL_ATOMIC; // which is no qualifier of void
    bool of_function = a->kind == TYPE_FUNCTION || b->kind == TYPE_FUNCTION;
    if (to_void ? of_function && target_is_clang()
                : !type_compatible(type_unqualified(c->arena, a), type_unqualified(c->arena, b)))
        return type_pointer_to(c->arena, type_basic(TYPE_VOID));
    if (to_void ? a->kind == TYPE_VOID && qualifiers == a->qualifiers : a == b)
        return left;
    Type *base = to_void ? type_basic(TYPE_VOID)
                         : type_composite(c, type_unqualified(c->arena, a), type_unqualified(c->arena, b));
    return type_pointer_to(c->arena, base->kind == TYPE_FUNCTION ? base : type_qualified(c->arena, base, qualifiers));
}

static bool is_pointer_like(const Type *type)
{
    return type->kind == TYPE_POINTER || type->kind == TYPE_HANDLE || type->kind == TYPE_NULLPTR;
}

static Type *join_branches(Checker *c, Node *node, Node *then, Node *otherwise)
{
    Type *left = value_type(c, then), *right = value_type(c, otherwise);
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR)
        return type_basic(TYPE_ERROR);
    if (left->kind == TYPE_VOID || right->kind == TYPE_VOID)
        return type_basic(TYPE_VOID);
    if (left->kind == TYPE_VECTOR || right->kind == TYPE_VECTOR || type_is_record(left))
        return right->kind == TYPE_VECTOR ? right : left;
    if (type_is_arithmetic(left) && type_is_arithmetic(right))
        return type_usual(c, type_is_integer(left) ? node_promoted(c, then) : left,
                          type_is_integer(right) ? node_promoted(c, otherwise) : right);
    if (is_pointer_like(left) && is_null_pointer(otherwise))
        return left;
    if (is_pointer_like(right) && is_null_pointer(then))
        return right;
    if (left->kind == TYPE_HANDLE || right->kind == TYPE_HANDLE) {
        Type *other = left->kind == TYPE_HANDLE ? right : left;
        bool same = other->kind == TYPE_HANDLE && type_compatible(left->base, right->base);
        if (!same && !is_future_pointer(other))
            check_error(node, "the branches of '?:' are '%s' and '%s'", type_describe(left), type_describe(right));
        return left->kind == TYPE_HANDLE && !same ? right : left;
    }
    if (left->kind == TYPE_POINTER && right->kind == TYPE_POINTER)
        return join_pointers(c, left, right);
    return left->kind == TYPE_POINTER ? left : right; // pointer and integer: the C compiler warns
}

void check_conditional(Checker *c, Node *node)
{
    Node *condition = node->condition;
    Type *type = check_value(c, condition);
    if (type->kind != TYPE_VECTOR)
        check_condition(c, condition);
    if (node->then)
        check_expression(c, node->then);
    check_expression(c, node->otherwise);
    Node *then = node->then ? node->then : condition;
    node->type = join_branches(c, node, then, node->otherwise);
    if (!condition->is_constant || node->type->kind == TYPE_ERROR)
        return;
    Node *chosen = condition->value ? then : node->otherwise;
    if (type_is_integer(chosen->type) || chosen->type->kind == TYPE_POINTER)
        const_convert(c, node, chosen);
}

// --------------------------------------------------------------------------------------------------- casts

static bool converts_to_handle(const Type *from, Node *value)
{
    return from->kind == TYPE_HANDLE || from->kind == TYPE_POINTER || from->kind == TYPE_ERROR ||
           is_null_pointer(value);
}

static bool converts_from_handle(const Type *target)
{
    return target->kind == TYPE_VOID || target->kind == TYPE_BOOL || target->kind == TYPE_POINTER ||
           target->kind == TYPE_HANDLE || target->kind == TYPE_ERROR ||
           (type_is_integer(target) && type_size(target) == type_size(type_basic(TYPE_POINTER)));
}

void check_cast(Checker *c, Node *node)
{
    Type *target = check_type_of_value(c, node->type_name);
    Type *from = check_value(c, node->operand);
    node->type = type_unqualified(c->arena, target);
    if (target->kind == TYPE_HANDLE ? !converts_to_handle(from, node->operand)
                                    : from->kind == TYPE_HANDLE && !converts_from_handle(target))
        check_error(node, "'%s' of type '%s' cannot become '%s'", node_text(node->operand), type_describe(from),
                    type_describe(target));
    else
        constrain_cast(c, node, target, from);
    const_convert(c, node, node->operand);
}

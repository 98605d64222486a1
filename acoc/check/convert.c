// SPDX-License-Identifier: MIT
// Conversions: promotions, the usual arithmetic conversions, decay, what an address is taken of, composite types.
#include "check.h"

// ------------------------------------------------------------------------------------------- arithmetic

static int integer_rank(TypeKind kind)
{
    switch (kind) {
    case TYPE_BOOL: return 1;
    case TYPE_CHAR: case TYPE_SCHAR: case TYPE_UCHAR: return 2;
    case TYPE_SHORT: case TYPE_USHORT: return 3;
    case TYPE_INT: case TYPE_UINT: return 4;
    case TYPE_LONG: case TYPE_ULONG: return 5;
    case TYPE_LLONG: case TYPE_ULLONG: return 6;
    default: return 7;
    }
}

static Type *promoted_from_bits(uint64_t bits, bool is_unsigned)
{
    uint64_t int_bits = type_size(type_basic(TYPE_INT)) * 8;
    if (bits < int_bits || (bits == int_bits && !is_unsigned))
        return type_basic(TYPE_INT);
    return bits == int_bits ? type_basic(TYPE_UINT) : NULL;
}

Type *type_promoted(Type *type)
{
    type = type_of_enum(type);
    if (type->kind == TYPE_BITINT)
        return type;
    if (type_is_integer(type) && type->count) {
        Type *narrow = promoted_from_bits(type->count, type_is_unsigned(type));
        return narrow ? narrow : type;
    }
    if (type_is_integer(type) && type->kind != TYPE_ERROR && integer_rank(type->kind) < 4)
        return type_basic(TYPE_INT);
    return type->kind <= TYPE_DECIMAL128 ? type_basic(type->kind) : type;
}

static TypeKind natural_kind(uint64_t bits, bool is_unsigned)
{
    static const TypeKind kinds[][2] = {{TYPE_SCHAR, TYPE_UCHAR}, {TYPE_SHORT, TYPE_USHORT}, {TYPE_INT, TYPE_UINT},
                                        {TYPE_LONG, TYPE_ULONG}, {TYPE_LLONG, TYPE_ULLONG}};
    size_t i = 0;
    while (i + 1 < sizeof kinds / sizeof *kinds && type_size(type_basic(kinds[i][0])) * 8 < bits)
        i++;
    return kinds[i][is_unsigned];
}

// The type of a bit-field's value: as declared for clang, one of so many bits for gcc.
static Type *bit_field_type(Checker *c, const Member *field)
{
    Type *declared = type_of_enum(field->type);
    uint64_t bits = type_size(declared) * 8;
    if (field->has_unknown_width && !target_is_clang() && declared->kind != TYPE_BOOL && declared->kind != TYPE_BITINT)
        return type_basic(TYPE_ERROR);
    if (target_is_clang() || field->bit_width == bits || declared->kind == TYPE_BOOL || declared->kind == TYPE_BITINT)
        return type_unqualified(c->arena, field->type);
    TypeKind kind = natural_kind(field->bit_width, type_is_unsigned(declared));
    if (type_size(type_basic(kind)) * 8 == field->bit_width)
        return type_basic(kind);
    Type *type = NEW(c->arena, Type);
    type->kind = kind;
    type->count = field->bit_width;
    return type;
}

static const Member *integer_bit_field_of(Node *node)
{
    const Member *field = node_bit_field(node);
    return field && type_is_integer(field->type) ? field : NULL;
}

// clang promotes by the width of the field what assigns to it, too; gcc's own type for it says the width.
static const Member *source_bit_field(Node *node)
{
    for (;;) {
        node = node_strip(node);
        if (node->kind == NODE_ASSIGN)
            node = node->left;
        else if (node->kind == NODE_INCREMENT)
            node = node->operand;
        else if (node->kind == NODE_COMMA)
            node = node->right;
        else
            return integer_bit_field_of(node);
    }
}

// A bit-field narrower than int promotes to int whatever its declared type.
Type *node_promoted(Checker *c, Node *node)
{
    const Member *field = target_is_clang() ? source_bit_field(node) : integer_bit_field_of(node);
    if (field && member_has_unknown_promotion(field))
        return type_basic(TYPE_ERROR);
    Type *narrow = field && !field->has_unknown_width && field->type->kind != TYPE_BITINT
                       ? promoted_from_bits(field->bit_width, type_is_unsigned(field->type)) : NULL;
    if (field && field->has_unknown_width)
        return type_promoted(field->type);
    return narrow ? narrow : type_promoted(field ? bit_field_type(c, field) : node->type);
}

static Type *unsigned_of(const Type *type)
{
    switch (type->kind) {
    case TYPE_INT: return type_basic(TYPE_UINT);
    case TYPE_LONG: return type_basic(TYPE_ULONG);
    case TYPE_LLONG: return type_basic(TYPE_ULLONG);
    case TYPE_INT128: return type_basic(TYPE_UINT128);
    default: return (Type *)type;
    }
}

// Types of a width of their own (_BitInt, gcc's for bit-fields) rank by it, below the type of C that is as wide.
static int compare_ranks(const Type *left, const Type *right)
{
    if (left->count || right->count) {
        uint64_t left_bits = type_width(left), right_bits = type_width(right);
        return left_bits != right_bits ? (left_bits > right_bits ? 1 : -1) : !left->count - !right->count;
    }
    return integer_rank(left->kind) - integer_rank(right->kind);
}

static Type *usual_integers(Type *left, Type *right)
{
    left = type_promoted(left);
    right = type_promoted(right);
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR)
        return type_basic(TYPE_ERROR);
    bool left_unsigned = type_is_unsigned(left), right_unsigned = type_is_unsigned(right);
    int order = compare_ranks(left, right);
    if (left_unsigned == right_unsigned)
        return order >= 0 ? left : right;
    Type *with = left_unsigned ? left : right, *without = left_unsigned ? right : left;
    if (left_unsigned ? order >= 0 : order <= 0)
        return with;
    return type_width(without) > type_width(with) ? without : unsigned_of(without);
}

static int floating_rank(TypeKind kind)
{
    static const TypeKind order[] = {
        TYPE_FLOAT16, TYPE_FLOAT, TYPE_FLOAT32, TYPE_FLOAT32X, TYPE_DOUBLE, TYPE_FLOAT64, TYPE_FLOAT64X,
        TYPE_LDOUBLE, TYPE_FLOAT128, TYPE_DECIMAL32, TYPE_DECIMAL64, TYPE_DECIMAL128,
    };
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (order[i] == kind)
            return i + 1;
    return 0; // integers
}

static Type *usual_reals(Type *left, Type *right)
{
    int left_rank = floating_rank(left->kind), right_rank = floating_rank(right->kind);
    if (!left_rank && !right_rank)
        return usual_integers(left, right);
    return type_basic(left_rank >= right_rank ? left->kind : right->kind);
}

Type *type_usual(Checker *c, Type *left, Type *right)
{
    if (left->kind == TYPE_VECTOR || right->kind == TYPE_VECTOR)
        return left->kind == TYPE_VECTOR ? left : right;
    if (left->kind == TYPE_COMPLEX || right->kind == TYPE_COMPLEX) {
        Type *a = left->kind == TYPE_COMPLEX ? left->base : left;
        Type *b = right->kind == TYPE_COMPLEX ? right->base : right;
        return type_complex_of(c->arena, usual_reals(a, b));
    }
    return usual_reals(left, right);
}

// ------------------------------------------------------------------------------------ decay and addresses

// Before C99 an array in a value stays an array.
Type *decayed_type(Checker *c, Node *node)
{
    Type *type = node->type;
    if (type->kind == TYPE_ARRAY && !node->is_lvalue && !target_is_c99())
        return type;
    if (type->kind == TYPE_ARRAY)
        return type_pointer_to(c->arena, type->base);
    if (type->kind == TYPE_FUNCTION)
        return type_pointer_to(c->arena, type);
    const Member *field = integer_bit_field_of(node);
    return field ? bit_field_type(c, field) : type_unqualified(c->arena, type);
}

// The value of an assignment, of a statement expression and of what __auto_type takes its type from: clang drops
// const and volatile there, but not _Atomic.
Type *atomic_value_type(Checker *c, Node *node)
{
    Type *type = decayed_type(c, node);
    bool stays = target_is_clang() && node->type->qualifiers & QUAL_ATOMIC;
    return stays ? type_qualified(c->arena, type, QUAL_ATOMIC) : type;
}

Type *value_type(Checker *c, Node *node)
{
    if (node->type->kind == TYPE_ARRAY)
        mark_address(c, node);
    return decayed_type(c, node);
}

// The object that the lvalue is a part of must have an address from now on.
void mark_address(Checker *c, Node *lvalue)
{
    if (c->unevaluated)
        return;
    for (;;) {
        lvalue = node_strip(lvalue);
        if (lvalue->kind == NODE_MEMBER || (lvalue->kind == NODE_EXTENSION && lvalue->op != T_EXTENSION)) {
            lvalue = lvalue->operand;
        } else if (lvalue->kind == NODE_SUBSCRIPT && lvalue->left->type && lvalue->right->type) {
            if (lvalue->left->type->kind == TYPE_ARRAY || lvalue->left->type->kind == TYPE_VECTOR)
                lvalue = lvalue->left;
            else if (lvalue->right->type->kind == TYPE_ARRAY)
                lvalue = lvalue->right;
            else
                return;
        } else {
            break;
        }
    }
    if (lvalue->kind == NODE_IDENTIFIER && lvalue->symbol)
        lvalue->symbol->address_taken = true;
}

bool is_null_pointer(Node *node)
{
    node = node_strip(node);
    if (node->type && node->type->kind == TYPE_NULLPTR)
        return true;
    if (node->kind == NODE_CAST && node->type && node->type->kind == TYPE_POINTER &&
        node->type->base->kind == TYPE_VOID && !node->type->base->qualifiers)
        return is_null_pointer(node->operand);
    return node->is_constant && node->value == 0 && node->type && type_is_integer(node->type);
}

// ---------------------------------------------------------------------------------------- composite types

static Type *composite_function(Checker *c, Type *a, Type *b)
{
    Type *type = type_copy(c->arena, b->is_kr ? a : b);
    type->base = type_composite(c, a->base, b->base);
    type->is_coroutine = a->is_coroutine || b->is_coroutine;
    type->is_raises = a->is_raises || b->is_raises;
    return type;
}

// The type of an object or function declared as a and again as b, which are compatible.
Type *type_composite(Checker *c, Type *a, Type *b)
{
    if (a == b || a->kind != b->kind)
        return a;
    if (a->kind == TYPE_ARRAY) {
        Type *base = type_composite(c, a->base, b->base);
        Type *known = a->is_incomplete ? b : a;
        if (base == known->base)
            return known;
        Type *type = type_copy(c->arena, known);
        type->base = base;
        return type;
    }
    if (a->kind == TYPE_FUNCTION)
        return composite_function(c, a, b);
    if (a->kind == TYPE_POINTER) {
        Type *base = type_composite(c, a->base, b->base);
        if (base == a->base)
            return a;
        Type *type = type_copy(c->arena, a);
        type->base = base;
        type->alias = NULL;
        return type;
    }
    return a;
}

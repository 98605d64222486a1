// SPDX-License-Identifier: MIT
// Conversions: promotions, the usual arithmetic conversions, decay, what an address is taken of, and the rules of
// assignment as far as handles, errors and raises functions are concerned. What plain C accepts with a warning is
// accepted here without one; the C compiler sees the same text and says it better.
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

static uint64_t bits_of(const Type *type)
{
    return type->count ? type->count : type_size(type) * 8;
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
    Type *narrow = field && field->type->kind != TYPE_BITINT
                       ? promoted_from_bits(field->bit_width, type_is_unsigned(field->type)) : NULL;
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
        uint64_t left_bits = bits_of(left), right_bits = bits_of(right);
        return left_bits != right_bits ? (left_bits > right_bits ? 1 : -1) : !left->count - !right->count;
    }
    return integer_rank(left->kind) - integer_rank(right->kind);
}

static Type *usual_integers(Type *left, Type *right)
{
    left = type_promoted(left);
    right = type_promoted(right);
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR)
        return left->kind == TYPE_ERROR ? right : left;
    bool left_unsigned = type_is_unsigned(left), right_unsigned = type_is_unsigned(right);
    int order = compare_ranks(left, right);
    if (left_unsigned == right_unsigned)
        return order >= 0 ? left : right;
    Type *with = left_unsigned ? left : right, *without = left_unsigned ? right : left;
    if (left_unsigned ? order >= 0 : order <= 0)
        return with;
    return bits_of(without) > bits_of(with) ? without : unsigned_of(without);
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
        Type *type = NEW(c->arena, Type);
        type->kind = TYPE_COMPLEX;
        type->base = usual_reals(a, b);
        return type;
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

// --------------------------------------------------------------------------------------------- assignment

static bool points_to_tag(const Type *type, const char *name)
{
    if (type->kind != TYPE_POINTER)
        return false;
    const Type *base = type->base;
    if (!type_is_record(base))
        return false;
    return string_is(base->record->tag, name) || (base->alias && string_is(base->alias->name, name));
}

bool is_error_pointer(const Type *type)
{
    return points_to_tag(type, "acoc_error");
}

bool is_future_pointer(const Type *type)
{
    return points_to_tag(type, "acoc_future");
}

bool type_contains_handle(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type->kind == TYPE_HANDLE;
}

static void check_to_handle(Checker *c, Type *target, Node *value, const char *what)
{
    Type *from = decayed_type(c, value);
    if (is_null_pointer(value))
        return;
    if (from->kind == TYPE_HANDLE) {
        Type *wanted = type_unqualified(c->arena, target->base), *given = type_unqualified(c->arena, from->base);
        if (type_compatible(wanted, given))
            return;
        check_error(value, "%s '%s', but '%s' is '%s'", what, type_describe(target), node_text(value),
                    type_describe(from));
        return;
    }
    check_error(value, "%s '%s', which cannot be made from '%s' of type '%s'", what, type_describe(target), node_text(value),
                type_describe(from));
    if (is_future_pointer(from))
        check_note(value, "an 'acoc_future *' becomes a handle by a cast: (%s)%s", type_describe(target),
                   node_text(value));
    else if (from->kind == TYPE_POINTER && from->base->kind == TYPE_HANDLE && target->base->kind == TYPE_POINTER)
        check_note(value, "'async R *p' is a handle on an 'R *'; a pointer to handles is declared 'async R (*p)'");
}

static void check_from_handle(Checker *c, Type *target, Node *value, const char *what)
{
    Type *from = decayed_type(c, value);
    bool is_plain_pointer = is_future_pointer(target) || (target->kind == TYPE_POINTER && target->base->kind == TYPE_VOID);
    value->is_lent = is_plain_pointer || target->kind == TYPE_BOOL;
    if (value->is_lent)
        return;
    check_error(value, "%s '%s', but '%s' is not a value but a handle, '%s'", what, type_describe(target),
                node_text(value), type_describe(from));
    if (type_compatible(type_unqualified(c->arena, target), type_unqualified(c->arena, from->base)))
        check_note(value, "wait for its value with 'yield from %s'",
                   node_text(node_strip(value)->kind == NODE_ASYNC ? node_strip(value)->operand : value));
}

// Handles are pointers to the C compiler, so it would not see that they deliver different types.
static bool same_handles(Checker *c, Type *wanted, Type *given)
{
    if (wanted->kind == TYPE_HANDLE && given->kind == TYPE_HANDLE)
        return type_compatible(type_unqualified(c->arena, wanted->base), type_unqualified(c->arena, given->base));
    if (wanted->kind == TYPE_HANDLE || given->kind == TYPE_HANDLE)
        return is_future_pointer(wanted) || is_future_pointer(given);
    return true;
}

static Symbol *function_named_by(Node *value)
{
    value = node_strip(value);
    if (value->kind == NODE_UNARY && value->op == T_AND)
        value = node_strip(value->operand);
    return value->kind == NODE_IDENTIFIER && value->symbol && value->symbol->kind == SYMBOL_FUNCTION ? value->symbol : NULL;
}

static void refuse_function(Type *target, Node *value, Type *from, const char *what)
{
    check_error(value, "%s '%s', but '%s' is '%s'", what, type_describe(target), node_text(value), type_describe(from));
    Symbol *symbol = function_named_by(value);
    if (symbol && from->base->is_coroutine && target->base->base->kind != TYPE_HANDLE)
        note_symbol(symbol, "nobody would run the coroutine: give a plain function that starts it, 'async %s(…)'",
                    symbol->name->text);
    else if (symbol && target->base->base->kind == TYPE_HANDLE && from->base->base->kind != TYPE_HANDLE)
        note_symbol(symbol, "'%s' would have to be declared 'async'", symbol->name->text);
}

// Of coroutine functions: what calls them through the pointer has no other check.
static bool same_parameters(Checker *c, const Type *wanted, const Type *given)
{
    if (!given->is_coroutine || wanted->is_kr || given->is_kr)
        return true;
    if (vec_count(wanted->parameters) != vec_count(given->parameters))
        return false;
    for (size_t i = 0; i < vec_count(wanted->parameters); i++)
        if (!type_compatible(type_unqualified(c->arena, wanted->parameters[i].type),
                             type_unqualified(c->arena, given->parameters[i].type)))
            return false;
    return true;
}

// A raises function called through a pointer that does not say so would lose its error.
static void check_functions(Checker *c, Type *target, Node *value, Type *from, const char *what)
{
    if (target->kind != TYPE_POINTER || from->kind != TYPE_POINTER)
        return;
    if (target->base->kind != TYPE_FUNCTION || from->base->kind != TYPE_FUNCTION)
        return;
    if (from->base->is_raises && !target->base->is_raises)
        check_error(value, "'%s' is a raises function, but '%s' does not say 'raises': its errors would be lost",
                    node_text(value), type_describe(target));
    else if (!same_handles(c, target->base->base, from->base->base) || !same_parameters(c, target->base, from->base))
        refuse_function(target, value, from, what);
}

static bool takes(const Type *target, const Type *from)
{
    if (target->kind == TYPE_VA_LIST || from->kind == TYPE_VA_LIST || target->kind == TYPE_VOID)
        return true;
    if (type_is_record(target))
        return target->record->is_transparent_union || (type_is_record(from) && from->record == target->record);
    if (target->kind == TYPE_VECTOR || from->kind == TYPE_VECTOR)
        return target->kind == from->kind;
    if (!type_is_scalar(from))
        return false;
    if (target->kind == TYPE_POINTER)
        return from->kind == TYPE_POINTER || from->kind == TYPE_NULLPTR || type_is_integer(from);
    return type_is_arithmetic(from) || type_is_integer(target); // a pointer to an integer: the C compiler warns
}

// What no C compiler converts. In a coroutine its message would speak of names that the user never wrote.
static void check_possible(Type *target, Node *value, Type *from, const char *what)
{
    if (takes(target, from))
        return;
    if (from->kind == TYPE_VOID)
        check_error(value, "%s '%s', but '%s' %s no value", what, type_describe(target), node_text(value),
                    node_strip(value)->kind == NODE_YIELD_FROM ? "delivers" : "has");
    else
        check_error(value, "%s '%s', but '%s' is '%s'", what, type_describe(target), node_text(value),
                    type_describe(from));
}

// Arrays of int to pointers to double: what both point to are objects of different types.
static bool differ(const Type *a, const Type *b)
{
    if (a->kind == TYPE_ERROR || b->kind == TYPE_ERROR)
        return false;
    if (type_is_record(a) || type_is_record(b))
        return !(type_is_record(a) && type_is_record(b)) ? a->kind != TYPE_VOID && b->kind != TYPE_VOID
                                                         : a->record != b->record;
    if (!type_is_arithmetic(a) || !type_is_arithmetic(b))
        return false;
    return type_is_integer(a) != type_is_integer(b) || type_size(a) != type_size(b);
}

// Integers for pointers, pointers for integers, pointers to something else: a C compiler only warns, and where the call
// of a coroutine is written anew it would point at text of ours.
void check_coroutine_argument(Type *target, Node *value, Type *from)
{
    if (target->kind == TYPE_ERROR || from->kind == TYPE_ERROR)
        return;
    bool wrong = false;
    if (target->kind == TYPE_POINTER && type_is_integer(from))
        wrong = !is_null_pointer(value);
    else if (target->kind == TYPE_POINTER && from->kind == TYPE_POINTER)
        wrong = differ(target->base, from->base);
    else if (from->kind == TYPE_POINTER)
        wrong = type_is_integer(target) && target->kind != TYPE_BOOL;
    if (wrong)
        check_error(value, "the parameter is '%s', but '%s' is '%s'", type_describe(target), node_text(value),
                    type_describe(from));
}

void check_conversion(Checker *c, Type *target, Node *value, const char *what)
{
    Type *from = decayed_type(c, value);
    if (target->kind == TYPE_ERROR || from->kind == TYPE_ERROR)
        return;
    if (target->kind == TYPE_HANDLE) {
        check_to_handle(c, target, value, what);
    } else if (from->kind == TYPE_HANDLE) {
        check_from_handle(c, target, value, what);
    } else {
        check_functions(c, target, value, from, what);
        check_possible(target, value, from, what);
    }
}

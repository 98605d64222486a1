// SPDX-License-Identifier: MIT
// Constants: folding as expressions are typed, bottom-up; what a literal is stands in literal.c. Values are calculated
// in 128 bits and wrapped to their type. One that needs more than 64 is kept aside (Node.wide): only folding asks for
// it, and a constant expression that ends in a smaller one, as extents and labels do, is like any other. What is wider
// still, and floating values, are typed but not folded; where a constant is needed the C compiler, which sees the same
// text, decides. Addresses with an absolute base fold too, for offsetof's old pattern.
#include "check.h"

typedef unsigned __int128 UnsignedWide;

static Wide wrap(const Type *type, Wide value)
{
    type = type_of_enum(type);
    if (type->kind == TYPE_BOOL)
        return value != 0;
    uint64_t bits = type_width(type);
    if (bits >= 128 || bits == 0)
        return value;
    UnsignedWide mask = ((UnsignedWide)1 << bits) - 1, low = (UnsignedWide)value & mask;
    bool negative = !type_is_unsigned(type) && (low >> (bits - 1)) & 1;
    return (Wide)(negative ? low | ~mask : low);
}

// Brings a value into the range of its integer type.
int64_t const_wrap(const Type *type, int64_t value)
{
    return (int64_t)wrap(type, value);
}

static bool is_known(const Node *node)
{
    return node->is_constant || node->is_wide;
}

// The value as a number: 64 bits of an unsigned type are no negative ones.
static Wide value_of(const Node *node)
{
    if (node->is_wide)
        return *node->wide;
    bool is_pattern = type_is_unsigned(node->type) && type_size(node->type) <= 8;
    return is_pattern ? (Wide)(uint64_t)node->value : (Wide)node->value;
}

void const_set(Checker *c, Node *node, Wide value)
{
    value = wrap(node->type, value);
    bool is_narrow = type_size(node->type) <= 8 ||
                     (value == (int64_t)value && !(value < 0 && type_is_unsigned(node->type)));
    if (is_narrow) {
        node->is_constant = true;
        node->value = (int64_t)value;
        return;
    }
    Wide *wide = NEW(c->arena, Wide);
    *wide = value;
    node->is_wide = true;
    node->wide = wide;
}

// ----------------------------------------------------------------------------------------------- folding

static bool is_foldable(const Type *type)
{
    return type_is_integer(type) && !type_has_unknown_size(type) && type_width(type) <= 128;
}

void const_unary(Checker *c, Node *node)
{
    Node *operand = node->operand;
    if (!is_known(operand) || !is_foldable(node->type) || !is_foldable(operand->type))
        return;
    Wide value = value_of(operand);
    switch (node->op) {
    case T_PLUS: const_set(c, node, value); break;
    case T_MINUS: const_set(c, node, (Wide)(0 - (UnsignedWide)value)); break;
    case T_TILDE: const_set(c, node, ~value); break;
    case T_NOT: const_set(c, node, !value); break;
    default: break;
    }
}

// An operation on two values of one type: what it gives, and whether that is anything.
typedef struct Operation {
    TokenKind op;
    Wide left, right, result;
    bool is_unsigned;
    uint64_t width;
} Operation;

static bool compare(Operation *o)
{
    UnsignedWide a = (UnsignedWide)o->left, b = (UnsignedWide)o->right;
    switch (o->op) {
    case T_LESS: o->result = o->is_unsigned ? a < b : o->left < o->right; return true;
    case T_GREATER: o->result = o->is_unsigned ? a > b : o->left > o->right; return true;
    case T_LESS_EQUAL: o->result = o->is_unsigned ? a <= b : o->left <= o->right; return true;
    case T_GREATER_EQUAL: o->result = o->is_unsigned ? a >= b : o->left >= o->right; return true;
    case T_EQUAL: o->result = a == b; return true;
    case T_NOT_EQUAL: o->result = a != b; return true;
    default: return false;
    }
}

static bool divide(Operation *o)
{
    UnsignedWide a = (UnsignedWide)o->left, b = (UnsignedWide)o->right;
    if (b == 0)
        return false;
    if (o->is_unsigned)
        o->result = (Wide)(o->op == T_SLASH ? a / b : a % b);
    else if (o->right == -1) // the smallest number divided by -1 traps
        o->result = o->op == T_SLASH ? (Wide)(0 - a) : 0;
    else
        o->result = o->op == T_SLASH ? o->left / o->right : o->left % o->right;
    return true;
}

static bool shift(Operation *o)
{
    if (o->right < 0 || (UnsignedWide)o->right >= o->width)
        return false;
    if (o->op == T_SHIFT_LEFT)
        o->result = (Wide)((UnsignedWide)o->left << o->right);
    else
        o->result = o->is_unsigned ? (Wide)((UnsignedWide)o->left >> o->right) : o->left >> o->right;
    return true;
}

static bool calculate(Operation *o)
{
    UnsignedWide a = (UnsignedWide)o->left, b = (UnsignedWide)o->right;
    switch (o->op) {
    case T_PLUS: o->result = (Wide)(a + b); return true;
    case T_MINUS: o->result = (Wide)(a - b); return true;
    case T_STAR: o->result = (Wide)(a * b); return true;
    case T_SLASH:
    case T_PERCENT: return divide(o);
    case T_AND: o->result = o->left & o->right; return true;
    case T_OR: o->result = o->left | o->right; return true;
    case T_CARET: o->result = o->left ^ o->right; return true;
    case T_SHIFT_LEFT:
    case T_SHIFT_RIGHT: return shift(o);
    default: return compare(o);
    }
}

static void fold_logical(Checker *c, Node *node)
{
    Node *left = node->left, *right = node->right;
    bool decides = node->op == T_OR_OR;
    if (is_known(left) && (value_of(left) != 0) == decides)
        const_set(c, node, decides);
    else if (is_known(left) && is_known(right))
        const_set(c, node, value_of(right) != 0);
}

static bool is_shift(TokenKind op)
{
    return op == T_SHIFT_LEFT || op == T_SHIFT_RIGHT;
}

// operands: the type in which the operation is done; it tells signed from unsigned.
void const_binary(Checker *c, Node *node, Type *operands)
{
    Node *left = node->left, *right = node->right;
    if (node->op == T_AND_AND || node->op == T_OR_OR) {
        fold_logical(c, node);
        return;
    }
    if (!is_known(left) || !is_known(right) || !type_is_integer(node->type) || type_width(operands) > 128)
        return;
    Operation operation = {.op = node->op, .left = wrap(operands, value_of(left)),
                           .right = is_shift(node->op) ? value_of(right) : wrap(operands, value_of(right)),
                           .is_unsigned = type_is_unsigned(operands), .width = type_width(operands)};
    if (calculate(&operation))
        const_set(c, node, operation.result);
}

// The number without its fraction, where 128 bits hold it.
static bool truncate_floating(long double number, Wide *value)
{
    const long double limit = 0x1p127L;
    if (!(number > -limit && number < 2 * limit))
        return false;
    *value = number < limit ? (Wide)number : (Wide)(UnsignedWide)number;
    return true;
}

void const_convert(Checker *c, Node *node, Node *operand)
{
    long double number;
    Wide value;
    bool to_pointer = node->type->kind == TYPE_POINTER;
    if (!to_pointer && !is_foldable(node->type))
        return;
    if (is_known(operand))
        const_set(c, node, value_of(operand));
    else if (!to_pointer && const_floating(operand, &number) && truncate_floating(number, &value))
        const_set(c, node, value);
}

// The nearest number of the type: a literal and each operation are rounded, there is no excess precision.
static bool round_to(const Type *type, long double *value)
{
    if (type->kind == TYPE_FLOAT || type->kind == TYPE_FLOAT32)
        *value = (float)*value;
    else if (type->kind == TYPE_DOUBLE || type->kind == TYPE_FLOAT64 || type->kind == TYPE_FLOAT32X)
        *value = (double)*value;
    return type->kind != TYPE_FLOAT128; // which a long double cannot hold
}

// What is nested deeper is left to the compiler.
enum { DEEPEST_FLOATING = 200 };

static bool floating_value(Node *node, long double *value, unsigned depth);

static bool floating_operation(const Node *node, long double *value, unsigned depth)
{
    long double left, right;
    if (!floating_value(node->left, &left, depth) || !floating_value(node->right, &right, depth))
        return false;
    switch (node->op) {
    case T_PLUS: *value = left + right; break;
    case T_MINUS: *value = left - right; break;
    case T_STAR: *value = left * right; break;
    case T_SLASH: *value = left / right; break;
    default: return false;
    }
    return node->op != T_SLASH || right != 0;
}

static bool floating_value(Node *node, long double *value, unsigned depth)
{
    node = node_strip(node);
    if (is_known(node)) {
        *value = type_is_unsigned(node->type) ? (long double)(UnsignedWide)value_of(node) : (long double)value_of(node);
        return true;
    }
    if (!node->type || !type_is_floating(node->type) || depth == DEEPEST_FLOATING)
        return false;
    switch (node->kind) {
    case NODE_NUMBER:
        *value = literal_floating(node);
        break;
    case NODE_UNARY:
        if ((node->op != T_MINUS && node->op != T_PLUS) || !floating_value(node->operand, value, depth + 1))
            return false;
        *value = node->op == T_MINUS ? -*value : *value;
        break;
    case NODE_CAST:
        if (!floating_value(node->operand, value, depth + 1))
            return false;
        break;
    case NODE_BINARY:
        if (!floating_operation(node, value, depth + 1))
            return false;
        break;
    default:
        return false;
    }
    return round_to(node->type, value);
}

bool const_floating(Node *node, long double *value)
{
    return floating_value(node, value, 0);
}

// ---------------------------------------------------------------------------- what only the compiler computes

// The size of what is no array of variable length, and of one whose length is itself such a constant; an alignment.
static bool is_other_measure(const Node *node)
{
    const Type *type = node->type_name ? node->type_name->type : node->operand->type;
    if (!type)
        return false;
    for (; type->kind == TYPE_ARRAY; type = type->base)
        if (type->length && !type->is_left_to_compiler)
            return false;
    return !(type_is_record(type) && type->record->has_variable_size);
}

// &((struct s *)0)->m, where the members before m have such a size.
static bool is_other_address(const Node *node)
{
    const Node *operand = node->kind == NODE_SUBSCRIPT ? node->left : node->operand;
    bool is_part = node->kind == NODE_MEMBER || node->kind == NODE_ARROW || node->kind == NODE_SUBSCRIPT;
    const Type *whole = is_part ? operand->type : NULL;
    while (whole && (whole->kind == TYPE_POINTER || whole->kind == TYPE_ARRAY))
        whole = whole->base;
    return whole && type_is_record(whole) && whole->record->has_unknown_size && !whole->record->has_variable_size;
}

static bool moves_address(const Node *node)
{
    return node->kind == NODE_BINARY && (node->op == T_PLUS || node->op == T_MINUS);
}

// &a, an array or a function; a few elements behind it; as another type.
static bool is_address(Node *node)
{
    for (node = node_strip(node); node->kind == NODE_CAST || moves_address(node);)
        node = node_strip(node->kind == NODE_CAST ? node->operand : node->left);
    return (node->kind == NODE_UNARY && node->op == T_AND) ||
           (node->type && (node->type->kind == TYPE_ARRAY || node->type->kind == TYPE_FUNCTION));
}

// Where objects lie is not known, but how far apart and in which order, and that there is one, may be.
static bool compares_addresses(const Node *node)
{
    switch (node->kind) {
    case NODE_UNARY: return node->op == T_NOT && is_address(node->operand);
    case NODE_CONDITIONAL: return is_address(node->condition);
    case NODE_BINARY:
        return node->op != T_PLUS && node->type && type_is_integer(node->type) &&
               (is_address(node->left) || is_address(node->right));
    default: return false;
    }
}

// "abc"[1], *"abc", (struct s){ 1 }.a: clang looks there.
static bool reads_literal(const Node *node)
{
    bool is_read = node->kind == NODE_SUBSCRIPT || node->kind == NODE_MEMBER ||
                   (node->kind == NODE_UNARY && node->op == T_STAR);
    for (unsigned side = 0; is_read && side < (node->kind == NODE_SUBSCRIPT ? 2 : 1); side++) {
        const Node *base = node_strip(node->child[side]);
        if (moves_address(base))
            base = node_strip(base->left);
        if (base->kind == NODE_STRING || base->kind == NODE_COMPOUND_LITERAL)
            return true;
    }
    return false;
}

// Builtins of constants, floating numbers, sizes, and what was left to it before. What is a constant, a size, or was
// asked for already hides nothing behind it: types that stand in one another are looked at once.
static bool look_for_other_constants(Node *node, void *context)
{
    bool *found = context;
    if (node->is_constant || node->is_wide)
        return false;
    if (node->is_left_asked || node->kind == NODE_SIZEOF) {
        *found |= node->is_left_asked ? node->is_left_to_compiler : is_other_measure(node);
        return false;
    }
    const Symbol *symbol = node->kind == NODE_IDENTIFIER ? node->symbol : NULL;
    bool is_number = node->kind == NODE_NUMBER && node->type && type_is_floating(node->type);
    bool is_builtin = (symbol && symbol->is_builtin && symbol->kind == SYMBOL_FUNCTION) || node->kind == NODE_BUILTIN;
    bool is_unknown = (symbol && symbol->is_unknown) || (node->type && node->type->kind == TYPE_ERROR);
    *found |= is_number || is_builtin || is_unknown || is_other_address(node) || compares_addresses(node) ||
              reads_literal(node);
    return !*found;
}

bool const_is_left_to_compiler(Checker *c, Node *node)
{
    bool found = false;
    node_walk(c->arena, node, look_for_other_constants, NULL, &found);
    node->is_left_asked = true;
    node->is_left_to_compiler = found;
    return found;
}

bool type_has_local_lengths(const Type *type)
{
    const Scope *scope = type->alias ? type->alias->scope : NULL;
    return type_is_variably_modified(type) && !(scope && !scope->outer);
}

static bool look_for_variables(Node *node, void *context)
{
    bool *found = context;
    *found |= (node->kind == NODE_IDENTIFIER && node->symbol && node->symbol->kind == SYMBOL_VARIABLE) ||
              (node->kind == NODE_SPECIFIERS && node->type && type_has_local_lengths(node->type));
    return !*found;
}

bool const_names_variable(Checker *c, Node *node)
{
    bool found = false;
    node_walk(c->arena, node, look_for_variables, NULL, &found);
    return found;
}

// ---------------------------------------------------------------------------------------------- addresses

static bool address_of_subscript(const Checker *c, Node *node, int64_t *address)
{
    const Type *left = node->left->type;
    if (!left || !node->right->is_constant || !left->base || type_has_unknown_size(left->base))
        return false;
    if (left->kind == TYPE_POINTER && node->left->is_constant)
        *address = node->left->value;
    else if (left->kind != TYPE_ARRAY || !const_address(c, node->left, address))
        return false;
    *address += node->right->value * (int64_t)type_size(left->base);
    return true;
}

static bool address_of_member(const Checker *c, const Node *node, const Type *record, int64_t *address)
{
    uint64_t offset = 0;
    if (!type_is_record(record) || record->record->has_unknown_size || !member_find(c, record->record, node->name, &offset))
        return false;
    *address += (int64_t)offset;
    return true;
}

bool const_address(const Checker *c, Node *lvalue, int64_t *address)
{
    lvalue = node_strip(lvalue);
    Node *operand = lvalue->operand;
    switch (lvalue->kind) {
    case NODE_UNARY:
        *address = operand->value;
        return lvalue->op == T_STAR && operand->is_constant;
    case NODE_SUBSCRIPT:
        return address_of_subscript(c, lvalue, address);
    case NODE_MEMBER:
        return const_address(c, operand, address) && address_of_member(c, lvalue, operand->type, address);
    case NODE_ARROW:
        *address = operand->value;
        return operand->is_constant && operand->type->kind == TYPE_POINTER &&
               address_of_member(c, lvalue, operand->type->base, address);
    default:
        return false;
    }
}

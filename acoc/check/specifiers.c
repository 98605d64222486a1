// SPDX-License-Identifier: MIT
// Specifiers -> the type before declarators: the words of a type, typedef names, typeof, and what attributes make of
// it.
#include "check.h"

// -------------------------------------------------------------------------------------------- specifiers

static TypeKind integer_kind(const TypeWords *words)
{
    bool is_unsigned = words->unsigned_;
    if (words->char_)
        return is_unsigned ? TYPE_UCHAR : words->signed_ ? TYPE_SCHAR : TYPE_CHAR;
    if (words->short_)
        return is_unsigned ? TYPE_USHORT : TYPE_SHORT;
    if (words->long_ >= 2)
        return is_unsigned ? TYPE_ULLONG : TYPE_LLONG;
    if (words->long_)
        return is_unsigned ? TYPE_ULONG : TYPE_LONG;
    return is_unsigned ? TYPE_UINT : TYPE_INT;
}

static TypeKind other_kind(const TypeWords *words)
{
    switch (words->other) {
    case T_INT128: return words->unsigned_ ? TYPE_UINT128 : TYPE_INT128;
    case T_FLOAT16: return TYPE_FLOAT16;
    case T_FLOAT32: return TYPE_FLOAT32;
    case T_FLOAT64: return TYPE_FLOAT64;
    case T_FLOAT128: return TYPE_FLOAT128;
    case T_FLOAT32X: return TYPE_FLOAT32X;
    case T_FLOAT64X: return TYPE_FLOAT64X;
    case T_FLOAT80: return TYPE_LDOUBLE;
    case T_DECIMAL32: return TYPE_DECIMAL32;
    case T_DECIMAL64: return TYPE_DECIMAL64;
    case T_DECIMAL128: return TYPE_DECIMAL128;
    case T_BUILTIN_VA_LIST: return TYPE_VA_LIST;
    case T_INT64: return words->unsigned_ ? TYPE_ULLONG : TYPE_LLONG;
    case T_AUTO_TYPE: return TYPE_AUTO;
    default: return TYPE_ERROR;
    }
}

static bool has_words(const TypeWords *words)
{
    return words->void_ || words->bool_ || words->char_ || words->short_ || words->int_ || words->long_ ||
           words->signed_ || words->unsigned_ || words->float_ || words->double_ || words->complex_ ||
           words->imaginary_ || words->other;
}

// Without one C before 1999 means int.
bool has_type(const TypeWords *words)
{
    return has_words(words) || words->async_type || words->node || words->typedef_name;
}

static bool has_integer(const TypeWords *words)
{
    return words->char_ || words->short_ || words->int_ || words->long_ || words->signed_ || words->unsigned_;
}

// _Complex alone is of double.
static Type *type_of_words(Checker *c, const TypeWords *words)
{
    bool is_complex = words->complex_ || words->imaginary_;
    TypeKind kind = words->other ? other_kind(words)
                  : words->void_ ? TYPE_VOID
                  : words->bool_ ? TYPE_BOOL
                  : words->float_ ? TYPE_FLOAT
                  : words->double_ ? (words->long_ ? TYPE_LDOUBLE : TYPE_DOUBLE)
                  : is_complex && !has_integer(words) ? TYPE_DOUBLE
                  : integer_kind(words);
    return is_complex ? type_complex_of(c->arena, type_basic(kind)) : type_basic(kind);
}

static Type *type_of_typedef(Checker *c, Node *specifiers, Token *name)
{
    Symbol *symbol = scope_find(c, name->name);
    if (!symbol || symbol->kind != SYMBOL_TYPEDEF) {
        if (!diag_error_count())
            check_error(specifiers, "unknown type name '%s'", name->name->text);
        return type_basic(TYPE_ERROR);
    }
    Type *type = type_copy(c->arena, symbol->type);
    type->alias = symbol;
    return type;
}

static Type *type_of_typeof(Checker *c, Node *node)
{
    Type *type = node->type_name ? check_type_name(c, node->type_name) : check_unevaluated(c, node->operand);
    node->type = node->op == T_TYPEOF_UNQUAL ? type_unqualified(c->arena, type) : type;
    return node->type;
}

static Type *type_of_bitint(Checker *c, Node *node, bool is_unsigned)
{
    const Type *type = check_unevaluated(c, node->operand);
    if (!node->operand->is_constant && type_is_integer(type) && const_is_left_to_compiler(c, node->operand))
        return type_basic(TYPE_ERROR);
    if (type->kind != TYPE_ERROR && (!node->operand->is_constant || node->operand->value < 1))
        check_error(node, "the width of '_BitInt' must be a positive integer constant, not '%s'",
                    node_text(node->operand));
    return type_bitint(c->arena, (uint64_t)node->operand->value, is_unsigned);
}

static Type *type_of_node(Checker *c, Node *node, const TypeWords *words)
{
    switch (node->kind) {
    case NODE_RECORD: return check_record(c, node);
    case NODE_ENUM: return check_enum(c, node);
    case NODE_TYPEOF: return type_of_typeof(c, node);
    case NODE_ATOMIC_TYPE: return type_qualified(c->arena, check_type_name(c, node->type_name), QUAL_ATOMIC);
    case NODE_BITINT: return type_of_bitint(c, node, words->unsigned_);
    default: return type_basic(TYPE_ERROR);
    }
}

// C's old `int` for what has no type is no help where the type says what will be delivered.
static void refuse_without_type(const Node *specifiers)
{
    check_error(specifiers, "'async' without the type that is delivered");
    check_note(specifiers, "write 'async int', or 'async void' for no value");
}

Type *check_specifiers(Checker *c, Node *specifiers)
{
    const TypeWords *words = specifiers->words;
    Type *type;
    if (words->async_type)
        type = type_handle_of(c->arena, check_type_name(c, words->async_type));
    else if (words->node)
        type = type_of_node(c, words->node, words);
    else if (words->typedef_name)
        type = type_of_typedef(c, specifiers, words->typedef_name);
    else if (!has_type(words) && (specifiers->flags & SPEC_AUTO) && target_is_c23())
        type = type_basic(TYPE_AUTO);
    else
        type = type_of_words(c, words);
    if ((specifiers->flags & SPEC_ASYNC) && !has_type(words))
        refuse_without_type(specifiers);
    Attributes attributes = {0};
    read_attributes(c, specifiers->list, &attributes);
    type = apply_attributes(c, type, &attributes, specifiers);
    if (specifiers->qualifiers)
        type = type_qualified(c->arena, type, specifiers->qualifiers);
    specifiers->type = type;
    return type;
}

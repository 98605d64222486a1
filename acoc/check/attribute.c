// SPDX-License-Identifier: MIT
// Attributes and _Alignas: those of grammar/attributes.def that change a type, a layout or a symbol. All others are
// left to the C compiler.
#include "../model/attribute.h"
#include "check.h"

#include <string.h>

bool is_convention(const String *attribute)
{
    return attribute_rule(attribute)->effect == EFFECT_CONVENTION;
}

// What a coroutine function cannot have: its body runs in pieces, behind an entry of its own.
void refuse_attributes_of_coroutine(Node *list)
{
    for (Node *node = list; node; node = node->next)
        if (node->kind == NODE_ATTRIBUTE && attribute_rule(node->name)->on_coroutine == ON_REFUSE)
            check_error(node, "the attribute '%s' cannot stand on an async function", node->name->text);
}

static bool constant_argument(Checker *c, Node *argument, uint64_t *value)
{
    if (!argument || argument->kind == NODE_TYPE_NAME)
        return false;
    check_unevaluated(c, argument);
    *value = (uint64_t)argument->value;
    return argument->is_constant;
}

// The number of bytes or elements of a vector.
static void read_vector(Checker *c, Node *argument, uint64_t *number, Attributes *attributes)
{
    attributes->is_unknown_vector |= argument && !constant_argument(c, argument, number);
}

static void align_at_least(Attributes *attributes, uint32_t alignment)
{
    if (alignment > attributes->alignment)
        attributes->alignment = alignment;
}

static void read_aligned(Checker *c, Node *argument, Attributes *attributes)
{
    uint64_t value = target_biggest_alignment();
    if (argument && argument->kind == NODE_TYPE_NAME) {
        const Type *type = check_type_name(c, argument);
        attributes->has_unknown_alignment |= type_has_unknown_alignment(type);
        value = type_alignment(type);
    } else if (argument && !constant_argument(c, argument, &value)) {
        attributes->has_unknown_alignment = true;
        return;
    }
    align_at_least(attributes, (uint32_t)value);
}

static void read_address_space(Checker *c, Node *node, Attributes *attributes)
{
    uint64_t number;
    if (!target_is_clang() || !constant_argument(c, node->list, &number))
        return; // gcc ignores it and has __seg_fs and __seg_gs
    if (number > LAST_ADDRESS_SPACE)
        attributes->unsupported = node;
    else
        attributes->qualifiers |= (Qualifiers)(number << QUAL_SPACE_SHIFT);
}

// GNU's copy(E): what was said of the variable or member E, and of E's struct or union or the one that E points to.
static void read_copied(Checker *c, Node *argument, Attributes *attributes)
{
    if (target_is_clang() || !argument || argument->kind == NODE_TYPE_NAME)
        return;
    const Type *type = check_unevaluated(c, argument);
    const Node *node = node_strip(argument);
    if (node->kind == NODE_IDENTIFIER && node->symbol) {
        align_at_least(attributes, node->symbol->alignment);
        attributes->has_unknown_alignment |= node->symbol->is_unknown;
    }
    if ((node->kind == NODE_MEMBER || node->kind == NODE_ARROW) && node->member) {
        attributes->has_unknown_alignment |= node->member->has_unknown_alignment;
        attributes->packed |= node->member->is_packed;
        align_at_least(attributes, node->member->alignment);
    }
    if (type->kind == TYPE_POINTER)
        type = type->base;
    if (type_is_record(type) && type->record->node)
        read_attributes(c, type->record->node->attributes, attributes);
}

static void read_attribute(Checker *c, Node *node, Attributes *attributes)
{
    if (node->op == T_ASM)
        attributes->asm_label = node;
    switch (attribute_rule(node->name)->effect) {
    case EFFECT_NONE: break;
    case EFFECT_PACKED: attributes->packed = true; break;
    case EFFECT_ALIGNED: read_aligned(c, node->list, attributes); break;
    case EFFECT_VECTOR_SIZE: read_vector(c, node->list, &attributes->vector_bytes, attributes); break;
    case EFFECT_VECTOR_ELEMENTS: read_vector(c, node->list, &attributes->vector_elements, attributes); break;
    case EFFECT_MODE: attributes->mode = node->list ? node->list->name : NULL; break;
    case EFFECT_TRANSPARENT_UNION: attributes->transparent_union = true; break;
    case EFFECT_CLEANUP: attributes->cleanup = node->list; break;
    case EFFECT_NORETURN: attributes->noreturn = true; break;
    case EFFECT_BLOCKING: attributes->blocking = true; break;
    case EFFECT_ADDRESS_SPACE: read_address_space(c, node, attributes); break;
    case EFFECT_MAY_ALIAS: attributes->qualifiers |= QUAL_MAY_ALIAS; break;
    case EFFECT_CONVENTION: attributes->convention = node; break;
    case EFFECT_OVERLOADABLE: attributes->overloadable = true; break;
    case EFFECT_COPY: read_copied(c, node->list, attributes); break;
    case EFFECT_MS_STRUCT: attributes->layout = LAYOUT_MICROSOFT; break;
    case EFFECT_GCC_STRUCT: attributes->layout = target_is_clang() ? attributes->layout : LAYOUT_USUAL; break;
    case EFFECT_UNSUPPORTED: attributes->unsupported = node; break;
    }
}

void read_attributes(Checker *c, Node *list, Attributes *attributes)
{
    for (Node *node = list; node; node = node->next) {
        if (node->kind == NODE_ATTRIBUTE)
            read_attribute(c, node, attributes);
        else if (node->kind == NODE_ALIGNAS)
            read_aligned(c, node->type_name ? node->type_name : node->operand, attributes);
    }
}

// ---------------------------------------------------------------------------------------- changing types

// "SI" of "SI" and "__SI__".
static size_t trim_mode(const char **mode)
{
    size_t length = strlen(*mode);
    bool underlined = length > 4 && !strncmp(*mode, "__", 2) && !strcmp(*mode + length - 2, "__");
    *mode += underlined ? 2 : 0;
    return underlined ? length - 4 : length;
}

static TypeKind floating_mode(const char *mode, size_t length)
{
    static const struct { const char *mode; TypeKind kind; } modes[] = {
        {"HF", TYPE_FLOAT16}, {"SF", TYPE_FLOAT}, {"DF", TYPE_DOUBLE}, {"XF", TYPE_LDOUBLE}, {"TF", TYPE_FLOAT128},
        {"HC", TYPE_FLOAT16}, {"SC", TYPE_FLOAT}, {"DC", TYPE_DOUBLE}, {"XC", TYPE_LDOUBLE}, {"TC", TYPE_FLOAT128},
        {"SD", TYPE_DECIMAL32}, {"DD", TYPE_DECIMAL64}, {"TD", TYPE_DECIMAL128},
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strlen(modes[i].mode) == length && !strncmp(modes[i].mode, mode, length))
            return modes[i].kind;
    return TYPE_ERROR;
}

// The first of C's integers that has the size: int before long before long long.
static TypeKind integer_of_size(uint64_t size, bool is_unsigned)
{
    static const TypeKind kinds[] = {TYPE_SCHAR, TYPE_SHORT, TYPE_INT, TYPE_LONG, TYPE_LLONG, TYPE_INT128};
    static const TypeKind without_sign[] = {TYPE_UCHAR, TYPE_USHORT, TYPE_UINT, TYPE_ULONG, TYPE_ULLONG, TYPE_UINT128};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (type_size(type_basic(kinds[i])) == size)
            return is_unsigned ? without_sign[i] : kinds[i];
    return TYPE_ERROR;
}

static TypeKind integer_mode(const char *mode, size_t length, bool is_unsigned)
{
    uint64_t word = type_size(type_basic(TYPE_POINTER));
    const struct { const char *mode; uint64_t size; } modes[] = {
        {"QI", 1}, {"HI", 2}, {"SI", 4}, {"DI", 8}, {"TI", 16}, {"byte", 1}, {"word", word}, {"pointer", word},
        {"unwind_word", word}, {"libgcc_cmp_return", word}, {"libgcc_shift_count", word},
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strlen(modes[i].mode) == length && !strncmp(modes[i].mode, mode, length))
            return integer_of_size(modes[i].size, is_unsigned);
    return TYPE_ERROR;
}

// "V4SI" is a vector of four SI.
static uint64_t take_vector_count(const char **mode, size_t *length)
{
    uint64_t count = 0;
    size_t at = 1;
    if (**mode != 'V')
        return 0;
    for (; at < *length && (*mode)[at] >= '0' && (*mode)[at] <= '9'; at++)
        count = count * 10 + (uint64_t)((*mode)[at] - '0');
    *mode += at;
    *length -= at;
    return count;
}

static Type *apply_mode(Checker *c, Type *type, const String *name, Node *where)
{
    const char *mode = name->text;
    size_t length = trim_mode(&mode);
    uint64_t count = take_vector_count(&mode, &length);
    const Type *base = type->kind == TYPE_COMPLEX ? type->base : type;
    TypeKind kind = floating_mode(mode, length);
    if (kind == TYPE_ERROR)
        kind = integer_mode(mode, length, type_is_unsigned(base));
    if (kind == TYPE_ERROR) {
        check_error(where, "not supported: the machine mode '%s'", name->text);
        return type;
    }
    Type *result = type_basic(kind);
    if (count)
        result = type_vector_of(c->arena, result, count);
    else if (type->kind == TYPE_COMPLEX)
        result = type_complex_of(c->arena, result);
    return type_qualified(c->arena, result, type->qualifiers);
}

Type *type_aligned(Checker *c, Type *type, uint32_t alignment)
{
    type = type_copy(c->arena, type);
    type->alignment = alignment;
    return type;
}

// vector_size belongs to the innermost type: a pointer to, an array of, a function returning vectors.
static Type *apply_vector(Checker *c, Type *type, const Attributes *attributes)
{
    if (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY || type->kind == TYPE_FUNCTION) {
        Type *copy = type_copy(c->arena, type);
        copy->base = apply_vector(c, type->base, attributes);
        return copy;
    }
    uint64_t size = type_size(type);
    uint64_t count = attributes->vector_elements ? attributes->vector_elements
                                                 : size ? attributes->vector_bytes / size : 0;
    Type *vector = type_vector_of(c->arena, type_unqualified(c->arena, type), count);
    vector->qualifiers = type->qualifiers;
    vector->is_ext_vector = attributes->vector_elements;
    return vector;
}

// To a function, or to the one that is pointed to.
static Type *apply_convention(Checker *c, Type *type, Node *convention)
{
    if (type->kind != TYPE_FUNCTION && type->kind != TYPE_POINTER && type->kind != TYPE_ARRAY)
        return type;
    Type *copy = type_copy(c->arena, type);
    copy->alias = NULL;
    if (type->kind == TYPE_FUNCTION)
        copy->convention = convention;
    else
        copy->base = apply_convention(c, type->base, convention);
    return copy;
}

Type *apply_attributes(Checker *c, Type *type, const Attributes *attributes, Node *where)
{
    if (attributes->unsupported) {
        check_error(attributes->unsupported, "not supported: the attribute '%s'", node_text(attributes->unsupported));
        return type_basic(TYPE_ERROR);
    }
    if (attributes->is_unknown_vector)
        return type_basic(TYPE_ERROR);
    if (attributes->mode)
        type = apply_mode(c, type, attributes->mode, where);
    if (attributes->vector_bytes || attributes->vector_elements)
        type = apply_vector(c, type, attributes);
    if (attributes->convention)
        type = apply_convention(c, type, attributes->convention);
    return attributes->qualifiers ? type_qualified(c->arena, type, attributes->qualifiers) : type;
}

// SPDX-License-Identifier: MIT
// Types: making them, asking about them, comparing them. A Type is a value; two Types may describe the same type, so
// callers compare with type_compatibility().
#include "lowered.h"
#include "model.h"

// ------------------------------------------------------------------------------------------------- making

Type *type_basic(TypeKind kind)
{
    static Type basic[TYPE_KINDS];
    basic[kind].kind = kind;
    return &basic[kind];
}

Type *type_copy(Arena *arena, const Type *type)
{
    Type *copy = NEW(arena, Type);
    *copy = *type;
    return copy;
}

static Type *derived(Arena *arena, TypeKind kind, Type *base, uint64_t count)
{
    Type *type = NEW(arena, Type);
    type->kind = kind;
    type->base = base;
    type->count = count;
    return type;
}

Type *type_pointer_to(Arena *arena, Type *base)
{
    return derived(arena, TYPE_POINTER, base, 0);
}

Type *type_array_of(Arena *arena, Type *base, uint64_t count)
{
    return derived(arena, TYPE_ARRAY, base, count);
}

Type *type_vector_of(Arena *arena, Type *base, uint64_t count)
{
    return derived(arena, TYPE_VECTOR, base, count);
}

Type *type_complex_of(Arena *arena, Type *base)
{
    return derived(arena, TYPE_COMPLEX, base, 0);
}

Type *type_handle_of(Arena *arena, Type *result)
{
    return derived(arena, TYPE_HANDLE, result, 0);
}

Type *type_bitint(Arena *arena, uint64_t width, bool is_unsigned)
{
    Type *type = derived(arena, TYPE_BITINT, NULL, width);
    type->is_unsigned = is_unsigned;
    return type;
}

Qualifiers type_qualifiers(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type->qualifiers;
}

Type *type_qualified(Arena *arena, Type *type, Qualifiers qualifiers)
{
    if ((type_qualifiers(type) & qualifiers) == qualifiers)
        return type;
    Type *copy = type_copy(arena, type);
    if (type->kind == TYPE_ARRAY)
        copy->base = type_qualified(arena, type->base, qualifiers);
    else
        copy->qualifiers |= qualifiers;
    return copy;
}

Type *type_unqualified(Arena *arena, Type *type)
{
    if (!type_qualifiers(type))
        return type;
    Type *copy = type_copy(arena, type);
    if (type->kind == TYPE_ARRAY)
        copy->base = type_unqualified(arena, type->base);
    else
        copy->qualifiers = 0;
    return copy;
}

// ---------------------------------------------------------------------------------------------- questions

bool type_is_integer(const Type *type)
{
    return (type->kind >= TYPE_BOOL && type->kind <= TYPE_ENUM) || type->kind == TYPE_ERROR;
}

Type *type_of_enum(const Type *type)
{
    if (type->kind == TYPE_ENUM)
        return type->record->enum_type ? type->record->enum_type : type_basic(TYPE_UINT);
    return (Type *)type;
}

bool type_is_unsigned(const Type *type)
{
    type = type_of_enum(type);
    switch (type->kind) {
    case TYPE_BOOL: case TYPE_UCHAR: case TYPE_USHORT: case TYPE_UINT: case TYPE_ULONG: case TYPE_ULLONG:
    case TYPE_UINT128: case TYPE_POINTER: case TYPE_HANDLE: case TYPE_NULLPTR:
        return true;
    case TYPE_CHAR:
        return target_char_is_unsigned();
    case TYPE_BITINT:
        return type->is_unsigned;
    default:
        return false;
    }
}

uint64_t type_width(const Type *type)
{
    return type->count ? type->count : type_size(type) * 8; // of _BitInt and gcc's bit-field types, of the others
}

bool type_is_floating(const Type *type)
{
    return type->kind >= TYPE_FLOAT16 && type->kind <= TYPE_DECIMAL128;
}

bool type_is_arithmetic(const Type *type)
{
    return type_is_integer(type) || type_is_floating(type) || type->kind == TYPE_COMPLEX;
}

bool type_is_scalar(const Type *type)
{
    return type_is_arithmetic(type) || type->kind == TYPE_POINTER || type->kind == TYPE_HANDLE ||
           type->kind == TYPE_NULLPTR;
}

bool type_is_record(const Type *type)
{
    return type->kind == TYPE_STRUCT || type->kind == TYPE_UNION;
}

bool type_is_complete(const Type *type)
{
    switch (type->kind) {
    case TYPE_VOID:
    case TYPE_FUNCTION:
        return false;
    case TYPE_STRUCT:
    case TYPE_UNION:
        return type->record->is_complete;
    case TYPE_ENUM:
        return type->record->is_complete || type->record->enum_type;
    case TYPE_ARRAY:
        return !type->is_incomplete && type_is_complete(type->base);
    default:
        return true;
    }
}

// Itself; what it is made of may be unknown as well.
static bool is_unknown(const Type *type)
{
    return type_of_enum(type)->kind == TYPE_ERROR;
}

static bool has_unspelt_length(const Type *type)
{
    return type->kind == TYPE_ARRAY && type->is_left_to_compiler && !type->length;
}

// Asked once of each function: types that share their parts can have more ways through them than can be gone.
static bool has_unknown_parameter(Type *function)
{
    if (!function->parameters || function->spells_parameters)
        return false;
    for (size_t i = 0; i < vec_count(function->parameters); i++)
        if (type_is_unknown(function->parameters[i].type))
            return true;
    function->spells_parameters = true;
    return false;
}

bool type_is_unknown(const Type *type)
{
    for (; type && type->kind != TYPE_ENUM; type = type->base) // which has a name, whatever it is made of
        if (type->kind == TYPE_ERROR || has_unspelt_length(type) || has_unknown_parameter((Type *)type))
            return true;
    return false;
}

bool type_has_unknown_size(const Type *type)
{
    for (; type->kind == TYPE_ARRAY; type = type->base)
        if (type->length || type->is_star || type->is_left_to_compiler)
            return true;
    return is_unknown(type) || (type_is_record(type) && type->record->has_unknown_size);
}

bool type_has_unknown_alignment(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return is_unknown(type) || (type->record && type->record->has_unknown_alignment);
}

bool member_has_unknown_promotion(const Member *field)
{
    const Type *type = type_of_enum(field->type);
    if (is_unknown(type))
        return field->has_unknown_width || field->bit_width >= 8 * type_size(type_basic(TYPE_INT));
    uint64_t size = type_size(type), int_size = type_size(type_basic(TYPE_INT));
    bool is_int = size < int_size || (size == int_size && !type_is_unsigned(type));
    return field->has_unknown_width && type->kind != TYPE_BITINT && !is_int;
}

static bool leads_to_length(const Type *type, bool counts_left)
{
    for (; type; type = type->base) {
        if (type_is_record(type) && type->record->has_variable_size)
            return true;
        if (type->kind == TYPE_ARRAY && (type->length || type->is_star) && (counts_left || !type->is_left_to_compiler))
            return true;
        if (type->kind != TYPE_ARRAY && type->kind != TYPE_POINTER && type->kind != TYPE_FUNCTION)
            return false;
    }
    return false;
}

bool type_is_variably_modified(const Type *type)
{
    return leads_to_length(type, true);
}

bool type_varies(const Type *type)
{
    return leads_to_length(type, false);
}

bool type_has_variable_length(const Type *type)
{
    for (; type->kind == TYPE_ARRAY; type = type->base)
        if (type->length || type->is_star)
            return true;
    return false;
}

bool type_has_kept_extents(const Type *type)
{
    for (; type; type = type->base)
        if (type->kind == TYPE_ARRAY && type->length && type->length->lowered && type->length->lowered->extent)
            return true;
        else if (type->kind != TYPE_ARRAY && type->kind != TYPE_POINTER && type->kind != TYPE_FUNCTION)
            return false;
    return false;
}

Type *type_kept(Arena *arena, Type *type)
{
    if (!type_is_variably_modified(type))
        return type;
    if (type->kind == TYPE_ARRAY && !type_has_variable_length(type))
        return type_array_of(arena, type_kept(arena, type->base), type->count);
    const Type *element = type->kind == TYPE_POINTER ? type->base : type;
    while (element->kind == TYPE_ARRAY)
        element = element->base;
    Type *pointer = type_pointer_to(arena, type_qualified(arena, type_basic(TYPE_VOID),
                                                          element->qualifiers & (QUAL_CONST | QUAL_VOLATILE)));
    return type->kind == TYPE_POINTER ? type_qualified(arena, pointer, type->qualifiers) : pointer;
}

bool type_has_const_member(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type_is_record(type) && type->record->has_const_member;
}

// ---------------------------------------------------------------------------------------------- comparing

// Of a whole, from what was found of its parts.
static Compatibility both(Compatibility a, Compatibility b)
{
    return a < b ? a : b;
}

static Compatibility compatible_if(bool is_so)
{
    return is_so ? COMPATIBLE : INCOMPATIBLE;
}

static Compatibility compare_parameters(const Type *a, const Type *b)
{
    if (a->is_kr || b->is_kr)
        return COMPATIBLE;
    size_t count = vec_count(a->parameters);
    Compatibility result = compatible_if(count == vec_count(b->parameters) && a->is_variadic == b->is_variadic);
    for (size_t i = 0; result && i < count; i++) {
        Type left = *a->parameters[i].type, right = *b->parameters[i].type;
        left.qualifiers = right.qualifiers = 0;
        result = both(result, type_compatibility(&left, &right));
    }
    return result;
}

// A length that names a variable of a coroutine may be a constant as well.
static bool is_perhaps_constant(const Type *array)
{
    return array->is_left_to_compiler || (array->length && array->length->is_left_to_compiler);
}

// An array of variable length is compatible with any other.
static Compatibility compare_lengths(const Type *a, const Type *b)
{
    bool is_same = a->length && a->length == b->length;
    if (is_same || a->is_incomplete || b->is_incomplete || a->is_star || b->is_star)
        return COMPATIBLE;
    if (is_perhaps_constant(a) || is_perhaps_constant(b))
        return PERHAPS_COMPATIBLE;
    return compatible_if(a->length || b->length || a->count == b->count);
}

// An enumeration is compatible with its integer type.
static Compatibility compare_kinds(const Type *a, const Type *b)
{
    bool is_enum = a->kind == TYPE_ENUM ? type_is_integer(b) : b->kind == TYPE_ENUM && type_is_integer(a);
    if (!is_enum)
        return INCOMPATIBLE;
    return is_unknown(a) || is_unknown(b) ? PERHAPS_COMPATIBLE : compatible_if(type_of_enum(a)->kind == type_of_enum(b)->kind);
}

Compatibility type_compatibility(const Type *a, const Type *b)
{
    if (a->kind == TYPE_ERROR || b->kind == TYPE_ERROR)
        return PERHAPS_COMPATIBLE;
    if (a == b)
        return COMPATIBLE;
    if ((a->qualifiers ^ b->qualifiers) & ~QUAL_MAY_ALIAS)
        return INCOMPATIBLE;
    if (a->kind != b->kind)
        return compare_kinds(a, b);
    switch (a->kind) {
    case TYPE_ENUM:
    case TYPE_STRUCT:
    case TYPE_UNION:
        return compatible_if(a->record == b->record);
    case TYPE_POINTER:
    case TYPE_COMPLEX:
    case TYPE_HANDLE:
        return type_compatibility(a->base, b->base);
    case TYPE_VECTOR:
        return both(compatible_if(a->count == b->count), type_compatibility(a->base, b->base));
    case TYPE_BITINT:
        return compatible_if(a->count == b->count && a->is_unsigned == b->is_unsigned);
    case TYPE_ARRAY:
        return both(compare_lengths(a, b), type_compatibility(a->base, b->base));
    case TYPE_FUNCTION:
        return both(compatible_if(a->is_raises == b->is_raises),
                    both(type_compatibility(a->base, b->base), compare_parameters(a, b)));
    default:
        return compatible_if(a->count == b->count);
    }
}

bool type_compatible(const Type *a, const Type *b)
{
    return type_compatibility(a, b) != INCOMPATIBLE;
}

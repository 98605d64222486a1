// SPDX-License-Identifier: MIT
// Types: making, comparing and spelling them. A Type is a value; two Types may describe the same type, so callers
// compare with type_compatible(). Spelling works inside out, as C's declarators do: the text grows around the name,
// and a typedef name is used wherever the type was written through one, so that the output reads like the input.
#include "lowered.h"
#include "model.h"

#include <inttypes.h>
#include <string.h>

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

Type *type_pointer_to(Arena *arena, Type *base)
{
    Type *type = NEW(arena, Type);
    type->kind = TYPE_POINTER;
    type->base = base;
    return type;
}

Type *type_array_of(Arena *arena, Type *base, uint64_t count)
{
    Type *type = NEW(arena, Type);
    type->kind = TYPE_ARRAY;
    type->base = base;
    type->count = count;
    return type;
}

Type *type_handle_of(Arena *arena, Type *result)
{
    Type *type = NEW(arena, Type);
    type->kind = TYPE_HANDLE;
    type->base = result;
    return type;
}

// Qualifiers of the type itself; an array's are those of its element.
static Qualifiers own_qualifiers(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type->qualifiers;
}

Type *type_qualified(Arena *arena, Type *type, Qualifiers qualifiers)
{
    if ((own_qualifiers(type) & qualifiers) == qualifiers)
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
    if (!own_qualifiers(type))
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

bool type_has_variable_size(const Type *type)
{
    for (; type->kind == TYPE_ARRAY; type = type->base)
        if (type->length || type->is_star)
            return true;
    return type_is_record(type) && type->record->has_variable_size;
}

bool type_is_variably_modified(const Type *type)
{
    for (; type; type = type->base) {
        if (type_is_record(type) && type->record->has_variable_size)
            return true;
        if (type->kind == TYPE_ARRAY && (type->length || type->is_star))
            return true;
        if (type->kind != TYPE_ARRAY && type->kind != TYPE_POINTER && type->kind != TYPE_FUNCTION)
            return false;
    }
    return false;
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

// ---------------------------------------------------------------------------------------------- comparing

static bool parameters_compatible(const Type *a, const Type *b)
{
    if (a->is_kr || b->is_kr)
        return true;
    size_t count = vec_count(a->parameters);
    if (count != vec_count(b->parameters) || a->is_variadic != b->is_variadic)
        return false;
    for (size_t i = 0; i < count; i++) {
        Type left = *a->parameters[i].type, right = *b->parameters[i].type;
        left.qualifiers = right.qualifiers = 0;
        if (!type_compatible(&left, &right))
            return false;
    }
    return true;
}

static bool arrays_compatible(const Type *a, const Type *b)
{
    bool both_fixed = !a->is_incomplete && !b->is_incomplete && !a->length && !b->length && !a->is_star && !b->is_star;
    return (!both_fixed || a->count == b->count) && type_compatible(a->base, b->base);
}

// An enumeration is compatible with its integer type.
bool type_compatible(const Type *a, const Type *b)
{
    if (a == b || a->kind == TYPE_ERROR || b->kind == TYPE_ERROR)
        return true;
    if ((a->qualifiers ^ b->qualifiers) & ~QUAL_MAY_ALIAS)
        return false;
    if (a->kind != b->kind) {
        if (a->kind == TYPE_ENUM && type_is_integer(b))
            return type_of_enum(a)->kind == b->kind;
        if (b->kind == TYPE_ENUM && type_is_integer(a))
            return type_of_enum(b)->kind == a->kind;
        return false;
    }
    switch (a->kind) {
    case TYPE_ENUM:
    case TYPE_STRUCT:
    case TYPE_UNION:
        return a->record == b->record;
    case TYPE_POINTER:
    case TYPE_COMPLEX:
    case TYPE_HANDLE:
        return type_compatible(a->base, b->base);
    case TYPE_VECTOR:
        return a->count == b->count && type_compatible(a->base, b->base);
    case TYPE_BITINT:
        return a->count == b->count && a->is_unsigned == b->is_unsigned;
    case TYPE_ARRAY:
        return arrays_compatible(a, b);
    case TYPE_FUNCTION:
        return a->is_raises == b->is_raises && type_compatible(a->base, b->base) && parameters_compatible(a, b);
    default:
        return a->count == b->count;
    }
}

// ----------------------------------------------------------------------------------------------- spelling

static const char *const basic_names[TYPE_KINDS] = {
    [TYPE_ERROR] = "int", [TYPE_VOID] = "void", [TYPE_BOOL] = "_Bool", [TYPE_CHAR] = "char",
    [TYPE_SCHAR] = "signed char", [TYPE_UCHAR] = "unsigned char", [TYPE_SHORT] = "short",
    [TYPE_USHORT] = "unsigned short", [TYPE_INT] = "int", [TYPE_UINT] = "unsigned int", [TYPE_LONG] = "long",
    [TYPE_ULONG] = "unsigned long", [TYPE_LLONG] = "long long", [TYPE_ULLONG] = "unsigned long long",
    [TYPE_INT128] = "__int128", [TYPE_UINT128] = "unsigned __int128", [TYPE_FLOAT16] = "_Float16",
    [TYPE_FLOAT] = "float", [TYPE_DOUBLE] = "double", [TYPE_LDOUBLE] = "long double", [TYPE_FLOAT32] = "_Float32",
    [TYPE_FLOAT64] = "_Float64", [TYPE_FLOAT32X] = "_Float32x", [TYPE_FLOAT64X] = "_Float64x",
    [TYPE_FLOAT128] = "__float128", [TYPE_DECIMAL32] = "_Decimal32", [TYPE_DECIMAL64] = "_Decimal64",
    [TYPE_DECIMAL128] = "_Decimal128", [TYPE_VA_LIST] = "__builtin_va_list", [TYPE_AUTO] = "__auto_type",
    [TYPE_NULLPTR] = "__typeof__((void *)0)",
};

// How the lengths of arrays are written that are known at run time only: by the local that keeps the value, as the user
// wrote them, so but for those whose evaluation could be noticed, or as in a prototype.
typedef enum SpelledLength { LENGTH_KEPT, LENGTH_WRITTEN, LENGTH_HARMLESS, LENGTH_STAR } SpelledLength;

// For whom types are written: for the C compiler or for the user, through typedef names or without them.
typedef struct Speller {
    bool for_user;
    bool without_aliases;
    SpelledLength length;
} Speller;

static const char *spell(const Speller *speller, Type *type, const char *inner);

static const char *finish(Text *text)
{
    const char *result = intern(text->data ? text->data : "", text->length)->text;
    text_free(text);
    return result;
}

// The two that x86 has go by the names of gcc, which clang's own macros define too.
static void put_address_space(Text *text, Qualifiers qualifiers)
{
    if ((qualifiers & QUAL_SPACE) == QUAL_SEG_FS)
        text_puts(text, "__seg_fs ");
    else if ((qualifiers & QUAL_SPACE) == QUAL_SEG_GS)
        text_puts(text, "__seg_gs ");
    else if (qualifiers & QUAL_SPACE)
        text_printf(text, "__attribute__((address_space(%u))) ", (unsigned)qualifiers >> QUAL_SPACE_SHIFT);
}

static void put_qualifiers(const Speller *speller, Text *text, Qualifiers qualifiers)
{
    if (qualifiers & QUAL_MAY_ALIAS)
        text_puts(text, "__attribute__((may_alias)) ");
    put_address_space(text, qualifiers);
    if (qualifiers & QUAL_CONST)
        text_puts(text, "const ");
    if (qualifiers & QUAL_VOLATILE)
        text_puts(text, "volatile ");
    if (qualifiers & QUAL_RESTRICT)
        text_puts(text, speller->for_user ? "restrict " : "__restrict "); // -std=gnu89 knows no other
    if (qualifiers & QUAL_ATOMIC)
        text_puts(text, "_Atomic ");
}

static const char *with_inner(const Speller *speller, Qualifiers qualifiers, const char *words, const char *inner)
{
    Text text = {0};
    put_qualifiers(speller, &text, qualifiers);
    text_puts(&text, words);
    if (*inner)
        text_printf(&text, " %s", inner);
    return finish(&text);
}

// The typedef's own qualifiers cannot be taken away again, so it serves only a type that has them all.
static bool alias_serves(const Speller *speller, const Type *type)
{
    if (speller->length == LENGTH_KEPT && type_has_kept_extents(type)) // its typedef is gone
        return false;
    return type->alias && type->alias->type && !(own_qualifiers(type->alias->type) & ~own_qualifiers(type) & ~QUAL_MAY_ALIAS);
}

static const char *spell_alias(const Speller *speller, Type *type, const char *inner)
{
    Qualifiers added = own_qualifiers(type) & (Qualifiers)~own_qualifiers(type->alias->type);
    return with_inner(speller, added, type->alias->name->text, inner);
}

static const char *spell_record(const Speller *speller, Type *type, const char *inner);

static const char *spell_home(const Speller *speller, const Home *home)
{
    Text text = {0};
    text_puts(&text, "__typeof__(");
    for (unsigned i = 0; i < home->depth; i++)
        text_puts(&text, "*");
    if (home->symbol) {
        bool is_type = home->symbol->kind == SYMBOL_TYPEDEF;
        text_printf(&text, is_type ? "*(%s *)0)" : "%s)", home->symbol->name->text);
    } else {
        Type outer = {.kind = home->outer->kind, .record = home->outer};
        text_printf(&text, "((%s *)0)->%s)", spell_record(speller, &outer, ""), home->member->text);
    }
    return finish(&text);
}

static const char *spell_record(const Speller *speller, Type *type, const char *inner)
{
    Record *record = type->record;
    Text text = {0};
    const char *word = type->kind == TYPE_STRUCT ? "struct" : type->kind == TYPE_UNION ? "union" : "enum";
    if (record->tag)
        text_printf(&text, "%s %s", word, record->tag->text);
    else if (record->alias)
        text_puts(&text, record->alias->name->text);
    else if (speller->without_aliases && (record->home.symbol || record->home.outer))
        text_puts(&text, spell_home(speller, &record->home));
    else
        text_printf(&text, "%s <anonymous>", word);
    return with_inner(speller, type->qualifiers, finish(&text), inner);
}

// The source of a part of the tree, token by token.
static void put_tokens(Text *text, const Node *node)
{
    for (const Token *token = node->first; token <= node->last; token++) {
        if (token->space_before && token != node->first)
            text_puts(text, " ");
        text_append(text, token->text, token->length);
    }
}

static void put_convention(Text *text, const Node *convention)
{
    bool is_word = convention->op == T_CALLING_CONVENTION;
    text_puts(text, is_word ? "" : "__attribute__((");
    put_tokens(text, convention);
    text_puts(text, is_word ? " " : ")) ");
}

static const char *spell_pointer(const Speller *speller, Type *type, const char *inner)
{
    Type *base = type->base;
    bool binds_closer = base->kind == TYPE_ARRAY || base->kind == TYPE_FUNCTION ||
                        (base->kind == TYPE_HANDLE && speller->for_user); // 'async int *' delivers an int *
    bool wraps = binds_closer && (!alias_serves(speller, base) || speller->without_aliases);
    Text text = {0};
    text_puts(&text, wraps ? "(" : "");
    if (wraps && base->convention)
        put_convention(&text, base->convention);
    text_puts(&text, "*");
    put_qualifiers(speller, &text, type->qualifiers);
    if (!*inner && type->qualifiers)
        text.length--; // the blank after the last qualifier
    text_puts(&text, inner);
    if (wraps)
        text_puts(&text, ")");
    return spell(speller, base, finish(&text));
}

static const char *spell_array(const Speller *speller, Type *type, const char *inner)
{
    Text text = {0};
    text_printf(&text, "%s[", inner);
    const struct Lowered *lowered = type->length ? type->length->lowered : NULL;
    if (type->is_star || (type->length && speller->length == LENGTH_STAR))
        text_puts(&text, "*");
    else if (lowered && lowered->extent && speller->length == LENGTH_KEPT)
        text_puts(&text, lowered->extent->name);
    else if (lowered && lowered->acts && speller->length == LENGTH_HARMLESS)
        text_puts(&text, "acoc_abi_1"); // of variable length as well, and compatible with any other
    else if (type->length)
        put_tokens(&text, type->length);
    else if (!type->is_incomplete)
        text_printf(&text, "%" PRIu64, type->count);
    text_puts(&text, "]");
    return spell(speller, type->base, finish(&text));
}

static const char *spell_function(const Speller *speller, Type *type, const char *inner)
{
    Text text = {0};
    size_t count = vec_count(type->parameters);
    text_printf(&text, "%s(", inner);
    for (size_t i = 0; i < count; i++)
        text_printf(&text, "%s%s", i ? ", " : "", spell(speller, type->parameters[i].type, ""));
    if (type->is_variadic)
        text_puts(&text, count ? ", ..." : "...");
    else if (!count && !type->is_kr)
        text_puts(&text, "void");
    text_puts(&text, ")");
    return spell(speller, type->base, finish(&text));
}

static const char *spell_vector(const Speller *speller, Type *type, const char *inner)
{
    Text text = {0};
    if (type->is_ext_vector)
        text_printf(&text, "__attribute__((ext_vector_type(%" PRIu64 "))) %s", type->count, inner);
    else
        text_printf(&text, "__attribute__((vector_size(%" PRIu64 "))) %s", type->count * type_size(type->base), inner);
    if (!*inner)
        text.length--;
    Type *base = type->base;
    return with_inner(speller, type->qualifiers, spell(speller, base, ""), finish(&text));
}

static const char *spell_handle(const Speller *speller, Type *type, const char *inner)
{
    if (!speller->for_user)
        return with_inner(speller, type->qualifiers, "acoc_awaitable", inner);
    Text text = {0};
    text_printf(&text, "async %s", spell(speller, type->base, ""));
    return with_inner(speller, type->qualifiers, finish(&text), inner);
}

static const char *spell_basic(const Speller *speller, Type *type, const char *inner)
{
    Text text = {0};
    text_puts(&text, basic_names[type->kind]);
    if (type->count && speller->for_user)
        text_printf(&text, ":%" PRIu64, type->count);
    return with_inner(speller, type->qualifiers, finish(&text), inner);
}

static const char *spell(const Speller *speller, Type *type, const char *inner)
{
    if (alias_serves(speller, type) && !speller->without_aliases)
        return spell_alias(speller, type, inner);
    Text text = {0};
    switch (type->kind) {
    case TYPE_POINTER: return spell_pointer(speller, type, inner);
    case TYPE_ARRAY: return spell_array(speller, type, inner);
    case TYPE_FUNCTION: return spell_function(speller, type, inner);
    case TYPE_VECTOR: return spell_vector(speller, type, inner);
    case TYPE_HANDLE: return spell_handle(speller, type, inner);
    case TYPE_STRUCT:
    case TYPE_UNION:
    case TYPE_ENUM: return spell_record(speller, type, inner);
    case TYPE_COMPLEX: // gcc has no _Complex __float128
        text_printf(&text, "_Complex %s", type->base->kind == TYPE_FLOAT128 && !target_is_clang()
                                              ? "_Float128" : spell(speller, type->base, ""));
        return with_inner(speller, type->qualifiers, finish(&text), inner);
    case TYPE_BITINT:
        text_printf(&text, "%s_BitInt(%" PRIu64 ")", type->is_unsigned ? "unsigned " : "", type->count);
        return with_inner(speller, type->qualifiers, finish(&text), inner);
    default: return spell_basic(speller, type, inner);
    }
}

const char *type_spell(Type *type, const char *name)
{
    Speller speller = {.for_user = false};
    return spell(&speller, type, name ? name : "");
}

const char *type_spell_as_written(Type *type, const char *name)
{
    Speller speller = {.length = LENGTH_WRITTEN};
    return spell(&speller, type, name);
}

const char *type_spell_in_constructor(Type *type, const char *name)
{
    Speller speller = {.length = LENGTH_HARMLESS};
    return spell(&speller, type, name);
}

const char *type_spell_in_prototype(Type *type)
{
    Speller speller = {.length = LENGTH_STAR};
    return spell(&speller, type, "");
}

const char *type_spell_plainly(Type *type)
{
    Speller speller = {.without_aliases = true};
    return spell(&speller, type, "");
}

const char *type_describe(Type *type)
{
    Speller speller = {.for_user = true, .length = LENGTH_WRITTEN};
    return spell(&speller, type, "");
}

static bool scope_is_file(const Scope *scope)
{
    return !scope || !scope->outer;
}

bool type_is_nameable_at_file_scope(const Type *type)
{
    if (alias_serves(&(Speller){.for_user = false}, type))
        return scope_is_file(type->alias->scope);
    if (type->record) {
        const Record *record = type->record;
        if (!record->tag)
            return record->alias && scope_is_file(record->alias->scope);
        return scope_is_file(record->scope);
    }
    for (size_t i = 0; i < vec_count(type->parameters); i++)
        if (!type_is_nameable_at_file_scope(type->parameters[i].type))
            return false;
    if (type->kind == TYPE_HANDLE) // spelled acoc_awaitable whatever it delivers
        return true;
    if (type->kind == TYPE_ARRAY && type->length)
        return false;
    return !type->base || type_is_nameable_at_file_scope(type->base);
}

bool type_has_const_member(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type_is_record(type) && type->record->has_const_member;
}

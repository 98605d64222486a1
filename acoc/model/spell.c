// SPDX-License-Identifier: MIT
// Types as text. Spelling works inside out, as C's declarators do: the text grows around the name, and a typedef name is
// used wherever the type was written through one, so that the output reads like the input.
#include "lowered.h"
#include "model.h"

#include <inttypes.h>
#include <string.h>

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
    return type->alias && type->alias->type && !(type_qualifiers(type->alias->type) & ~type_qualifiers(type) & ~QUAL_MAY_ALIAS);
}

static const char *spell_alias(const Speller *speller, Type *type, const char *inner)
{
    Qualifiers added = type_qualifiers(type) & (Qualifiers)~type_qualifiers(type->alias->type);
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
    if (type->is_star || (type->length ? speller->length == LENGTH_STAR : type->is_left_to_compiler))
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

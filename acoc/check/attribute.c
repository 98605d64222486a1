// SPDX-License-Identifier: MIT
// Attributes and _Alignas: those of grammar/attributes.def that change a type, a layout or a symbol. All others are
// left to the C compiler. Also #pragma pack, which is an attribute of everything behind it.
#include "check.h"

#include <string.h>

typedef enum Effect {
    EFFECT_NONE, EFFECT_PACKED, EFFECT_ALIGNED, EFFECT_VECTOR_SIZE, EFFECT_VECTOR_ELEMENTS, EFFECT_MODE,
    EFFECT_TRANSPARENT_UNION, EFFECT_CLEANUP, EFFECT_NORETURN, EFFECT_BLOCKING,
    EFFECT_OVERLOADABLE
} Effect;

static Effect effect_of(const String *name)
{
    static const struct { const char *name; Effect effect; } effects[] = {
#define ATTRIBUTE(name, effect, coroutine) {name, EFFECT_##effect},
#include "attributes.def"
#undef ATTRIBUTE
    };
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (effects[i].effect != EFFECT_NONE && string_is(name, effects[i].name))
            return effects[i].effect;
    return EFFECT_NONE;
}

// What a coroutine function cannot have: its body runs in pieces, behind an entry of its own.
static bool is_refused_on_coroutines(const String *name)
{
    enum { KEEP, DROP, SHIFT, BOTH, BODY, REFUSE };
    static const struct { const char *name; int treatment; } treatments[] = {
#define ATTRIBUTE(name, effect, coroutine) {name, coroutine},
#include "attributes.def"
#undef ATTRIBUTE
    };
    for (size_t i = 0; i < sizeof treatments / sizeof *treatments; i++)
        if (treatments[i].treatment == REFUSE && string_is(name, treatments[i].name))
            return true;
    return false;
}

void refuse_attributes_of_coroutine(Node *list)
{
    for (Node *node = list; node; node = node->next)
        if (node->kind == NODE_ATTRIBUTE && is_refused_on_coroutines(node->name))
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

static void read_aligned(Checker *c, Node *argument, Attributes *attributes)
{
    uint64_t value = target_biggest_alignment();
    attributes->aligned_given = true;
    if (argument && argument->kind == NODE_TYPE_NAME)
        value = type_alignment(check_type_name(c, argument));
    else if (argument && !constant_argument(c, argument, &value))
        return;
    if (value > attributes->alignment)
        attributes->alignment = (uint32_t)value;
}

static void read_attribute(Checker *c, Node *node, Attributes *attributes)
{
    if (string_is(node->name, "asm") && node->op == T_ASM)
        attributes->asm_label = node;
    switch (effect_of(node->name)) {
    case EFFECT_NONE: break;
    case EFFECT_PACKED: attributes->packed = true; break;
    case EFFECT_ALIGNED: read_aligned(c, node->list, attributes); break;
    case EFFECT_VECTOR_SIZE: constant_argument(c, node->list, &attributes->vector_bytes); break;
    case EFFECT_VECTOR_ELEMENTS: constant_argument(c, node->list, &attributes->vector_elements); break;
    case EFFECT_MODE: attributes->mode = node->list ? node->list->name : NULL; break;
    case EFFECT_TRANSPARENT_UNION: attributes->transparent_union = true; break;
    case EFFECT_CLEANUP: attributes->cleanup = node->list; break;
    case EFFECT_NORETURN: attributes->noreturn = true; break;
    case EFFECT_OVERLOADABLE: attributes->overloadable = true; break;
    case EFFECT_BLOCKING: attributes->blocking = true; break;
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

static TypeKind kind_of_mode(const char *mode, bool is_unsigned)
{
    static const struct { const char *mode; TypeKind with_sign, without; } modes[] = {
        {"QI", TYPE_SCHAR, TYPE_UCHAR}, {"byte", TYPE_SCHAR, TYPE_UCHAR}, {"HI", TYPE_SHORT, TYPE_USHORT},
        {"SI", TYPE_INT, TYPE_UINT}, {"DI", TYPE_LONG, TYPE_ULONG}, {"word", TYPE_LONG, TYPE_ULONG},
        {"unwind_word", TYPE_LONG, TYPE_ULONG}, {"pointer", TYPE_LONG, TYPE_ULONG}, {"TI", TYPE_INT128, TYPE_UINT128},
        {"HF", TYPE_FLOAT16, TYPE_FLOAT16}, {"SF", TYPE_FLOAT, TYPE_FLOAT}, {"DF", TYPE_DOUBLE, TYPE_DOUBLE},
        {"XF", TYPE_LDOUBLE, TYPE_LDOUBLE}, {"TF", TYPE_FLOAT128, TYPE_FLOAT128}, {"SC", TYPE_FLOAT, TYPE_FLOAT},
        {"DC", TYPE_DOUBLE, TYPE_DOUBLE}, {"XC", TYPE_LDOUBLE, TYPE_LDOUBLE}, {"TC", TYPE_FLOAT128, TYPE_FLOAT128},
    };
    size_t length = strlen(mode);
    bool underlined = length > 4 && !strncmp(mode, "__", 2) && !strcmp(mode + length - 2, "__");
    size_t start = underlined ? 2 : 0, end = underlined ? length - 2 : length;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strlen(modes[i].mode) == end - start && !strncmp(modes[i].mode, mode + start, end - start))
            return is_unsigned ? modes[i].without : modes[i].with_sign;
    return TYPE_ERROR;
}

static Type *apply_mode(Checker *c, Type *type, const String *mode, Node *where)
{
    Type *base = type->kind == TYPE_COMPLEX ? type->base : type;
    TypeKind kind = kind_of_mode(mode->text, type_is_unsigned(base));
    if (kind == TYPE_ERROR) {
        check_error(where, "not supported yet: the machine mode '%s'", mode->text);
        return type;
    }
    if (type->kind == TYPE_ENUM) // the enumeration keeps its name; only its width changes
        return type;
    Type *result = type_qualified(c->arena, type_basic(kind), type->qualifiers);
    if (type->kind != TYPE_COMPLEX)
        return result;
    Type *complex = type_copy(c->arena, type);
    complex->base = type_basic(kind);
    return complex;
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
    Type *vector = NEW(c->arena, Type);
    vector->kind = TYPE_VECTOR;
    vector->base = type_unqualified(c->arena, type);
    vector->qualifiers = type->qualifiers;
    vector->count = attributes->vector_elements ? attributes->vector_elements
                                                : size ? attributes->vector_bytes / size : 0;
    return vector;
}

Type *apply_attributes(Checker *c, Type *type, const Attributes *attributes, Node *where)
{
    if (attributes->mode)
        type = apply_mode(c, type, attributes->mode, where);
    if (attributes->vector_bytes || attributes->vector_elements)
        type = apply_vector(c, type, attributes);
    return type;
}

// ----------------------------------------------------------------------------------------- #pragma pack

static const char *skip_blanks(const char *text, const char *end)
{
    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    return text;
}

// push, pop, a number, or nothing, separated by commas.
static void read_pack(Checker *c, const char *text, const char *end)
{
    bool empty = true;
    for (text = skip_blanks(text, end); text < end && *text != ')'; text = skip_blanks(text, end)) {
        empty = false;
        if (end - text >= 4 && !strncmp(text, "push", 4)) {
            vec_push(c->arena, c->packs, c->pack);
        } else if (end - text >= 3 && !strncmp(text, "pop", 3)) {
            c->pack = vec_count(c->packs) ? vec_pop(c->packs) : 0;
        } else if (*text >= '0' && *text <= '9') {
            c->pack = 0;
            for (; text < end && *text >= '0' && *text <= '9'; text++)
                c->pack = c->pack * 10 + (uint32_t)(*text - '0');
        }
        while (text < end && *text != ',' && *text != ')')
            text++;
        if (text < end && *text == ',')
            text++;
    }
    if (empty)
        c->pack = 0;
}

static void read_pragma(Checker *c, const Token *token)
{
    const char *end = token->text + token->length;
    for (const char *text = token->text; text + 4 < end; text++) {
        if (strncmp(text, "pack", 4))
            continue;
        text = skip_blanks(text + 4, end);
        if (text < end && *text == '(')
            read_pack(c, text + 1, end);
        return;
    }
}

void read_pragma_packs(Checker *c, const Token *upto)
{
    const Token *tokens = c->unit->tokens;
    for (; &tokens[c->pack_cursor] < upto; c->pack_cursor++)
        if (tokens[c->pack_cursor].kind == T_PRAGMA)
            read_pragma(c, &tokens[c->pack_cursor]);
}

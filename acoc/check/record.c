// SPDX-License-Identifier: MIT
// Structs, unions and enumerations: tags, members with their layout, enumerators with their values and types.
#include "check.h"

// ------------------------------------------------------------------------------------------------- tags

static TypeKind kind_of_record(const Node *node)
{
    return node->kind == NODE_ENUM ? TYPE_ENUM : node->op == T_STRUCT ? TYPE_STRUCT : TYPE_UNION;
}

static Type *new_record(Checker *c, Node *node)
{
    Record *record = NEW(c->arena, Record);
    record->kind = kind_of_record(node);
    record->tag = node->name;
    record->scope = c->scope;
    Type *type = NEW(c->arena, Type);
    type->kind = record->kind;
    type->record = record;
    if (node->name) {
        Symbol *symbol = symbol_new(c, SYMBOL_TAG, node->name, type, node->token);
        symbol->declaration = node;
        scope_add_tag(c, symbol);
        record->symbol = symbol;
    }
    return type;
}

// A tag with a body, or alone before ';', declares in this scope; anything else names the nearest one.
static Type *find_record(Checker *c, Node *node)
{
    bool declares = node->has_body || (node->last + 1)->kind == T_SEMICOLON;
    Symbol *symbol = node->name ? scope_find_tag(c, node->name, declares) : NULL;
    if (!symbol)
        return new_record(c, node);
    if (symbol->type->kind != kind_of_record(node)) {
        check_error(node, "'%s' is not a tag of this kind", node->name->text);
        note_declared(symbol);
        return new_record(c, node);
    }
    if (node->has_body && symbol->type->record->is_complete && !target_is_c23()) {
        check_error(node, "redefinition of '%s'", type_describe(symbol->type));
        note_declared(symbol);
        return new_record(c, node);
    }
    if (node->has_body && symbol->type->record->is_complete && symbol->type->record->kind != TYPE_ENUM)
        return new_record(c, node); // C23 allows the same again; the C compiler compares the two
    return symbol->type;
}

// ---------------------------------------------------------------------------------------------- members

static void read_bit_width(Checker *c, Node *declarator, Member *member)
{
    Node *width = declarator->bit_width;
    if (!width)
        return;
    check_unevaluated(c, width);
    member->is_bit_field = true;
    member->has_unknown_width = !width->is_constant;
    if (width->is_constant)
        member->bit_width = (uint16_t)width->value;
    else if (width->type->kind != TYPE_ERROR && !(type_is_integer(width->type) && const_is_left_to_compiler(c, width)))
        check_error(width, "the width of the bit-field is not a constant: '%s'", node_text(width));
}

void give_home(Type *type, Home home)
{
    for (; type->kind == TYPE_ARRAY || type->kind == TYPE_POINTER; type = type->base)
        home.depth++;
    Record *record = type->record;
    if (record && !record->tag && !record->alias && !record->home.symbol && !record->home.outer)
        record->home = home;
}

// What the record is because of a member. At file scope no array has a variable length.
static void note_contents(const Checker *c, Record *record, const Member *member)
{
    const Type *type = member->type, *element = type;
    bool varies = false;
    for (; element->kind == TYPE_ARRAY; element = element->base)
        varies |= element->length && !element->is_left_to_compiler;
    record->has_flexible_array |= type->kind == TYPE_ARRAY && type->is_incomplete;
    record->has_variable_size |= (scope_is_in_function(c) && varies) ||
                                 (type_is_record(element) && element->record->has_variable_size);
    record->has_unknown_alignment |= member->has_unknown_alignment || type_has_unknown_alignment(type);
    record->has_unknown_size |= record->has_unknown_alignment || member->has_unknown_width || type_has_unknown_size(type);
    record->has_const_member |= is_const_object(type);
}

// Its type, which has to be complete here: a record cannot hold itself, and whoever walks its members comes to an end.
static Type *check_member_type(Checker *c, Node *specifiers, Node *declarator, Type *base)
{
    Type *type = check_declarator(c, specifiers, base, declarator), *element = type;
    while (element->kind == TYPE_ARRAY)
        element = element->base;
    if (element->kind != TYPE_VOID && !(type_is_record(element) && !element->record->is_complete))
        return type;
    refuse_incomplete(c, declarator ? declarator : specifiers, element,
                      "the member '%s' has the incomplete type '%s'; a pointer to it can be a member",
                      declarator && declarator->name ? declarator->name->text : "", type_describe(element));
    return type_basic(TYPE_ERROR);
}

static void add_member(Checker *c, Record *record, Node *specifiers, Node *declarator, Type *base)
{
    Attributes attributes = {0};
    Type *type = check_member_type(c, specifiers, declarator, base);
    read_attributes(c, specifiers->list, &attributes);
    const Token *token = declarator && declarator->token ? declarator->token : specifiers->first;
    Member member = {.type = type, .place = token->place};
    if (declarator) {
        read_attributes(c, declarator->attributes, &attributes);
        read_bit_width(c, declarator, &member);
        member.name = declarator->name;
        declarator->type = type;
    }
    member.is_packed = attributes.packed;
    if (member.name && !member.is_bit_field) // which has no typeof
        give_home(type, (Home){.outer = record, .member = member.name});
    member.alignment = attributes.alignment;
    member.has_unknown_alignment = attributes.has_unknown_alignment;
    note_contents(c, record, &member);
    if (in_coroutine(c) && (type_varies(type) || type_has_local_lengths(base)))
        check_error(declarator ? declarator : specifiers,
                    "not supported: a member of variably modified type in an async function");
    if (type->kind == TYPE_FUNCTION)
        check_error(declarator ? declarator : specifiers, "the member '%s' is declared as a function",
                    member.name ? member.name->text : "");
    vec_push(c->arena, record->members, member);
}

// struct { … }; inside a record adds its members to the outer one; struct T { … }; struct T; and the name of a typedef
// declare at most a tag, unless a flag says that they add members too.
static bool adds_anonymous(const Checker *c, const Type *base, const Node *specifiers)
{
    const Node *node = specifiers->words->node;
    bool is_plain = node && node->kind == NODE_RECORD && node->has_body && !node->name;
    return type_is_record(base) && (is_plain || (c->inherits_members && base->record->is_complete));
}

static void check_members(Checker *c, Record *record, Node *list)
{
    for (Node *node = list; node; node = node->next) {
        if (node->kind == NODE_STATIC_ASSERT)
            check_declaration(c, node);
        if (node->kind != NODE_DECLARATION)
            continue;
        Type *base = check_specifiers(c, node->specifiers);
        for (Node *declarator = node->list; declarator; declarator = declarator->next)
            add_member(c, record, node->specifiers, declarator, base);
        if (!node->list && adds_anonymous(c, base, node->specifiers))
            add_member(c, record, node->specifiers, NULL, base);
    }
}

Type *check_record(Checker *c, Node *node)
{
    Type *type = find_record(c, node);
    Record *record = type->record;
    node->type = type;
    if (!node->has_body)
        return type;
    Attributes attributes = {0};
    record->node = node;
    read_pragma_packs(c, node->first);
    record->pack = c->pack;
    record->is_being_defined = true;
    record->members = NULL;
    check_members(c, record, node->list);
    rule_members(c, record);
    read_attributes(c, node->attributes, &attributes);
    if (attributes.unsupported)
        check_error(attributes.unsupported, "not supported: the attribute '%s'", node_text(attributes.unsupported));
    record->has_unknown_size |= attributes.has_unknown_alignment;
    record->has_unknown_alignment |= attributes.has_unknown_alignment;
    record->is_packed = attributes.packed;
    record->is_microsoft = attributes.layout ? attributes.layout == LAYOUT_MICROSOFT : c->microsoft_bit_fields;
    record->alignment = attributes.alignment;
    record->is_transparent_union = attributes.transparent_union;
    target_layout_record(record);
    record->is_being_defined = record->is_refused = false;
    record->is_complete = true;
    return type;
}

// --------------------------------------------------------------------------------------- enumerations

typedef struct Range {
    bool has_negative;
    int64_t smallest;
    uint64_t largest;
} Range;

static bool fits_signed(const Range *range, unsigned bits)
{
    int64_t limit = bits == 64 ? INT64_MAX : ((int64_t)1 << (bits - 1)) - 1;
    return range->largest <= (uint64_t)limit && range->smallest >= -limit - 1;
}

// gcc's choice: unsigned unless something is negative, int's width unless that is too small, the least if packed.
static Type *choose_enum_type(const Range *range, bool packed)
{
    static const TypeKind without_sign[] = {TYPE_UCHAR, TYPE_USHORT, TYPE_UINT, TYPE_ULONG};
    static const TypeKind with_sign[] = {TYPE_SCHAR, TYPE_SHORT, TYPE_INT, TYPE_LONG};
    for (unsigned i = packed ? 0 : 2; i < 4; i++) {
        unsigned bits = 8u << i;
        if (range->has_negative ? fits_signed(range, bits) : bits == 64 || range->largest >> bits == 0)
            return type_basic(range->has_negative ? with_sign[i] : without_sign[i]);
    }
    return type_basic(TYPE_LONG);
}

static bool fits_int(int64_t value, bool is_unsigned)
{
    return is_unsigned ? (uint64_t)value <= INT32_MAX : value >= INT32_MIN && value <= INT32_MAX;
}

// What an enumerator is inside of the braces.
static Type *type_of_value(int64_t value, bool is_unsigned)
{
    if (fits_int(value, is_unsigned))
        return type_basic(TYPE_INT);
    if (is_unsigned)
        return type_basic(TYPE_ULONG);
    return type_basic(value > 0 && value <= UINT32_MAX ? TYPE_UINT : TYPE_LONG);
}

static void check_enumerator(Checker *c, Node *node, int64_t value, Type *type)
{
    Symbol *symbol = symbol_new(c, SYMBOL_CONSTANT, node->name, type, node->token);
    Symbol *earlier = scope_find_here(c, node->name);
    if (earlier && !symbol_is_undeclared(earlier))
        refuse_twice(node, earlier);
    symbol->value = value;
    symbol->declaration = node;
    node->symbol = symbol;
    node->type = type;
    node->value = value;
    scope_add(c, symbol);
}

static void widen(Range *range, int64_t value, bool is_unsigned)
{
    if (!is_unsigned && value < 0) {
        range->has_negative = true;
        if (value < range->smallest)
            range->smallest = value;
    } else if ((uint64_t)value > range->largest) {
        range->largest = (uint64_t)value;
    }
}

// An enumerator's value, and what is known of it.
typedef struct Value {
    int64_t number;
    bool is_unsigned;
    enum { KNOWN, LEFT_TO_COMPILER, FAULTY } state;
} Value;

static Value enumerator_value(Checker *c, const Node *enumerator)
{
    Node *operand = enumerator->operand;
    const Type *type = check_unevaluated(c, operand);
    if (operand->is_constant)
        return (Value){operand->value, type_is_unsigned(type), KNOWN};
    if (type_is_integer(type) && type->kind != TYPE_ERROR && const_is_left_to_compiler(c, operand))
        return (Value){.state = LEFT_TO_COMPILER};
    if (type->kind != TYPE_ERROR)
        check_error(operand, "the value of '%s' is not an integer constant: '%s'", enumerator->name->text,
                    node_text(operand));
    return (Value){.state = FAULTY};
}

// Gives whether all values are known.
static bool check_enumerators(Checker *c, Node *list, Range *range, Type *fixed)
{
    Value value = {0};
    bool all_known = true;
    for (Node *node = list; node; node = node->next) {
        if (node->kind != NODE_ENUMERATOR)
            continue;
        if (node->operand)
            value = enumerator_value(c, node);
        widen(range, value.number, value.is_unsigned);
        check_enumerator(c, node, value.number, value.state == FAULTY ? type_basic(TYPE_ERROR)
                                                : fixed               ? fixed
                                                                      : type_of_value(value.number, value.is_unsigned));
        node->symbol->is_unknown = value.state != KNOWN;
        all_known &= value.state != LEFT_TO_COMPILER;
        value.number = (int64_t)((uint64_t)value.number + 1);
    }
    return all_known;
}

// Behind the braces a constant is an int when it fits, otherwise of the enumeration's type; inside it was its value's.
static void complete_enumerators(Node *list, Type *type)
{
    bool is_unsigned = type_is_unsigned(type);
    for (Node *node = list; node; node = node->next)
        if (node->kind == NODE_ENUMERATOR && node->type->kind != TYPE_ERROR)
            node->type = node->symbol->type = fits_int(node->value, is_unsigned) ? type_basic(TYPE_INT) : type;
}

Type *check_enum(Checker *c, Node *node)
{
    Type *type = find_record(c, node);
    Record *record = type->record;
    node->type = type;
    Type *fixed = node->type_name ? check_type_name(c, node->type_name) : NULL;
    if (fixed)
        record->enum_type = type->base = type_unqualified(c->arena, type_of_enum(fixed));
    if (!node->has_body)
        return type;
    Range range = {0};
    Attributes attributes = {0};
    record->node = node;
    bool all_known = check_enumerators(c, node->list, &range, fixed ? type : NULL);
    read_attributes(c, node->attributes, &attributes);
    if (!fixed) {
        Type *chosen = all_known ? choose_enum_type(&range, attributes.packed || c->short_enums) : type_basic(TYPE_ERROR);
        record->enum_type = type->base = apply_attributes(c, chosen, &attributes, node);
        complete_enumerators(node->list, type);
    }
    record->size = type_size(record->enum_type);
    record->has_unknown_alignment |= attributes.has_unknown_alignment;
    record->alignment = attributes.alignment;
    record->is_complete = true;
    return type;
}

// SPDX-License-Identifier: MIT
// One assertion of --emit=asserts: acoc's type of an expression as the C compiler is asked about it, or the reason why
// it cannot be asked.
//
// Types are spelt without typedef names, so that each is checked down to its words. __builtin_types_compatible_p drops
// the qualifiers of the type itself, so an lvalue is compared by its address; and it takes arrays of unknown extent for
// any array, so what acoc computed the size of is compared by its size too. A constant is compared by its value.
#include "assert.h"

#include <inttypes.h>
#include <string.h>

#include "../base/map.h"

enum { LONGEST = 1000 };

// ----------------------------------------------------------------------------------------- what can be named

// What system headers declare may have been left unread, and its tokens then stand out of order.
static bool is_declared_at(const Site *site, const Symbol *symbol)
{
    return !symbol->token || symbol->token->in_system_header || symbol->token < site->token;
}

static Symbol *find_at(const Site *site, String *name, bool is_tag)
{
    for (const Scope *scope = site->scope; scope; scope = scope->outer) {
        const struct Map *map = is_tag ? scope->tags : scope->names;
        Symbol *symbol = map ? map_get(map, name) : NULL;
        if (symbol && is_declared_at(site, symbol))
            return symbol;
    }
    return NULL;
}

static bool is_within(const Token *token, const Node *node)
{
    return node && token && token >= node->first && token <= node->last;
}

static bool names_symbol(const Site *site, const Symbol *symbol)
{
    return symbol->is_builtin || symbol->is_overloadable ||
           find_at(site, symbol->name, symbol->kind == SYMBOL_TAG) == symbol;
}

static Unasserted obstacle_of_record(const Site *site, const Record *record)
{
    if (!record->tag && !record->alias && record->home.outer)
        return obstacle_of_record(site, record->home.outer);
    const Symbol *name = record->tag ? record->symbol : record->alias ? record->alias : record->home.symbol;
    if (!name)
        return UNASSERTED_UNNAMED;
    return names_symbol(site, name) ? UNASSERTED_COUNT : UNASSERTED_OUT_OF_SCOPE;
}

// Gives UNASSERTED_COUNT when the type can be written there.
static Unasserted obstacle_of_type(const Site *site, const Type *type)
{
    if (type->kind == TYPE_ERROR || type->kind == TYPE_AUTO || type->kind == TYPE_NULLPTR)
        return UNASSERTED_UNKNOWN;
    if (type_has_unknown_size(type))
        return UNASSERTED_VARIABLE;
    if (type->record)
        return obstacle_of_record(site, type->record);
    for (size_t i = 0; i < vec_count(type->parameters); i++) {
        Unasserted obstacle = obstacle_of_type(site, type->parameters[i].type);
        if (obstacle != UNASSERTED_COUNT)
            return obstacle;
    }
    return type->base ? obstacle_of_type(site, type->base) : UNASSERTED_COUNT;
}

// -------------------------------------------------------------------------------------- what can be written

typedef struct Search {
    const Site *site;
    const Node *whole;
    unsigned statements;     // depth of statement expressions
    Unasserted obstacle;
} Search;

static void find_obstacle(Node *node, void *context);

static bool is_jump(const Node *node)
{
    switch (node->kind) {
    case NODE_LABEL: case NODE_CASE: case NODE_DEFAULT: case NODE_BREAK: case NODE_CONTINUE: case NODE_PRAGMA: return true;
    default: return false;
    }
}

// The variable, function, constant, tag or typedef that the node names.
static const Symbol *named_by(const Node *node)
{
    switch (node->kind) {
    case NODE_IDENTIFIER:
    case NODE_ENUMERATOR: return node->symbol && node->symbol->kind != SYMBOL_LABEL ? node->symbol : NULL;
    case NODE_RECORD:
    case NODE_ENUM: return node->type && node->type->record ? node->type->record->symbol : NULL;
    case NODE_SPECIFIERS: return node->words->typedef_name && node->type ? node->type->alias : NULL;
    default: return NULL;
    }
}

static Unasserted obstacle_of_node(const Search *search, const Node *node)
{
    if (is_jump(node))
        return UNASSERTED_DEFINES;
    if ((node->kind == NODE_RECORD || node->kind == NODE_ENUM) && node->has_body && !search->statements)
        return UNASSERTED_DEFINES;
    const Symbol *symbol = named_by(node);
    bool comes_along = node != search->whole && symbol && is_within(symbol->token, search->whole);
    return symbol && !comes_along && !names_symbol(search->site, symbol) ? UNASSERTED_OUT_OF_SCOPE : UNASSERTED_COUNT;
}

static void find_obstacle(Node *node, void *context)
{
    Search *search = context;
    if (search->obstacle == UNASSERTED_COUNT)
        search->obstacle = obstacle_of_node(search, node);
    if (search->obstacle != UNASSERTED_COUNT)
        return;
    search->statements += node->kind == NODE_STATEMENT_EXPRESSION;
    node_children(node, find_obstacle, context);
    search->statements -= node->kind == NODE_STATEMENT_EXPRESSION;
}

static bool is_only_called(const Node *node)
{
    const Symbol *symbol = node->kind == NODE_IDENTIFIER ? node->symbol : NULL;
    return symbol && symbol->kind == SYMBOL_FUNCTION && (!symbol->declaration || symbol->is_overloadable);
}

static Unasserted obstacle_of(const Asserts *asserts, const Site *site, Node *node)
{
    if (asserts->is_lowered)
        return UNASSERTED_LOWERED;
    if (node->last - node->first >= LONGEST)
        return UNASSERTED_LONG;
    if (is_only_called(node))
        return UNASSERTED_ONLY_CALLED;
    if (node_bit_field(node) || (type_is_integer(node->type) && node->type->kind != TYPE_BITINT && node->type->count))
        return UNASSERTED_BIT_FIELD;
    Search search = {.site = site, .whole = node, .obstacle = obstacle_of_type(site, node->type)};
    find_obstacle(node, &search);
    return search.obstacle;
}

// ---------------------------------------------------------------------------------------------- the claims

// Registers, elements of vectors and parts of complex numbers have no address for one compiler or the other. A
// function's calling convention is spelled in the type of a pointer to it.
static bool has_address(Node *node)
{
    if (node->type->kind == TYPE_FUNCTION)
        return node->type->convention != NULL;
    if (!node->is_lvalue || node->type->kind == TYPE_VOID)
        return false;
    for (;;) {
        node = node_strip(node);
        if ((node->kind == NODE_MEMBER || node->kind == NODE_ARROW) && !node->member)
            return false; // an element of clang's vectors
        if (node->kind == NODE_MEMBER)
            node = node->operand;
        else if (node->kind == NODE_SUBSCRIPT && node->left->type->kind == TYPE_ARRAY)
            node = node->left;
        else if (node->kind == NODE_SUBSCRIPT && node->right->type->kind == TYPE_ARRAY)
            node = node->right;
        else
            break;
    }
    if (node->kind == NODE_SUBSCRIPT)
        return node->left->type->kind != TYPE_VECTOR;
    if (node->kind == NODE_IDENTIFIER && node->symbol)
        return node->symbol->storage != STORAGE_REGISTER && !node->symbol->has_register_name;
    return node->kind != NODE_EXTENSION;
}

static void put_source(Text *text, const Node *node)
{
    const Token *last = node->kind == NODE_ENUMERATOR ? node->first : node->last;
    for (const Token *token = node->first; token <= last; token++) {
        if (token->kind == T_PRAGMA)
            continue;
        if (token != node->first && (token->space_before || token->starts_line))
            text_puts(text, " ");
        text_append(text, token->text, token->length);
    }
}

static void put_string(Text *text, const char *bytes)
{
    for (; *bytes; bytes++)
        text_printf(text, *bytes == '"' || *bytes == '\\' ? "\\%c" : "%c", *bytes);
}

static void put_place(Text *text, const Asserts *asserts, Place place)
{
    const SourceFile *file = source_get(place.file);
    if (file && strcmp(file->path, asserts->unit->path)) {
        put_string(text, file->path);
        text_puts(text, ":");
    }
    text_printf(text, "%" PRIu32 ":%" PRIu32, place.line, place.column);
}

// A va_list that is a parameter is what the ABI's array decays to, for which there is no word.
static void claim_va_list(Text *text, const Node *node)
{
    static const char *const forms[] = {"__builtin_va_list", "__typeof__((void)0, *(__builtin_va_list *)0)"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        text_puts(text, i ? " || " : "(");
        text_puts(text, "__builtin_types_compatible_p(__typeof__(");
        put_source(text, node);
        text_printf(text, "), %s)", forms[i]);
    }
    text_puts(text, ")");
}

static void claim_type(Text *text, Node *node)
{
    bool by_address = has_address(node);
    Type type = {.kind = TYPE_POINTER, .base = node->type};
    if (node->type->kind == TYPE_VA_LIST) {
        claim_va_list(text, node);
        return;
    }
    text_puts(text, "__builtin_types_compatible_p(__typeof__(");
    text_puts(text, by_address ? "&(" : "");
    put_source(text, node);
    text_printf(text, by_address ? ")), %s)" : "), %s)", type_spell_plainly(by_address ? &type : node->type));
}

static bool has_size(const Type *type)
{
    return type->kind != TYPE_VA_LIST && type->kind != TYPE_VOID && type->kind != TYPE_FUNCTION &&
           type_is_complete(type);
}

static void claim_size(Text *text, const Node *node)
{
    if (!has_size(node->type))
        return;
    text_puts(text, " && sizeof(");
    put_source(text, node);
    text_printf(text, ") == %" PRIu64, type_size(node->type));
}

static void put_value(Text *text, const Node *node)
{
    int64_t value = node->value;
    if (node->is_wide)
        text_printf(text, "(__int128)((unsigned __int128)0x%" PRIx64 "u << 64 | 0x%" PRIx64 "u)",
                    (uint64_t)(*node->wide >> 64), (uint64_t)*node->wide);
    else if (type_is_unsigned(node->type))
        text_printf(text, "%" PRIu64 "u", (uint64_t)value);
    else if (value == INT64_MIN)
        text_printf(text, "(%" PRId64 "-1)", value + 1);
    else
        text_printf(text, "%" PRId64, value);
}

// clang takes only what C calls a constant expression in a static assertion, gcc whatever it can fold.
static void find_other_than_constant(Node *node, void *context)
{
    bool *found = context;
    if (node->kind == NODE_SIZEOF || node->kind == NODE_BUILTIN || node->kind == NODE_TYPE_NAME ||
        node->kind == NODE_NUMBER)
        return;
    bool is_constant = node->is_constant || node->is_wide;
    if (!is_constant || !type_is_integer(node->type) || node->kind == NODE_CALL || node->kind == NODE_GENERIC)
        *found = true;
    if (!*found)
        node_children(node, find_other_than_constant, context);
}

static bool has_value(Node *node)
{
    bool is_known_enumerator = node->kind == NODE_ENUMERATOR && !node->symbol->is_unknown;
    bool is_constant = node->is_constant || node->is_wide || is_known_enumerator;
    if (!is_constant || !type_is_integer(node->type))
        return false;
    bool other = false;
    if (target_is_clang() && node->kind != NODE_ENUMERATOR)
        find_other_than_constant(node, &other);
    return !other;
}

static void claim_value(Text *text, Node *node)
{
    if (!has_value(node))
        return;
    text_puts(text, " && (");
    put_source(text, node);
    text_puts(text, ") == ");
    put_value(text, node);
}

static void end_assertion(const Asserts *asserts, Text *text, const Node *node)
{
    text_puts(text, ", \"");
    put_place(text, asserts, node->first->place);
    text_puts(text, "\");\n");
}

void add_assertion(Asserts *asserts, const Site *site, Text *text, Node *node)
{
    Unasserted obstacle = obstacle_of(asserts, site, node);
    if (obstacle != UNASSERTED_COUNT) {
        asserts->skipped[obstacle]++;
        return;
    }
    asserts->expressions++;
    asserts->constants += has_value(node);
    text_puts(text, "_Static_assert(");
    claim_type(text, node);
    claim_size(text, node);
    claim_value(text, node);
    end_assertion(asserts, text, node);
}

// ---------------------------------------------------------------------------------------------- layouts

static void claim_offset(Text *text, const char *record, const Member *member)
{
    if (member->name && !member->is_bit_field)
        text_printf(text, " && __builtin_offsetof(%s, %s) == %" PRIu64, record, member->name->text, member->offset);
}

// The layout of a struct or union that is defined here.
void add_record_assertion(Asserts *asserts, const Site *site, Text *text, const Node *node)
{
    Record *record = node->type->record;
    if (asserts->is_lowered || !record->is_complete || obstacle_of_type(site, node->type) != UNASSERTED_COUNT)
        return;
    Type plain = {.kind = record->kind, .record = record};
    const char *name = type_spell_plainly(&plain);
    uint32_t alignment = type_alignment(!record->tag && record->alias ? record->alias->type : &plain); // what name has
    asserts->records++;
    text_printf(text, "_Static_assert(sizeof(%s) == %" PRIu64 " && _Alignof(%s) == %" PRIu32, name, record->size, name,
                alignment);
    for (size_t i = 0; i < vec_count(record->members); i++)
        claim_offset(text, name, &record->members[i]);
    end_assertion(asserts, text, node);
}

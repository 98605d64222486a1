// SPDX-License-Identifier: MIT
// Builtins: those of grammar/builtins.def with a fixed type become ordinary function symbols, made when they are
// first used; of those in grammar/builtin_results.def only the result is known; the generic ones have a rule each.
// Those with a syntax of their own (va_arg, offsetof, …) stand in builtin_syntax.c, the values of those that give
// constants in builtin_fold.c.
#include "../model/library.h"
#include "check.h"

#include <ctype.h>
#include <string.h>

typedef enum Rule {
    RULE_NONE, RULE_POINTEE, RULE_CONSTANT_P, RULE_CLASSIFY, RULE_OBJECT_SIZE, RULE_COMPLEX, RULE_FIRST, RULE_SHUFFLE,
    RULE_TGMATH, RULE_ADDRESS, RULE_ELEMENT
} Rule;

typedef struct Builtin {
    const char *name, *signature;
    Rule rule;
    Folding folding;
    bool only_clang;
    Symbol *symbol;
} Builtin;

static Builtin builtins[] = {
#define BUILTIN(called, letters) {.name = #called, .signature = letters},
#define FOLDED(called, letters, its_folding) {.name = #called, .signature = letters, .folding = FOLD_##its_folding},
#define IN_CLANG(called, letters) {.name = #called, .signature = letters, .only_clang = true},
#define RULED(called, its_rule) {.name = #called, .rule = RULE_##its_rule},
#include "builtins.def"
#undef BUILTIN
#undef FOLDED
#undef IN_CLANG
#undef RULED
};

static struct Map *builtin_names, *unlisted;

// ------------------------------------------------------------------------------------------------- lookup

static void declare_type_name(Checker *c, const char *name, const char *signature)
{
    Symbol *symbol = symbol_new(c, SYMBOL_TYPEDEF, intern_text(name), builtin_type(c->arena, &signature), NULL);
    symbol->is_builtin = true;
    scope_add(c, symbol);
}

void builtins_init(Checker *c)
{
    builtin_names = map_new(c->arena);
    unlisted = map_new(c->arena);
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        builtins[i].symbol = NULL;
        if (!builtins[i].only_clang || target_is_clang())
            map_put(builtin_names, intern_text(builtins[i].name), &builtins[i]);
    }
#define TYPE_NAME(name, type) declare_type_name(c, #name, type);
#include "types.def"
#undef TYPE_NAME
}

static Symbol *make_symbol(Checker *c, String *name, Type *type)
{
    Symbol *symbol = symbol_new(c, SYMBOL_FUNCTION, name, type, NULL);
    symbol->is_builtin = true;
    symbol->scope = c->unit->scope;
    return symbol;
}

static bool starts_with(const String *name, const char *prefix)
{
    return !strncmp(name->text, prefix, strlen(prefix));
}

// The type of NAME, which the compiler's own __builtin_NAME shares where it is declared; or NULL.
static Type *type_of_namesake(Checker *c, const String *name)
{
    static const char prefix[] = "__builtin_";
    const char *plain = starts_with(name, prefix) ? name->text + strlen(prefix) : "";
    const Symbol *symbol = *plain ? scope_find_text(c, plain) : NULL;
    return symbol && symbol->kind == SYMBOL_FUNCTION && symbol->type->kind == TYPE_FUNCTION ? symbol->type : NULL;
}

// Names that only the compiler knows. What even the table of results lacks is left to it: a function of any type.
static Symbol *find_unlisted(Checker *c, String *name)
{
    if (!starts_with(name, "__builtin_") && !starts_with(name, "__sync_") && !starts_with(name, "__atomic_"))
        return NULL;
    const char *result = builtin_result(name);
    Type *type = result ? NULL : type_of_namesake(c, name);
    if (!type)
        type = builtin_signature(c->arena, NULL);
    if (result)
        type->base = builtin_type(c->arena, &result);
    Symbol *symbol = make_symbol(c, name, type);
    map_put(unlisted, name, symbol);
    return symbol;
}

Symbol *builtin_find(Checker *c, String *name)
{
    if (name->text[0] != '_' || name->text[1] != '_')
        return NULL;
    Builtin *builtin = map_get(builtin_names, name);
    if (!builtin) {
        Symbol *known = map_get(unlisted, name);
        return known ? known : find_unlisted(c, name);
    }
    if (!builtin->symbol) {
        builtin->symbol = make_symbol(c, name, builtin_signature(c->arena, builtin->signature));
        builtin->symbol->is_noreturn = builtin->signature && *builtin->signature == 'N';
    }
    return builtin->symbol;
}

// What a call of a library function that nobody declared has as its result, since the compiler knows the function; NULL
// when it does not.
Type *builtin_library_result(Checker *c, const String *name)
{
    if (!c->knows_library || !library_header(name->text))
        return NULL;
    String *builtin = intern_text(arena_printf(c->arena, "__builtin_%s", name->text));
    if (!map_get(builtin_names, builtin) && !builtin_result(builtin))
        return NULL;
    Type *result = builtin_find(c, builtin)->type->base;
    return result->kind == TYPE_ERROR ? NULL : result;
}

// --------------------------------------------------------------------------------------------------- rules

static Type *first_value(Checker *c, const Node *node)
{
    return node->list && node->list->type ? decayed_type(c, node->list) : type_basic(TYPE_ERROR);
}

// Of what is no constant here, the compiler's optimiser may find out that it is one.
static void rule_constant_p(Checker *c, Node *node)
{
    node->type = type_basic(TYPE_INT);
    long double number;
    Node *argument = node->list;
    bool constant = argument && (argument->is_constant || node_strip(argument)->kind == NODE_STRING ||
                                 const_floating(argument, &number));
    if (constant)
        const_set(c, node, 1);
}

// gcc's numbers for the classes of types (typeclass.h).
static int type_class(const Type *type)
{
    if (type_is_integer(type))
        return 1;
    if (type_is_floating(type))
        return 8;
    switch (type->kind) {
    case TYPE_VOID: return 0;
    case TYPE_POINTER: case TYPE_HANDLE: return 5;
    case TYPE_COMPLEX: return 9;
    case TYPE_STRUCT: return 12;
    case TYPE_UNION: return 13;
    default: return -1;
    }
}

static Type *shuffled(Checker *c, Node *node)
{
    Type *first = first_value(c, node);
    if (first->kind != TYPE_VECTOR)
        return first;
    uint64_t count = 0;
    for (Node *argument = node->list; argument; argument = argument->next)
        count++;
    Type *type = type_copy(c->arena, first);
    type->count = count > 2 ? count - 2 : first->count;
    type->alias = NULL;
    return type;
}

// __builtin_tgmath(f, g, h, x…): the function whose parameter is the widest of the arguments' types.
static Type *chosen_by_tgmath(Checker *c, Node *node)
{
    Type *wanted = NULL;
    Node *functions = node->list, *argument = functions;
    while (argument && decayed_type(c, argument)->kind == TYPE_POINTER)
        argument = argument->next;
    for (; argument; argument = argument->next) {
        Type *type = decayed_type(c, argument);
        if (type_is_integer(type))
            type = type_basic(TYPE_DOUBLE);
        wanted = wanted ? type_usual(c, wanted, type) : type;
    }
    for (Node *function = functions; function && wanted; function = function->next) {
        Type *type = decayed_type(c, function);
        if (type->kind != TYPE_POINTER || type->base->kind != TYPE_FUNCTION)
            break;
        if (vec_count(type->base->parameters) && type_compatible(type->base->parameters[0].type, wanted))
            return type->base->base;
    }
    return wanted ? wanted : type_basic(TYPE_ERROR);
}

static Type *type_by_rule(Checker *c, Node *node, Rule rule)
{
    Type *first = first_value(c, node);
    switch (rule) {
    case RULE_POINTEE:
        return first->kind == TYPE_POINTER ? type_unqualified(c->arena, first->base) : type_basic(TYPE_ERROR);
    case RULE_FIRST: return first;
    case RULE_ELEMENT: return first->kind == TYPE_VECTOR ? first->base : type_basic(TYPE_ERROR);
    case RULE_ADDRESS: return node->list ? type_pointer_to(c->arena, node->list->type) : first;
    case RULE_SHUFFLE: return shuffled(c, node);
    case RULE_TGMATH: return chosen_by_tgmath(c, node);
    case RULE_OBJECT_SIZE: return type_basic(target_size_kind());
    case RULE_COMPLEX: return type_complex_of(c->arena, first);
    default: return type_basic(TYPE_INT);
    }
}

static bool is_unevaluated_rule(Rule rule)
{
    return rule == RULE_CONSTANT_P || rule == RULE_CLASSIFY || rule == RULE_OBJECT_SIZE;
}

static void check_ruled(Checker *c, Node *node, Rule rule)
{
    for (Node *argument = node->list; argument; argument = argument->next) {
        if (is_unevaluated_rule(rule))
            check_unevaluated(c, argument);
        else
            check_value(c, argument);
    }
    if (rule == RULE_ADDRESS && node->list)
        mark_address(c, node->list);
    node->type = type_by_rule(c, node, rule);
    if (rule == RULE_CONSTANT_P)
        rule_constant_p(c, node);
    else if (rule == RULE_CLASSIFY && node->list && decayed_type(c, node->list)->kind != TYPE_ERROR)
        const_set(c, node, type_class(decayed_type(c, node->list)));
}

bool check_builtin_call(Checker *c, Node *node)
{
    Symbol *symbol = node_strip(node->callee)->symbol;
    if (!symbol || !symbol->is_builtin || symbol->kind != SYMBOL_FUNCTION)
        return false;
    const Builtin *builtin = map_get(builtin_names, symbol->name);
    if (builtin && builtin->rule != RULE_NONE) {
        check_ruled(c, node, builtin->rule);
        return true;
    }
    bool takes_list = strstr(symbol->name->text, "_va_"); // va_start, ms_va_copy, …: by address, whatever the list is
    for (Node *argument = node->list; argument; argument = argument->next) {
        check_value(c, argument);
        if (takes_list && (argument == node->list || argument->type->kind == TYPE_VA_LIST))
            mark_address(c, argument);
    }
    node->type = symbol->type->base;
    if (builtin && builtin->folding)
        builtin_fold(c, node, builtin->folding, symbol->type->parameters[0].type);
    rule_call(c, node);
    return true;
}

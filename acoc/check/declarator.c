// SPDX-License-Identifier: MIT
// Declarators, parameter lists and type names -> types. Derivations stand from the name outwards, so a type is built
// from the last one back to the first. `async` wraps the type that its specifiers and the stars right behind them make
// into a handle; a function derivation that comes next makes a coroutine function.
#include "check.h"

// ------------------------------------------------------------------------------------------- parameters

Type *type_of_parameter(Checker *c, Type *type)
{
    if (type->kind == TYPE_ARRAY)
        return type_pointer_to(c->arena, type->base);
    if (type->kind == TYPE_FUNCTION)
        return type_pointer_to(c->arena, type);
    return type;
}

Symbol *declare_parameter(Checker *c, Node *declarator, Type *type, Token *token)
{
    Symbol *symbol = symbol_new(c, SYMBOL_VARIABLE, declarator ? declarator->name : NULL, type, token);
    symbol->is_parameter = true;
    symbol->is_definition = true;
    symbol->declaration = symbol->definition = declarator;
    symbol->scope = c->scope;
    if (declarator)
        declarator->symbol = symbol;
    if (symbol->name)
        scope_add(c, symbol);
    return symbol;
}

static void add_parameter(Checker *c, Type *function, Node *node)
{
    Type *base = check_specifiers(c, node->specifiers);
    Type *written = check_declarator(c, node->specifiers, base, node->declarator);
    Type *type = type_of_parameter(c, written);
    for (Node *derivation = node->declarator ? node->declarator->list : NULL; derivation; derivation = NULL)
        if (derivation->kind == NODE_ARRAY && derivation->qualifiers) // T p[const 3]
            type = type_qualified(c->arena, type, derivation->qualifiers);
    Token *token = node->declarator && node->declarator->token ? node->declarator->token : node->first;
    Symbol *earlier = node->declarator && node->declarator->name ? scope_find_here(c, node->declarator->name) : NULL;
    if (earlier && earlier->is_parameter)
        refuse_twice(node->declarator, earlier);
    Symbol *symbol = declare_parameter(c, node->declarator, type, token);
    symbol->storage = node->specifiers->flags & SPEC_REGISTER ? STORAGE_REGISTER : STORAGE_NONE;
    node->symbol = symbol;
    node->type = type;
    if (node->declarator)
        node->declarator->type = type;
    vec_push(c->arena, function->parameters, (Parameter){.symbol = symbol, .type = type, .written = written});
}

// They are names in the extents of the parameters behind them, and no parameters themselves: a scope around those.
static void declare_forward_parameters(Checker *c, Node *forward)
{
    scope_open(c, forward);
    for (Node *node = forward->list; node; node = node->next) {
        Type *base = check_specifiers(c, node->specifiers);
        Type *type = type_of_parameter(c, check_declarator(c, node->specifiers, base, node->declarator));
        declare_parameter(c, node->declarator, type, node->first);
    }
}

static bool is_void_list(const Type *function, const Node *node)
{
    return vec_count(function->parameters) == 1 && function->parameters[0].type->kind == TYPE_VOID &&
           !node->list->next && !node->list->declarator->name;
}

static Type *function_of(Checker *c, Type *result, Node *node)
{
    Type *type = NEW(c->arena, Type);
    type->kind = TYPE_FUNCTION;
    type->base = result;
    type->is_variadic = node->is_variadic;
    Node *first = node->list;
    bool names_only = first && first->kind == NODE_IDENTIFIER;
    type->is_kr = names_only || (!first && !node->is_variadic && !target_knows_c23());
    Scope *outside = c->scope;
    if (node->forward_parameters)
        declare_forward_parameters(c, node->forward_parameters);
    scope_open(c, node);
    for (Node *parameter = names_only ? NULL : first; parameter; parameter = parameter->next)
        add_parameter(c, type, parameter);
    if (!names_only && first && is_void_list(type, node))
        type->parameters = NULL;
    c->scope = outside;
    return type;
}

// ------------------------------------------------------------------------------------------- declarators

// In a coroutine an array of variable length must not pass for another: there what names a variable is no constant.
static void leave_length(Checker *c, Type *array, Node *length)
{
    array->length = length;
    array->is_left_to_compiler = const_is_left_to_compiler(c, length) &&
                                 !(in_coroutine(c) && const_names_variable(c, length));
}

static Type *array_of(Checker *c, Type *element, Node *node)
{
    Type *type = type_array_of(c->arena, element, 0);
    if (node->is_star) {
        type->is_star = true;
    } else if (!node->operand) {
        type->is_incomplete = true;
    } else {
        check_value(c, node->operand);
        constrain_to_integer(c, node->operand, "extent");
        propagate(node);
        if (node->operand->is_constant)
            type->count = (uint64_t)node->operand->value;
        else
            leave_length(c, type, node->operand);
        if (node->operand->is_constant && node->operand->value < 0 && !type_is_unsigned(node->operand->type))
            check_error(node->operand, "the extent of the array is negative: '%s' is %lld", node_text(node->operand),
                        (long long)node->operand->value);
    }
    return type;
}

static Type *apply_derivation(Checker *c, Type *type, Node *node)
{
    switch (node->kind) {
    case NODE_POINTER: {
        Type *pointer = type_pointer_to(c->arena, type);
        Attributes attributes = {0};
        read_attributes(c, node->list, &attributes);
        if (attributes.has_unknown_alignment)
            return type_basic(TYPE_ERROR);
        pointer->qualifiers = node->qualifiers;
        pointer->alignment = attributes.alignment;
        return pointer;
    }
    case NODE_ARRAY:
        return array_of(c, type, node);
    default:
        return function_of(c, type, node);
    }
}

static Type *async_of(Checker *c, Type *result, Node *where)
{
    if (result->kind == TYPE_ARRAY || result->kind == TYPE_FUNCTION) {
        check_error(where, "'async' cannot deliver '%s': the result is never %s", type_describe(result),
                    result->kind == TYPE_ARRAY ? "an array" : "a function");
        result = type_basic(TYPE_ERROR);
    }
    return type_handle_of(c->arena, result);
}

// raises on a declarator without a function: through a typedef of a function type it still has a place to go.
static Type *raises_without_function(Checker *c, Type *type, Node *where)
{
    if (type->kind == TYPE_FUNCTION) {
        type = type_copy(c->arena, type);
        type->is_raises = true;
    } else if (type->kind != TYPE_ERROR) {
        check_error(where, "'raises' belongs to a function, not to '%s'", type_describe(type));
    }
    return type;
}

Type *check_declarator(Checker *c, Node *specifiers, Type *base, Node *declarator)
{
    Node **derivations = NULL;
    for (Node *node = declarator ? declarator->list : NULL; node; node = node->next)
        vec_push(c->arena, derivations, node);
    Type *type = base;
    bool own_async = specifiers->words->async_type && !(specifiers->flags & SPEC_FUTURE_OF);
    bool raises = specifiers->flags & SPEC_RAISES;
    if (specifiers->flags & SPEC_ASYNC) { // before acoc_async(T), acoc_future_of(T) too: it delivers a handle
        while (vec_count(derivations) && vec_last(derivations)->follows_specifiers)
            type = apply_derivation(c, type, vec_pop(derivations));
        type = async_of(c, type, declarator && declarator->first <= declarator->last ? declarator : specifiers);
        own_async = true;
    }
    while (vec_count(derivations)) {
        Node *derivation = vec_pop(derivations);
        type = apply_derivation(c, type, derivation);
        if (derivation->kind == NODE_FUNCTION_PARAMETERS) {
            type->is_coroutine = own_async;
            type->is_raises = raises;
            raises = false;
        }
        own_async = false;
    }
    if (raises)
        type = raises_without_function(c, type, declarator ? declarator : specifiers);
    Attributes attributes = {0};
    read_attributes(c, declarator ? declarator->attributes : NULL, &attributes);
    for (Node *node = specifiers->list; node; node = node->next) // the rest of them belongs to the type before the name
        if (node->kind == NODE_ATTRIBUTE && is_convention(node->name))
            attributes.convention = node;
    return apply_attributes(c, type, &attributes, declarator ? declarator : specifiers);
}

// int[yield from n()]: the extents of a type name are evaluated with it.
static void propagate_extents(Node *type_name)
{
    Node *declarator = type_name->declarator;
    if (declarator)
        propagate(declarator);
    propagate(type_name);
}

Type *check_type_name(Checker *c, Node *node)
{
    Type *base = check_specifiers(c, node->specifiers);
    node->type = check_declarator(c, node->specifiers, base, node->declarator);
    Attributes attributes = {0};
    read_attributes(c, node->specifiers->list, &attributes);
    if (attributes.has_unknown_alignment)
        node->type = type_basic(TYPE_ERROR);
    else if (attributes.alignment)
        node->type = type_aligned(c, node->type, attributes.alignment);
    propagate_extents(node);
    return node->type;
}

// SPDX-License-Identifier: MIT
// Declarations: symbols for objects, functions and typedefs, their linkage and merging with what was declared
// before, and what a function keeps as its locals.
#include "check.h"

// A declarator being declared, with everything that was learnt about it.
typedef struct Declared {
    Node *node, *specifiers;
    Type *type;
    Attributes attributes;
    bool is_function_head;   // a body follows
} Declared;

static StorageClass storage_of(uint32_t flags)
{
    if (flags & SPEC_EXTERN)
        return STORAGE_EXTERN;
    if (flags & SPEC_STATIC)
        return STORAGE_STATIC;
    if (flags & SPEC_REGISTER)
        return STORAGE_REGISTER;
    return flags & SPEC_AUTO ? STORAGE_AUTO : STORAGE_NONE;
}

// ---------------------------------------------------------------------------------------------- typedefs

static void declare_typedef(Checker *c, Declared *d)
{
    const Symbol *earlier = scope_find_here(c, d->node->name); // declared again it keeps its alignment
    uint32_t before = earlier && earlier->kind == SYMBOL_TYPEDEF ? earlier->type->alignment : 0;
    uint32_t alignment = d->attributes.alignment > before ? d->attributes.alignment : before;
    Type *type = alignment ? type_aligned(c, d->type, alignment) : d->type;
    if (d->attributes.has_unknown_alignment)
        type = type_basic(TYPE_ERROR);
    Symbol *symbol = symbol_new(c, SYMBOL_TYPEDEF, d->node->name, type, d->node->token);
    symbol->declaration = d->node;
    d->node->symbol = symbol;
    d->node->type = type;
    if (type->record && !type->record->tag && !type->record->alias && !(type->qualifiers & ~QUAL_MAY_ALIAS))
        type->record->alias = symbol;
    give_home(type, (Home){.symbol = symbol});
    if (d->attributes.transparent_union && type->kind == TYPE_UNION)
        type->record->is_transparent_union = true;
    scope_add(c, symbol);
}

// --------------------------------------------------------------------------------------------- functions

// What was declared before with linkage: in this scope, or at file scope for what a block declares extern.
static Symbol *find_earlier(Checker *c, String *name, bool has_linkage)
{
    Symbol *symbol = scope_find_here(c, name);
    if (symbol || !has_linkage)
        return symbol;
    for (Scope *scope = c->scope->outer; scope; scope = scope->outer) {
        symbol = scope_find_in(c, scope, name);
        if (symbol && (!scope->outer || symbol->kind == SYMBOL_FUNCTION || symbol->storage == STORAGE_EXTERN))
            return symbol;
    }
    return NULL;
}

// What was refused here does not take part in the function's type.
static bool check_same_form(Declared *d, Symbol *earlier)
{
    Type *now = d->type, *before = earlier->type;
    if (before->kind != TYPE_FUNCTION || now->kind != TYPE_FUNCTION || now->base->kind == TYPE_ERROR ||
        before->base->kind == TYPE_ERROR)
        return true;
    const char *name = d->node->name->text;
    if (before->is_coroutine != now->is_coroutine)
        check_error(d->node, "'%s' is %s here, but %s where it was declared before", name,
                    now->is_coroutine ? "async" : "not async", before->is_coroutine ? "async" : "not async");
    else if (before->is_raises != now->is_raises)
        check_error(d->node, "'%s' is %s here, but %s where it was declared before", name,
                    now->is_raises ? "raises" : "not raises", before->is_raises ? "raises" : "not raises");
    else if (now->is_coroutine && !type_compatible(now->base, before->base))
        check_error(d->node, "'%s' delivers '%s' here, but '%s' where it was declared before", name,
                    type_describe(now->base->base), type_describe(before->base->base));
    else
        return true;
    note_declared(earlier);
    return false;
}

// Of the functions that share a name, the one with this type.
static Symbol *find_overload(Symbol *symbol, const Type *type)
{
    while (symbol && (symbol->type->is_kr || !type_compatible(symbol->type, type)))
        symbol = symbol->overload;
    return symbol;
}

// GNU's nested functions have no linkage; `auto` declares one whose body follows later.
static bool is_nested(const Checker *c, const Declared *d)
{
    return scope_is_in_function(c) && (d->is_function_head || (d->specifiers->flags & SPEC_AUTO));
}

// C before 1999: `f(int i) {}` behind `void f();` returns an int that nobody waits for. gcc keeps the earlier type, so
// that calls go on without a prototype.
static bool keeps_earlier_type(const Declared *d, const Symbol *earlier)
{
    const Type *before = earlier->type;
    return !has_type(d->specifiers->words) && before->is_kr && before->base->kind == TYPE_VOID;
}

static Symbol *declare_function(Checker *c, Declared *d)
{
    Symbol *symbol = find_earlier(c, d->node->name, !is_nested(c, d)), *others = NULL;
    if (symbol && symbol->kind != SYMBOL_FUNCTION) {
        refuse_other_kind(d->node, symbol, SYMBOL_FUNCTION);
        symbol = NULL;
    }
    if (symbol && d->attributes.overloadable) {
        others = symbol;
        symbol = find_overload(symbol, d->type);
    }
    bool typedefed = !d->node->list || d->node->list->kind != NODE_FUNCTION_PARAMETERS;
    if (typedefed && d->type->is_coroutine) { // async is not in its own specifiers
        d->type = type_copy(c->arena, d->type);
        d->type->is_coroutine = false;
    }
    if (symbol) {
        if (check_same_form(d, symbol) && !keeps_earlier_type(d, symbol))
            symbol->type = type_composite(c, d->type, symbol->type);
    } else {
        symbol = symbol_new(c, SYMBOL_FUNCTION, d->node->name, d->type, d->node->token);
        symbol->declaration = d->node;
        symbol->storage = storage_of(d->specifiers->flags);
        symbol->overload = others;
        symbol->is_overloadable = d->attributes.overloadable;
    }
    if (d->specifiers->flags & SPEC_STATIC)
        symbol->storage = STORAGE_STATIC;
    symbol->is_inline |= (d->specifiers->flags & SPEC_INLINE) != 0;
    symbol->is_noreturn |= d->attributes.noreturn || (d->specifiers->flags & SPEC_NORETURN);
    symbol->is_blocking |= d->attributes.blocking;
    d->node->symbol = symbol;
    d->node->type = d->type;
    if (!others || symbol->overload == others) // otherwise it is among those that the name stands for already
        scope_add(c, symbol);
    check_coroutine_type(c, d->node, d->type);
    if (d->type->is_coroutine) {
        refuse_attributes_of_coroutine(d->specifiers->list);
        refuse_attributes_of_coroutine(d->node->attributes);
    }
    return symbol;
}

// --------------------------------------------------------------------------------------------- variables

static bool has_linkage(const Checker *c, const Declared *d)
{
    return !scope_is_in_function(c) || (d->specifiers->flags & SPEC_EXTERN);
}

static bool is_automatic(const Checker *c, const Declared *d)
{
    return c->state && !(d->specifiers->flags & (SPEC_EXTERN | SPEC_STATIC | SPEC_THREAD_LOCAL));
}

static void note_refusals(Checker *c, Declared *d, Symbol *symbol)
{
    FunctionState *state = c->state;
    if (!state)
        return;
    bool is_static = d->specifiers->flags & SPEC_STATIC; // then it stays in the text
    if (in_coroutine(c) && (is_static ? type_varies(d->type) : type_is_variably_modified(d->type)))
        context_push(c, CONTEXT_AFTER_VLA, d->node);
    if (symbol->has_cleanup && in_coroutine(c)) {
        context_push(c, CONTEXT_AFTER_CLEANUP, d->node);
        rule_cleanup(symbol);
    }
    if (symbol->has_register_name && !state->first_register)
        state->first_register = d->node;
}

static void set_attributes(Checker *c, Declared *d, Symbol *symbol)
{
    symbol->is_thread_local |= (d->specifiers->flags & SPEC_THREAD_LOCAL) != 0;
    symbol->is_constexpr |= (d->specifiers->flags & SPEC_CONSTEXPR) != 0;
    if (d->attributes.alignment > symbol->alignment)
        symbol->alignment = d->attributes.alignment;
    symbol->is_unknown |= d->attributes.has_unknown_alignment;
    if (d->attributes.cleanup && is_automatic(c, d)) {
        symbol->has_cleanup = true;
        symbol->cleanup = d->attributes.cleanup;
        check_expression(c, symbol->cleanup);
    }
    symbol->has_register_name |= d->attributes.asm_label && (d->specifiers->flags & SPEC_REGISTER);
}

// Without linkage a name stands once in its scope, a function's outermost block being that of its parameters; with
// linkage it has one initialiser.
static void refuse_second(Checker *c, const Declared *d, const Symbol *earlier)
{
    const Scope *outer = c->scope->outer;
    if (has_linkage(c, d)) {
        bool both = earlier && earlier->kind == SYMBOL_VARIABLE && !earlier->function && d->node->initialiser &&
                    earlier->definition && earlier->definition->initialiser && earlier->definition != d->node;
        if (both)
            refuse_twice(d->node, earlier);
        return;
    }
    if (!earlier && outer && outer->node && outer->node->kind == NODE_FUNCTION && outer->names)
        earlier = map_get(outer->names, d->node->name);
    bool is_other = earlier && earlier->kind == SYMBOL_VARIABLE && earlier->declaration != d->node;
    if (is_other && earlier->type->kind != TYPE_ERROR)
        refuse_twice(d->node, earlier);
}

// Of an array the elements; its extent may come from the initialiser.
static void check_complete(const Checker *c, const Declared *d, Symbol *symbol)
{
    Type *type = symbol->type;
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    if (type->kind == TYPE_VOID) {
        check_error(d->node, "'%s' is declared 'void', which has no values", symbol->name->text);
        symbol->type = d->node->type = type_basic(TYPE_ERROR);
    } else if (!type_is_complete(type)) {
        refuse_incomplete(c, d->node, type, "'%s' has the type '%s', which is not complete here", symbol->name->text,
                          type_describe(symbol->type));
    }
}

static Symbol *declare_variable(Checker *c, Declared *d)
{
    Symbol *symbol = find_earlier(c, d->node->name, has_linkage(c, d));
    if (!refuse_other_kind(d->node, scope_find_here(c, d->node->name), SYMBOL_VARIABLE))
        refuse_second(c, d, symbol);
    bool is_local = symbol && symbol->function && symbol->storage != STORAGE_EXTERN;
    if (symbol && (symbol->kind != SYMBOL_VARIABLE || !has_linkage(c, d) || is_local))
        symbol = NULL;
    if (d->specifiers->flags & SPEC_CONSTEXPR)
        d->type = type_qualified(c->arena, d->type, QUAL_CONST);
    if (symbol) {
        symbol->type = type_composite(c, d->type, symbol->type);
    } else {
        symbol = symbol_new(c, SYMBOL_VARIABLE, d->node->name, d->type, d->node->token);
        symbol->declaration = d->node;
        symbol->storage = storage_of(d->specifiers->flags);
    }
    if (!(d->specifiers->flags & SPEC_EXTERN) || d->node->initialiser) {
        symbol->is_definition = true;
        symbol->definition = d->node;
    }
    d->node->symbol = symbol;
    d->node->type = symbol->type;
    set_attributes(c, d, symbol);
    scope_add(c, symbol);
    give_home(symbol->type, (Home){.symbol = symbol});
    if (is_automatic(c, d)) {
        symbol->function = c->state->function;
        vec_push(c->arena, c->state->function->locals, symbol);
        if (type_contains_handle(symbol->type))
            c->state->uses_ideas = true;
    }
    return symbol;
}

// ----------------------------------------------------------------------------------------- initialisers

// __auto_type x = E: the type is E's, so the name is not yet in scope while E is checked.
static Type *type_from_initialiser(Checker *c, Declared *d)
{
    if (!d->node->initialiser) {
        check_error(d->node, "'%s' is declared without a type or a value to take it from", d->node->name->text);
        return type_basic(TYPE_ERROR);
    }
    check_value(c, d->node->initialiser);
    Type *type = atomic_value_type(c, d->node->initialiser);
    if (type->kind == TYPE_VOID)
        check_error(d->node->initialiser, "'%s' has no value to take a type from", node_text(d->node->initialiser));
    return type_qualified(c->arena, type, d->type->qualifiers);
}

static void initialise(Checker *c, Declared *d, Symbol *symbol)
{
    if (!d->node->initialiser)
        return;
    d->node->type = symbol->type = check_initialiser(c, symbol->type, d->node->initialiser);
    if (d->node->initialiser->suspends && !symbol->function)
        check_error(d->node->initialiser, "'%s' is static, so its initialiser cannot suspend", symbol->name->text);
    Node *value = node_strip(d->node->initialiser);
    if (symbol->is_constexpr && value->is_constant)
        symbol->value = const_wrap(symbol->type, value->value);
}

// ---------------------------------------------------------------------------------------- the declaration

static void declare(Checker *c, Declared *d)
{
    if (d->specifiers->flags & SPEC_TYPEDEF) {
        declare_typedef(c, d);
        if (c->state && type_is_variably_modified(d->type))
            note_refusals(c, d, d->node->symbol);
    } else if (d->type->kind == TYPE_FUNCTION) {
        declare_function(c, d);
    } else {
        bool deduced = d->type->kind == TYPE_AUTO;
        if (deduced)
            d->type = type_from_initialiser(c, d);
        Symbol *symbol = declare_variable(c, d);
        if (is_automatic(c, d))
            check_complete(c, d, symbol);
        if (!deduced)
            initialise(c, d, symbol);
        if (is_automatic(c, d))
            constrain_variable(c, d->node, symbol->type);
        note_refusals(c, d, symbol);
    }
}

static void check_static_assert(Checker *c, Node *node)
{
    check_unevaluated(c, node->operand);
    if (node->right)
        check_expression(c, node->right);
    if (node->operand->is_constant && !node->operand->value)
        check_error(node->operand, "the static assertion '%s' does not hold", node_text(node->operand));
}

void check_declaration(Checker *c, Node *node)
{
    if (node->kind == NODE_STATIC_ASSERT) {
        check_static_assert(c, node);
        return;
    }
    Type *base = check_specifiers(c, node->specifiers);
    for (Node *declarator = node->list; declarator; declarator = declarator->next) {
        if (declarator->kind != NODE_DECLARATOR)
            continue;
        Declared d = {.node = declarator, .specifiers = node->specifiers};
        d.is_function_head = node->kind == NODE_FUNCTION;
        d.type = check_declarator(c, node->specifiers, base, declarator);
        declarator->type = d.type;
        if (!declarator->name)
            continue;
        read_attributes(c, node->specifiers->list, &d.attributes);
        read_attributes(c, declarator->attributes, &d.attributes);
        declare(c, &d);
        propagate(declarator);
    }
    propagate(node);
}

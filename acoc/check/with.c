// SPDX-License-Identifier: MIT
// Functions that belong to a type by their names, X_enter, X_exit, X_free and X_await, and `with`, which calls the first
// three. X is the type's tag or any typedef name of it that is visible.
#include "check.h"

static const char *name_of_pointee(const Type *type)
{
    if (type->base->alias)
        return type->base->alias->name->text;
    if (type_is_record(type->base) && type->base->record->tag)
        return type->base->record->tag->text;
    return NULL;
}

static Symbol *find_with_suffix(Checker *c, const char *name, const char *suffix)
{
    Symbol *symbol = name ? scope_find_text(c, arena_printf(c->arena, "%s%s", name, suffix)) : NULL;
    return symbol && symbol->kind == SYMBOL_FUNCTION ? symbol : NULL;
}

static Symbol *find_by_type(Checker *c, const Type *record, const char *suffix)
{
    Symbol *symbol = record->alias ? find_with_suffix(c, record->alias->name->text, suffix) : NULL;
    if (!symbol && record->record && record->record->tag)
        symbol = find_with_suffix(c, record->record->tag->text, suffix);
    for (const Scope *scope = c->scope; scope && !symbol; scope = scope->outer) {
        size_t cursor = 0;
        String *name;
        void *value;
        while (!symbol && scope->names && map_next(scope->names, &cursor, &name, &value)) {
            const Symbol *alias = value;
            if (alias->kind == SYMBOL_TYPEDEF && record->record && alias->type->record == record->record)
                symbol = find_with_suffix(c, name->text, suffix);
        }
    }
    return symbol;
}

Symbol *function_of_object(Checker *c, const Type *pointer, const char *suffix)
{
    bool is_object = pointer->kind == TYPE_POINTER && (type_is_record(pointer->base) || pointer->base->alias);
    return is_object ? find_by_type(c, pointer->base, suffix) : NULL;
}

static void note_effects(Checker *c, Node *node, const Symbol *symbol)
{
    if (!symbol || symbol->type->kind != TYPE_FUNCTION)
        return;
    if (symbol->type->is_raises)
        node->may_raise = true;
    if (symbol->type->base->kind != TYPE_HANDLE)
        return;
    node->may_raise = node->suspends = true;
    if (in_coroutine(c))
        c->state->first_suspension = c->state->first_suspension ? c->state->first_suspension : node;
    else if (!rule_plain_function(c))
        check_error(node, "'%s' is async, so this 'with' can only stand in an async function", symbol->name->text);
}

// X_enter(X *), X_exit(X *, acoc_error *), X_free(X *): acoc writes the calls, so it looks at what they take.
static bool takes_what_with_gives(Node *value, Symbol *symbol, size_t count)
{
    const Type *function = symbol ? symbol->type : NULL;
    if (!function || function->kind != TYPE_FUNCTION || function->is_kr)
        return true;
    bool right = vec_count(function->parameters) == count;
    if (right && count == 2)
        right = is_error_pointer(function->parameters[1].type);
    if (right)
        return true;
    check_error(value, "'with' calls '%s' with %s, which is not what it takes", symbol->name->text,
                count == 2 ? "the object and an 'acoc_error *'" : "the object alone");
    note_declared(symbol);
    return false;
}

static void find_with_functions(Checker *c, Node *node, Type *type, Node *value)
{
    if (type->kind == TYPE_ERROR || (type->kind == TYPE_POINTER && type->base->kind == TYPE_ERROR))
        return;
    if (type->kind != TYPE_POINTER || !(type_is_record(type->base) || type->base->alias)) {
        const char *text = value->kind == NODE_DECLARATOR ? value->name->text : node_text(value);
        refuse_value(c, value, value,
                     "'with' needs a pointer to an object with functions to enter and exit, not '%s' of type '%s'", text,
                     type_describe(type));
        return;
    }
    node->symbol = function_of_object(c, type, "_enter");
    node->with_exit = function_of_object(c, type, "_exit");
    node->with_free = node->with_declaration ? function_of_object(c, type, "_free") : NULL;
    if (!node->symbol || !node->with_exit) {
        const char *name = name_of_pointee(type);
        check_error(value, "'with' on '%s' needs a function '%s_%s', which is not declared here", type_describe(type),
                    name ? name : "X", node->symbol ? "exit" : "enter");
        return;
    }
    if (takes_what_with_gives(value, node->symbol, 1) && takes_what_with_gives(value, node->with_exit, 2))
        takes_what_with_gives(value, node->with_free, 1);
    note_effects(c, node, node->symbol);
    note_effects(c, node, node->with_exit);
    note_effects(c, node, node->with_free);
}

// with (yield from &lock), as asyncio 3.4 spelled it, means with (&lock): a type that has an enter is not awaited
// first.
static void drop_yield_from(Checker *c, Node *node)
{
    Node *value = node_strip(node->with_value);
    if (value->kind == NODE_YIELD_FROM && function_of_object(c, check_value(c, value->operand), "_enter"))
        node->with_value = value->operand;
}

void check_with(Checker *c, Node *node)
{
    Context *outside = c->context;
    c->state->uses_ideas = true;
    scope_open(c, node);
    if (node->with_declaration) {
        check_declaration(c, node->with_declaration);
        Node *declarator = node->with_declaration->list;
        Symbol *symbol = declarator ? declarator->symbol : NULL;
        if (symbol && symbol->type)
            find_with_functions(c, node, type_unqualified(c->arena, symbol->type), declarator);
    } else {
        drop_yield_from(c, node);
        find_with_functions(c, node, check_value(c, node->with_value), node->with_value);
    }
    context_push(c, CONTEXT_WITH, node);
    check_statement(c, node->with_body);
    context_pop(c, outside);
    scope_close(c);
}

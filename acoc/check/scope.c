// SPDX-License-Identifier: MIT
// Names: ordinary ones and tags in nested scopes, labels on the function, members in records (anonymous ones are
// looked through). A scope's maps are made when its first name comes, since most blocks declare nothing.
#include "check.h"

Scope *scope_open(Checker *c, Node *node)
{
    Scope *scope = NEW(c->arena, Scope);
    scope->outer = c->scope;
    scope->node = node;
    scope->function = c->state ? c->state->function : NULL;
    c->scope = scope;
    if (node)
        node->scope = scope;
    return scope;
}

void scope_close(Checker *c)
{
    c->scope = c->scope->outer;
}

bool scope_is_in_function(const Checker *c)
{
    return c->scope->outer != NULL;
}

Scope *scope_of_function(const Checker *c)
{
    Scope *scope = c->scope;
    while (scope->outer && scope->outer->outer)
        scope = scope->outer;
    return scope;
}

static Symbol *find_in(const struct Map *map, String *name)
{
    return map ? map_get(map, name) : NULL;
}

// Functions of headers that parse/ passed over are declared when their name is looked up first, as they stood there: at
// file scope, whatever is being checked now.
static Symbol *find_passed_over(Checker *c, String *name)
{
    Node **declarations = c->unit->find_passed_over ? c->unit->find_passed_over(c->unit, name) : NULL;
    const Checker now = *c;
    c->scope = c->unit->scope;
    c->state = NULL;
    c->context = NULL;
    c->unevaluated = c->dead = 0;
    for (size_t i = 0; i < vec_count(declarations); i++)
        check_external(c, declarations[i]);
    c->scope = now.scope;
    c->state = now.state;
    c->context = now.context;
    c->unevaluated = now.unevaluated;
    c->dead = now.dead;
    return declarations ? find_in(c->unit->scope->names, name) : NULL;
}

Symbol *scope_find_in(Checker *c, const Scope *scope, String *name)
{
    Symbol *symbol = find_in(scope->names, name);
    return symbol || scope->outer ? symbol : find_passed_over(c, name);
}

Symbol *scope_find_here(Checker *c, String *name)
{
    return scope_find_in(c, c->scope, name);
}

Symbol *scope_find(Checker *c, String *name)
{
    for (const Scope *scope = c->scope; scope; scope = scope->outer) {
        Symbol *symbol = scope_find_in(c, scope, name);
        if (symbol)
            return symbol;
    }
    return builtin_find(c, name);
}

Symbol *scope_find_text(Checker *c, const char *name)
{
    return scope_find(c, intern_text(name));
}

Symbol *scope_find_tag(const Checker *c, String *name, bool only_here)
{
    for (const Scope *scope = c->scope; scope; scope = scope->outer) {
        Symbol *symbol = find_in(scope->tags, name);
        if (symbol || only_here)
            return symbol;
    }
    return NULL;
}

void scope_add_to(Checker *c, Scope *scope, Symbol *symbol)
{
    if (!scope->names)
        scope->names = map_new(c->arena);
    if (!symbol->scope)
        symbol->scope = scope;
    map_put(scope->names, symbol->name, symbol);
}

void scope_add(Checker *c, Symbol *symbol)
{
    scope_add_to(c, c->scope, symbol);
}

void scope_add_tag(Checker *c, Symbol *symbol)
{
    if (!c->scope->tags)
        c->scope->tags = map_new(c->arena);
    symbol->scope = c->scope;
    map_put(c->scope->tags, symbol->name, symbol);
}

Symbol *symbol_new(Checker *c, SymbolKind kind, String *name, Type *type, Token *token)
{
    Symbol *symbol = NEW(c->arena, Symbol);
    symbol->kind = kind;
    symbol->name = name;
    symbol->type = type;
    symbol->token = token;
    return symbol;
}

// ------------------------------------------------------------------------------------------------ members

bool member_is_anonymous(const Member *member)
{
    return !member->name && !member->is_bit_field && type_is_record(member->type);
}

// Plan 9: one that was added by a typedef's name alone goes by it.
bool member_has_name(const Checker *c, const Member *member, const String *name)
{
    if (member->name == name)
        return true;
    const Symbol *alias = c->names_inherited && member_is_anonymous(member) ? member->type->alias : NULL;
    return alias && alias->name == name;
}

Member *member_find(const Checker *c, const Record *record, String *name, uint64_t *offset)
{
    for (size_t i = 0; i < vec_count(record->members); i++) {
        Member *member = &record->members[i], *found = NULL;
        if (member_has_name(c, member, name))
            found = member;
        else if (member_is_anonymous(member))
            found = member_find(c, member->type->record, name, offset);
        if (found) {
            *offset += member->offset;
            return found;
        }
    }
    return NULL;
}

// ------------------------------------------------------------------------------------------------- labels

Symbol *label_find(Checker *c, Node *node)
{
    FunctionState *state = c->state;
    for (size_t i = vec_count(state->local_labels); i-- > 0;)
        if (state->local_labels[i]->name == node->name)
            return state->local_labels[i];
    Function *function = state->function;
    if (!function->labels)
        function->labels = map_new(c->arena);
    Symbol *symbol = map_get(function->labels, node->name);
    if (!symbol) {
        Token *token = node->token ? node->token : node->first;
        symbol = symbol_new(c, SYMBOL_LABEL, node->name, type_basic(TYPE_VOID), token);
        symbol->function = function;
        map_put(function->labels, node->name, symbol);
    }
    return symbol;
}

// SPDX-License-Identifier: MIT
// The five ideas: what may be awaited and what it delivers, tasks, acoc_result, raise and try, with and defer. Their
// types and symbols are settled here; what must not be done with them stands in rules.c.
#include "check.h"

static bool is_suspending_place(Checker *c, Node *node)
{
    const char *what = node_text(node);
    if (c->dead)
        return true;
    if (c->unevaluated) {
        check_error(node, "'%s' is never evaluated here, so it cannot suspend", what);
        return false;
    }
    if (!c->state || !c->state->function->is_coroutine) {
        check_error(node, "'yield from' outside an async function: '%s'", what);
        if (c->state)
            note_symbol(c->state->function->symbol, "'%s' would have to be declared 'async'",
                        c->state->function->name->text);
        return false;
    }
    for (Context *context = c->context; context; context = context->outer) {
        if (context->kind != CONTEXT_STATEMENT_EXPRESSION)
            continue;
        check_error(node, "not supported yet: a suspension inside a statement expression, '%s'", what);
        check_note(context->node, "the statement expression is this one");
        return false;
    }
    return true;
}

// ----------------------------------------------------------------------------------------- await and task

static const char *name_of_pointee(const Type *type)
{
    if (type->kind != TYPE_POINTER)
        return NULL;
    if (type->base->alias)
        return type->base->alias->name->text;
    if (type_is_record(type->base) && type->base->record->tag)
        return type->base->record->tag->text;
    return NULL;
}

static Symbol *find_with_suffix(const Checker *c, const char *name, const char *suffix)
{
    Symbol *symbol = name ? scope_find_text(c, arena_printf(c->arena, "%s%s", name, suffix)) : NULL;
    return symbol && symbol->kind == SYMBOL_FUNCTION ? symbol : NULL;
}

static void refuse_awaiting(Checker *c, Node *node, Type *type)
{
    if (type->kind == TYPE_ERROR || refuse_undeclared(c, node->operand))
        return;
    const char *text = node_text(node->operand);
    Symbol *await = find_with_suffix(c, name_of_pointee(type), "_await");
    if (await) {
        check_error(node, "not supported yet: awaiting '%s' through '%s'", text, await->name->text);
        check_note(node, "write 'yield from %s(%s)'", await->name->text, text);
        return;
    }
    check_error(node->operand, "'%s' of type '%s' is not awaitable", text, type_describe(type));
    Symbol *callee = node_strip(node->operand)->kind == NODE_CALL
                         ? node_strip(node_strip(node->operand)->callee)->symbol : NULL;
    if (callee && callee->kind == SYMBOL_FUNCTION)
        note_symbol(callee, "'%s' is not declared 'async'", callee->name->text);
    else if (is_future_pointer(type))
        check_note(node->operand, "say what it delivers with a cast: 'yield from (async int)%s'", text);
}

static Type *handle_operand(Checker *c, Node *node)
{
    Type *type = check_value(c, node->operand);
    if (type->kind == TYPE_HANDLE)
        return type;
    if (type->kind == TYPE_POINTER && type->base->kind == TYPE_FUNCTION && type->base->base->kind == TYPE_HANDLE) {
        check_error(node->operand, "'%s' is a function and is not called here", node_text(node->operand));
        check_note(node->operand, "call it: '%s(…)'", node_text(node->operand));
        return NULL;
    }
    refuse_awaiting(c, node, type);
    return NULL;
}

void check_yield_from(Checker *c, Node *node)
{
    bool possible = is_suspending_place(c, node);
    Type *type = handle_operand(c, node);
    bool useless = !possible && c->unevaluated; // said already: nothing may follow from it
    node->type = type && !useless ? type_unqualified(c->arena, type->base) : type_basic(TYPE_ERROR);
    if (node->type->kind != TYPE_VOID && !type_is_complete(node->type))
        check_error(node, "'%s' delivers '%s', which is not complete here", node_text(node->operand),
                    type_describe(node->type));
    if (!possible || c->unevaluated)
        return;
    node->suspends = true;
    node->may_raise = true;
    c->state->uses_ideas = true;
    if (!c->state->first_suspension)
        c->state->first_suspension = node;
}

void check_async(Checker *c, Node *node)
{
    Type *type = handle_operand(c, node);
    node->type = type ? type : type_basic(TYPE_ERROR);
    if (!c->state) {
        check_error(node, "'async' outside a function: there is no loop to start '%s' in", node_text(node->operand));
        return;
    }
    node->may_raise = !c->unevaluated;
    rule_escaping_local(c, node->operand);
}

bool check_acoc_result(Checker *c, Node *node)
{
    Node *callee = node->callee;
    if (callee->kind != NODE_IDENTIFIER || !string_is(callee->name, "acoc_result") || scope_find(c, callee->name))
        return false;
    if (!node->list || node->list->next) {
        check_error(node, "'acoc_result' takes one handle");
        node->type = type_basic(TYPE_ERROR);
        return true;
    }
    Type *type = check_value(c, node->list);
    callee->type = type_basic(TYPE_ERROR);
    node->type = type->kind == TYPE_HANDLE ? type_unqualified(c->arena, type->base) : type_basic(TYPE_ERROR);
    if (type->kind != TYPE_HANDLE && type->kind != TYPE_ERROR)
        check_error(node->list, "'acoc_result' needs a handle, but '%s' is '%s'", node_text(node->list),
                    type_describe(type));
    else if (node->type->kind != TYPE_VOID && !type_is_complete(node->type))
        check_error(node, "'%s' delivers '%s', which is not complete here", node_text(node->list),
                    type_describe(node->type));
    node->may_raise = true;
    rule_call(c, node);
    return true;
}

void check_coroutine_type(Checker *c, Node *declarator, Type *type)
{
    (void)c;
    if (!type->is_coroutine || !type->is_variadic)
        return;
    check_error(declarator, "an async function cannot be variadic: '%s'", declarator->name->text);
    check_note(declarator, "write 'async %s v%s(…, va_list arguments)' and a plain variadic function that starts it",
               type_describe(type->base->base), declarator->name->text);
}

// ----------------------------------------------------------------------------------------- raise and try

static Type *error_pointer_type(Checker *c, Node *where)
{
    Symbol *symbol = scope_find_text(c, "acoc_error");
    if (!symbol || symbol->kind != SYMBOL_TYPEDEF) {
        check_error(where, "the type 'acoc_error' is not declared here");
        check_note(where, "include <acoc.h>");
        return type_basic(TYPE_ERROR);
    }
    Type *type = type_copy(c->arena, symbol->type);
    type->alias = symbol;
    return type_pointer_to(c->arena, type);
}

static bool is_inside(const Checker *c, ContextKind kind)
{
    for (const Context *context = c->context; context; context = context->outer)
        if (context->kind == kind)
            return true;
    return false;
}

void check_raise(Checker *c, Node *node)
{
    const Function *function = c->state->function;
    c->state->uses_ideas = true;
    node->may_raise = true;
    if (!function->is_coroutine && !function->is_raises) {
        check_error(node, "'raise' in '%s', which is neither 'async' nor 'raises'", function->name->text);
        note_symbol(function->symbol, "declare it 'raises %s'", type_spell(function->result, function->name->text));
    }
    if (!node->operand) {
        if (!is_inside(c, CONTEXT_EXCEPT))
            check_error(node, "'raise;' outside 'except': there is no error to raise again");
        return;
    }
    Type *type = check_value(c, node->operand);
    if (!is_error_pointer(type) && type->kind != TYPE_ERROR && !refuse_undeclared(c, node->operand))
        check_error(node->operand, "'raise' needs an 'acoc_error *', but '%s' is '%s'", node_text(node->operand),
                    type_describe(type));
}

// A kind E is an object E_kind.
static void check_kind_name(Checker *c, Node *node)
{
    Symbol *symbol = scope_find_text(c, arena_printf(c->arena, "%s_kind", node->name->text));
    node->symbol = symbol;
    node->type = symbol ? symbol->type : type_basic(TYPE_ERROR);
    if (symbol && symbol->kind == SYMBOL_VARIABLE) {
        symbol->is_used = true;
        return;
    }
    check_error(node, "'%s' is no kind of error: there is no object '%s_kind'", node->name->text, node->name->text);
    if (!symbol)
        check_note(node, "a kind is declared with ACOC_DECLARE_ERROR_KIND(%s)", node->name->text);
}

static void declare_caught(Checker *c, Node *node)
{
    Symbol *symbol = symbol_new(c, SYMBOL_VARIABLE, node->name, error_pointer_type(c, node), node->token);
    symbol->is_definition = true;
    symbol->declaration = symbol->definition = node;
    symbol->function = c->state->function;
    node->symbol = symbol;
    scope_add(c, symbol);
    vec_push(c->arena, c->state->function->locals, symbol);
}

static ContextKind context_of_part(const Node *part)
{
    return part->kind == NODE_EXCEPT ? CONTEXT_EXCEPT : part->kind == NODE_ELSE ? CONTEXT_ELSE : CONTEXT_FINALLY;
}

static void check_part(Checker *c, Node *part, ContextKind kind)
{
    Context *outside = c->context;
    context_push(c, kind, part);
    scope_open(c, part);
    if (part->kind == NODE_EXCEPT) {
        for (Node *name = part->list; name; name = name->next)
            check_kind_name(c, name);
        if (part->name)
            declare_caught(c, part);
    }
    check_statement(c, part->body);
    scope_close(c);
    context_pop(c, outside);
}

void check_try(Checker *c, Node *node)
{
    c->state->uses_ideas = true;
    Context *outside = c->context;
    context_push(c, CONTEXT_TRY, node);
    check_statement(c, node->body);
    context_pop(c, outside);
    for (Node *part = node->list; part; part = part->next) {
        check_part(c, part, context_of_part(part));
        propagate(part);
    }
}

void check_defer(Checker *c, Node *node)
{
    c->state->uses_ideas = true;
    Context *outside = c->context;
    context_push(c, CONTEXT_DEFER, node);
    check_statement(c, node->body);
    context_pop(c, outside);
    context_push(c, CONTEXT_AFTER_DEFER, node);
}

// -------------------------------------------------------------------------------------------------- with

// X_enter and its like for X's tag or any of its typedef names.
static Symbol *find_by_type(const Checker *c, const Type *record, const char *suffix)
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

static void note_effects(Checker *c, Node *node, const Symbol *symbol)
{
    if (!symbol || symbol->type->kind != TYPE_FUNCTION)
        return;
    if (symbol->type->is_raises)
        node->may_raise = true;
    if (symbol->type->base->kind != TYPE_HANDLE)
        return;
    node->may_raise = node->suspends = true;
    if (!c->state->function->is_coroutine)
        check_error(node, "'%s' is async, so this 'with' can only stand in an async function", symbol->name->text);
    else if (!c->state->first_suspension)
        c->state->first_suspension = node;
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
    note_symbol(symbol, "'%s' was declared here", symbol->name->text);
    return false;
}

static void find_with_functions(Checker *c, Node *node, Type *type, Node *value)
{
    if (type->kind == TYPE_ERROR)
        return;
    if (type->kind != TYPE_POINTER || !(type_is_record(type->base) || type->base->alias)) {
        check_error(value, "'with' needs a pointer to an object with functions to enter and exit, not '%s' of type '%s'",
                    node_text(value), type_describe(type));
        return;
    }
    Type *record = type_unqualified(c->arena, type->base);
    node->symbol = find_by_type(c, record, "_enter");
    node->with_exit = find_by_type(c, record, "_exit");
    node->with_free = node->with_declaration ? find_by_type(c, record, "_free") : NULL;
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
        find_with_functions(c, node, check_value(c, node->with_value), node->with_value);
    }
    context_push(c, CONTEXT_WITH, node);
    check_statement(c, node->with_body);
    context_pop(c, outside);
    scope_close(c);
}

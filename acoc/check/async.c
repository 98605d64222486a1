// SPDX-License-Identifier: MIT
// The five ideas: what may be awaited and what it delivers, tasks, acoc_result, raise and try, defer. Their types and
// symbols are settled here; what must not be done with them stands in rules.c. with is in with.c.
#include "check.h"

#include <string.h>

// Macros use an operand more than once: MAX(yield from a(), yield from b()) takes its type first, assert() its size. A
// copy that is not evaluated is no mistake where another is: rule_unevaluated_copies() looks at the function's end.
static bool is_unevaluated_copy(Checker *c, Node *node)
{
    bool is_coroutine = in_coroutine(c);
    if (!is_coroutine || !c->unevaluated || c->dead || node->first->raw)
        return false;
    vec_push(c->arena, c->state->unevaluated_copies, node);
    return true;
}

static bool is_same_text(const Node *a, const Node *b)
{
    if (a->last - a->first != b->last - b->first)
        return false;
    for (ptrdiff_t i = 0; i <= a->last - a->first; i++)
        if (a->first[i].length != b->first[i].length ||
            memcmp(a->first[i].text, b->first[i].text, a->first[i].length) != 0)
            return false;
    return true;
}

// Both lists follow the text, so the line's suspensions are found going forward.
void rule_unevaluated_copies(Checker *c)
{
    Node **evaluated = c->state->macro_suspensions;
    size_t line_start = 0;
    for (size_t i = 0; i < vec_count(c->state->unevaluated_copies); i++) {
        Node *copy = c->state->unevaluated_copies[i];
        uint32_t line = copy->first->place.line;
        while (line_start < vec_count(evaluated) && evaluated[line_start]->first->place.line < line)
            line_start++;
        bool found = false;
        for (size_t j = line_start; j < vec_count(evaluated) && evaluated[j]->first->place.line == line && !found; j++)
            found = is_same_text(copy, evaluated[j]);
        if (!found)
            check_error(copy, "'%s' is never evaluated here, so it cannot suspend", node_text(copy));
    }
}

static bool is_suspending_place(Checker *c, Node *node)
{
    const char *what = node_text(node);
    if (c->dead || is_unevaluated_copy(c, node))
        return true;
    if (c->unevaluated) {
        check_error(node, "'%s' is never evaluated here, so it cannot suspend", what);
        return false;
    }
    if (in_coroutine(c))
        return true;
    if (c->state && rule_plain_function(c))
        return false;
    check_error(node, "'yield from' outside an async function: '%s'", what);
    if (c->state)
        note_symbol(c->state->function->symbol, "'%s' would have to be declared 'async'", c->state->function->name->text);
    return false;
}

// ----------------------------------------------------------------------------------------- await and task

// The function or variable that a value comes from, NULL when there is none with a name.
static Symbol *source_of(Node *value)
{
    value = node_strip(value);
    if (value->kind == NODE_CALL)
        value = node_strip(value->callee);
    return value->kind == NODE_IDENTIFIER ? value->symbol : NULL;
}

// A function whose `async` was forgotten is awaited in many places, and is at fault in one.
static bool is_told(Checker *c, const Symbol *source)
{
    if (!source || !source->name)
        return false;
    if (!c->not_awaitable)
        c->not_awaitable = map_new(c->arena);
    bool told = map_get(c->not_awaitable, source->name) == source;
    map_put(c->not_awaitable, source->name, (void *)source);
    return told;
}

static void refuse_awaiting(Checker *c, Node *node, Type *type)
{
    Symbol *source = source_of(node->operand);
    const char *text = node_text(node->operand);
    if (type->kind == TYPE_ERROR || is_told(c, source) ||
        !refuse_value(c, node->operand, node->operand, "'%s' of type '%s' is not awaitable", text, type_describe(type)))
        return;
    Symbol *await = function_of_object(c, type, "_await");
    if (await)
        note_symbol(await, "'%s' is not declared as 'async R %s(%s)'", await->name->text, await->name->text,
                    type_describe(type));
    if (source && source->kind == SYMBOL_FUNCTION)
        note_symbol(source, "'%s' is not declared 'async'", source->name->text);
    else if (is_future_pointer(type))
        check_note(node->operand, "say what it delivers with a cast: 'yield from (async int)%s'", text);
}

// async R X_await(X *), which makes every X * awaitable.
static Symbol *find_await_function(Checker *c, Type *type)
{
    Symbol *symbol = function_of_object(c, type, "_await");
    const Type *function = symbol ? symbol->type : NULL;
    return function && function->is_coroutine && vec_count(function->parameters) == 1 ? symbol : NULL;
}

static Type *handle_operand(Checker *c, Node *node)
{
    Type *type = check_value(c, node->operand);
    if (type->kind == TYPE_HANDLE)
        return type;
    if (node->kind == NODE_YIELD_FROM && (node->symbol = find_await_function(c, type)) != NULL) {
        check_conversion(c, node->symbol->type->parameters[0].type, node->operand, "the awaited object is");
        return node->symbol->type->base;
    }
    if (type->kind == TYPE_POINTER && type->base->kind == TYPE_FUNCTION && type->base->base->kind == TYPE_HANDLE) {
        check_error(node->operand, "'%s' is a function and is not called here", node_text(node->operand));
        check_note(node->operand, "call it: '%s(…)'", node_text(node->operand));
        return NULL;
    }
    refuse_awaiting(c, node, type);
    return NULL;
}

void refuse_incomplete_result(const Checker *c, const Node *node, const char *source, Type *result)
{
    if (result->kind != TYPE_VOID && !type_is_complete(result))
        refuse_incomplete(c, node, result, "'%s' delivers '%s', which is not complete here", source,
                          type_describe(result));
}

void check_yield_from(Checker *c, Node *node)
{
    bool possible = is_suspending_place(c, node);
    Type *type = handle_operand(c, node);
    bool useless = !possible && c->unevaluated; // said already: nothing may follow from it
    node->type = type && !useless ? type_unqualified(c->arena, type->base) : type_basic(TYPE_ERROR);
    refuse_incomplete_result(c, node, node_text(node->operand), node->type);
    if (!possible || c->unevaluated)
        return;
    if (!node->first->raw)
        vec_push(c->arena, c->state->macro_suspensions, node);
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
    note_escaping(c, node);
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
        refuse_value(c, node->list, node->list, "'acoc_result' needs a handle, but '%s' is '%s'", node_text(node->list),
                     type_describe(type));
    else
        refuse_incomplete_result(c, node, node_text(node->list), node->type);
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

void check_raise(Checker *c, Node *node)
{
    const Function *function = c->state->function;
    c->state->uses_ideas = true;
    node->may_raise = true;
    if (!function->is_coroutine && !function->is_raises && !rule_plain_function(c)) {
        check_error(node, "'raise' in '%s', which is neither 'async' nor 'raises'", function->name->text);
        note_symbol(function->symbol, "declare it 'raises %s'", type_spell(function->result, function->name->text));
    }
    if (!node->operand) {
        if (!is_inside(c, CONTEXT_EXCEPT))
            check_error(node, "'raise;' outside 'except': there is no error to raise again");
        return;
    }
    Type *type = check_value(c, node->operand);
    if (!is_error_pointer(type) && type->kind != TYPE_ERROR)
        refuse_value(c, node->operand, node->operand, "'raise' needs an 'acoc_error *', but '%s' is '%s'",
                     node_text(node->operand), type_describe(type));
}

// A kind E is an object E_kind.
static void check_kind_name(Checker *c, Node *node)
{
    Symbol *symbol = scope_find_text(c, arena_printf(c->arena, "%s_kind", node->name->text));
    node->symbol = symbol;
    node->type = symbol ? symbol->type : type_basic(TYPE_ERROR);
    if (symbol && symbol->kind == SYMBOL_VARIABLE)
        return;
    check_error(node, "'%s' is no kind of error: there is no object '%s_kind'", node->name->text, node->name->text);
    if (symbol)
        return;
    check_note(node, "a kind is declared with ACOC_DECLARE_ERROR_KIND(%s)", node->name->text);
    note_similar(c, node, "_kind");
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
    rule_handlers(c, node);
}

void check_defer(Checker *c, Node *node)
{
    c->state->uses_ideas = true;
    Context *outside = c->context;
    context_push(c, CONTEXT_DEFER, node);
    check_statement(c, node->body);
    context_pop(c, outside);
    context_push(c, CONTEXT_AFTER_DEFER, node);
    propagate(node);
}

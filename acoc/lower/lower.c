// SPDX-License-Identifier: MIT
// Lowers the functions that use an idea of ours, one at a time: the steps in order, each leaving its decisions on the
// nodes and in LoweredFunction (model/lowered.h). Nothing here writes text and nothing changes the tree.
#include "lower.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Lowered *lowered_of(Unit *unit, Node *node)
{
    if (!node->lowered)
        node->lowered = NEW(unit->arena, Lowered);
    return node->lowered;
}

Local *local_new(Lowering *l, Type *type, const char *name)
{
    Local *local = NEW(l->unit->arena, Local);
    local->type = type;
    local->name = name;
    local->scope = l->scope;
    local->index = (unsigned)vec_count(l->function->locals);
    local->size = type_size(type);
    local->alignment = type_alignment(type);
    vec_push(l->unit->arena, l->function->locals, local);
    return local;
}

Local *hidden_new(Lowering *l, Type *type, const char *format, ...)
{
    char name[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    Local *local = local_new(l, type, intern_text(name)->text);
    local->is_hidden = true;
    local->scope = NULL;
    return local;
}

// The same in the output, too.
static bool is_same_type(Type *a, Type *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || !type_compatible(a, b))
        return false;
    const char *spelt = type_spell(a, "");
    return !strcmp(spelt, type_spell(b, ""));
}

static Local *spare_temporary(Lowering *l, Type *type)
{
    for (size_t i = vec_count(l->spare); i-- > 0;) {
        Local *local = l->spare[i];
        if (!is_same_type(local->type, type))
            continue;
        l->spare[i] = vec_last(l->spare);
        (void)vec_pop(l->spare);
        return local;
    }
    return NULL;
}

Local *temporary_new(Lowering *l, Type *type)
{
    Type *kept = type_kept(l->unit->arena, type_unqualified(l->unit->arena, type));
    Local *spare = type_is_variably_modified(type) ? NULL : spare_temporary(l, kept);
    if (spare)
        return spare;
    char name[32];
    snprintf(name, sizeof name, "acoc_%zu", vec_count(l->function->locals));
    Local *local = local_new(l, kept, intern_text(name)->text);
    local->is_temporary = true;
    local->variable_type = type_is_variably_modified(type) ? type : NULL;
    vec_push(l->unit->arena, l->full->temporaries, local);
    return local;
}

Suspension *suspension_new(Lowering *l, SuspensionKind kind, Node *node, Token *token, Type *result)
{
    Suspension *suspension = NEW(l->unit->arena, Suspension);
    suspension->kind = kind;
    suspension->node = node;
    suspension->token = token;
    suspension->type = result;
    suspension->region = l->region;
    vec_push(l->unit->arena, l->function->suspensions, suspension);
    suspension->state = (unsigned)vec_count(l->function->suspensions);
    return suspension;
}

static bool has_defer(const Node *node)
{
    if (node->kind == NODE_DEFER)
        return true;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (has_defer(part))
            return true;
    return false;
}

// What the name means outside of the symbol's own scope.
static const Symbol *hidden_by(const Symbol *symbol)
{
    for (const Scope *scope = symbol->scope ? symbol->scope->outer : NULL; scope; scope = scope->outer) {
        const Symbol *outer = scope->names ? map_get(scope->names, symbol->name) : NULL;
        if (outer && outer != symbol)
            return outer;
    }
    return NULL;
}

// Text of ours that stands in the symbol's scope may speak of what the name means outside: a reload of a local, the type
// of a temporary, a deferred statement that moves to the end of its block.
static bool must_be_renamed(const Function *function, const Symbol *symbol)
{
    if (symbol->is_parameter)
        return false;
    for (size_t i = 0; i < vec_count(function->parameters); i++)
        if (function->parameters[i]->name == symbol->name)
            return true;
    const Symbol *hidden = hidden_by(symbol);
    if (!hidden)
        return false;
    bool is_shown_by_us = hidden->kind == SYMBOL_TYPEDEF || hidden->function == function;
    return (is_shown_by_us && function->is_coroutine) || has_defer(function->node->function_body);
}

static Local *collect_local(Lowering *l, Symbol *symbol)
{
    Function *function = l->function->function;
    Type *type = symbol->type;
    bool is_rewritten = must_be_rewritten(l, symbol);
    Type *kept = type_unqualified(l->unit->arena, is_rewritten ? type_kept(l->unit->arena, type) : type);
    Local *local = local_new(l, kept, symbol->name ? symbol->name->text : "");
    local->symbol = symbol;
    if (!is_rewritten) // then it is a pointer to what is aligned
        local->alignment = symbol_alignment(symbol);
    local->variable_type = is_rewritten ? type : NULL;
    local->owns_array = is_rewritten && type_has_variable_length(type);
    local->is_parameter = symbol->is_parameter;
    local->scope = symbol->is_parameter || !symbol->scope ? NULL : symbol->scope->node;
    if (local->scope && local->scope->kind == NODE_FUNCTION)
        local->scope = NULL;
    Type *element = type;
    while (element->kind == TYPE_ARRAY)
        element = element->base;
    local->is_handle = element->kind == TYPE_HANDLE;
    if (local->is_handle || local->owns_array) {
        Node *scope = local->scope ? local->scope : function->node->function_body;
        vec_push(l->unit->arena, lowered_of(l->unit, scope)->declared_handles, local);
    }
    symbol->local = local;
    local->needs_name = !symbol->name;
    if (local->is_parameter && type->kind == TYPE_VA_LIST) // an array type, adjusted as C does
        local->size = local->alignment = (uint32_t)type_size(type_pointer_to(l->unit->arena, type));
    if (local->needs_name || must_be_renamed(function, symbol)) {
        char name[160];
        snprintf(name, sizeof name, "acoc_%.100s_%u", symbol->name ? symbol->name->text : "argument", local->index);
        local->name = intern_text(name)->text;
    }
    return local;
}

// What no step of ours has taken up is refused, wherever it stands.
static void refuse_what_is_left(const Node *node)
{
    bool is_left = node->kind == NODE_YIELD_FROM && node->suspends && !node->is_unevaluated
        && !(node->lowered && node->lowered->suspension);
    if (is_left && diag_error_count() == 0)
        error_at(node->first->place, node->first->length, "not supported: a suspension in this place");
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        refuse_what_is_left(part);
}

// The suspension whose result the local is, or the function's name.
static const Token *token_of_local(const LoweredFunction *lowered, const Local *local)
{
    if (local->symbol && local->symbol->token)
        return local->symbol->token;
    for (size_t i = 0; i < vec_count(lowered->suspensions); i++)
        if (lowered->suspensions[i]->result == local)
            return lowered->suspensions[i]->node->first;
    return lowered->function->node->declarator->token;
}

// What it takes to give a variable a place in the frame, or a value one where it is delivered.
static const char *what_is_unknown(const Type *type)
{
    return type_is_unknown(type) ? "type" : type_has_unknown_size(type) ? "size"
         : type_has_unknown_alignment(type) ? "alignment" : NULL;
}

// Of what has no name, where it was made (save.c, cleanup.c); of the result for the function.
static bool was_told(const LoweredFunction *lowered, const Local *local)
{
    bool is_told_of = (local->is_temporary && !local->is_awaited) || local->is_literal;
    return local == lowered->value || (is_told_of && type_is_unknown(local->type));
}

static void refuse_unknown_local(const LoweredFunction *lowered, const Local *local)
{
    const Function *function = lowered->function;
    bool is_in_frame = local->kept != LOCAL_TRANSIENT || (local->is_parameter && function->is_coroutine);
    bool is_written = is_in_frame || (!local->symbol && type_is_unknown(local->type));
    const char *what = what_is_unknown(local->type);
    if (!what && local->symbol && local->symbol->is_unknown)
        what = "alignment";
    if (!what || !is_written || was_told(lowered, local))
        return;
    const Token *token = token_of_local(lowered, local);
    if (local->symbol)
        error_at(token->place, token->length, "acoc does not know the %s of '%s', which is kept across a suspension", what,
                 local->name);
    else if (local->is_awaited)
        error_at(token->place, token->length, "acoc does not know the %s of what this delivers", what);
    else
        error_at(token->place, token->length, "acoc does not know the %s of '%s', of which '%s' keeps a value across a suspension",
                 what, type_describe(local->type), function->name->text);
}

// The frame has a place for what is kept, and the task one for the result, of a size that stands in the output.
static void refuse_unknown_types(const LoweredFunction *lowered)
{
    const Function *function = lowered->function;
    const Token *name = function->node->declarator->token;
    for (size_t i = 0; i < vec_count(lowered->locals); i++)
        refuse_unknown_local(lowered, lowered->locals[i]);
    const char *what = function->is_coroutine && function->result->kind != TYPE_VOID ? what_is_unknown(function->result) : NULL;
    if (what)
        error_at(name->place, name->length, "acoc does not know the %s of what '%s' delivers", what, function->name->text);
}

// Chains of operators and of else-if are flat for the user and deep in the tree, and every step here and in emit/
// descends. What parse/ lets through otherwise is not as deep as this.
static bool is_too_deep(const Function *function)
{
    enum { MOST_LEVELS = 4000 };
    const Node *deep = node_deeper_than(function->node, MOST_LEVELS);
    if (deep)
        error_at(deep->token->place, deep->token->length,
                 "a chain of more than %d operators or 'else if' in '%s', which has to be taken apart", MOST_LEVELS,
                 function->name->text);
    return deep;
}

static void lower_function(Unit *unit, Function *function)
{
    if (is_too_deep(function))
        return;
    LoweredFunction *lowered = NEW(unit->arena, LoweredFunction);
    Lowering l = { .unit = unit, .function = lowered };
    lowered->function = function;
    function->lowered = lowered;
    unsigned errors = diag_error_count();
    l.uses_stack_memory = uses_stack_memory(function);
    for (size_t i = 0; i < vec_count(function->locals); i++)
        collect_local(&l, function->locals[i]);
    lower_function_body(&l);
    if (vec_count(lowered->suspensions) || function->is_coroutine)
        refuse_what_is_left(function->node->function_body);
    verify_lowered(unit, lowered, "regions and order");
    if (diag_error_count() != errors)
        return;
    do
        build_flow(unit, lowered);
    while (!find_live_locals(unit, lowered));
    check_stack_memory(unit, lowered);
    refuse_unknown_types(lowered);
    lay_out_frame(unit, lowered);
    verify_lowered(unit, lowered, "layout");
}

// Generated code speaks of the runtime's types.
static bool has_interface(Unit *unit, const Function *function)
{
    if (map_get(unit->scope->tags, intern_text("acoc_task")))
        return true;
    const Token *token = function->node->declarator->token;
    error_at(token->place, token->length, "'%s' needs the declarations of <acoc.h>", function->name->text);
    note_at(token->place, token->length, "add '#include <acoc.h>' at the top of the file");
    return false;
}

bool lower_unit(Unit *unit, const Options *options)
{
    (void)options;
    for (size_t i = 0; i < vec_count(unit->functions); i++)
        if (unit->functions[i]->needs_lowering && has_interface(unit, unit->functions[i]))
            lower_function(unit, unit->functions[i]);
    return diag_error_count() == 0;
}

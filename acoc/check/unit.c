// SPDX-License-Identifier: MIT
// The checker's main function: declarations in order, then function bodies as they come. Needs the parser's tree;
// leaves type and symbol in every node, Unit.functions with their locals, and what section 7 of the language forbids
// reported. Bodies in system headers that use nothing of ours are not looked into: nothing is emitted for them.
#include "check.h"

#include <stdlib.h>
#include <string.h>

// ----------------------------------------------------------------------------------------------- functions

// The parameters' scope becomes the function's: what its prototype declared stays visible in the body.
static void enter_function_scope(Checker *c, Node *node)
{
    Node *parameters = node->declarator->list;
    Scope *scope = parameters ? parameters->scope : NULL;
    if (scope)
        c->scope = scope;
    else
        scope = scope_open(c, node);
    node->scope = scope;
    scope->node = node;
    scope->function = c->state->function;
}

// K&R: the names stand in the parentheses, their types in declarations behind them.
static void declare_listed(Checker *c, Node *declaration)
{
    Type *base = check_specifiers(c, declaration->specifiers);
    for (Node *declarator = declaration->list; declarator; declarator = declarator->next) {
        declarator->type = type_of_parameter(c, check_declarator(c, declaration->specifiers, base, declarator));
        Symbol *symbol = declare_parameter(c, declarator, declarator->type, declarator->token);
        symbol->storage = declaration->specifiers->flags & SPEC_REGISTER ? STORAGE_REGISTER : STORAGE_NONE;
    }
}

// The parameter of that name; an int when no declaration speaks of it.
static Symbol *old_parameter(Checker *c, Node *name)
{
    Symbol *symbol = scope_find_here(c, name->name);
    if (symbol && symbol->is_parameter)
        return symbol;
    symbol = declare_parameter(c, NULL, type_basic(TYPE_INT), name->token);
    symbol->name = name->name;
    scope_add(c, symbol);
    return symbol;
}

static void declare_old_parameters(Checker *c, Node *node)
{
    Function *function = c->state->function;
    for (Node *declaration = node->list; declaration; declaration = declaration->next)
        if (declaration->kind == NODE_DECLARATION)
            declare_listed(c, declaration);
    for (Node *name = node->declarator->list->list; name; name = name->next) {
        name->symbol = old_parameter(c, name);
        name->type = name->symbol->type;
        vec_push(c->arena, function->parameters, name->symbol);
    }
}

static void declare_parameters(Checker *c, Node *node)
{
    Function *function = c->state->function;
    Node *list = node->declarator->list ? node->declarator->list->list : NULL;
    if (list && list->kind == NODE_IDENTIFIER) {
        declare_old_parameters(c, node);
    } else {
        for (size_t i = 0; i < vec_count(function->type->parameters); i++)
            vec_push(c->arena, function->parameters, function->type->parameters[i].symbol);
    }
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        function->parameters[i]->function = function;
        vec_push(c->arena, function->locals, function->parameters[i]);
        if (function->parameters[i]->name && type_contains_handle(function->parameters[i]->type))
            c->state->uses_ideas = true;
    }
}

// A plain function of a system header.
static bool may_be_skipped(const Node *node, const Type *type)
{
    return node->first->in_system_header && !type->is_coroutine && !type->is_raises && !node->has_our_words;
}

static Function *new_function(Checker *c, Node *node, Symbol *symbol, Type *type)
{
    Function *function = NEW(c->arena, Function);
    function->node = node;
    function->symbol = symbol;
    function->name = symbol->name;
    function->type = type;
    function->is_coroutine = type->is_coroutine;
    function->is_raises = type->is_raises;
    function->result = type->is_coroutine ? type->base->base : type->base;
    function->is_main = type->is_coroutine && string_is(symbol->name, "main") && !c->state;
    symbol->function = c->state ? NULL : function;
    return function;
}

static void check_definition(Checker *c, Node *node)
{
    const Function *function = c->state->function;
    if (function->is_coroutine)
        refuse_incomplete_result(c, node->declarator, function->name->text, function->result);
    if (function->is_main && function->result->kind != TYPE_INT)
        check_error(node->declarator, "'async main' delivers an int, not '%s'", type_describe(function->result));
    if (function->is_main && vec_count(function->parameters) == 1)
        check_error(node->declarator, "'async int main' takes no parameters, or 'int argc, char **argv'");
    if (function->is_coroutine && c->state->outer)
        check_error(node->declarator, "'%s' is a nested function, which cannot suspend", function->name->text);
}

static void check_body(Checker *c, Node *node)
{
    Scope *outside = c->scope;
    Context *context = c->context;
    c->context = NULL;
    enter_function_scope(c, node);
    declare_parameters(c, node);
    check_definition(c, node);
    scope_open(c, node->function_body);
    check_block_items(c, node->function_body);
    scope_close(c);
    propagate(node->function_body);
    c->scope = outside;
    c->context = context;
    rule_jumps(c);
    rule_function_end(c, node);
    rule_advice(c, node->function_body);
    rule_coroutine_refusals(c);
    rule_unevaluated_copies(c);
}

static Symbol *declare_head(Checker *c, Node *node, Type **type)
{
    Node head = {.kind = NODE_FUNCTION, .specifiers = node->specifiers, .list = node->declarator,
                 .first = node->first, .last = node->last};
    check_declaration(c, &head);
    *type = node->declarator->type;
    Symbol *symbol = node->declarator->symbol;
    return symbol && symbol->kind == SYMBOL_FUNCTION && *type && (*type)->kind == TYPE_FUNCTION ? symbol : NULL;
}

void check_function(Checker *c, Node *node)
{
    Type *type;
    Symbol *symbol = declare_head(c, node, &type);
    if (!symbol)
        return;
    if (symbol->definition && symbol->definition->kind == NODE_FUNCTION && !symbol->is_inline)
        refuse_twice(node->declarator, symbol);
    symbol->definition = node;
    symbol->is_definition = true;
    node->symbol = symbol;
    node->type = type;
    if (may_be_skipped(node, type))
        return;
    FunctionState state = {.outer = c->state};
    unsigned unevaluated = c->unevaluated;
    state.function = new_function(c, node, symbol, type);
    c->unevaluated = 0;
    c->state = &state;
    unsigned errors = diag_error_count();
    check_body(c, node);
    Function *function = state.function;
    function->needs_lowering = function->is_coroutine || state.uses_ideas;
    c->state = state.outer;
    c->unevaluated = unevaluated;
    symbol->has_static_chain |= state.has_static_chain;
    if (!c->state)
        vec_push(c->arena, c->unit->functions, function);
    else if (function->needs_lowering && diag_error_count() == errors)
        check_error(node->declarator, "not supported: '%s' is a nested function that uses errors, clean-ups or handles",
                    function->name->text);
}

// ------------------------------------------------------------------------------------------------ the unit

void check_external(Checker *c, Node *node)
{
    switch (node->kind) {
    case NODE_FUNCTION: check_function(c, node); break;
    case NODE_DECLARATION:
    case NODE_STATIC_ASSERT: check_declaration(c, node); break;
    default: break; // top-level asm, pragmas, lone semicolons
    }
}

// What no predefined macro tells.
static void read_flags(Checker *c, const Options *options)
{
    const char *pack = flag_rest(options, "-fpack-struct");
    c->default_pack = c->pack = !pack ? 0 : *pack == '=' ? (uint32_t)strtoul(pack + 1, NULL, 10) : 1;
    c->microsoft_bit_fields = flag_rest(options, "-mms-bitfields") && !flag_rest(options, "-mno-ms-bitfields");
    c->knows_library = flag_is_on(options, "builtin", true) && flag_is_on(options, "hosted", true) &&
                       !flag_is_on(options, "freestanding", false);
    c->short_enums = flag_is_on(options, "short-enums", false);
    c->names_inherited = flag_is_on(options, "plan9-extensions", false);
    c->inherits_members = c->names_inherited || flag_is_on(options, "ms-extensions", false);
}

bool check_unit(Unit *unit, const Options *options)
{
    unsigned errors = diag_error_count();
    Checker checker = {.unit = unit, .arena = unit->arena};
    read_flags(&checker, options);
    scope_open(&checker, NULL);
    unit->scope = checker.scope;
    builtins_init(&checker);
    for (size_t i = 0; i < vec_count(unit->declarations); i++)
        check_external(&checker, unit->declarations[i]);
    return diag_error_count() == errors;
}

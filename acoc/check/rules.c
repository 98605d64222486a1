// SPDX-License-Identifier: MIT
// Section 7 of the language: our own errors and warnings, each one function named after what it forbids. The C
// compiler's rules are left to the C compiler. Jumps are in jumps.c.
#include "check.h"

static const Type *function_of_callee(Node *callee)
{
    const Type *type = callee->type;
    if (type && type->kind == TYPE_POINTER)
        type = type->base;
    return type && type->kind == TYPE_FUNCTION ? type : NULL;
}

// ------------------------------------------------------------------------------------ discarded coroutines

// f(x); makes an object that never runs: always a forgotten `yield from`.
static bool makes_coroutine(const Node *node)
{
    if (node->kind != NODE_CALL || !node->type || node->type->kind != TYPE_HANDLE)
        return false;
    const Type *function = function_of_callee(node->callee);
    return function && function->is_coroutine;
}

// if (f(x)): always true, and f never runs.
void rule_tested(Node *condition)
{
    Node *node = node_strip(condition);
    if (!makes_coroutine(node))
        return;
    check_error(node, "the coroutine '%s' is made and only tested: it would never run", node_text(node));
    fix_at(node->first->place, 0, "yield from ", "wait for its value: 'yield from %s'", node_text(node));
}

void rule_discarded(Checker *c, Node *expression)
{
    Node *node = node_strip(expression);
    if (node->kind == NODE_COMMA) {
        rule_discarded(c, node->left);
        rule_discarded(c, node->right);
        return;
    }
    Node *value = node->kind == NODE_STATEMENT_EXPRESSION ? node_value_statement(node) : NULL;
    if (value) {
        rule_discarded(c, value->operand);
        return;
    }
    if (!makes_coroutine(node))
        return;
    check_error(node, "the coroutine '%s' is made and dropped: it would never run", node_text(node));
    fix_at(node->first->place, 0, "yield from ", "run it here: 'yield from %s'", node_text(node));
    fix_at(node->first->place, 0, "async ", "or start it as a task: 'async %s'", node_text(node));
}

// --------------------------------------------------------------------------------------------- const locals

bool is_const_object(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return (type->qualifiers & QUAL_CONST) || type_has_const_member(type);
}

static Symbol *root_symbol(Node *node)
{
    node = node_strip(node);
    while (node->kind == NODE_MEMBER ||
           (node->kind == NODE_SUBSCRIPT && node->left->type && node->left->type->kind == TYPE_ARRAY))
        node = node_strip(node->left);
    return node->kind == NODE_IDENTIFIER ? node->symbol : NULL;
}

static bool is_vector_element(Node *node)
{
    node = node_strip(node);
    return node->kind == NODE_SUBSCRIPT && node->left->type->kind == TYPE_VECTOR;
}

// The working copies of a coroutine's locals lose their const, so nobody after us would notice. Of an element of a
// const vector gcc only warns.
void rule_const_assignment(Checker *c, Node *target)
{
    if (!target->type || !target->is_lvalue || !is_const_object(target->type))
        return;
    if (is_vector_element(target) && !in_coroutine(c))
        return;
    check_error(target, "'%s' is const and cannot be changed", node_text(target));
    Symbol *symbol = root_symbol(target);
    note_declared(symbol);
}

// ---------------------------------------------------------------------------------------- escaping locals

static Symbol *automatic_root(Node *node)
{
    Symbol *symbol = root_symbol(node);
    return symbol && symbol->kind == SYMBOL_VARIABLE && symbol->function ? symbol : NULL;
}

// The local whose address the value is, if it plainly is one.
Symbol *local_of_address(Node *value)
{
    value = node_strip(value);
    if (value->kind == NODE_CAST && value->type && value->type->kind == TYPE_POINTER)
        return local_of_address(value->operand);
    if (value->kind == NODE_UNARY && value->op == T_AND)
        return automatic_root(value->operand);
    return value->type && value->type->kind == TYPE_ARRAY ? automatic_root(value) : NULL;
}

void rule_returned_local(Checker *c, Node *node)
{
    Symbol *symbol = node->operand && node->operand->type ? local_of_address(node->operand) : NULL;
    if (!symbol || !in_coroutine(c) || c->state->function->result->kind != TYPE_POINTER)
        return;
    check_error(node->operand, "the address of '%s' is returned, but '%s' ends with this function",
                symbol->name->text, symbol->name->text);
    note_declared(symbol);
}

// --------------------------------------------------------------------------------------------------- calls

static bool is_setjmp(const String *name)
{
    return string_is(name, "setjmp") || string_is(name, "_setjmp") || string_is(name, "sigsetjmp") ||
           string_is(name, "__sigsetjmp") || string_is(name, "__builtin_setjmp");
}

static void rule_call_in_coroutine(Checker *c, Node *node, const Symbol *symbol)
{
    if (is_setjmp(symbol->name)) {
        check_error(node, "'setjmp' in an async function: the stack it would return to is gone after a suspension");
    } else {
        rule_blocking(c, node, symbol);
    }
}

static void rule_unhandled(Checker *c, Node *node)
{
    const Function *function = c->state->function;
    c->state->uses_ideas = true;
    if (function->is_coroutine || function->is_raises || is_inside(c, CONTEXT_TRY))
        return;
    check_warn(W_UNHANDLED_ERROR, node, "'%s' may raise an error that '%s' neither handles nor passes on",
               node_text(node->callee), function->name->text);
    check_note(node, "put it into 'try', or declare '%s' as 'raises'", function->name->text);
}

void rule_call(Checker *c, Node *node)
{
    if (!c->state || c->unevaluated)
        return;
    Symbol *symbol = node_strip(node->callee)->symbol;
    if (symbol && in_coroutine(c))
        rule_call_in_coroutine(c, node, symbol);
    if (node->may_raise)
        rule_unhandled(c, node);
}

// ------------------------------------------------------------------------------- the end of a function

void rule_function_end(Checker *c, Node *node)
{
    const Function *function = c->state->function;
    if (!function->is_coroutine || function->is_main || function->result->kind == TYPE_VOID || c->unit->doubtful)
        return; // after a parse error the `return` may stand in what was skipped
    if (!falls_through(node->function_body))
        return;
    const Token *end = node->last;
    warn_at(W_RETURN_TYPE, end->place, end->length, "'%s' delivers '%s', but may end without 'return'",
            function->name->text, type_describe(function->result));
}

// The attribute means a plain call: C knows no other.
void rule_cleanup(const Symbol *symbol)
{
    const Type *type = symbol->cleanup->type;
    if (type->kind != TYPE_FUNCTION || (!type->is_raises && !type->is_coroutine))
        return;
    check_error(symbol->cleanup, "the clean-up '%s' of '%s' is %s", node_text(symbol->cleanup), symbol->name->text,
                type->is_coroutine ? "an async function" : "a function that may raise");
    check_note(symbol->cleanup, "write 'defer' behind the declaration instead");
}

// A forgotten `async` or `raises` is one mistake, however often the function would need it.
bool rule_plain_function(Checker *c)
{
    bool told = c->state->told_what_it_is;
    c->state->told_what_it_is = true;
    return told;
}

// As the body of an `if` or behind a label it would not belong to the block that it seems to stand in.
void rule_lonely_defer(Node *node)
{
    check_error(node, "'defer' has to stand in a block itself: here it would run at once");
    check_note(node, "write '{ … }' around it and what it belongs to; behind a label, ';' before it");
}

// ------------------------------------------------------------------------------- what is not supported yet

static void refuse(Node *node, const char *what)
{
    check_error(node, "not supported yet: %s", what);
}

void rule_coroutine_refusals(Checker *c)
{
    const FunctionState *state = c->state;
    if (!state->function->is_coroutine)
        return;
    if (state->first_openmp && state->first_suspension)
        refuse(state->first_openmp, "an OpenMP region in an async function that suspends");
    if (state->first_register && state->first_suspension)
        refuse(state->first_register, "an explicit-register variable in an async function that suspends");
}

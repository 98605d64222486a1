// SPDX-License-Identifier: MIT
// Calls: the callee's function type, arguments against parameters, and the result. Calling a coroutine function makes
// a coroutine object, so the type is a handle; calling a raises function may leave with an error.
#include "check.h"

static Type *function_type_of(Checker *c, Node *callee)
{
    Type *type = callee->type;
    if (type->kind != TYPE_FUNCTION)
        type = value_type(c, callee);
    if (type->kind == TYPE_POINTER)
        type = type->base;
    return type->kind == TYPE_FUNCTION ? type : NULL;
}

static void check_argument(Checker *c, const Type *function, Type *parameter, Node *argument)
{
    check_conversion(c, parameter, argument, "the parameter is");
    if (function->is_coroutine)
        check_coroutine_argument(c, parameter, argument, decayed_type(c, argument));
}

// How many there are.
static size_t check_arguments(Checker *c, Node *node)
{
    size_t count = 0;
    for (Node *argument = node->list; argument; argument = argument->next, count++)
        check_value(c, argument);
    return count;
}

// Where there are too few or too many, nobody knows which belongs to which parameter.
static void check_parameters(Checker *c, Node *node, const Type *function, size_t given)
{
    size_t count = vec_count(function->parameters), index = 0;
    bool too_many = given > count && !function->is_variadic;
    if (!function->is_kr && (given < count || too_many)) {
        check_error(node, "too %s arguments for '%s': it takes %zu, not %zu", too_many ? "many" : "few",
                    node_text(node->callee), count, given);
        note_declared(node_strip(node->callee)->symbol);
        return;
    }
    for (Node *argument = node->list; argument && index < count; argument = argument->next)
        check_argument(c, function, function->parameters[index++].type, argument);
}

static void refuse_call(Checker *c, Node *node)
{
    Type *type = value_type(c, node->callee);
    node->type = type_basic(TYPE_ERROR);
    if (type->kind != TYPE_ERROR)
        refuse_value(c, node->callee, node->callee, "'%s' of type '%s' is not a function", node_text(node->callee),
                     type_describe(type));
}

// ---- clang's overloadable functions: the one whose parameters need the least conversion

enum { EXACT, PROMOTION, CONVERSION, IMPOSSIBLE };

static int rank_conversion(Checker *c, Node *argument, Type *parameter)
{
    Type *given = decayed_type(c, argument), *wanted = type_unqualified(c->arena, parameter);
    if (type_compatible(given, wanted))
        return EXACT;
    if (type_is_integer(given) && type_compatible(node_promoted(c, argument), wanted))
        return PROMOTION;
    if (given->kind == TYPE_FLOAT && wanted->kind == TYPE_DOUBLE)
        return PROMOTION;
    bool possible = type_is_arithmetic(given) ? type_is_arithmetic(wanted)
                                              : given->kind == wanted->kind && !type_is_record(given);
    possible |= given->kind == TYPE_ERROR || (wanted->kind == TYPE_POINTER && is_null_pointer(argument)) ||
                (wanted->kind == TYPE_BOOL && given->kind == TYPE_POINTER);
    return possible ? CONVERSION : IMPOSSIBLE;
}

static int rank_overload(Checker *c, Node *call, const Type *function)
{
    int rank = EXACT;
    size_t index = 0, count = vec_count(function->parameters);
    for (Node *argument = call->list; argument; argument = argument->next, index++) {
        if (index >= count)
            return function->is_variadic ? CONVERSION : IMPOSSIBLE;
        int one = rank_conversion(c, argument, function->parameters[index].type);
        rank = one > rank ? one : rank;
    }
    return index < count ? IMPOSSIBLE : rank;
}

// False after an error.
static bool choose_overload(Checker *c, Node *call)
{
    Node *callee = node_strip(call->callee);
    if (callee->kind != NODE_IDENTIFIER || !callee->symbol || !callee->symbol->is_overloadable)
        return true;
    int best = IMPOSSIBLE;
    for (Symbol *symbol = callee->symbol; symbol; symbol = symbol->overload) {
        int rank = rank_overload(c, call, symbol->type);
        if (rank < best)
            callee->symbol = symbol;
        best = rank < best ? rank : best;
    }
    callee->type = call->callee->type = callee->symbol->type;
    if (best < IMPOSSIBLE || !callee->symbol->overload)
        return true;
    check_error(call, "none of the functions '%s' takes these arguments", callee->name->text);
    note_declared(callee->symbol);
    call->type = type_basic(TYPE_ERROR);
    return false;
}

// The value of a call is unqualified, but if the function returns an _Atomic type, that stays.
static Type *type_of_result(Checker *c, const Type *function)
{
    Type *type = type_unqualified(c->arena, function->base);
    return function->base->qualifiers & QUAL_ATOMIC ? type_qualified(c->arena, type, QUAL_ATOMIC) : type;
}

void check_call(Checker *c, Node *node)
{
    if (check_acoc_result(c, node))
        return;
    check_expression(c, node->callee);
    if (check_builtin_call(c, node))
        return;
    size_t given = check_arguments(c, node);
    if (!choose_overload(c, node))
        return;
    Type *function = function_type_of(c, node->callee);
    if (!function) {
        refuse_call(c, node);
        return;
    }
    check_parameters(c, node, function, given);
    node->type = type_of_result(c, function);
    if (function->is_raises)
        node->may_raise = true;
    rule_call(c, node);
}

// SPDX-License-Identifier: MIT
// What may become what as if by assignment, as far as handles, errors and raises functions are concerned, and what no C
// compiler converts. What plain C accepts with a warning is accepted here without one; the C compiler sees the same
// text and says it better.
#include "check.h"

static bool points_to_tag(const Type *type, const char *name)
{
    if (type->kind != TYPE_POINTER)
        return false;
    const Type *base = type->base;
    if (!type_is_record(base))
        return false;
    return string_is(base->record->tag, name) || (base->alias && string_is(base->alias->name, name));
}

bool is_error_pointer(const Type *type)
{
    return points_to_tag(type, "acoc_error");
}

bool is_future_pointer(const Type *type)
{
    return points_to_tag(type, "acoc_future");
}

bool type_contains_handle(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->base;
    return type->kind == TYPE_HANDLE;
}

static void check_to_handle(Checker *c, Type *target, Node *value, const char *what)
{
    Type *from = decayed_type(c, value);
    if (is_null_pointer(value))
        return;
    if (from->kind == TYPE_HANDLE) {
        Type *wanted = type_unqualified(c->arena, target->base), *given = type_unqualified(c->arena, from->base);
        if (type_compatible(wanted, given))
            return;
        check_error(value, "%s '%s', but '%s' is '%s'", what, type_describe(target), node_text(value),
                    type_describe(from));
        return;
    }
    if (!refuse_value(c, value, value, "%s '%s', which cannot be made from '%s' of type '%s'", what,
                      type_describe(target), node_text(value), type_describe(from)))
        return;
    if (is_future_pointer(from))
        check_note(value, "an 'acoc_future *' becomes a handle by a cast: (%s)%s", type_describe(target),
                   node_text(value));
    else if (from->kind == TYPE_POINTER && from->base->kind == TYPE_HANDLE && target->base->kind == TYPE_POINTER)
        check_note(value, "'async R *p' is a handle on an 'R *'; a pointer to handles is declared 'async R (*p)'");
}

static void check_from_handle(Checker *c, Type *target, Node *value, const char *what)
{
    Type *from = decayed_type(c, value);
    bool is_plain_pointer = is_future_pointer(target) ||
                            (target->kind == TYPE_POINTER && target->base->kind == TYPE_VOID);
    value->is_lent = is_plain_pointer || target->kind == TYPE_BOOL;
    if (value->is_lent)
        return;
    check_error(value, "%s '%s', but '%s' is not a value but a handle, '%s'", what, type_describe(target),
                node_text(value), type_describe(from));
    if (type_compatible(type_unqualified(c->arena, target), type_unqualified(c->arena, from->base)))
        check_note(value, "wait for its value with 'yield from %s'",
                   node_text(node_strip(value)->kind == NODE_ASYNC ? node_strip(value)->operand : value));
}

// Handles are pointers to the C compiler, so it would not see that they deliver different types.
static bool same_handles(Checker *c, Type *wanted, Type *given)
{
    if (wanted->kind == TYPE_HANDLE && given->kind == TYPE_HANDLE)
        return type_compatible(type_unqualified(c->arena, wanted->base), type_unqualified(c->arena, given->base));
    if (wanted->kind == TYPE_HANDLE || given->kind == TYPE_HANDLE)
        return is_future_pointer(wanted) || is_future_pointer(given);
    return true;
}

static Symbol *function_named_by(Node *value)
{
    value = node_strip(value);
    if (value->kind == NODE_UNARY && value->op == T_AND)
        value = node_strip(value->operand);
    bool is_function = value->kind == NODE_IDENTIFIER && value->symbol && value->symbol->kind == SYMBOL_FUNCTION;
    return is_function ? value->symbol : NULL;
}

static void refuse_function(Type *target, Node *value, Type *from, const char *what)
{
    check_error(value, "%s '%s', but '%s' is '%s'", what, type_describe(target), node_text(value), type_describe(from));
    Symbol *symbol = function_named_by(value);
    if (symbol && from->base->is_coroutine && target->base->base->kind != TYPE_HANDLE)
        note_symbol(symbol, "nobody would run the coroutine: give a plain function that starts it, 'async %s(…)'",
                    symbol->name->text);
    else if (symbol && target->base->base->kind == TYPE_HANDLE && from->base->base->kind != TYPE_HANDLE)
        note_symbol(symbol, "'%s' would have to be declared 'async'", symbol->name->text);
}

// Of coroutine functions: what calls them through the pointer has no other check.
static bool same_parameters(Checker *c, const Type *wanted, const Type *given)
{
    if (!given->is_coroutine || wanted->is_kr || given->is_kr)
        return true;
    if (vec_count(wanted->parameters) != vec_count(given->parameters))
        return false;
    for (size_t i = 0; i < vec_count(wanted->parameters); i++)
        if (!type_compatible(type_unqualified(c->arena, wanted->parameters[i].type),
                             type_unqualified(c->arena, given->parameters[i].type)))
            return false;
    return true;
}

// A raises function called through a pointer that does not say so would lose its error.
static void check_functions(Checker *c, Type *target, Node *value, Type *from, const char *what)
{
    if (target->kind != TYPE_POINTER || from->kind != TYPE_POINTER)
        return;
    if (target->base->kind != TYPE_FUNCTION || from->base->kind != TYPE_FUNCTION)
        return;
    if (from->base->is_raises && !target->base->is_raises)
        check_error(value, "'%s' is a raises function, but '%s' does not say 'raises': its errors would be lost",
                    node_text(value), type_describe(target));
    else if (!same_handles(c, target->base->base, from->base->base) || !same_parameters(c, target->base, from->base))
        refuse_function(target, value, from, what);
}

static bool takes(const Type *target, const Type *from)
{
    if (target->kind == TYPE_VA_LIST || from->kind == TYPE_VA_LIST || target->kind == TYPE_VOID)
        return true;
    if (type_is_record(target))
        return target->record->is_transparent_union || (type_is_record(from) && from->record == target->record);
    if (target->kind == TYPE_VECTOR || from->kind == TYPE_VECTOR)
        return target->kind == from->kind;
    if (!type_is_scalar(from))
        return false;
    if (target->kind == TYPE_POINTER)
        return from->kind == TYPE_POINTER || from->kind == TYPE_NULLPTR || type_is_integer(from);
    return type_is_arithmetic(from) || type_is_integer(target); // a pointer to an integer: the C compiler warns
}

// What no C compiler converts. In a coroutine its message would speak of names that the user never wrote.
static void check_possible(Checker *c, Type *target, Node *value, Type *from, const char *what)
{
    if (takes(target, from))
        return;
    if (from->kind == TYPE_VOID)
        check_error(value, "%s '%s', but '%s' %s no value", what, type_describe(target), node_text(value),
                    node_strip(value)->kind == NODE_YIELD_FROM ? "delivers" : "has");
    else
        refuse_value(c, value, value, "%s '%s', but '%s' is '%s'", what, type_describe(target), node_text(value),
                     type_describe(from));
}

// Arrays of int to pointers to double: what both point to are objects of different types.
static bool differ(const Type *a, const Type *b)
{
    if (a->kind == TYPE_ERROR || b->kind == TYPE_ERROR)
        return false;
    if (type_is_record(a) || type_is_record(b))
        return !(type_is_record(a) && type_is_record(b)) ? a->kind != TYPE_VOID && b->kind != TYPE_VOID
                                                         : a->record != b->record;
    if (!type_is_arithmetic(a) || !type_is_arithmetic(b))
        return false;
    return type_is_integer(a) != type_is_integer(b) || type_size(a) != type_size(b);
}

// Something about the type was reported already.
static bool is_refused(const Type *type)
{
    return type->kind == TYPE_ERROR || (type_is_record(type) && type->record->is_refused);
}

// Nothing can be said of what was not understood, or of two structs of which one may be the other.
static bool is_unknown(const Checker *c, const Type *target, const Type *from)
{
    return is_refused(target) || is_refused(from) || (is_doubtful_type(c, target) && is_doubtful_type(c, from));
}

// Integers for pointers, pointers for integers, pointers to something else: a C compiler only warns, and where the call
// of a coroutine is written anew its warning points at text of ours.
void check_coroutine_argument(const Checker *c, Type *target, Node *value, Type *from)
{
    if (is_unknown(c, target, from))
        return;
    bool is_pointer = from->kind == TYPE_POINTER;
    bool differs = target->kind == TYPE_POINTER && is_pointer && differ(target->base, from->base);
    bool converts = target->kind == TYPE_POINTER ? type_is_integer(from) && !is_null_pointer(value)
                                                 : is_pointer && type_is_integer(target) && target->kind != TYPE_BOOL;
    if (differs || converts)
        check_warn(differs ? W_INCOMPATIBLE_POINTER_TYPES : W_INT_CONVERSION, value, "the parameter is '%s', but '%s' is '%s'",
                   type_describe(target), node_text(value), type_describe(from));
}

void check_conversion(Checker *c, Type *target, Node *value, const char *what)
{
    Type *from = decayed_type(c, value);
    if (is_unknown(c, target, from))
        return;
    if (target->kind == TYPE_HANDLE) {
        check_to_handle(c, target, value, what);
    } else if (from->kind == TYPE_HANDLE) {
        check_from_handle(c, target, value, what);
    } else {
        check_functions(c, target, value, from, what);
        check_possible(c, target, value, from, what);
    }
}

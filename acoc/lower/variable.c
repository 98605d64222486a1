// SPDX-License-Identifier: MIT
// Variably modified types in coroutines. C allows no jump into the scope of an array of variable length or of what has
// such an array in its type, and a resume is such a jump. So where their scope suspends these declarations leave the
// text. What remains of them:
//
//     int a[n][m];                   acoc_extent_4 = (n); acoc_extent_5 = (m);      values that are kept as any other
//                                    a = memory of its own, given back with its scope as a handle is
//     int (*p)[m] = a;               void *p = a's text
//     typedef int row[n];            acoc_extent_6 = (n); uses of row are __typeof__(int [acoc_extent_6])
//     a[i][j], sizeof a              (*(int (*)[acoc_extent_4][acoc_extent_5])a)[i][j]: a cast has no scope
//
// Where nothing suspends behind it in its scope, a declaration stays as it is.
#include "order.h"

bool must_be_rewritten(const Lowering *l, const Symbol *symbol)
{
    const Function *function = l->function->function;
    if (!function->is_coroutine || !type_is_variably_modified(symbol->type))
        return false;
    if (symbol->is_parameter)
        return true;
    const Type *element = symbol->type;
    while (element->kind == TYPE_ARRAY)
        element = element->base;
    if (element->kind == TYPE_HANDLE)
        return true; // counted: its elements are released on every way out
    const Node *scope = symbol->scope ? symbol->scope->node : NULL;
    return scope && symbol->declaration && suspends_behind(scope, symbol->declaration->first - 1);
}

// The lengths in the type that stand between the tokens, which nobody has looked at yet.
static Node **own_lengths(Lowering *l, const Type *type, const Token *first, const Token *last)
{
    Node **lengths = NULL;
    for (; type; type = type->base) {
        bool is_own = type->kind == TYPE_ARRAY && type->length && type->length->first >= first && type->length->last <= last;
        if (is_own && !lowered_of(l->unit, type->length)->is_lowered)
            vec_push(l->unit->arena, lengths, type->length);
        if (type->kind != TYPE_ARRAY && type->kind != TYPE_POINTER && type->kind != TYPE_FUNCTION)
            break;
    }
    return lengths;
}

static void keep_extent(Lowering *l, Node *length)
{
    Local *extent = hidden_new(l, type_basic(target_size_kind()), "acoc_extent_%zu", vec_count(l->function->locals));
    extent->is_extent = true;
    length->lowered->extent = extent;
}

static void refuse(const Node *node, const char *what)
{
    error_at(node->first->place, node->first->length, "not supported: %s", what);
}

static void check_declared(const Lowering *l, const Node *declarator, const Symbol *symbol)
{
    const Local *local = symbol_local(symbol);
    bool is_variable = symbol->kind == SYMBOL_VARIABLE;
    if (is_variable && !local && l->function->function->is_coroutine
        && (type_varies(symbol->type) || type_has_kept_extents(symbol->type))
        && suspends_behind(l->scope, declarator->last))
        refuse(declarator, "a static variable of variably modified type where an async function suspends");
    const Node *initialiser = local && local->owns_array ? declarator->initialiser : NULL;
    if (initialiser && (initialiser->kind != NODE_INITIALISER || initialiser->list))
        refuse(initialiser, "values for an array whose length acoc does not know, where an async function suspends");
    if (local && local->is_handle && !local->owns_array)
        refuse(declarator, "an array of handles of variable length in a function that is not async");
}

void lower_variable_type(Lowering *l, const Node *declaration, Node *declarator)
{
    Symbol *symbol = declarator->symbol;
    if (!symbol || !symbol->type || symbol->kind == SYMBOL_FUNCTION || !type_is_variably_modified(symbol->type))
        return;
    check_declared(l, declarator, symbol);
    Local *local = symbol_local(symbol);
    Lowered *lowered = lowered_of(l->unit, declarator);
    lowered->is_rewritten = local ? local->variable_type != NULL
        : symbol->kind == SYMBOL_TYPEDEF && must_be_rewritten(l, symbol);
    Node **lengths = own_lengths(l, symbol->type, declaration->first, declaration->last);
    for (size_t i = 0; i < vec_count(lengths); i++) {
        lower_length(l, lengths[i]);
        lengths[i]->lowered->is_lowered = true;
        if (lowered->is_rewritten)
            keep_extent(l, lengths[i]);
    }
    lowered->extents = lowered->is_rewritten ? lengths : NULL;
    if (!local || !local->owns_array)
        return;
    lowered->allocates = l->region;
    lowered->point = (unsigned)vec_count(l->function->points);
    vec_push(l->unit->arena, l->function->points, declarator->token);
}

// --------------------------------------------------------------------------------------------- parameters

static void keep_at_entry(Lowering *l, Node *length)
{
    lowered_of(l->unit, length)->acts = has_effects(length);
    lower_length(l, length);
    length->lowered->is_lowered = true;
    keep_extent(l, length);
    vec_push(l->unit->arena, l->function->extents, length);
}

// int a[n++][m] is a pointer to int[m]; n++ happens nevertheless.
static Node *length_of_pointer(const Symbol *parameter)
{
    const Node *derivation = parameter->declaration ? parameter->declaration->list : NULL;
    bool acts = derivation && derivation->kind == NODE_ARRAY && derivation->operand && has_effects(derivation->operand);
    return acts ? derivation->operand : NULL;
}

// Computed once, from left to right, when the body begins. An error in one leaves what the body's block holds.
void lower_variable_parameters(Lowering *l)
{
    const Function *function = l->function->function;
    for (size_t i = 0; function->is_coroutine && i < vec_count(function->parameters); i++) {
        const Symbol *parameter = function->parameters[i];
        if (length_of_pointer(parameter))
            keep_at_entry(l, length_of_pointer(parameter));
        Node **lengths = own_lengths(l, parameter->type, function->node->first, function->node->function_body->first);
        for (size_t j = 0; j < vec_count(lengths); j++)
            keep_at_entry(l, lengths[j]);
    }
}

// ----------------------------------------------------------------------------------------------- values

static bool stands_in(const Node *length, const Node *node)
{
    return length->first >= node->first && length->last <= node->last;
}

// (int (*)[n])p waits for a suspension: n may be another one behind it. One that stands in the cast itself, (int (*)[f()])p,
// is computed here, and its value stands for it there.
void keep_extents_of_value(Lowering *l, Node *node)
{
    for (const Type *type = node->type; type && type_is_variably_modified(type); type = type->base) {
        Node *length = type->kind == TYPE_ARRAY ? type->length : NULL;
        if (!length || lowered_of(l->unit, length)->extent)
            continue;
        bool is_own = node_strip(node)->kind == NODE_CAST && stands_in(length, node);
        if (!is_own && has_effects(length))
            refuse(length, "the length of an array that calls or assigns, in a type whose value waits for a suspension");
        keep_extent(l, length);
        step_new(l, STEP_EVALUATE, length, length->lowered->extent);
        if (is_own)
            length->lowered->temporary = length->lowered->extent;
        length->lowered->is_saved = is_own;
    }
}

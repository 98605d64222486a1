// SPDX-License-Identifier: MIT
// Operands that wait while another one suspends: which need a temporary, and of what type. Needs the full expression at
// hand (Lowering.full, steps). Leaves temporaries on the nodes.
#include "order.h"

#include "../model/library.h"

// ------------------------------------------------------------------------------------------------ steps

Step *step_new(Lowering *l, StepKind kind, Node *node, Local *target)
{
    Step *step = NEW(l->unit->arena, Step);
    step->kind = kind;
    step->node = node;
    step->target = target;
    vec_push(l->unit->arena, l->steps, step);
    return step;
}

static bool is_truth(const Node *node)
{
    node = node_strip((Node *)node);
    if (node->kind == NODE_UNARY)
        return node->op == T_NOT;
    switch (node->kind == NODE_BINARY ? node->op : T_END) {
    case T_EQUAL: case T_NOT_EQUAL: case T_LESS: case T_GREATER: case T_LESS_EQUAL: case T_GREATER_EQUAL:
    case T_AND_AND: case T_OR_OR:
        return node->type->kind == TYPE_INT; // not the lanes of a vector
    default:
        return false;
    }
}

// A bit-field no wider than int promotes to int whatever its declared type. The value of a wider one has so many bits for
// gcc (Type.count), its declared type for clang. NULL: it is none.
static Type *bit_field_type(Lowering *l, const Node *node)
{
    const Member *field = node_bit_field((Node *)node);
    Type *declared = type_of_enum(field ? field->type : node->type);
    uint64_t int_bits = type_size(type_basic(TYPE_INT)) * 8, bits = field ? field->bit_width : declared->count;
    if (!type_is_integer(declared) || declared->kind == TYPE_BITINT || !bits)
        return NULL;
    if (bits <= int_bits)
        return type_basic(bits == int_bits && type_is_unsigned(declared) ? TYPE_UINT : TYPE_INT);
    if (target_is_clang() || bits == type_size(declared) * 8)
        return NULL;
    Type *type = type_copy(l->unit->arena, type_basic(declared->kind));
    type->count = bits;
    return type;
}

static bool find_unknown_builtin(Node *node, void *context)
{
    Node **found = context;
    const Symbol *callee = node->kind == NODE_CALL ? node_strip(node->callee)->symbol : NULL;
    bool is_builtin = (callee && callee->is_builtin) || node->kind == NODE_BUILTIN;
    if (!*found && is_builtin && node->type->kind == TYPE_ERROR)
        *found = node;
    return !*found;
}

// Only the compiler knows it, and a temporary must have its type. A builtin in it may be one that nobody knows.
static void refuse_unknown_type(Lowering *l, Node *node)
{
    Node *call = NULL;
    node_walk(l->unit->arena, node, find_unknown_builtin, NULL, &call);
    const Token *start = call ? call->first : node->first;
    const char *text = call ? intern(start->text, start->length)->text : node_text(node);
    uint32_t length = call ? start->length : node_span(node, start);
    error_at(start->place, length, "acoc does not know the type of '%s', whose value waits for a suspension beside it", text);
    const char *similar = call && diag_takes_suggestion() ? similar_builtin(l->unit->arena, text) : NULL;
    if (similar)
        fix_at(start->place, length, similar, "did you mean '%s'?", similar);
    note_at(start->place, length, "store the value in a variable of its type before");
}

Type *temporary_type(Lowering *l, Node *node)
{
    Type *type = node->type;
    const Member *field = node_bit_field(node);
    if (type_is_unknown(type) || (field && member_has_unknown_promotion(field)))
        refuse_unknown_type(l, node);
    keep_extents_of_value(l, node);
    if (type->kind == TYPE_ARRAY)
        return type_pointer_to(l->unit->arena, type->base);
    if (type->kind == TYPE_FUNCTION)
        return type_pointer_to(l->unit->arena, type);
    if (is_truth(node))
        return type_basic(TYPE_BOOL); // as compilers know it: never negative
    Type *bits = bit_field_type(l, node);
    return bits ? bits : type_unqualified(l->unit->arena, type);
}

void keep(Lowering *l, Local *keeper, Local *temporary)
{
    if (keeper)
        step_new(l, STEP_KEEP, NULL, keeper)->temporary = temporary;
}

// Not where ways of values through locals are followed (stack.c).
static void spare_local(Lowering *l, Local *local)
{
    if (local && !local->variable_type && !l->uses_stack_memory)
        vec_push(l->unit->arena, l->spare, local);
}

void spare(Lowering *l, Node *node)
{
    const Lowered *lowered = node->lowered;
    if (node->is_unevaluated || (lowered && lowered->nothing_left))
        return;
    if (lowered && lowered->temporary) {
        spare_local(l, lowered->temporary);
        return;
    }
    if (node->kind == NODE_STATEMENT_EXPRESSION)
        return;
    if (lowered && lowered->instead) {
        spare(l, lowered->instead);
        return;
    }
    if (lowered)
        spare_local(l, lowered->saved_left);
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        spare(l, part);
}

void save(Lowering *l, Node *node)
{
    Local *temporary = temporary_new(l, temporary_type(l, node));
    step_new(l, STEP_EVALUATE, node, temporary);
    spare(l, node);
    lowered_of(l->unit, node)->temporary = temporary;
    node->lowered->is_saved = true;
    keep(l, keeper_of_operand(l, node), temporary);
}

// --------------------------------------------------------------------------------- what need not be saved

// s in s.a.b, in a lane of a vector, in __real__ s.
static const Node *root_of_place(const Node *place)
{
    for (;;) {
        place = node_strip((Node *)place);
        if (place->kind == NODE_GENERIC && node_chosen_arm(place)) {
            place = node_chosen_arm(place);
            continue;
        }
        bool is_part = place->kind == NODE_MEMBER || place->kind == NODE_EXTENSION
            || (place->kind == NODE_SUBSCRIPT && place->left->type && place->left->type->kind == TYPE_VECTOR);
        if (!is_part)
            return place;
        place = place->operand;
    }
}

static bool assigns(const Node *node, const Symbol *symbol)
{
    if ((node->kind == NODE_ASSIGN || node->kind == NODE_INCREMENT || node->kind == NODE_POSTFIX)) {
        const Node *place = root_of_place(node->left);
        if (place->kind == NODE_IDENTIFIER && place->symbol == symbol)
            return true;
    }
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (assigns(part, symbol))
            return true;
    return false;
}

static bool assigned_later(const Later *later, const Symbol *symbol)
{
    for (; later; later = later->more)
        for (size_t i = 0; i < later->count; i++)
            if (assigns(later->nodes[i], symbol))
                return true;
    return false;
}

bool suspends_later(const Later *later)
{
    for (; later; later = later->more)
        for (size_t i = 0; i < later->count; i++)
            if (later->nodes[i]->suspends)
                return true;
    return false;
}

bool is_stable(const Node *node, const Later *later)
{
    node = node_strip((Node *)node);
    if (node->is_constant || node->kind == NODE_NUMBER || node->kind == NODE_STRING || !node->type
        || node->type->kind == TYPE_VOID)
        return true;
    if (node->lowered && node->lowered->temporary)
        return true;
    if (node->kind != NODE_IDENTIFIER || !node->symbol)
        return false;
    if (node->symbol->kind != SYMBOL_VARIABLE || node->type->kind == TYPE_FUNCTION)
        return true;
    if (node->type->kind == TYPE_ARRAY || node->type->kind == TYPE_VA_LIST)
        return true;
    if (!symbol_local(node->symbol) || node->symbol->address_taken || node->type->qualifiers & QUAL_VOLATILE)
        return false;
    return !assigned_later(later, node->symbol);
}

bool has_effects(const Node *node)
{
    if (node->lowered && node->lowered->temporary)
        return false;
    if (node->kind == NODE_CALL || node->kind == NODE_ASSIGN || node->kind == NODE_INCREMENT
        || node->kind == NODE_POSTFIX || node->kind == NODE_ASYNC || node->kind == NODE_STATEMENT_EXPRESSION
        || (node->type && node->type->qualifiers & QUAL_VOLATILE))
        return true;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (has_effects(part))
            return true;
    return false;
}

bool is_done(const Node *node)
{
    const Lowered *lowered = node->lowered;
    return lowered && (lowered->nothing_left || lowered->temporary);
}

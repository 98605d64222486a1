// SPDX-License-Identifier: MIT
// Places (lvalues) in an expression that suspends, assignment to them, and the operands of asm. A place is its root plus
// saved indices and pointers, never an address of a local: a[i].m, p->m, *p, v[i], __imag__ z.
#include "order.h"

static void cut_pointer(Lowering *l, Node *pointer, const Later *later)
{
    cut(l, pointer);
    if (suspends_later(later) && !is_stable(pointer, later))
        save(l, pointer);
}

// An array, and a vector that is no value, is itself a place; of everything else the value is taken.
static bool is_place(const Node *node)
{
    return node->type->kind == TYPE_ARRAY || (node->type->kind == TYPE_VECTOR && node->is_lvalue);
}

void cut_subscript(Lowering *l, Node *node, const Later *later)
{
    Later behind_left = { &node->right, 1, later };
    Node *parts[2] = { node->left, node->right };
    for (int i = 0; i < 2; i++)
        (is_place(parts[i]) ? cut_place : cut_pointer)(l, parts[i], i == 0 ? &behind_left : later);
}

void cut_place(Lowering *l, Node *node, const Later *later)
{
    switch (node->kind) {
    case NODE_PAREN:
    case NODE_EXTENSION:
        cut_place(l, node->operand, later);
        break;
    case NODE_MEMBER:
        (node->operand->is_lvalue ? cut_place : cut_pointer)(l, node->operand, later);
        break;
    case NODE_ARROW:
        cut_pointer(l, node->operand, later);
        break;
    case NODE_UNARY:
        cut_pointer(l, node->operand, node->op == T_STAR ? later : NULL);
        break;
    case NODE_SUBSCRIPT:
        cut_subscript(l, node, later);
        break;
    case NODE_GENERIC:
        cut_place(l, node_chosen_arm(node), later);
        break;
    case NODE_COMPOUND_LITERAL:
        cut_waiting_initialiser(l, node->initialiser_list, later);
        break;
    default:
        cut(l, node);
    }
}

void cut_assignment(Lowering *l, Node *node)
{
    Later later = { &node->right, 1, NULL };
    cut_place(l, node->left, &later);
    if (node->right->suspends && node->op != T_ASSIGN && !(node->left->type->qualifiers & QUAL_ATOMIC)
        && !is_stable(node->left, &later)) {
        Local *saved = temporary_new(l, temporary_type(l, node->left));
        step_new(l, STEP_EVALUATE, node->left, saved);
        lowered_of(l->unit, node)->saved_left = saved;
    }
    cut(l, node->right);
}

// ------------------------------------------------------------------------------------------- operands of asm

typedef enum AsmOperand { ASM_VALUE, ASM_PLACE, ASM_CONSTANT } AsmOperand;

// An output, and an input that can only be memory, is a place; one that can only be a constant cannot be put aside.
static AsmOperand asm_operand_kind(const Node *operand)
{
    bool takes_memory = false, takes_value = false;
    for (uint32_t i = 0; i < operand->token->length; i++)
        switch (operand->token->text[i]) {
        case 'm': case 'o': case 'V': takes_memory = true; break;
        case 'i': case 'n': case 's': case '"': case '=': case '+': case '&': case '%': case ',': break;
        default: takes_value = true; break;
        }
    if (operand->op == T_ASSIGN || (takes_memory && !takes_value))
        return ASM_PLACE;
    return takes_value ? ASM_VALUE : ASM_CONSTANT;
}

void cut_asm(Lowering *l, Node *node)
{
    Node **operands = NULL;
    for (Node *operand = node->list; operand; operand = operand->next)
        if (operand->kind == NODE_PAREN)
            vec_push(l->unit->arena, operands, operand);
    size_t count = vec_count(operands);
    for (size_t i = 0; i < count; i++) {
        Later later = { operands + i + 1, count - i - 1, NULL };
        AsmOperand kind = asm_operand_kind(operands[i]);
        if (kind == ASM_PLACE)
            cut_place(l, operands[i]->operand, &later);
        else if (kind == ASM_VALUE)
            cut_pointer(l, operands[i]->operand, &later);
        else
            cut(l, operands[i]->operand);
    }
}

// SPDX-License-Identifier: MIT
// _Generic: which association it takes. The others are checked as what is not evaluated. Where a part of a type that
// decides is known to the compiler alone, each may be the one: its type is then what all agree on, and a coroutine, in
// which only one may suspend, is refused.
#include "check.h"

// Gives how sure it is. The type names are checked; of none that fits, the default's arm or NULL.
static Compatibility find_association(Checker *c, const Node *node, Node **chosen)
{
    const Type *controlling = decayed_type(c, node->condition);
    Compatibility best = INCOMPATIBLE;
    Node *fallback = NULL;
    for (Node *association = node->list; association; association = association->next) {
        const Type *type = association->type_name ? association->type_name->type : NULL;
        Compatibility one = type ? type_compatibility(type, controlling) : INCOMPATIBLE;
        if (!association->type_name)
            fallback = association;
        if (one > best)
            *chosen = association;
        best = one > best ? one : best;
    }
    if (best == INCOMPATIBLE)
        *chosen = fallback;
    return best;
}

static void check_arm(Checker *c, Node *association, bool chosen)
{
    if (!chosen) {
        c->unevaluated++;
        c->dead++;
    }
    association->type = check_expression(c, association->operand);
    association->is_unevaluated = !chosen || c->unevaluated;
    if (!chosen) {
        c->unevaluated--;
        c->dead--;
    }
    propagate(association);
}

static void refuse_unknown_choice(Checker *c, const Node *node)
{
    Node *condition = node->condition;
    if (type_is_unknown(condition->type))
        check_error(condition, "acoc does not know the type of '%s', which chooses here", node_text(condition));
    else
        check_error(condition, "acoc does not know which association of '_Generic' is for '%s', the type of '%s'",
                    type_describe(decayed_type(c, condition)), node_text(condition));
}

// The compiler chooses by a type that only it knows: each arm may be the one.
static void leave_association(Checker *c, Node *node)
{
    Type *type = NULL;
    for (Node *association = node->list; association; association = association->next) {
        check_arm(c, association, true);
        bool is_other = type && type_compatibility(type, association->type) != COMPATIBLE;
        type = is_other ? type_basic(TYPE_ERROR) : association->type;
    }
    node->type = type;
    node->is_left_asked = node->is_left_to_compiler = true;
    if (in_coroutine(c) && !c->unevaluated && !diag_error_count())
        refuse_unknown_choice(c, node);
}

void check_generic(Checker *c, Node *node)
{
    check_unevaluated(c, node->condition);
    for (Node *association = node->list; association; association = association->next)
        if (association->type_name)
            check_type_name(c, association->type_name);
    Node *chosen = NULL;
    if (find_association(c, node, &chosen) == PERHAPS_COMPATIBLE) {
        leave_association(c, node);
        return;
    }
    for (Node *association = node->list; association; association = association->next)
        check_arm(c, association, association == chosen);
    if (chosen) {
        copy_operand(node, chosen->operand);
        return;
    }
    node->type = type_basic(TYPE_ERROR);
    check_error(node, "no association of '_Generic' is for '%s', the type of '%s'",
                type_describe(decayed_type(c, node->condition)), node_text(node->condition));
}

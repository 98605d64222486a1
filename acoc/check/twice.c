// SPDX-License-Identifier: MIT
// What may stand only once: names in a scope, definitions, members, enumerators, labels, the cases of a switch. The
// C compiler would refuse them too, but in a coroutine it would speak of text that the user never wrote.
#include "check.h"

#include <stdlib.h>

void refuse_twice(const Node *node, const Symbol *earlier)
{
    check_error(node, "redefinition of '%s'", earlier->name->text);
    note_declared(earlier);
}

static const char *kind_of(const Symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_TYPEDEF: return "a type";
    case SYMBOL_VARIABLE: return "a variable";
    case SYMBOL_FUNCTION: return "a function";
    default: return "a constant";
    }
}

// A name that was declared in this scope as something else.
bool refuse_other_kind(const Node *node, const Symbol *earlier, SymbolKind kind)
{
    if (!earlier || earlier->kind == kind || symbol_is_undeclared(earlier) || earlier->is_builtin)
        return false;
    check_error(node, "'%s' is %s here, but %s where it was declared before", earlier->name->text,
                kind_of(&(Symbol){.kind = kind}), kind_of(earlier));
    note_declared(earlier);
    return true;
}

// ------------------------------------------------------------------------------------------------ members

static void check_member_names(const Record *record, Map *seen)
{
    for (size_t i = 0; i < vec_count(record->members); i++) {
        Member *member = &record->members[i];
        if (!member->name) {
            if (member_is_anonymous(member))
                check_member_names(member->type->record, seen);
            continue;
        }
        Member *earlier = map_get(seen, member->name);
        if (earlier) {
            error_at(member->place, member->name->length, "duplicate member '%s'", member->name->text);
            note_at(earlier->place, member->name->length, "'%s' was declared here", member->name->text);
        }
        map_put(seen, member->name, member);
    }
}

void rule_members(Checker *c, const Record *record)
{
    check_member_names(record, map_new(c->arena));
}

// ------------------------------------------------------------------------------------- the cases of a switch

typedef struct Case {
    int64_t low, high;
    Node *node;
    size_t order;
} Case;

static int compare_cases(const void *a, const void *b)
{
    const Case *left = a, *right = b;
    if (left->low != right->low)
        return left->low < right->low ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static void refuse_case(const Case *later, const Case *earlier)
{
    if (later->order < earlier->order) {
        const Case *swap = later;
        later = earlier;
        earlier = swap;
    }
    check_error(later->node->case_low, "duplicate case '%s' in this 'switch'", node_text(later->node->case_low));
    check_note(earlier->node->case_low, "it stands here too");
}

// Needs the labels of the switch in order of appearance.
void rule_cases(Checker *c, Node *const *labels)
{
    Case *cases = NULL;
    const Node *fallback = NULL;
    for (size_t i = 0; i < vec_count(labels); i++) {
        Node *node = labels[i];
        if (node->kind == NODE_DEFAULT) {
            if (fallback) {
                error_at(node->first->place, node->first->length, "second 'default' in this 'switch'");
                note_at(fallback->first->place, fallback->first->length, "the first one stands here");
            }
            fallback = node;
        } else if (node->case_low->is_constant && (!node->case_high || node->case_high->is_constant)) {
            int64_t low = node->case_low->value, high = node->case_high ? node->case_high->value : low;
            if (low <= high)
                vec_push(c->arena, cases, (Case){low, high, node, i});
        }
    }
    if (!cases)
        return;
    qsort(cases, vec_count(cases), sizeof *cases, compare_cases);
    for (size_t i = 1, widest = 0; i < vec_count(cases); i++) {
        if (cases[i].low <= cases[widest].high)
            refuse_case(&cases[i], &cases[widest]);
        if (cases[i].high > cases[widest].high)
            widest = i;
    }
}

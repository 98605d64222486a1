// SPDX-License-Identifier: MIT
// Jumps of one function, once all its regions are known: where each goto leads and what it leaves; which jumps skip the
// beginning of what they enter, or could leave what asks for a clean-up without our knowing, and are refused.
#include "lower.h"

static bool encloses(const Region *outer, const Region *inner)
{
    for (; inner; inner = inner->outer)
        if (inner == outer)
            return true;
    return false;
}

static void note_block_with_handles(const Region *region)
{
    const Local *held = region->handles[0];
    const Token *begin = region->node->first;
    if (!held->symbol)
        note_at(begin->place, begin->length, "the block begins here; a task that it awaits is held until it ends: "
                "declare a handle for it outside of the block");
    else
        note_at(begin->place, begin->length, "the block begins here; declare %s'%s' outside of it",
                held->owns_array ? "" : "the handle ", held->name);
}

// A jump from `from` to a place in `to` skips the beginning of what lies between.
static void check_entry(const Node *jump, const Region *from, const Region *to)
{
    for (const Region *region = to; !encloses(region, from); region = region->outer)
        if (region->kind == REGION_HANDLES && vec_count(region->handles)) {
            const Local *held = region->handles[0];
            error_at(jump->token->place, jump->token->length, "a jump into a block that holds %s, past their beginning",
                     held->owns_array ? "arrays of variable length" : "handles");
            note_block_with_handles(region);
            return;
        }
}

static const Region *first_with_work(const Region *from, const Region *to)
{
    for (const Region *region = from; region != to; region = region->outer)
        if (region->kind == REGION_CLEANUP || region->kind == REGION_HANDLER || region->kind == REGION_PENDING
            || (region->kind == REGION_HANDLES && vec_count(region->handles)))
            return region;
    return NULL;
}

// A jump that passes through as it is must not leave or enter anything that asks for a clean-up. False: told.
static bool check_wild_jump(const Node *jump, const Node *label)
{
    const Region *common = label->lowered->region;
    while (!encloses(common, jump->lowered->region))
        common = common->outer;
    const Region *left = first_with_work(jump->lowered->region, common);
    const Region *entered = first_with_work(label->lowered->region, common);
    if (!left && !entered)
        return true;
    const Region *region = left ? left : entered;
    error_at(jump->first->place, jump->first->length, "not supported: a computed or asm goto where %s a block runs a clean-up",
             left ? "leaving" : "entering");
    note_at(region->node->first->place, region->node->first->length, "this is what it could %s; use a goto with a label",
            left ? "leave" : "enter");
    return false;
}

// asm goto names its labels; goto *p may go to each whose address is taken.
static void check_wild_goto(const Lowering *l, const Node *node)
{
    for (size_t i = 0; i < vec_count(l->labels); i++) {
        const Symbol *label = l->labels[i]->symbol;
        bool is_target = node->name ? label == node->symbol : label && label->address_taken;
        if (is_target && !check_wild_jump(node, l->labels[i]))
            return;
    }
}

static void resolve_goto(Lowering *l, Node *node)
{
    if (!node->name) {
        check_wild_goto(l, node);
        return;
    }
    Node *label = node->symbol ? node->symbol->definition : NULL;
    Region *to = label && label->lowered ? label->lowered->region : NULL;
    if (!to) // told by check/
        return;
    check_entry(node, node->lowered->region, to);
    while (!encloses(to, node->lowered->region))
        to = to->outer;
    l->region = node->lowered->region;
    node->lowered->exit = exit_new(l, EXIT_GOTO, label, to);
}

void resolve_jumps(Lowering *l)
{
    for (size_t i = 0; i < vec_count(l->gotos); i++)
        resolve_goto(l, l->gotos[i]);
    for (size_t i = 0; i < vec_count(l->wild_gotos); i++)
        check_wild_goto(l, l->wild_gotos[i]);
    for (size_t i = 0; i < vec_count(l->labels); i++)
        l->function->has_label_addresses |= l->labels[i]->symbol && l->labels[i]->symbol->address_taken;
    for (size_t i = 0; i < vec_count(l->cases); i++)
        check_entry(l->cases[i].node, l->cases[i].from, l->cases[i].region);
}

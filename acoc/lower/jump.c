// SPDX-License-Identifier: MIT
// Jumps of one function, once all its regions are known: where each goto leads and what it leaves; which jumps skip the
// beginning of what they enter, or could leave what asks for a clean-up without our knowing, and are refused. Hidden
// handles need no refusal: those of a block that is entered or left in such a way belong to the whole function.
#include "lower.h"

// ------------------------------------------------------------------------- seen while the statements are walked over

void lower_return(Lowering *l, Node *node)
{
    Function *function = l->function->function;
    lower_expression(l, node->operand, function->result->kind == TYPE_HANDLE);
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->region = l->region;
    lowered->exit = exit_new(l, EXIT_RETURN, NULL, l->function->regions[0]);
    if (node->operand && function->result->kind != TYPE_VOID && !l->function->value)
        l->function->value = hidden_new(l, type_unqualified(l->unit->arena, function->result), "acoc_value");
}

// Where a goto leads is known after the walk only: see resolve_goto(). A computed one leads where its operand says.
void lower_goto(Lowering *l, Node *node)
{
    lower_expression(l, node->operand, false);
    lowered_of(l->unit, node)->region = l->region;
    vec_push(l->unit->arena, l->gotos, node);
}

// gcc and clang disagree about which loop it leaves.
static void refuse_jump_in_head(const Node *node, const Node *head)
{
    const char *word = node->kind == NODE_BREAK ? "break" : "continue";
    error_at(node->first->place, node->first->length,
             "not supported: '%s' in a statement expression in the head of a loop", word);
    note_at(head->first->place, head->first->length,
            "for gcc it speaks of the loop around this one, for clang of this one; use a goto");
}

void lower_jump(Lowering *l, Node *node)
{
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->region = l->region;
    if (l->head && (node->kind == NODE_BREAK ? l->loop_or_switch == l->head_loop_or_switch : l->loop == l->head_loop)) {
        refuse_jump_in_head(node, l->head);
        return;
    }
    if (node->kind == NODE_BREAK)
        lowered->exit = exit_new(l, EXIT_BREAK, l->loop_or_switch, l->switch_region);
    else
        lowered->exit = exit_new(l, EXIT_CONTINUE, l->loop, l->loop_region);
}

// -------------------------------------------------------------------------------------- resolved behind them

static bool encloses(const Region *outer, const Region *inner)
{
    for (; inner; inner = inner->outer)
        if (inner == outer)
            return true;
    return false;
}

// ---------------------------------------------------------------------------------------------- handles

// The first variable of the user's that the region releases, or NULL.
static const Local *declared_handle(const Region *region)
{
    for (size_t i = 0; i < vec_count(region->handles); i++)
        if (region->handles[i]->symbol)
            return region->handles[i];
    return NULL;
}

// Behind each statement its hidden handles are 0 again, so it makes no difference to the others who declares and
// releases them. 0 from the function's beginning, they are so at every label.
static void give_to_function(Lowering *l, Region *region)
{
    Region *whole = lowered_of(l->unit, l->function->function->node->function_body)->region;
    for (size_t i = 0; i < vec_count(region->handles); i++) {
        Local *handle = region->handles[i];
        handle->region = whole;
        handle->scope = NULL;
        vec_push(l->unit->arena, whole->handles, handle);
    }
    vec_clear(region->handles);
}

// A jump from `from` to a place in `to` skips the beginning of what lies between.
static void check_entry(Lowering *l, const Node *jump, const Region *from, Region *to)
{
    for (Region *region = to; !encloses(region, from); region = region->outer) {
        if (region->kind != REGION_HANDLES)
            continue;
        const Local *held = declared_handle(region);
        if (!held) {
            give_to_function(l, region);
            continue;
        }
        const Token *begin = region->node->first;
        error_at(jump->token->place, jump->token->length, "a jump into a block that holds %s, past their beginning",
                 held->owns_array ? "arrays of variable length" : "handles");
        note_at(begin->place, begin->length, "the block begins here; declare %s'%s' outside of it",
                held->owns_array ? "" : "the handle ", held->name);
        return;
    }
}

// ------------------------------------------------------------------------------- jumps that lead anywhere

static const Region *first_with_work(Lowering *l, Region *from, const Region *to)
{
    for (Region *region = from; region != to; region = region->outer) {
        if (region->kind == REGION_HANDLES && !declared_handle(region))
            give_to_function(l, region);
        else if (region->kind != REGION_TRY)
            return region;
    }
    return NULL;
}

// A jump that passes through as it is must not leave or enter anything that asks for a clean-up. False: told.
static bool check_wild_jump(Lowering *l, const Node *jump, const Node *label)
{
    const Region *common = label->lowered->region;
    while (!encloses(common, jump->lowered->region))
        common = common->outer;
    const Region *left = first_with_work(l, jump->lowered->region, common);
    const Region *entered = first_with_work(l, label->lowered->region, common);
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
static void check_wild_goto(Lowering *l, const Node *node)
{
    for (size_t i = 0; i < vec_count(l->labels); i++) {
        const Symbol *label = l->labels[i]->symbol;
        bool is_target = node->name ? label == node->symbol : label && label->address_taken;
        if (is_target && !check_wild_jump(l, node, l->labels[i]))
            return;
    }
}

// ------------------------------------------------------------------------------------------- all of them

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
    check_entry(l, node, node->lowered->region, to);
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
        check_entry(l, l->cases[i].node, l->cases[i].from, l->cases[i].region);
}

// SPDX-License-Identifier: MIT
// Regions: what must happen when a part of a function is left. try, defer, with and the counts of handles become one
// mechanism, a tree of regions over the text (model/lowered.h); every return, break, continue, goto (jump.c) and raise
// gets its Exit or landing place in it. The walk over the statements is here, so this is also where each full expression
// is handed to handles.c and order.c, with the region that it stands in.
#include "lower.h"

// ------------------------------------------------------------------------------------- full expressions

static Node *root_of_place(Node *place)
{
    place = node_strip(place);
    while (place->kind == NODE_MEMBER)
        place = node_strip(place->operand);
    return place;
}

// A compound literal lives as long as its block; where its address is taken it must not live on the stack.
static void keep_literal(Lowering *l, Node *place)
{
    Node *literal = root_of_place(place);
    if (literal->kind != NODE_COMPOUND_LITERAL || !l->function->function->is_coroutine
        || lowered_of(l->unit, literal)->literal)
        return;
    if (type_is_unknown(literal->type))
        error_at(literal->first->place, node_span(literal, literal->first),
                 "acoc does not know the type of '%s', whose address an async function takes", node_text(literal));
    Local *local = hidden_new(l, type_unqualified(l->unit->arena, literal->type), "acoc_literal_%zu",
                              vec_count(l->function->locals));
    local->is_literal = true;
    local->scope = l->scope == l->function->function->node->function_body ? NULL : l->scope;
    literal->lowered->literal = local;
}

static bool has_defer(const Node *list)
{
    for (; list; list = list->next)
        if (list->kind == NODE_DEFER)
            return true;
    return false;
}

// Its last value needs a local where text of ours follows it: what the block's end asks for, or where the whole block
// moves out of the expression because it suspends (order.c).
static void lower_statement_expression(Lowering *l, Node *node)
{
    Node *last = node->type->kind == TYPE_VOID ? NULL : node_value_statement(node);
    if (last)
        lowered_of(l->unit, last)->value_of = node;
    lower_statement(l, node->body);
    const Region *block = node->body->lowered->region;
    if (!last || !(node->suspends || vec_count(block->handles) || has_defer(node->body->list)))
        return;
    char name[32];
    snprintf(name, sizeof name, "acoc_%zu", vec_count(l->function->locals));
    Local *value = local_new(l, type_unqualified(l->unit->arena, node->type), intern_text(name)->text);
    value->is_temporary = true;
    lowered_of(l->unit, node)->value = value;
}

// What expressions hold besides values: statement expressions and compound literals.
static void lower_parts(Lowering *l, Node *node)
{
    if (node->is_unevaluated)
        return;
    if (node->kind == NODE_STATEMENT_EXPRESSION) {
        lower_statement_expression(l, node);
        return;
    }
    if (node->kind == NODE_UNARY && node->op == T_AND)
        keep_literal(l, node->operand);
    else if (node_is_expression(node) && node->type && node->type->kind == TYPE_ARRAY)
        keep_literal(l, node);
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        lower_parts(l, part);
}

void lower_expression(Lowering *l, Node *expression, bool is_taken)
{
    if (!expression)
        return;
    lower_parts(l, expression);
    count_handles(l, expression, is_taken);
    order_expression(l, expression);
}

void lower_length(Lowering *l, Node *length)
{
    lower_expression(l, length, false);
}

static void lower_initialiser(Lowering *l, Node *declarator)
{
    if (!declarator->initialiser || !symbol_local(declarator->symbol))
        return;
    lower_parts(l, declarator->initialiser);
    count_initialiser(l, symbol_local(declarator->symbol), declarator->initialiser);
    order_expression(l, declarator->initialiser);
}

// ------------------------------------------------------------------------------------------- statements

static void collect_handles(Lowering *l, Region *region)
{
    Node *scope = region->node->kind == NODE_SWITCH ? region->node->loop_body : region->node;
    Local **handles = lowered_of(l->unit, scope)->declared_handles;
    for (size_t i = 0; i < vec_count(handles); i++) {
        handles[i]->region = region;
        vec_push(l->unit->arena, region->handles, handles[i]);
    }
}

static bool is_suspension(const Node *node)
{
    if (node->kind != NODE_WITH)
        return node->kind == NODE_YIELD_FROM;
    return node->symbol->type->is_coroutine || node->with_exit->type->is_coroutine;
}

// Does something in node suspend that stands behind the token?
bool suspends_behind(const Node *node, const Token *token)
{
    if (!node->suspends || node->last <= token)
        return false;
    if (is_suspension(node) && node->first > token)
        return true;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (suspends_behind(part, token))
            return true;
    return false;
}

static void lower_list(Lowering *l, Node *list)
{
    for (Node *item = list; item; item = item->next)
        lower_statement(l, item);
}

// The text of the clean-ups that defer statements of this block and variables with the attribute ask for, last first:
// it stands at the block's end.
static void lower_deferred(Lowering *l, const Region *around)
{
    while (l->region != around) {
        Region *cleanup = l->region;
        pending_open(l, cleanup);
        if (cleanup->node->kind == NODE_DEFER)
            lower_statement(l, cleanup->node->body);
        l->region = cleanup->outer;
    }
}

// A block, for, switch: opens its REGION_HANDLES. The handles of a switch's body belong to the switch, since jumps to
// its cases pass the beginning of the body.
static Lowering scope_enter(Lowering *l, Node *node)
{
    Lowering outer = *l;
    l->scope = node;
    l->block = lowered_of(l->unit, node)->region = region_open(l, REGION_HANDLES, node);
    collect_handles(l, l->block);
    return outer;
}

static void scope_leave(Lowering *l, const Lowering *outer)
{
    l->region = outer->region;
    l->block = outer->block;
    l->scope = outer->scope;
}

static void lower_block(Lowering *l, Node *node)
{
    bool is_switch_body = l->loop_or_switch && l->loop_or_switch->kind == NODE_SWITCH
        && l->loop_or_switch->loop_body == node;
    Lowering outer = *l;
    if (is_switch_body)
        l->scope = node;
    else
        outer = scope_enter(l, node);
    if (node == l->function->function->node->function_body)
        lower_variable_parameters(l);
    Region *around = l->region;
    lower_list(l, node->list);
    lower_deferred(l, around);
    scope_leave(l, &outer);
}

static void lower_loop_body(Lowering *l, Node *node, Node *body)
{
    Lowering saved = *l;
    l->loop = l->loop_or_switch = node;
    l->loop_region = l->switch_region = l->region;
    lower_statement(l, body);
    l->loop = saved.loop;
    l->loop_or_switch = saved.loop_or_switch;
    l->loop_region = saved.loop_region;
    l->switch_region = saved.switch_region;
}

// The condition or step of a loop, in which break and continue would speak of the loop around.
static void lower_head(Lowering *l, Node *loop, Node *expression)
{
    Lowering saved = *l;
    l->head = loop;
    l->head_loop = l->loop;
    l->head_loop_or_switch = l->loop_or_switch;
    lower_expression(l, expression, false);
    l->head = saved.head;
    l->head_loop = saved.head_loop;
    l->head_loop_or_switch = saved.head_loop_or_switch;
}

static void lower_for(Lowering *l, Node *node)
{
    Lowering outer = scope_enter(l, node);
    Region *around = l->region;
    if (node->for_init)
        lower_statement(l, node->for_init);
    lower_head(l, node, node->for_condition);
    lower_head(l, node, node->for_step);
    lower_loop_body(l, node, node->for_body);
    lower_deferred(l, around);
    scope_leave(l, &outer);
}

static void lower_switch(Lowering *l, Node *node)
{
    lower_expression(l, node->loop_condition, false);
    Lowering outer = scope_enter(l, node);
    l->loop_or_switch = node;
    l->switch_region = l->region;
    lower_statement(l, node->loop_body);
    l->loop_or_switch = outer.loop_or_switch;
    l->switch_region = outer.switch_region;
    scope_leave(l, &outer);
}

// A case stands in regions that the jump from the switch enters: none of them may need its beginning.
static void lower_case(Lowering *l, Node *node)
{
    lowered_of(l->unit, node)->region = l->region;
    if (l->loop_or_switch)
        vec_push(l->unit->arena, l->cases, (CaseLabel) { node, l->region, l->switch_region });
    lower_statement(l, node->kind == NODE_CASE ? node->case_body : node->body);
}

static void lower_except(Lowering *l, Node *clause)
{
    Region *outer = l->region;
    Region *region = lowered_of(l->unit, clause)->region = region_open(l, REGION_HANDLER, clause);
    region->failure = failure_new(l, "caught", region->number);
    lower_statement(l, clause->body);
    l->region = outer;
}

static void lower_try(Lowering *l, Node *node)
{
    Region *outer = l->region;
    Node *finally = NULL;
    bool has_except = false;
    for (Node *clause = node->list; clause; clause = clause->next) {
        if (clause->kind == NODE_FINALLY)
            finally = clause;
        has_except |= clause->kind == NODE_EXCEPT;
    }
    Lowered *lowered = lowered_of(l->unit, node);
    if (finally)
        lowered->cleanup = cleanup_open(l, node);
    Region *protected = l->region;
    if (has_except)
        lowered->region = region_open(l, REGION_TRY, node);
    lower_statement(l, node->body);
    l->region = protected;
    for (Node *clause = node->list; clause; clause = clause->next)
        if (clause->kind == NODE_EXCEPT)
            lower_except(l, clause);
        else if (clause->kind == NODE_ELSE)
            lower_statement(l, clause->body);
    if (finally) {
        lowered_of(l->unit, finally)->region = pending_open(l, lowered->cleanup);
        lower_statement(l, finally->body);
    }
    l->region = outer;
}

// ---------------------------------------------------------------------------- statements of expressions

// What a statement keeps owned need not wait for the end of its block.
static void note_owners(Lowering *l, Node *statement, size_t first)
{
    for (size_t i = first; i < vec_count(l->owners); i++) {
        Local *owner = l->owners[i];
        if (owner->lasts_block || owner->region != l->block)
            continue;
        vec_push(l->unit->arena, lowered_of(l->unit, statement)->owners, owner);
        vec_push(l->unit->arena, l->block->spare, owner);
    }
    while (vec_count(l->owners) > first)
        (void)vec_pop(l->owners);
}

// T x __attribute__((cleanup(f))): the same as `defer f(&x)` behind it, where a suspension follows in its scope; a
// `return` that suspends must not run it. Otherwise it stays the C compiler's.
static bool is_cleaned_by_us(const Lowering *l, const Node *declaration, const Symbol *symbol)
{
    return symbol_local(symbol) && symbol->has_cleanup && l->function->function->is_coroutine
        && suspends_behind(l->scope, declaration->list->last);
}

static void lower_declaration(Lowering *l, Node *node)
{
    size_t before = vec_count(l->owners);
    for (Node *declarator = node->list; declarator; declarator = declarator->next) {
        lower_variable_type(l, node, declarator);
        lower_initialiser(l, declarator);
        if (is_cleaned_by_us(l, node, declarator->symbol))
            lowered_of(l->unit, declarator)->region = cleanup_open(l, declarator);
    }
    note_owners(l, node, before);
}

static void lower_raise(Lowering *l, Node *node)
{
    lower_expression(l, node->operand, false);
    Lowered *lowered = lowered_of(l->unit, node);
    lowered->region = l->region;
    lowered->point = (unsigned)vec_count(l->function->points);
    vec_push(l->unit->arena, l->function->points, node->first);
}

// Its operands are lowered like those of a call; its jumps are not ours to lead through clean-ups.
static void lower_asm(Lowering *l, Node *node)
{
    for (Node *item = node->list; item; item = item->next)
        if (item->kind == NODE_GOTO) {
            lowered_of(l->unit, item)->region = l->region;
            vec_push(l->unit->arena, l->wild_gotos, item);
        } else {
            lower_parts(l, item);
            count_handles(l, item, false);
        }
    order_expression(l, node);
}

static bool is_owned_handle(const Node *node)
{
    return node && node->lowered && node->lowered->owner && !node->lowered->needs_count
        && node->kind != NODE_YIELD_FROM;
}

// An owned handle that is not used at all is dropped at once, not at the end of its block.
static void lower_expression_statement(Lowering *l, Node *node)
{
    Node *operand = node->operand ? node_strip(node->operand) : NULL;
    size_t before = vec_count(l->owners);
    const Node *whole = node->lowered ? node->lowered->value_of : NULL;
    lower_expression(l, node->operand, whole && whole->type->kind == TYPE_HANDLE);
    if (is_owned_handle(operand)) {
        owner_give_back(l, operand->lowered->owner);
        operand->lowered->owner = NULL;
        operand->lowered->drops_count = true;
    }
    note_owners(l, node, before);
}

// GNU's nested functions use locals of their outer one behind the flow graph: those in memory they may.
static void lower_nested(Node *node)
{
    const Local *local = node->kind == NODE_IDENTIFIER ? symbol_local(node->symbol) : NULL;
    if (local && local->variable_type)
        error_at(node->first->place, node->first->length, "not supported: '%s' is variably modified and used in a nested "
                 "function of an async function", node->name->text);
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        lower_nested(part);
}

void lower_statement(Lowering *l, Node *node)
{
    if (!node)
        return;
    switch (node->kind) {
    case NODE_BLOCK: lower_block(l, node); break;
    case NODE_EXPRESSION: lower_expression_statement(l, node); break;
    case NODE_DECLARATION: lower_declaration(l, node); break;
    case NODE_IF:
        lower_expression(l, node->condition, false);
        lower_statement(l, node->then);
        lower_statement(l, node->otherwise);
        break;
    case NODE_WHILE:
        lower_head(l, node, node->loop_condition);
        lower_loop_body(l, node, node->loop_body);
        break;
    case NODE_DO:
        lower_loop_body(l, node, node->do_body);
        lower_head(l, node, node->do_condition);
        break;
    case NODE_FOR: lower_for(l, node); break;
    case NODE_SWITCH: lower_switch(l, node); break;
    case NODE_CASE:
    case NODE_DEFAULT: lower_case(l, node); break;
    case NODE_LABEL:
        lowered_of(l->unit, node)->region = l->region;
        vec_push(l->unit->arena, l->labels, node);
        lower_statement(l, node->body);
        break;
    case NODE_TRY: lower_try(l, node); break;
    case NODE_WITH: lower_with(l, node); break;
    case NODE_DEFER: lowered_of(l->unit, node)->region = cleanup_open(l, node); break;
    case NODE_RETURN: lower_return(l, node); break;
    case NODE_RAISE: lower_raise(l, node); break;
    case NODE_GOTO: lower_goto(l, node); break;
    case NODE_ASM: lower_asm(l, node); break;
    case NODE_FUNCTION: lower_nested(node); break;
    case NODE_BREAK:
    case NODE_CONTINUE: lower_jump(l, node); break;
    default: break;
    }
}

void lower_function_body(Lowering *l)
{
    Function *function = l->function->function;
    region_open(l, REGION_FUNCTION, function->node);
    lower_statement(l, function->node->function_body);
    resolve_jumps(l);
}

// SPDX-License-Identifier: MIT
// Flow of statements: blocks with their handles and deferred clean-ups, loops, switch with cases anywhere inside,
// jumps, try, with, declarations.
#include "flow.h"

static Region *region_opened_by(const Node *node, RegionKind kind)
{
    Region *region = node->lowered ? node->lowered->region : NULL;
    return region && region->kind == kind ? region : NULL;
}

// ------------------------------------------------------------------------------------------------- blocks

// Handles start as NULL, so that every way out can release them. A parameter has its value from the caller.
static void enter_handles(FlowBuilder *builder, Region *region)
{
    if (!region)
        return;
    builder->region = region;
    for (size_t i = 0; i < vec_count(region->handles); i++)
        if (!region->handles[i]->is_parameter)
            flow_event(builder, EVENT_NULL, region->handles[i], NULL);
}

static void leave_handles(FlowBuilder *builder, Region *region)
{
    if (!region)
        return;
    flow_release(builder, region);
    builder->region = region->outer;
}

// The clean-ups that the block's defer statements and variables ask for stand at its end, last first.
static void run_deferred(FlowBuilder *builder, const Region *around)
{
    while (builder->region != around) {
        Region *cleanup = builder->region;
        flow_begin_cleanup(builder, cleanup);
        if (cleanup->node->kind == NODE_DEFER)
            flow_statement(builder, cleanup->node->body);
        else
            flow_event(builder, EVENT_USE, symbol_local(cleanup->node->symbol), NULL);
        flow_end_cleanup(builder, cleanup, false);
    }
}

static void extents(FlowBuilder *builder, Node **lengths)
{
    for (size_t i = 0; i < vec_count(lengths); i++) {
        flow_expression(builder, lengths[i]);
        flow_event(builder, EVENT_DEF, lengths[i]->lowered->extent, NULL);
    }
}

static void block(FlowBuilder *builder, Node *node)
{
    Region *handles = region_opened_by(node, REGION_HANDLES);
    enter_handles(builder, handles);
    if (node == builder->function->function->node->function_body)
        extents(builder, builder->function->extents);
    Region *around = builder->region;
    for (Node *item = node->list; item; item = item->next)
        flow_statement(builder, item);
    run_deferred(builder, around);
    leave_handles(builder, handles);
}

static void lengths(FlowBuilder *builder, Node *node)
{
    const Lowered *lowered = node->lowered;
    if (lowered && lowered->is_rewritten) {
        extents(builder, lowered->extents);
        return;
    }
    for (Node *part = node->list; part; part = part->next)
        if (part->kind == NODE_ARRAY && part->operand && !part->operand->is_constant)
            flow_expression(builder, part->operand);
}

// An array with memory of its own was NULL from the beginning of its block; reached by a jump back, the old one goes.
static void own_array(FlowBuilder *builder, Node *node, Local *local)
{
    flow_event(builder, EVENT_USE, local, NULL);
    if (local->is_handle)
        flow_extents(builder, local->variable_type);
    flow_event(builder, EVENT_NULL, local, NULL);
    lengths(builder, node);
    flow_extents(builder, local->variable_type);
    flow_may_raise(builder, NULL);
    flow_event(builder, EVENT_DEF, local, NULL);
}

static void declarator(FlowBuilder *builder, Node *node)
{
    Local *local = symbol_local(node->symbol);
    if (local && local->owns_array) {
        own_array(builder, node, local);
        return;
    }
    lengths(builder, node);
    if (!local)
        return;
    if (!local->is_handle)
        flow_event(builder, EVENT_UNDEF, local, node->token);
    local->is_unreached = !vec_count(builder->current->in) && builder->current != builder->flow->entry;
    flow_expression(builder, node->initialiser);
    if (local_needs_memory(local))
        vec_push(builder->arena, builder->current->events, (Event){.kind = EVENT_PLACE, .local = local});
    if (local->is_handle) // it was NULL from the beginning of its block; reached by a jump back, the old one is released
        flow_event(builder, EVENT_USE, local, NULL);
    if (local->is_handle || node->initialiser)
        flow_event(builder, EVENT_DEF, local, NULL);
}

// -------------------------------------------------------------------------------------------------- loops

static void push_target(FlowBuilder *builder, Node *node, Region *inside, Block *continue_to)
{
    Block *break_to = flow_block(builder, "left");
    Block *outside = inside ? flow_block(builder, "after") : break_to;
    vec_push(builder->arena, builder->targets,
             (FlowTarget){.node = node, .inside = inside, .break_to = break_to, .outside = outside,
                          .continue_to = continue_to});
}

// Goes on behind the loop or switch. Its own handles are released on the way.
static void pop_target(FlowBuilder *builder)
{
    FlowTarget target = vec_pop(builder->targets);
    flow_start(builder, target.break_to);
    if (!target.inside)
        return;
    Region *handles = region_opened_by(target.node, REGION_HANDLES);
    run_deferred(builder, handles);
    leave_handles(builder, handles);
    flow_into(builder, target.outside);
}

static void while_loop(FlowBuilder *builder, Node *node)
{
    Block *head = flow_block(builder, "while"), *body = flow_block(builder, "body");
    flow_into(builder, head);
    push_target(builder, node, NULL, head);
    flow_condition(builder, node->loop_condition, body, vec_last(builder->targets).break_to);
    flow_start(builder, body);
    flow_statement(builder, node->loop_body);
    flow_go(builder, head);
    pop_target(builder);
}

static void do_loop(FlowBuilder *builder, Node *node)
{
    Block *body = flow_block(builder, "do"), *condition = flow_block(builder, "condition");
    flow_into(builder, body);
    push_target(builder, node, NULL, condition);
    flow_statement(builder, node->do_body);
    flow_into(builder, condition);
    flow_condition(builder, node->do_condition, body, vec_last(builder->targets).break_to);
    pop_target(builder);
}

static void for_loop(FlowBuilder *builder, Node *node)
{
    Region *handles = region_opened_by(node, REGION_HANDLES);
    enter_handles(builder, handles);
    flow_statement(builder, node->for_init);
    Block *head = flow_block(builder, "for"), *body = flow_block(builder, "body"), *step = flow_block(builder, "step");
    flow_into(builder, head);
    push_target(builder, node, handles ? builder->region : NULL, step);
    if (node->for_condition)
        flow_condition(builder, node->for_condition, body, vec_last(builder->targets).break_to);
    else
        flow_go(builder, body);
    flow_start(builder, body);
    flow_statement(builder, node->for_body);
    flow_into(builder, step);
    flow_expression(builder, node->for_step);
    flow_go(builder, head);
    pop_target(builder);
}

static void switch_statement(FlowBuilder *builder, Node *node)
{
    flow_expression(builder, node->loop_condition);
    Region *handles = region_opened_by(node, REGION_HANDLES);
    enter_handles(builder, handles);
    push_target(builder, node, handles, NULL);
    vec_last(builder->targets).switch_head = builder->current;
    flow_stop(builder);
    flow_statement(builder, node->loop_body);
    flow_go(builder, vec_last(builder->targets).break_to);
    if (!vec_last(builder->targets).has_default) {
        flow_start(builder, vec_last(builder->targets).switch_head);
        flow_go(builder, vec_last(builder->targets).break_to);
    }
    pop_target(builder);
}

static void case_label(FlowBuilder *builder, Node *node)
{
    Block *block = flow_block(builder, node->kind == NODE_CASE ? "case" : "default");
    block->node = node;
    flow_into(builder, block);
    for (size_t i = vec_count(builder->targets); i-- > 0;) {
        FlowTarget *target = &builder->targets[i];
        if (!target->switch_head)
            continue;
        flow_start(builder, target->switch_head);
        flow_go(builder, block);
        flow_start(builder, block);
        target->has_default |= node->kind == NODE_DEFAULT;
        break;
    }
    flow_statement(builder, node->kind == NODE_CASE ? node->case_body : node->body);
}

static void if_statement(FlowBuilder *builder, Node *node)
{
    Block *then = flow_block(builder, "then"), *after = flow_block(builder, "joined");
    Block *otherwise = node->otherwise ? flow_block(builder, "else") : after;
    flow_condition(builder, node->condition, then, otherwise);
    flow_start(builder, then);
    flow_statement(builder, node->then);
    flow_go(builder, after);
    if (node->otherwise) {
        flow_start(builder, otherwise);
        flow_statement(builder, node->otherwise);
        flow_go(builder, after);
    }
    flow_start(builder, after);
}

// -------------------------------------------------------------------------------------------------- jumps

static void jump(FlowBuilder *builder, Node *node)
{
    Lowered *lowered = node->lowered;
    if (lowered && lowered->exit) {
        flow_leave(builder, lowered->exit, lowered->region);
        return;
    }
    if (node->kind == NODE_GOTO && node->operand) {
        flow_expression(builder, node->operand);
        vec_push(builder->arena, builder->computed, builder->current);
    }
    flow_stop(builder);
}

static void return_statement(FlowBuilder *builder, Node *node)
{
    flow_expression(builder, node->operand);
    if (node->operand)
        flow_event(builder, EVENT_DEF, builder->function->value, NULL);
    jump(builder, node);
}

static Region *handler_around(Region *region)
{
    while (region && region->kind != REGION_HANDLER)
        region = region->outer;
    return region;
}

static void raise_statement(FlowBuilder *builder, Node *node)
{
    Region *region = node->lowered ? node->lowered->region : NULL;
    flow_expression(builder, node->operand);
    Region *handler = node->operand ? NULL : handler_around(region);
    if (handler)
        flow_event(builder, EVENT_USE, handler->failure, NULL);
    flow_raise(builder, region);
}

static bool is_read_too(const Token *constraint)
{
    for (uint32_t i = 0; i < constraint->length; i++)
        if (constraint->text[i] == '+')
            return true;
    return false;
}

// asm goto jumps to one of its labels or goes on.
static void asm_statement(FlowBuilder *builder, Node *node)
{
    flow_steps(builder, node);
    for (Node *operand = node->list; operand; operand = operand->next)
        if (operand->kind == NODE_PAREN && (operand->op != T_ASSIGN || is_read_too(operand->token)))
            flow_expression(builder, operand->operand);
        else if (operand->kind == NODE_PAREN)
            flow_place(builder, operand->operand);
    for (Node *operand = node->list; operand; operand = operand->next)
        if (operand->kind == NODE_PAREN && operand->op == T_ASSIGN)
            flow_store(builder, operand->operand);
    if (node->op != T_GOTO)
        return;
    for (Node *operand = node->list; operand; operand = operand->next)
        if (operand->kind == NODE_GOTO)
            flow_go(builder, flow_label(builder, operand->symbol));
    flow_into(builder, flow_block(builder, "after asm"));
}

// --------------------------------------------------------------------------------------------- try and with

static void except_clause(FlowBuilder *builder, Node *clause, Block *landing, Block *after)
{
    Region *handler = region_opened_by(clause, REGION_HANDLER);
    Region *outer = builder->region;
    Block *start = flow_block(builder, "except");
    flow_start(builder, landing);
    flow_go(builder, start);
    flow_start(builder, start);
    if (handler) {
        builder->region = handler;
        flow_event(builder, EVENT_DEF, handler->failure, NULL);
        flow_event(builder, EVENT_USE, handler->failure, NULL);
    }
    flow_event(builder, EVENT_DEF, symbol_local(clause->symbol), NULL);
    flow_statement(builder, clause->body);
    if (handler)
        flow_event(builder, EVENT_USE, handler->failure, NULL);
    builder->region = outer;
    flow_go(builder, after);
}

static void except_clauses(FlowBuilder *builder, Node *node, Region *protected, Block *after)
{
    bool is_raised_to = flow_is_raised_to(builder, protected);
    Block *landing = flow_landing(builder, protected);
    bool catches_all = false;
    for (Node *clause = node->list; clause; clause = clause->next) {
        if (clause->kind != NODE_EXCEPT || catches_all)
            continue;
        except_clause(builder, clause, landing, after);
        catches_all = !clause->list;
    }
    if (catches_all || !is_raised_to)
        return;
    flow_start(builder, landing);
    flow_raise(builder, builder->region);
}

static void try_statement(FlowBuilder *builder, Node *node)
{
    Region *cleanup = node->lowered ? node->lowered->cleanup : NULL;
    Region *protected = region_opened_by(node, REGION_TRY);
    if (cleanup)
        builder->region = cleanup;
    Region *base = builder->region;
    Block *after = flow_block(builder, "after try");
    if (protected)
        builder->region = protected;
    flow_statement(builder, node->body);
    builder->region = base;
    Node *finally = NULL;
    for (Node *clause = node->list; clause; clause = clause->next) {
        if (clause->kind == NODE_ELSE)
            flow_statement(builder, clause->body);
        if (clause->kind == NODE_FINALLY)
            finally = clause;
    }
    flow_go(builder, after);
    if (protected)
        except_clauses(builder, node, protected, after);
    flow_start(builder, after);
    if (!cleanup)
        return;
    flow_begin_cleanup(builder, cleanup);
    flow_statement(builder, finally->body);
    flow_end_cleanup(builder, cleanup, false);
}

// X_enter or X_exit: a suspension, or a call.
static void enter_or_exit(FlowBuilder *builder, Suspension *suspension, const Symbol *function, Local *object)
{
    if (suspension) {
        flow_suspend(builder, suspension);
        flow_event(builder, EVENT_USE, suspension->result, NULL);
        return;
    }
    flow_event(builder, EVENT_USE, object, NULL);
    if (function && function->type && function->type->is_raises)
        flow_may_raise(builder, builder->region);
}

static bool answers(const Symbol *function)
{
    const Type *type = function ? function->type : NULL;
    if (!type || !type->base)
        return false;
    const Type *result = type->is_coroutine ? type->base->base : type->base;
    return result && result->kind != TYPE_VOID;
}

static void with_statement(FlowBuilder *builder, Node *node)
{
    Lowered *lowered = node->lowered;
    Local *object = lowered->with_value;
    Node *declaration = node->with_declaration;
    if (declaration)
        flow_statement(builder, declaration);
    else
        flow_expression(builder, node->with_value);
    flow_event(builder, EVENT_DEF, object, NULL);
    if (lowered->freeing)
        builder->region = lowered->freeing;
    enter_or_exit(builder, lowered->enter, node->symbol, object);
    builder->region = lowered->region;
    flow_statement(builder, node->with_body);
    flow_begin_cleanup(builder, lowered->region);
    enter_or_exit(builder, lowered->leave, node->with_exit, object);
    flow_end_cleanup(builder, lowered->region, answers(node->with_exit));
    if (!lowered->freeing)
        return;
    flow_begin_cleanup(builder, lowered->freeing);
    flow_event(builder, EVENT_USE, object, NULL);
    flow_end_cleanup(builder, lowered->freeing, false);
}

// ----------------------------------------------------------------------------------------------- statements

static void label(FlowBuilder *builder, Node *node)
{
    flow_into(builder, flow_label(builder, node->symbol));
    builder->current->node = node;
    flow_statement(builder, node->body);
}

// What the statement kept owned is released behind it.
static void release_owners(FlowBuilder *builder, const Node *node)
{
    Local **owners = node->lowered ? node->lowered->owners : NULL;
    for (size_t i = 0; i < vec_count(owners); i++) {
        flow_event(builder, EVENT_USE, owners[i], NULL);
        flow_event(builder, EVENT_NULL, owners[i], NULL);
    }
}

static void declaration(FlowBuilder *builder, Node *node)
{
    flow_sizes(builder, node->specifiers);
    for (Node *item = node->list; item; item = item->next) {
        declarator(builder, item);
        if (region_opened_by(item, REGION_CLEANUP))
            builder->region = item->lowered->region;
    }
    release_owners(builder, node);
}

static void expression_statement(FlowBuilder *builder, Node *node)
{
    flow_expression(builder, node->operand);
    const Node *whole = node->lowered ? node->lowered->value_of : NULL;
    flow_event(builder, EVENT_DEF, whole && whole->lowered ? whole->lowered->value : NULL, NULL);
    release_owners(builder, node);
}

void flow_statement(FlowBuilder *builder, Node *node)
{
    if (!node)
        return;
    switch (node->kind) {
    case NODE_BLOCK: block(builder, node); break;
    case NODE_EXPRESSION: expression_statement(builder, node); break;
    case NODE_DECLARATION: declaration(builder, node); break;
    case NODE_IF: if_statement(builder, node); break;
    case NODE_WHILE: while_loop(builder, node); break;
    case NODE_DO: do_loop(builder, node); break;
    case NODE_FOR: for_loop(builder, node); break;
    case NODE_SWITCH: switch_statement(builder, node); break;
    case NODE_CASE:
    case NODE_DEFAULT: case_label(builder, node); break;
    case NODE_LABEL: label(builder, node); break;
    case NODE_GOTO:
    case NODE_BREAK:
    case NODE_CONTINUE: jump(builder, node); break;
    case NODE_RETURN: return_statement(builder, node); break;
    case NODE_RAISE: raise_statement(builder, node); break;
    case NODE_ASM: asm_statement(builder, node); break;
    case NODE_TRY: try_statement(builder, node); break;
    case NODE_WITH: with_statement(builder, node); break;
    case NODE_ATTRIBUTE_STATEMENT: flow_statement(builder, node->body); break;
    case NODE_DEFER: builder->region = node->lowered->region; break;
    default: break;
    }
}

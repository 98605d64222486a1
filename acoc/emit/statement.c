// SPDX-License-Identifier: MIT
// Statements of a lowered function. One whose expression has steps becomes "{ steps; what is left }"; a loop whose
// condition suspends becomes "for (;;) { steps; if (!(condition)) break; … }"; try, with and defer become their text, the
// landing places and the one copy of their clean-up. All others stay.
#include "body.h"

#include <string.h>

// ------------------------------------------------------------------------------------------- blocks

static void write_deferred(Body *body, Output *out, Node *list, Token *token)
{
    if (!list)
        return;
    write_deferred(body, out, list->next, token); // the last one first
    if (list->kind != NODE_DEFER)
        return;
    Region *region = list->lowered->region;
    write_cleanup_begin(out, region, list->first);
    output_text(out, list->first, "{ ");
    output_node(out, list->body);
    output_text(out, list->last, " } ");
    write_cleanup_end(body, out, region, list->last);
}

void write_block_begin(Body *body, Output *out, Region *region, Token *token)
{
    if (region)
        write_handle_beginnings(body, out, region, token);
}

static bool has_defer(const Node *list)
{
    for (; list; list = list->next)
        if (list->kind == NODE_DEFER)
            return true;
    return false;
}

// Control never comes to the end of the list: what stands there needs no way around it, and compilers that look for
// cases that fall through see none.
static bool ends_in_jump(const Node *list)
{
    if (!list || has_defer(list))
        return false;
    while (list->next)
        list = list->next;
    switch (list->kind) {
    case NODE_BREAK: case NODE_CONTINUE: case NODE_RETURN: case NODE_GOTO: case NODE_RAISE: return true;
    case NODE_BLOCK: return ends_in_jump(list->list);
    default: return false;
    }
}

void write_block_end(Body *body, Output *out, Region *region, Node *list, Token *token)
{
    write_deferred(body, out, list, token);
    if (!region)
        return;
    bool is_reached = !ends_in_jump(list);
    if (is_reached)
        write_releases(out, region, token);
    write_handles_landing(out, region, is_reached, token);
}

// What stands at the block's end is jumped to from within: not past a declaration of variable size. And __label__ wants
// to come first. An inner block for the user's items serves both.
bool needs_inner_block(const Node *block)
{
    for (const Node *item = block->list; item; item = item->next) {
        if (item->kind == NODE_LOCAL_LABEL)
            return true;
        for (const Node *declarator = item->kind == NODE_DECLARATION ? item->list : NULL; declarator; declarator = declarator->next)
            if (declarator->symbol && declarator->symbol->type && type_is_variably_modified(declarator->symbol->type))
                return true;
    }
    return false;
}

static void refuse_defer_beside_variable_size(const Node *block)
{
    for (const Node *item = block->list; item; item = item->next)
        if (item->kind == NODE_DEFER) {
            error_at(item->first->place, item->first->length, "not supported yet: 'defer' in a block that declares something of "
                     "variable size or local labels");
            note_at(block->first->place, block->first->length, "put the deferred part into a block of its own");
            return;
        }
}

static void emit_block(Body *body, Node *node)
{
    for (Node *item = node->list; item; item = item->next)
        emit_statement(body, item);
    bool has_inner = needs_inner_block(node);
    if (has_inner)
        refuse_defer_beside_variable_size(node);
    if (node == body->function->node->function_body)
        return;
    Region *region = node->lowered ? node->lowered->region : NULL;
    if (region && vec_count(region->handles)) {
        Output *begin = output_new(body->unit);
        output_text(begin, node->first, " ");
        write_block_begin(body, begin, region, node->first);
        output_text(begin, node->first, has_inner ? "{" : "");
        edit_after(body->unit, node->first, begin);
    } else if (!has_defer(node->list))
        return;
    Output *end = output_new(body->unit);
    output_text(end, node->last, has_inner ? "} " : "");
    write_block_end(body, end, region && vec_count(region->handles) ? region : NULL, node->list, node->last);
    edit_before(body->unit, node->last, end);
}

// A for or switch with handles of its own stands in a block that holds them.
static void wrap_in_handles(Body *body, Output *out, Node *node)
{
    Region *region = node->lowered ? node->lowered->region : NULL;
    if (region && vec_count(region->handles)) {
        output_text(out, node->first, "{ ");
        write_handle_beginnings(body, out, region, node->first);
    }
}

static void unwrap_handles(Output *out, Node *node)
{
    Region *region = node->lowered ? node->lowered->region : NULL;
    if (region && vec_count(region->handles)) {
        write_releases(out, region, node->last);
        write_handles_landing(out, region, true, node->last);
        output_text(out, node->last, "}");
    }
}

static bool has_handles(const Node *node)
{
    return node->lowered && node->lowered->region && node->lowered->region->kind == REGION_HANDLES
        && vec_count(node->lowered->region->handles);
}

// ------------------------------------------------------------------------------------ simple statements

static void write_owner_releases(Output *out, Node *statement)
{
    for (size_t i = 0; statement->lowered && i < vec_count(statement->lowered->owners); i++)
        output_text(out, statement->last, "acoc_handle_set(&%s, 0); ", statement->lowered->owners[i]->name);
}

// A call that is looked at for errors becomes an expression whose value compilers would miss.
static void discard_value(Body *body, Node *node)
{
    const Node *call = node->operand ? node_strip(node->operand) : NULL;
    if (call && call->lowered && call->lowered->is_raising_call && call->type->kind != TYPE_VOID
        && !call->lowered->drops_count && !has_steps(node->operand))
        edit_before_text(body->unit, node->first, "(void)");
}

static void emit_expression_statement(Body *body, Node *node)
{
    discard_value(body, node);
    emit_expression(body, node->operand);
    bool has_owners = node->lowered && node->lowered->owners;
    if (!node->operand || (!has_steps(node->operand) && !has_owners))
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    if (has_steps(node->operand))
        write_steps(body, out, node->operand);
    if (!is_all_done(node->operand)) {
        write_rest(body, out, node->operand);
        output_text(out, node->last, "; ");
    }
    write_owner_releases(out, node);
    output_text(out, node->last, "}");
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_declaration_statement(Body *body, Node *node)
{
    bool has_owners = node->lowered && node->lowered->owners;
    bool is_kept = emit_declaration(body, node);
    if (is_kept && !has_owners)
        return;
    Output *out = output_new(body->unit);
    if (is_kept)
        output_inside(out, node);
    else
        write_declaration(body, out, node);
    output_text(out, node->last, " ");
    write_owner_releases(out, node);
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_return(Body *body, Node *node)
{
    emit_expression(body, node->operand);
    Lowered *lowered = node->lowered;
    if (!body->is_coroutine && !passes_work(lowered->region, lowered->exit))
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    if (node->operand && has_steps(node->operand))
        write_steps(body, out, node->operand);
    if (node->operand && body->lowered->value && body->function->result->kind != TYPE_VOID) {
        output_text(out, node->first, "%s = ", body->lowered->value->name);
        write_rest(body, out, node->operand);
        output_text(out, node->last, "; ");
    } else if (node->operand && !is_all_done(node->operand)) {
        write_rest(body, out, node->operand);
        output_text(out, node->last, "; ");
    }
    write_leave(body, out, lowered->region, lowered->exit, node->first);
    output_text(out, node->last, " }");
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_jump(Body *body, Node *node)
{
    Lowered *lowered = node->lowered;
    if (!lowered || !lowered->exit)
        return;
    bool is_renamed = lowered->exit->kind == EXIT_CONTINUE && lowered->exit->target->lowered
        && lowered->exit->target->lowered->continue_label;
    if (!is_renamed && !passes_work(lowered->region, lowered->exit))
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    write_leave(body, out, lowered->region, lowered->exit, node->first);
    output_text(out, node->last, " }");
    edit_replace(body->unit, node->first, node->last, out);
}

static Region *handler_around(Region *region)
{
    while (region->kind != REGION_HANDLER && region->outer)
        region = region->outer;
    return region;
}

static void emit_raise(Body *body, Node *node)
{
    emit_expression(body, node->operand);
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    if (!node->operand) {
        const char *caught = handler_around(node->lowered->region)->failure->name;
        output_text(out, node->first, "acoc_raise_again(%s); %s = 0; ", caught, caught);
    } else {
        if (has_steps(node->operand))
            write_steps(body, out, node->operand);
        bool is_owned = node_strip(node->operand)->kind == NODE_CALL;
        output_text(out, node->first, is_owned ? "acoc_raise(" : "acoc_raise(acoc_error_retain(");
        write_rest(body, out, node->operand);
        output_text(out, node->last, is_owned ? ", " : "), ");
        write_point(body, out, node->lowered->point, node->first);
        output_text(out, node->last, "); ");
    }
    output_text(out, node->last, "goto %s; }", landing_label(node->lowered->region));
    edit_replace(body->unit, node->first, node->last, out);
}

// --------------------------------------------------------------------------------- branches and loops

// "{ steps; if (" rest ")" … "}" for if and switch.
static void emit_branch(Body *body, Node *node, Node *condition, Node *first_part)
{
    bool wraps = node->kind == NODE_SWITCH && has_handles(node);
    emit_expression(body, condition);
    if (!has_steps(condition) && !wraps)
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    if (has_steps(condition))
        write_steps(body, out, condition);
    if (wraps)
        wrap_in_handles(body, out, node);
    output_text(out, node->first, "%.*s (", (int)node->first->length, node->first->text);
    write_rest(body, out, condition);
    output_text(out, condition->last, ")");
    output_tokens(out, first_part->first, node->last);
    if (wraps)
        unwrap_handles(out, node);
    output_text(out, node->last, " }");
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_if(Body *body, Node *node)
{
    emit_branch(body, node, node->condition, node->then);
    emit_statement(body, node->then);
    if (node->otherwise)
        emit_statement(body, node->otherwise);
}

static void emit_switch(Body *body, Node *node)
{
    emit_statement(body, node->loop_body);
    emit_branch(body, node, node->loop_condition, node->loop_body);
}

static void write_loop_test(Body *body, Output *out, Node *condition)
{
    write_steps(body, out, condition);
    output_text(out, condition->first, "if (!(");
    write_rest(body, out, condition);
    output_text(out, condition->last, ")) break; ");
}

static void emit_while(Body *body, Node *node)
{
    emit_expression(body, node->loop_condition);
    emit_statement(body, node->loop_body);
    if (!has_steps(node->loop_condition))
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "for (;;) { ");
    write_loop_test(body, out, node->loop_condition);
    output_node(out, node->loop_body);
    output_text(out, node->last, " }");
    edit_replace(body->unit, node->first, node->last, out);
}

// Its own continue label, decided before the body is emitted.
static void give_continue_label(Body *body, Node *node)
{
    if (!node->lowered)
        node->lowered = NEW(body->unit->arena, Lowered);
    node->lowered->continue_label = ++body->labels;
}

static bool has_continue(const Node *node, const Node *loop)
{
    if (node->kind == NODE_CONTINUE && node->lowered && node->lowered->exit)
        return node->lowered->exit->target == loop;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (has_continue(part, loop))
            return true;
    return false;
}

static void write_body_and_label(Output *out, Node *loop, Node *body)
{
    output_node(out, body);
    if (loop->lowered->continue_label)
        output_text(out, body->last, " acoc_continue_%u: ; ", loop->lowered->continue_label);
}

static void emit_do(Body *body, Node *node)
{
    bool is_cut = has_steps(node->do_condition);
    if (is_cut && has_continue(node->do_body, node))
        give_continue_label(body, node);
    emit_statement(body, node->do_body);
    emit_expression(body, node->do_condition);
    if (!is_cut)
        return;
    if (!node->lowered)
        node->lowered = NEW(body->unit->arena, Lowered);
    Output *out = output_new(body->unit);
    output_text(out, node->first, "for (;;) { ");
    write_body_and_label(out, node, node->do_body);
    write_loop_test(body, out, node->do_condition);
    output_text(out, node->last, "}");
    edit_replace(body->unit, node->first, node->last, out);
}

static bool for_init_moves(const Node *init)
{
    if (!init)
        return false;
    if (init->kind == NODE_DECLARATION)
        return must_redeclare(init) || (init->list && init->list->initialiser && has_steps(init->list->initialiser));
    return init->operand && has_steps(init->operand);
}

static void write_for_head(Body *body, Output *out, Node *node, bool moves_init)
{
    output_text(out, node->first, "for (");
    if (node->for_init && !moves_init)
        output_node(out, node->for_init); // with its semicolon
    else
        output_text(out, node->first, ";");
    output_text(out, node->first, " ");
    if (node->for_condition && !has_steps(node->for_condition))
        write_rest(body, out, node->for_condition);
    output_text(out, node->first, "; ");
    if (node->for_step && !has_steps(node->for_step))
        write_rest(body, out, node->for_step);
    output_text(out, node->first, ") ");
}

static void write_for_body(Body *body, Output *out, Node *node)
{
    output_text(out, node->for_body->first, "{ ");
    if (node->for_condition && has_steps(node->for_condition))
        write_loop_test(body, out, node->for_condition);
    write_body_and_label(out, node, node->for_body);
    if (node->for_step && has_steps(node->for_step)) {
        output_text(out, node->for_step->first, "{ ");
        write_steps(body, out, node->for_step);
        if (!is_all_done(node->for_step)) {
            write_rest(body, out, node->for_step);
            output_text(out, node->for_step->last, "; ");
        }
        output_text(out, node->for_step->last, "} ");
    }
    output_text(out, node->for_body->last, "}");
}

static void emit_for(Body *body, Node *node)
{
    bool moves_init = for_init_moves(node->for_init);
    if (has_steps(node->for_step) && has_continue(node->for_body, node))
        give_continue_label(body, node);
    if (node->for_init)
        emit_statement(body, node->for_init);
    emit_expression(body, node->for_condition);
    emit_expression(body, node->for_step);
    emit_statement(body, node->for_body);
    if (!moves_init && !has_steps(node->for_condition) && !has_steps(node->for_step) && !has_handles(node))
        return;
    Output *out = output_new(body->unit);
    wrap_in_handles(body, out, node);
    if (moves_init) {
        output_text(out, node->first, "{ ");
        output_node(out, node->for_init);
        output_text(out, node->first, " ");
    }
    write_for_head(body, out, node, moves_init);
    write_for_body(body, out, node);
    if (moves_init)
        output_text(out, node->last, " }");
    unwrap_handles(out, node);
    edit_replace(body->unit, node->first, node->last, out);
}

// -------------------------------------------------------------------------------------------------- try

static void write_kind_test(Output *out, Node *clause)
{
    output_text(out, clause->first, "if (");
    for (Node *kind = clause->list; kind; kind = kind->next)
        output_text(out, clause->first, "%sacoc_caught_is(acoc_raised, &%s_kind)", kind == clause->list ? "" : " || ",
                    kind->name->text);
    output_text(out, clause->first, ") ");
}

static void write_except(Body *body, Output *out, Node *clause)
{
    Region *region = clause->lowered->region;
    const char *caught = region->failure->name;
    if (clause->list)
        write_kind_test(out, clause);
    output_text(out, clause->first, "{ %s = acoc_catch(); ", caught);
    Local *error = symbol_local(clause->symbol);
    if (error) {
        const char *initial = arena_printf(body->unit->arena, "acoc_caught_error(%s)", caught);
        write_local(body, out, error, initial, clause->first);
        output_text(out, clause->first, "(void)%s; ", error->name);
    }
    output_node(out, clause->body);
    output_text(out, clause->last, " acoc_handled(%s); ", caught);
    if (region->is_raised_to) {
        output_text(out, clause->last, "if (0) { acoc_raised_%u: acoc_replaced(%s); ", region->number, caught);
        output_text(out, clause->last, "goto %s; } ", landing_label(region->outer));
    }
    output_text(out, clause->last, "} ");
}

static Node *clause_of(Node *node, NodeKind kind)
{
    for (Node *clause = node->list; clause; clause = clause->next)
        if (clause->kind == kind)
            return clause;
    return NULL;
}

static void write_handlers(Body *body, Output *out, Node *node)
{
    Region *region = node->lowered->region;
    const Node *otherwise = clause_of(node, NODE_ELSE);
    bool is_reached = !ends_in_jump(otherwise ? otherwise->body : node->body);
    if (!region)
        return;
    output_text(out, node->first, is_reached ? "if (0) { " : "{ ");
    if (region->is_raised_to) // otherwise nothing in the body can raise, but a clause may hold suspensions
        output_text(out, node->first, "acoc_raised_%u: ", region->number);
    bool catches_all = false, is_first = true;
    for (Node *clause = node->list; clause; clause = clause->next) {
        if (clause->kind != NODE_EXCEPT)
            continue;
        output_text(out, clause->first, is_first ? "" : "else ");
        write_except(body, out, clause);
        is_first = false;
        catches_all |= !clause->list;
    }
    if (!catches_all)
        output_text(out, node->last, "else { goto %s; } ", landing_label(region->outer));
    output_text(out, node->last, "} ");
}

static void emit_try(Body *body, Node *node)
{
    Node *otherwise = clause_of(node, NODE_ELSE), *finally = clause_of(node, NODE_FINALLY);
    emit_statement(body, node->body);
    for (Node *clause = node->list; clause; clause = clause->next)
        emit_statement(body, clause->body);
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    output_node(out, node->body);
    output_text(out, node->first, " ");
    if (otherwise) {
        output_node(out, otherwise->body);
        output_text(out, otherwise->last, " ");
    }
    write_handlers(body, out, node);
    if (finally) {
        Region *region = node->lowered->cleanup;
        write_cleanup_begin(out, region, finally->first);
        output_node(out, finally->body);
        output_text(out, finally->last, " ");
        write_cleanup_end(body, out, region, finally->last);
    }
    output_text(out, node->last, "}");
    edit_replace(body->unit, node->first, node->last, out);
}

// ------------------------------------------------------------------------------------------------- with

// X_enter(x) or X_exit(x, error) that does not suspend; its value goes to `target`.
static void write_with_call(Body *body, Output *out, Node *node, Symbol *function, const char *target, const char *arguments,
                            unsigned point, Region *region)
{
    output_text(out, node->first, "%s%s%s(%s); ", target ? target : "", target ? " = " : "", function->name->text, arguments);
    if (!function->type->is_raises)
        return;
    write_raised_check(body, out, point, region, node->first);
    output_text(out, node->first, " ");
}

static void write_enter(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    if (lowered->enter)
        write_suspension(body, out, lowered->enter);
    else
        write_with_call(body, out, node, node->symbol, NULL, local_use(body, lowered->with_value), lowered->point, lowered->region->outer);
}

// An exit that answers true swallows the pending error.
static void write_exit(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    Region *pending = lowered->region->pending;
    const char *failure = pending->failure->name;
    Type *answer = node->with_exit->type->base;
    if (answer->kind == TYPE_HANDLE && lowered->leave)
        answer = lowered->leave->type;
    bool answers = answer->kind != TYPE_VOID;
    const char *swallow = arena_printf(body->unit->arena, "acoc_swallow_%u", lowered->region->number);
    if (lowered->leave) {
        write_suspension(body, out, lowered->leave);
        if (answers)
            swallow = lowered->leave->result->name;
    } else {
        if (answers)
            output_text(out, node->last, "int %s; ", swallow);
        const char *arguments = arena_printf(body->unit->arena, "%s, acoc_caught_error(%s)", local_use(body, lowered->with_value), failure);
        write_with_call(body, out, node, node->with_exit, answers ? swallow : NULL, arguments, lowered->point + 1, pending);
    }
    if (answers && lowered->region->is_raised_to)
        output_text(out, node->last, "if (%s && %s) { acoc_handled(%s); %s = 0; } ", swallow, failure, failure, failure);
    else if (answers)
        output_text(out, node->last, "(void)%s; ", swallow);
}

static void write_with_value(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    if (node->with_declaration) {
        bool is_kept = !must_redeclare(node->with_declaration);
        Node *initialiser = node->with_declaration->list->initialiser;
        if (is_kept && !has_steps(initialiser))
            output_node(out, node->with_declaration);
        else
            write_declaration(body, out, node->with_declaration);
        if (is_kept)
            output_text(out, node->first, "; ");
        return;
    }
    if (has_steps(node->with_value))
        write_steps(body, out, node->with_value);
    output_text(out, node->first, "%s = ", lowered->with_value->name);
    write_rest(body, out, node->with_value);
    output_text(out, node->first, "; ");
}

static void emit_with(Body *body, Node *node)
{
    Lowered *lowered = node->lowered;
    if (node->with_declaration)
        emit_declaration(body, node->with_declaration);
    else
        emit_expression(body, node->with_value);
    emit_statement(body, node->with_body);
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    write_with_value(body, out, node);
    write_enter(body, out, node);
    output_node(out, node->with_body);
    output_text(out, node->last, " ");
    write_cleanup_begin(out, lowered->region, node->last);
    output_text(out, node->last, "{ ");
    write_exit(body, out, node);
    output_text(out, node->last, "} ");
    write_cleanup_end(body, out, lowered->region, node->last);
    if (lowered->freeing) {
        write_cleanup_begin(out, lowered->freeing, node->last);
        output_text(out, node->last, "%s(%s); ", node->with_free->name->text, local_use(body, lowered->with_value));
        write_cleanup_end(body, out, lowered->freeing, node->last);
    }
    output_text(out, node->last, "}");
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_defer(Body *body, Node *node)
{
    emit_statement(body, node->body);
    edit_replace_text(body->unit, node->first, node->last, ";");
}

// ----------------------------------------------------------------------------------------------- labels

// A jump to here may have passed the declarations of residents: their pointers are set again. Braces keep the labelled
// statement one statement.
static void set_pointers_again(Body *body, Node *label, Node *statement)
{
    Local **passed = label->lowered ? label->lowered->jumped_past : NULL;
    if (!vec_count(passed))
        return;
    bool is_braced = statement && statement->kind != NODE_DEFER;
    Output *out = output_new(body->unit);
    output_text(out, label->first, is_braced ? "{ " : " ");
    for (size_t i = 0; i < vec_count(passed); i++)
        output_text(out, label->first, "%s = (void *)&acoc_frame_->%s; ", passed[i]->name, passed[i]->member);
    if (statement)
        edit_before(body->unit, statement->first, out);
    else
        edit_after(body->unit, label->last, out);
    if (is_braced)
        edit_after_text(body->unit, statement->last, " }");
}

static void emit_labelled(Body *body, Node *node)
{
    Node *statement = node->kind == NODE_CASE ? node->case_body : node->body;
    set_pointers_again(body, node, statement);
    emit_statement(body, statement);
}

// ------------------------------------------------------------------------------------------ all of them

void emit_statement(Body *body, Node *node)
{
    if (!node)
        return;
    switch (node->kind) {
    case NODE_BLOCK: emit_block(body, node); break;
    case NODE_EXPRESSION: emit_expression_statement(body, node); break;
    case NODE_DECLARATION: emit_declaration_statement(body, node); break;
    case NODE_IF: emit_if(body, node); break;
    case NODE_WHILE: emit_while(body, node); break;
    case NODE_DO: emit_do(body, node); break;
    case NODE_FOR: emit_for(body, node); break;
    case NODE_SWITCH: emit_switch(body, node); break;
    case NODE_CASE:
    case NODE_DEFAULT:
    case NODE_LABEL: emit_labelled(body, node); break;
    case NODE_RETURN: emit_return(body, node); break;
    case NODE_RAISE: emit_raise(body, node); break;
    case NODE_GOTO:
    case NODE_BREAK:
    case NODE_CONTINUE: emit_jump(body, node); break;
    case NODE_TRY: emit_try(body, node); break;
    case NODE_WITH: emit_with(body, node); break;
    case NODE_DEFER: emit_defer(body, node); break;
    default: emit_expression(body, node); break;
    }
}

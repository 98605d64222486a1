// SPDX-License-Identifier: MIT
// Branches and loops of a lowered function. One whose condition suspends becomes "{ steps; if (rest) … }" or "for (;;) {
// steps; if (!(rest)) break; … }"; a step of a for that suspends moves behind its body, where continue finds it by a label.
#include "body.h"

// A for or switch with handles of its own stands in a block that holds them.
static void wrap_in_handles(Body *body, Output *out, Node *node)
{
    Region *region = node->lowered ? node->lowered->region : NULL;
    if (region && vec_count(region->handles)) {
        output_text(out, node->first, "{ ");
        write_handle_beginnings(out, region, node->first);
        write_kept_handle_beginnings(body, out, region, node->first);
    }
}

static void unwrap_handles(Body *body, Output *out, Node *node)
{
    Region *region = node->lowered ? node->lowered->region : NULL;
    if (region && vec_count(region->handles)) {
        write_releases(body, out, region, node->last);
        write_handles_landing(body, out, region, true, node->last);
        output_text(out, node->last, "}");
    }
}

static bool has_handles(const Node *node)
{
    return node->lowered && node->lowered->region && node->lowered->region->kind == REGION_HANDLES
        && vec_count(node->lowered->region->handles);
}

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
    output_node(out, condition);
    output_text(out, condition->last, ")");
    output_tokens(out, first_part->first, node->last);
    if (wraps)
        unwrap_handles(body, out, node);
    output_text(out, node->last, " }");
    edit_replace(body->unit, node->first, node->last, out);
}

void emit_if(Body *body, Node *node)
{
    emit_branch(body, node, node->condition, node->then);
    emit_statement(body, node->then);
    if (node->otherwise)
        emit_statement(body, node->otherwise);
}

void emit_switch(Body *body, Node *node)
{
    emit_statement(body, node->loop_body);
    emit_branch(body, node, node->loop_condition, node->loop_body);
}

static void write_loop_test(Body *body, Output *out, Node *condition)
{
    write_steps(body, out, condition);
    output_text(out, condition->first, "if (!(");
    output_node(out, condition);
    output_text(out, condition->last, ")) break; ");
}

void emit_while(Body *body, Node *node)
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

void emit_do(Body *body, Node *node)
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

// A clean-up stands behind the loop and needs the variable there.
static bool for_init_moves(const Node *init)
{
    if (!init)
        return false;
    if (asks_for_clean_up(init))
        return true;
    if (init->kind == NODE_DECLARATION)
        return must_redeclare(init) || (init->list && init->list->initialiser && has_steps(init->list->initialiser));
    return init->operand && has_steps(init->operand);
}

static void write_for_head(Output *out, Node *node, bool moves_init)
{
    output_text(out, node->first, "for (");
    if (node->for_init && !moves_init)
        output_node(out, node->for_init); // with its semicolon
    else
        output_text(out, node->first, ";");
    output_text(out, node->first, " ");
    if (node->for_condition && !has_steps(node->for_condition))
        output_node(out, node->for_condition);
    output_text(out, node->first, "; ");
    if (node->for_step && !has_steps(node->for_step))
        output_node(out, node->for_step);
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
        write_remains(out, node->for_step);
        output_text(out, node->for_step->last, "} ");
    }
    output_text(out, node->for_body->last, "}");
}

void emit_for(Body *body, Node *node)
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
    write_for_head(out, node, moves_init);
    write_for_body(body, out, node);
    if (node->for_init && asks_for_clean_up(node->for_init))
        write_clean_ups_of_variables(body, out, node->for_init->list, true);
    if (moves_init)
        output_text(out, node->last, " }");
    unwrap_handles(body, out, node);
    edit_replace(body->unit, node->first, node->last, out);
}

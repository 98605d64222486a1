// SPDX-License-Identifier: MIT
// try and with of a lowered function: their text, the landing places of errors, and the one copy of their clean-up
// (leave.c writes what stands around it).
#include "body.h"

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

static bool falls_into_finally(Node *node)
{
    const Node *otherwise = clause_of(node, NODE_ELSE);
    bool falls = !ends_in_jump(otherwise ? otherwise->body->list : node->body->list);
    for (const Node *clause = node->list; clause; clause = clause->next)
        falls |= clause->kind == NODE_EXCEPT && !ends_in_jump(clause->body->list);
    return falls;
}

void emit_try(Body *body, Node *node)
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
        bool is_reached = falls_into_finally(node);
        write_cleanup_begin(out, region, is_reached, finally->first);
        output_node(out, finally->body);
        output_text(out, finally->last, " ");
        write_cleanup_end(body, out, region, is_reached, finally->last);
    }
    output_text(out, node->last, "}");
    edit_replace(body->unit, node->first, node->last, out);
}

// ------------------------------------------------------------------------------------------------- with

// Behind X_enter(x) or X_exit(x, error) that did not suspend, but may have raised.
static void write_with_check(Body *body, Output *out, const Symbol *function, unsigned point, Region *region, Token *token)
{
    if (!function->type->is_raises)
        return;
    write_raised_check(body, out, point, region, token);
    output_text(out, token, " ");
}

static void write_enter(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    if (lowered->enter) {
        write_suspension(body, out, lowered->enter);
        return;
    }
    output_text(out, node->first, "%s(%s); ", node->symbol->name->text, local_use(body, lowered->with_value));
    write_with_check(body, out, node->symbol, lowered->point, lowered->region->outer, node->first);
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
            output_text(out, node->first, "int %s = ", swallow);
        output_text(out, node->first, "%s(%s, acoc_caught_error(%s)); ", node->with_exit->name->text,
                    local_use(body, lowered->with_value), failure);
        write_with_check(body, out, node->with_exit, lowered->point + 1, pending, node->first);
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
    output_node(out, node->with_value);
    output_text(out, node->first, "; ");
}

void emit_with(Body *body, Node *node)
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
    write_cleanup_begin(out, lowered->region, true, node->last);
    output_text(out, node->last, "{ ");
    write_exit(body, out, node);
    output_text(out, node->last, "} ");
    write_cleanup_end(body, out, lowered->region, true, node->last);
    if (lowered->freeing) {
        write_cleanup_begin(out, lowered->freeing, true, node->last);
        output_text(out, node->last, "%s(%s); ", node->with_free->name->text, local_use(body, lowered->with_value));
        write_cleanup_end(body, out, lowered->freeing, true, node->last);
    }
    output_text(out, node->last, "}");
    edit_replace(body->unit, node->first, node->last, out);
}

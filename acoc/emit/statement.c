// SPDX-License-Identifier: MIT
// Statements of a lowered function: blocks, jumps and labels. One whose expression has steps becomes "{ steps; what is
// left }"; all others stay. Branches and loops stand in loop.c, try and with in try.c.
#include "body.h"

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

static bool has_defer(const Node *list)
{
    for (; list; list = list->next)
        if (list->kind == NODE_DEFER)
            return true;
    return false;
}

// Control never comes to the end of the list: what stands there needs no way around it, and compilers that look for
// cases that fall through see none.
bool ends_in_jump(const Node *list)
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
        if (item->kind != NODE_DECLARATION)
            continue;
        for (const Node *declarator = item->list; declarator; declarator = declarator->next)
            if (declarator->symbol && declarator->symbol->type && type_is_variably_modified(declarator->symbol->type))
                return true;
    }
    return false;
}

static void refuse_defer_beside_variable_size(const Node *block)
{
    for (const Node *item = block->list; item; item = item->next)
        if (item->kind == NODE_DEFER) {
            error_at(item->first->place, item->first->length, "not supported yet: 'defer' in a block that "
                     "declares something of variable size or local labels");
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
        write_handle_beginnings(body, begin, region, node->first);
        output_text(begin, node->first, has_inner ? "{" : "");
        edit_after(body->unit, node->first, begin);
    } else if (!has_defer(node->list))
        return;
    Output *end = output_new(body->unit);
    output_text(end, node->last, has_inner ? "} " : "");
    write_block_end(body, end, region && vec_count(region->handles) ? region : NULL, node->list, node->last);
    edit_before(body->unit, node->last, end);
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

// The local that takes the value, where the statement is the last of a statement expression.
static Local *value_target(const Node *node)
{
    const Node *whole = node->lowered ? node->lowered->value_of : NULL;
    return whole && whole->lowered ? whole->lowered->value : NULL;
}

static void write_rest(Output *out, Node *node, const Local *target)
{
    if (target) {
        write_assignment_begin(out, target, node->first);
        output_node(out, node->operand);
        write_assignment_end(out, target, node->last);
    } else {
        write_remains(out, node->operand);
    }
}

static void emit_expression_statement(Body *body, Node *node)
{
    if (!(node->lowered && node->lowered->value_of))
        discard_value(body, node);
    emit_expression(body, node->operand);
    bool has_owners = node->lowered && node->lowered->owners;
    const Local *target = value_target(node);
    if (!node->operand || (!has_steps(node->operand) && !has_owners && !target))
        return;
    Output *out = output_new(body->unit);
    bool is_one = !has_steps(node->operand) && !has_owners;
    output_text(out, node->first, is_one ? "" : "{ ");
    if (has_steps(node->operand))
        write_steps(body, out, node->operand);
    write_rest(out, node, target);
    write_owner_releases(out, node);
    output_text(out, node->last, is_one ? "" : "}");
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
        write_assignment_begin(out, body->lowered->value, node->first);
        output_node(out, node->operand);
        write_assignment_end(out, body->lowered->value, node->last);
    } else if (node->operand) {
        write_remains(out, node->operand);
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
        output_node(out, node->operand);
        output_text(out, node->last, is_owned ? ", " : "), ");
        write_point(body, out, node->lowered->point, node->first);
        output_text(out, node->last, "); ");
    }
    output_text(out, node->last, "goto %s; }", landing_label(node->lowered->region));
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_asm(Body *body, Node *node)
{
    emit_expression(body, node);
    if (!has_steps(node))
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    write_steps(body, out, node);
    output_inside(out, node);
    output_text(out, node->last, " }");
    edit_replace(body->unit, node->first, node->last, out);
}

// Its text stands at the end of the block: see write_deferred().
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
    case NODE_ASM: emit_asm(body, node); break;
    default: emit_expression(body, node); break;
    }
}

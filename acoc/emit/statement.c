// SPDX-License-Identifier: MIT
// Statements of a lowered function: blocks, jumps and labels. One whose expression has steps becomes "{ steps; what is
// left }"; all others stay. Branches and loops stand in loop.c, try and with in try.c.
#include "body.h"

// ------------------------------------------------------------------------------------------- blocks

// The clean-up that a declarator's attribute asks for, when it is ours.
Region *cleanup_of_declarator(const Node *declarator)
{
    Region *region = declarator->kind == NODE_DECLARATOR && declarator->lowered ? declarator->lowered->region : NULL;
    return region && region->kind == REGION_CLEANUP ? region : NULL;
}

bool asks_for_clean_up(const Node *item)
{
    if (item->kind != NODE_DECLARATION)
        return item->kind == NODE_DEFER;
    for (const Node *declarator = item->list; declarator; declarator = declarator->next)
        if (cleanup_of_declarator(declarator))
            return true;
    return false;
}

static bool has_clean_ups(const Node *list)
{
    for (; list; list = list->next)
        if (asks_for_clean_up(list))
            return true;
    return false;
}

static void write_clean_up_of_variable(Body *body, Output *out, Node *declarator, bool is_reached)
{
    Region *region = cleanup_of_declarator(declarator);
    Token *token = declarator->token;
    const Symbol *symbol = declarator->symbol;
    write_cleanup_begin(out, region, is_reached, token);
    output_text(out, token, "%s((void *)&%s); ", symbol->cleanup->name->text, local_use(body, symbol_local(symbol)));
    write_cleanup_end(body, out, region, is_reached, token);
}

void write_clean_ups_of_variables(Body *body, Output *out, Node *declarator, bool is_reached)
{
    if (!declarator)
        return;
    write_clean_ups_of_variables(body, out, declarator->next, is_reached); // the last one first
    if (cleanup_of_declarator(declarator))
        write_clean_up_of_variable(body, out, declarator, is_reached);
}

// is_reached: by what falls out of the block's end.
static void write_deferred(Body *body, Output *out, Node *list, bool has_inner, bool is_reached)
{
    if (!list)
        return;
    write_deferred(body, out, list->next, has_inner, is_reached); // the last one first
    if (!asks_for_clean_up(list))
        return;
    if (has_inner)
        output_text(out, list->last, "} ");
    if (list->kind == NODE_DECLARATION) {
        write_clean_ups_of_variables(body, out, list->list, is_reached);
        return;
    }
    Region *region = list->lowered->region;
    write_cleanup_begin(out, region, is_reached, list->first);
    output_text(out, list->first, "{ ");
    output_node(out, list->body);
    output_text(out, list->last, " } ");
    write_cleanup_end(body, out, region, is_reached, list->last);
}

// Control never comes to the end of the list: what stands there needs no way around it, and compilers that look for
// cases that fall through see none.
bool ends_in_jump(const Node *list)
{
    if (!list)
        return false;
    while (list->next)
        list = list->next;
    switch (list->kind) {
    case NODE_BREAK: case NODE_CONTINUE: case NODE_RETURN: case NODE_GOTO: case NODE_RAISE: return true;
    case NODE_BLOCK: return ends_in_jump(list->list);
    default: return false;
    }
}

void write_block_end(Body *body, Output *out, Region *region, Node *block, Token *token)
{
    bool has_inner = needs_inner_block(block), has_handles = region && vec_count(region->handles);
    bool is_whole_body = block == body->function->node->function_body, is_reached = !ends_in_jump(block->list);
    write_deferred(body, out, block->list, has_inner, is_reached);
    if (has_inner && (has_handles || is_whole_body))
        output_text(out, token, "} ");
    if (!has_handles)
        return;
    if (is_reached)
        write_releases(body, out, region, token);
    write_handles_landing(body, out, region, is_reached, token);
}

static bool is_left_to_the_compiler(const Node *declarator)
{
    const Symbol *symbol = declarator->symbol;
    return symbol && symbol->type && ((type_is_variably_modified(symbol->type) && !is_rewritten_declarator(declarator))
                                      || (symbol->has_cleanup && !cleanup_of_declarator(declarator)));
}

// What stands at the block's end is jumped to from within: not past a declaration of variable size or one that the C
// compiler cleans up. And __label__ wants to come first. Inner blocks for what follows each defer serve all of them.
bool needs_inner_block(const Node *block)
{
    for (const Node *item = block->list; item; item = item->next) {
        if (item->kind == NODE_LOCAL_LABEL)
            return true;
        if (item->kind != NODE_DECLARATION)
            continue;
        for (const Node *declarator = item->list; declarator; declarator = declarator->next)
            if (is_left_to_the_compiler(declarator))
                return true;
    }
    return false;
}

// Its text stands at the end of the block: see write_deferred().
static void emit_defer(Body *body, Node *node, const char *instead)
{
    emit_statement(body, node->body);
    edit_replace_text(body->unit, node->first, node->last, "%s", instead);
}

static void emit_items(Body *body, Node *block)
{
    bool has_inner = needs_inner_block(block);
    for (Node *item = block->list; item; item = item->next) {
        if (item->kind == NODE_DEFER) {
            emit_defer(body, item, has_inner ? "; {" : ";");
            continue;
        }
        if (has_inner && asks_for_clean_up(item))
            edit_after_text(body->unit, item->last, " {");
        emit_statement(body, item);
    }
}

static void emit_block(Body *body, Node *node)
{
    emit_items(body, node);
    if (node == body->function->node->function_body)
        return;
    Region *region = node->lowered ? node->lowered->region : NULL;
    bool has_handles = region && vec_count(region->handles);
    if (has_handles) {
        Output *begin = output_new(body->unit);
        output_text(begin, node->first, " ");
        write_handle_beginnings(begin, region, node->first);
        write_kept_handle_beginnings(body, begin, region, node->first);
        output_text(begin, node->first, needs_inner_block(node) ? "{" : "");
        edit_after(body->unit, node->first, begin);
    } else if (!has_clean_ups(node->list))
        return;
    Output *end = output_new(body->unit);
    write_block_end(body, end, region, node, node->last);
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

static void emit_computed_goto(Body *body, Node *node)
{
    emit_expression(body, node->operand);
    if (!has_steps(node->operand))
        return;
    Output *out = output_new(body->unit);
    output_text(out, node->first, "{ ");
    write_steps(body, out, node->operand);
    output_text(out, node->first, "goto *");
    output_node(out, node->operand);
    output_text(out, node->last, "; }");
    edit_replace(body->unit, node->first, node->last, out);
}

static void emit_jump(Body *body, Node *node)
{
    if (node->kind == NODE_GOTO && node->operand) {
        emit_computed_goto(body, node);
        return;
    }
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

// ------------------------------------------------------------------------------------- nested functions

// GNU's: only the names of its outer function's locals are ours in it.
static void emit_names(Body *body, Node *node)
{
    if (node->kind == NODE_IDENTIFIER)
        emit_identifier(body, node);
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        emit_names(body, part);
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
    case NODE_ASM: emit_asm(body, node); break;
    case NODE_FUNCTION: emit_names(body, node); break;
    default: emit_expression(body, node); break;
    }
}

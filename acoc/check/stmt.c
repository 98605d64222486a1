// SPDX-License-Identifier: MIT
// Statements. Each stands in a chain of contexts (loops, switches, try, defer, …) which break, continue, return and
// the jumps are judged by; the chain is kept with every goto and label until the function's end.
#include "check.h"

#include <string.h>

// ----------------------------------------------------------------------------------------------- contexts

Context *context_push(Checker *c, ContextKind kind, Node *node)
{
    Context *context = NEW(c->arena, Context);
    context->outer = c->context;
    context->kind = kind;
    context->node = node;
    c->context = context;
    return context;
}

void context_pop(Checker *c, Context *to)
{
    c->context = to;
}

bool is_inside(const Checker *c, ContextKind kind)
{
    for (const Context *context = c->context; context; context = context->outer)
        if (context->kind == kind)
            return true;
    return false;
}

// ------------------------------------------------------------------------------------------------- blocks

void check_block_items(Checker *c, Node *block)
{
    Context *outside = c->context;
    size_t labels = vec_count(c->state->local_labels);
    for (Node *item = block->list; item; item = item->next) {
        if (item->kind == NODE_DEFER)
            check_defer(c, item);
        else
            check_statement(c, item);
    }
    if (c->state->local_labels)
        vec_header(c->state->local_labels)->count = labels;
    context_pop(c, outside);
}

static void check_block(Checker *c, Node *node)
{
    scope_open(c, node);
    check_block_items(c, node);
    scope_close(c);
}

static void check_local_labels(Checker *c, Node *node)
{
    for (Node *label = node->list; label; label = label->next) {
        Symbol *symbol = symbol_new(c, SYMBOL_LABEL, label->name, type_basic(TYPE_VOID), label->token);
        symbol->function = c->state->function;
        label->symbol = symbol;
        label->type = symbol->type;
        vec_push(c->arena, c->state->local_labels, symbol);
    }
}

// --------------------------------------------------------------------------------------------- selections

// Since C99 a statement that chooses or repeats is a scope, and so is each statement that is a part of it.
static void check_scoped(Checker *c, Node *node, void (*check)(Checker *c, Node *node))
{
    Scope *outside = c->scope;
    if (target_is_c99())
        scope_open(c, node);
    check(c, node);
    c->scope = outside;
}

// A block has a scope of its own.
static void check_substatement(Checker *c, Node *node)
{
    if (node->kind == NODE_BLOCK)
        check_statement(c, node);
    else
        check_scoped(c, node, check_statement);
}

// A chain of else-ifs is walked in a loop; what its parts do is passed up from its end. Each has a scope, but one in
// which nothing was declared serves the next one as well: names are looked for in few of them.
static void check_if(Checker *c, Node *node)
{
    Node **chain = NULL;
    while (node && node->kind == NODE_IF) {
        check_condition(c, node->condition);
        check_substatement(c, node->then);
        vec_push(c->arena, chain, node);
        node = node->otherwise;
        if (node && node->kind == NODE_IF && target_is_c99() && (c->scope->names || c->scope->tags))
            scope_open(c, node);
    }
    if (node)
        check_substatement(c, node);
    while (vec_count(chain))
        propagate(vec_pop(chain));
}

static void check_switch(Checker *c, Node *node)
{
    Type *type = check_value(c, node->loop_condition);
    if (!type_is_integer(type))
        check_error(node->loop_condition, "'switch' needs an integer, not '%s' of type '%s'",
                    node_text(node->loop_condition), type_describe(type));
    Context *outside = c->context;
    Context *context = context_push(c, CONTEXT_SWITCH, node);
    check_substatement(c, node->loop_body);
    context_pop(c, outside);
    rule_cases(c, context->cases);
}

static void check_case_value(Checker *c, Node *value)
{
    if (!value)
        return;
    check_expression(c, value);
    if (value->suspends)
        check_error(value, "the value of 'case' is a constant, so it cannot suspend: '%s'", node_text(value));
    else if (!value->is_constant && value->type->kind != TYPE_ERROR && !type_is_integer(value->type))
        check_error(value, "the value of 'case' must be an integer constant, not '%s'", node_text(value));
}

static Node *labelled_body(const Node *node)
{
    switch (node->kind) {
    case NODE_CASE: return node->case_body;
    case NODE_DEFAULT:
    case NODE_LABEL: return node->body;
    default: return NULL;
    }
}

static void check_label_itself(Checker *c, Node *node)
{
    if (node->kind == NODE_LABEL) {
        node->symbol = label_find(c, node);
        if (node->symbol->definition) {
            error_at(node->first->place, node->first->length,
                     "the label '%s' stands twice in this function", node->name->text);
            note_at(node->symbol->token->place, node->symbol->token->length, "it stands here too");
        }
        node->symbol->definition = node;
        node->symbol->token = node->token;
        vec_push(c->arena, c->state->labels, (Jump){node, c->context});
        return;
    }
    if (node->kind == NODE_CASE) {
        check_case_value(c, node->case_low);
        check_case_value(c, node->case_high);
    }
    rule_case(c, node);
}

// case 1: case 2: name: … is a chain too.
static void check_labelled(Checker *c, Node *node)
{
    Node **chain = NULL;
    while (node && (node->kind == NODE_CASE || node->kind == NODE_DEFAULT || node->kind == NODE_LABEL)) {
        check_label_itself(c, node);
        vec_push(c->arena, chain, node);
        node = labelled_body(node);
    }
    if (node)
        check_statement(c, node);
    while (vec_count(chain))
        propagate(vec_pop(chain));
}

// -------------------------------------------------------------------------------------------------- loops

static void check_loop_body(Checker *c, Node *loop, Node *body)
{
    Context *outside = c->context;
    context_push(c, CONTEXT_LOOP, loop);
    check_substatement(c, body);
    context_pop(c, outside);
}

static void check_while(Checker *c, Node *node)
{
    check_condition(c, node->loop_condition);
    check_loop_body(c, node, node->loop_body);
}

static void check_do(Checker *c, Node *node)
{
    check_loop_body(c, node, node->do_body);
    check_condition(c, node->do_condition);
}

static void check_for(Checker *c, Node *node)
{
    Context *outside = c->context;
    if (node->for_init)
        check_statement(c, node->for_init);
    if (node->for_condition)
        check_condition(c, node->for_condition);
    if (node->for_step) {
        check_value(c, node->for_step);
        rule_discarded(c, node->for_step);
    }
    check_loop_body(c, node, node->for_body);
    context_pop(c, outside);
}

// -------------------------------------------------------------------------------------------------- jumps

static void check_goto(Checker *c, Node *node)
{
    if (node->operand) {
        check_value(c, node->operand);
        return;
    }
    node->symbol = label_find(c, node);
    vec_push(c->arena, c->state->gotos, (Jump){node, c->context});
}

static void check_return(Checker *c, Node *node)
{
    Function *function = c->state->function;
    if (node->operand) {
        Type *type = check_value(c, node->operand);
        if (function->result->kind != TYPE_VOID)
            check_conversion(c, function->result, node->operand, "the result is");
        else if (type->kind != TYPE_VOID && type->kind != TYPE_ERROR && function->is_coroutine)
            check_error(node->operand, "'%s' delivers no value, but '%s' is returned", function->name->text,
                        node_text(node->operand));
    } else if (function->is_coroutine && function->result->kind != TYPE_VOID) {
        check_error(node, "'%s' must return '%s'", function->name->text, type_describe(function->result));
    }
    rule_return(c, node);
}

static void check_asm(Checker *c, Node *node)
{
    for (Node *operand = node->list; operand; operand = operand->next) {
        if (operand->kind == NODE_GOTO) {
            check_goto(c, operand);
            continue;
        }
        check_expression(c, operand);
        if (operand->is_lvalue)
            mark_address(c, operand);
    }
}

// --------------------------------------------------------------------------------------------- statements

// The last one of a statement expression is not discarded here: it is the value of the whole.
static bool gives_value(const Checker *c, const Node *statement)
{
    for (const Context *context = c->context; context; context = context->outer)
        if (context->kind == CONTEXT_STATEMENT_EXPRESSION)
            return node_value_statement(context->node) == statement;
    return false;
}

static void check_expression_statement(Checker *c, Node *node)
{
    if (!node->operand)
        return;
    check_expression(c, node->operand);
    if (!gives_value(c, node))
        rule_discarded(c, node->operand);
}

static void check_attribute_statement(Checker *c, Node *node)
{
    if (node->body)
        check_statement(c, node->body);
}

static void note_pragma(Checker *c, Node *node)
{
    const Token *token = node->first;
    for (const char *text = token->text; text + 4 < token->text + token->length; text++)
        if (!strncmp(text, " omp", 4) && !c->state->first_openmp)
            c->state->first_openmp = node;
}

void check_statement(Checker *c, Node *node)
{
    switch (node->kind) {
    case NODE_BLOCK: check_block(c, node); break;
    case NODE_EXPRESSION: check_expression_statement(c, node); break;
    case NODE_IF: check_scoped(c, node, check_if); return;
    case NODE_WHILE: check_scoped(c, node, check_while); break;
    case NODE_DO: check_scoped(c, node, check_do); break;
    case NODE_FOR: check_scoped(c, node, check_for); break;
    case NODE_SWITCH: check_scoped(c, node, check_switch); break;
    case NODE_CASE:
    case NODE_DEFAULT:
    case NODE_LABEL: check_labelled(c, node); return;
    case NODE_GOTO: check_goto(c, node); break;
    case NODE_BREAK: rule_break(c, node, false); break;
    case NODE_CONTINUE: rule_break(c, node, true); break;
    case NODE_RETURN: check_return(c, node); break;
    case NODE_ASM: check_asm(c, node); break;
    case NODE_LOCAL_LABEL: check_local_labels(c, node); break;
    case NODE_ATTRIBUTE_STATEMENT: check_attribute_statement(c, node); break;
    case NODE_TRY: check_try(c, node); break;
    case NODE_RAISE: check_raise(c, node); break;
    case NODE_DEFER: rule_lonely_defer(node); break;
    case NODE_WITH: check_with(c, node); break;
    case NODE_FUNCTION: check_function(c, node); return;
    case NODE_PRAGMA: note_pragma(c, node); break;
    case NODE_DECLARATION:
    case NODE_STATIC_ASSERT: check_declaration(c, node); break;
    default: break; // empty declarations
    }
    propagate(node);
}

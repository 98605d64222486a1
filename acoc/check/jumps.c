// SPDX-License-Identifier: MIT
// Jumps. A clean-up must run to its end, so nothing jumps out of `finally` and `defer`; what protects a block must
// have been entered, so nothing jumps into `try`, `except`, `else`, `finally`, `with`, or past a `defer`, nor, in
// coroutines, past what needs a clean-up of its own (the attribute, an array of variable length); and C has no jump into a
// statement expression. Gotos are judged at the function's end, when all labels are known, by the contexts on the two
// ways to their nearest common one.
#include "check.h"

static const char *name_of(ContextKind kind)
{
    switch (kind) {
    case CONTEXT_TRY: return "try";
    case CONTEXT_EXCEPT: return "except";
    case CONTEXT_ELSE: return "else";
    case CONTEXT_FINALLY: return "finally";
    case CONTEXT_DEFER: return "defer";
    case CONTEXT_WITH: return "with";
    case CONTEXT_STATEMENT_EXPRESSION: return "({ … })";
    default: return "";
    }
}

static bool keeps_inside(ContextKind kind)
{
    return kind == CONTEXT_FINALLY || kind == CONTEXT_DEFER;
}

static bool keeps_outside(ContextKind kind)
{
    return kind == CONTEXT_STATEMENT_EXPRESSION || kind >= CONTEXT_TRY;
}

static void refuse_leaving(Node *node, const Context *context, const char *jump)
{
    check_error(node, "%s out of '%s': the clean-up must run to its end", jump, name_of(context->kind));
    check_note(context->node, "this '%s'", name_of(context->kind));
}

static void refuse_entering(Node *node, const Context *context, const char *jump)
{
    if (context->kind == CONTEXT_AFTER_DEFER)
        check_error(node, "%s past a 'defer', which would then never be set up", jump);
    else if (context->kind == CONTEXT_AFTER_CLEANUP)
        check_error(node, "%s past a variable that is cleaned up at the end of its scope", jump);
    else if (context->kind == CONTEXT_AFTER_VLA)
        check_error(node, "%s into the scope of a variable-length array or of a type that has one", jump);
    else
        check_error(node, "%s into '%s'", jump, name_of(context->kind));
    bool is_declaration = context->kind == CONTEXT_AFTER_CLEANUP || context->kind == CONTEXT_AFTER_VLA;
    check_note(context->node, is_declaration ? "it is declared here"
               : context->kind == CONTEXT_AFTER_DEFER ? "this 'defer'" : "it begins here");
}

// ---------------------------------------------------------------------------------------------------- goto

static bool is_within(const Context *inner, const Context *outer)
{
    for (; inner; inner = inner->outer)
        if (inner == outer)
            return true;
    return outer == NULL;
}

static void check_way(const Jump *from, const Jump *to)
{
    for (Context *context = from->context; context && !is_within(to->context, context); context = context->outer)
        if (keeps_inside(context->kind)) {
            refuse_leaving(from->node, context, "'goto'");
            return;
        }
    for (Context *context = to->context; context && !is_within(from->context, context); context = context->outer)
        if (keeps_outside(context->kind)) {
            refuse_entering(from->node, context, "'goto'");
            check_note(to->node, "the label '%s' stands here", to->node->name->text);
            return;
        }
}

// The labels stand in the order of the text.
static const Jump *find_label(const FunctionState *state, const Symbol *symbol)
{
    const Node *node = symbol ? symbol->definition : NULL;
    size_t i = 0, count = vec_count(state->labels);
    if (!node)
        return NULL;
    vec_bisect(i, count, middle, state->labels[middle].node->first < node->first);
    for (; i < count && state->labels[i].node->first == node->first; i++)
        if (state->labels[i].node == node)
            return &state->labels[i];
    return NULL;
}

static void check_goto_target(const Checker *c, const Jump *jump)
{
    const FunctionState *state = c->state;
    const Jump *label = find_label(state, jump->node->symbol);
    if (label) {
        check_way(jump, label);
        return;
    }
    if (state->outer && !state->outer->function->is_coroutine) // GNU's may leave to a label of its outer function
        return;
    if (is_doubtful(c, jump->node->name))
        return;
    check_error(jump->node, "the label '%s' is not in this function", jump->node->name->text);
    note_similar_label(c, jump->node);
}

void rule_jumps(Checker *c)
{
    for (size_t i = 0; i < vec_count(c->state->gotos); i++)
        check_goto_target(c, &c->state->gotos[i]);
}

// --------------------------------------------------------------------------- return, break, continue, case

void rule_return(Checker *c, Node *node)
{
    rule_returned_local(c, node);
    for (const Context *context = c->context; context; context = context->outer)
        if (keeps_inside(context->kind)) {
            refuse_leaving(node, context, "'return'");
            return;
        }
}

static bool is_target(const Context *context, bool is_continue)
{
    return context->kind == CONTEXT_LOOP || (context->kind == CONTEXT_SWITCH && !is_continue);
}

void rule_break(Checker *c, Node *node, bool is_continue)
{
    const char *word = is_continue ? "'continue'" : "'break'";
    for (const Context *context = c->context; context; context = context->outer) {
        if (is_target(context, is_continue))
            return;
        if (keeps_inside(context->kind)) {
            refuse_leaving(node, context, word);
            return;
        }
    }
    check_error(node, "%s outside a loop", word);
}

void rule_case(Checker *c, Node *node)
{
    const char *word = node->kind == NODE_CASE ? "'case'" : "'default'";
    for (Context *context = c->context; context; context = context->outer) {
        if (context->kind == CONTEXT_SWITCH) {
            vec_push(c->arena, context->cases, node);
            return;
        }
        if (keeps_outside(context->kind)) {
            refuse_entering(node, context, word);
            return;
        }
    }
    check_error(node, "%s outside a 'switch'", word);
}

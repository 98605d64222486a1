// SPDX-License-Identifier: MIT
// Expressions of a lowered function: nodes that a temporary stands for, names of residents, counts of handles, async E,
// calls after which the error slot is looked at. Everything else stays as the user wrote it.
#include "body.h"

#include <string.h>

bool has_steps(const Node *expression)
{
    return expression && expression->lowered && expression->lowered->steps;
}

void write_remains(Output *out, Node *expression)
{
    const Node *node = node_strip(expression);
    const Lowered *lowered = node->lowered;
    bool is_value = has_steps(expression) && lowered && lowered->temporary;
    if ((lowered && lowered->nothing_left) || (is_value && node->kind == NODE_YIELD_FROM))
        return;
    output_text(out, expression->first, is_value ? "(void)" : "");
    output_node(out, expression);
    output_text(out, expression->last, "; ");
}

// ------------------------------------------------------------------------------------- calls that may raise

static const char *type_name(Body *body, Type *type)
{
    return type_spell(type_unqualified(body->unit->arena, type), "");
}

static void write_plain_call(Body *body, Output *out, Node *node)
{
    if (node->kind == NODE_ASYNC) {
        output_text(out, node->first, "acoc_spawn(");
        output_node(out, node->operand);
        output_text(out, node->last, ")");
    } else if (node_is_result_call(node)) {
        output_text(out, node->first, "acoc_result_of(");
        output_node(out, node->list);
        if (node->type->kind == TYPE_VOID)
            output_text(out, node->last, ", 0)");
        else
            output_text(out, node->last, ", sizeof(%s))", type_name(body, node->type));
    } else {
        output_inside(out, node);
    }
}

// ({ T acoc_call_3 = f(x); if (acoc_raised) goto …; acoc_call_3; })
static void write_raising_call(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    bool is_result = node_is_result_call(node), is_void = node->type->kind == TYPE_VOID;
    const char *name = arena_printf(body->unit->arena, "acoc_call_%u", lowered->point);
    output_text(out, node->first, "__extension__ ({ ");
    if (is_result)
        output_text(out, node->first, "void *%s = ", name);
    else if (!is_void)
        output_text(out, node->first, "%s = ", type_spell(type_unqualified(body->unit->arena, node->type), name));
    write_plain_call(body, out, node);
    output_text(out, node->last, "; ");
    write_raised_check(body, out, lowered->point, lowered->region, node->last);
    if (is_result && !is_void)
        output_text(out, node->last, " *(%s *)%s; })", type_name(body, node->type), name);
    else if (is_void)
        output_text(out, node->last, " %s})", is_result ? arena_printf(body->unit->arena, "(void)%s; ", name) : "");
    else
        output_text(out, node->last, " %s; })", name);
}

// acoc_result() in a plain function, where an error stays in the slot: its zero value.
static void write_unchecked_result(Body *body, Output *out, Node *node)
{
    if (node->type->kind == TYPE_VOID) {
        output_text(out, node->first, "(void)");
        write_plain_call(body, out, node);
        return;
    }
    const char *type = type_name(body, node->type);
    output_text(out, node->first, "__extension__ ({ %s *acoc_call_ = ", type);
    write_plain_call(body, out, node);
    output_text(out, node->last, "; acoc_call_ ? *acoc_call_ : (%s)%s; })", type,
                type_is_scalar(node->type) ? "0" : "{0}");
}

// ------------------------------------------------------------------------------------------------ nodes

static void write_compound_assignment(Body *body, Output *out, Node *node)
{
    output_node(out, node->left);
    output_text(out, node->token, " = %s %.*s (", local_use(body, node->lowered->saved_left), (int)node->token->length - 1,
                node->token->text);
    output_node(out, node->right);
    output_text(out, node->right->last, ")");
}

// (*(T *)__builtin_memcpy(its memory in the frame, a copy, …)); T with its members where it is defined here. A scalar has
// one pair of braces only.
static void write_literal(Output *out, Node *node)
{
    const char *type = type_spell(node->type, "");
    const TypeWords *words = node->type_name->specifiers->words;
    Node *initialiser = node->initialiser_list;
    bool is_scalar = type_is_scalar(node->type) && initialiser->list && initialiser->list->kind != NODE_INITIALISER;
    output_text(out, node->first, "(*(__typeof__(");
    if (words && words->node && words->node->has_body)
        output_node(out, node->type_name);
    else
        output_text(out, node->first, "%s", type);
    output_text(out, node->first, ") *)__builtin_memcpy(&acoc_frame_->%s, (__typeof__(%s)[1]){ ",
                node->lowered->literal->member, type);
    output_node(out, is_scalar ? initialiser->list : initialiser);
    output_text(out, node->last, " }, sizeof(%s)))", type);
}

// T acoc_3; { … acoc_3 = its last value; what the block's end asks for } acoc_3
static void write_statement_expression(Body *body, Output *out, Node *node)
{
    Local *value = node->lowered->value;
    output_text(out, node->first, "__extension__ ({ ");
    write_local(body, out, value, NULL, node->first);
    output_node(out, node->body);
    output_text(out, node->last, " %s; })", local_use(body, value));
}

static void write_core(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    if (lowered && lowered->is_raising_call)
        write_raising_call(body, out, node);
    else if (lowered && lowered->saved_left)
        write_compound_assignment(body, out, node);
    else if (lowered && lowered->sets_handle) {
        output_text(out, node->first, lowered->copies_handle ? "acoc_handle_copy(&" : "acoc_handle_assign(&");
        output_node(out, node->left);
        output_text(out, node->token, ", ");
        output_node(out, node->right);
        output_text(out, node->right->last, ")");
    } else if (lowered && lowered->literal && lowered->literal->kept == LOCAL_RESIDENT)
        write_literal(out, node);
    else if (node->kind == NODE_ASYNC)
        write_plain_call(body, out, node);
    else if (node_is_result_call(node))
        write_unchecked_result(body, out, node);
    else if (node->kind == NODE_YIELD_FROM)
        output_text(out, node->first, "%s", lowered->temporary ? lowered->temporary->name : "(void)0");
    else if (node->kind == NODE_STATEMENT_EXPRESSION && lowered && lowered->value)
        write_statement_expression(body, out, node);
    else if (node->kind == NODE_IDENTIFIER && symbol_local(node->symbol))
        output_text(out, node->first, "%s", local_use(body, symbol_local(node->symbol)));
    else if (node->kind == NODE_COMMA) {
        output_text(out, node->first, "(");
        if (lowered && lowered->instead)
            output_node(out, lowered->instead);
        else
            output_inside(out, node);
        output_text(out, node->last, ")");
    } else
        output_inside(out, node);
}

// ({ T acoc_element = …; acoc_retain(acoc_owned_1); acoc_element; }): what an initialiser counts when nothing has raised.
static const char *element_name(Body *body, const Node *node)
{
    return arena_printf(body->unit->arena, "acoc_element_%u", node->lowered->counts[0]->index);
}

static void write_counts_begin(Body *body, Output *out, const Node *node)
{
    if (!vec_count(node->lowered->counts))
        return;
    Type *type = type_unqualified(body->unit->arena, node->type);
    output_text(out, node->first, "__extension__ ({ %s = ", type_spell(type, element_name(body, node)));
}

static void write_counts_end(Body *body, Output *out, const Node *node)
{
    size_t count = vec_count(node->lowered->counts);
    for (size_t i = 0; i < count; i++)
        output_text(out, node->last, "; acoc_retain(%s)", node->lowered->counts[i]->name);
    if (count)
        output_text(out, node->last, "; %s; })", element_name(body, node));
}

void write_value(Body *body, Output *out, Node *node)
{
    Lowered *lowered = node->lowered;
    if (!lowered) {
        write_core(body, out, node);
        return;
    }
    write_counts_begin(body, out, node);
    if (lowered->owner)
        output_text(out, node->first, "acoc_handle_assign(&%s, ", lowered->owner->name);
    if (lowered->needs_count)
        output_text(out, node->first, "acoc_retain(");
    if (lowered->drops_count)
        output_text(out, node->first, "acoc_release(");
    write_core(body, out, node);
    output_text(out, node->last, "%s%s%s", lowered->owner ? ")" : "", lowered->needs_count ? ")" : "",
                lowered->drops_count ? ")" : "");
    write_counts_end(body, out, node);
}

// The temporary that stands for a node; what a node counts is written where the temporary is set, if it was saved.
static void write_temporary(Body *body, Output *out, Node *node)
{
    const Lowered *lowered = node->lowered;
    if (!lowered->is_saved)
        write_counts_begin(body, out, node);
    output_text(out, node->first, lowered->counts_temporary ? "acoc_retain(%s)" : "%s", local_use(body, lowered->temporary));
    if (!lowered->is_saved)
        write_counts_end(body, out, node);
}

static bool is_rewritten(const Node *node)
{
    const Lowered *lowered = node->lowered;
    return node->kind == NODE_ASYNC || node->kind == NODE_YIELD_FROM || node_is_result_call(node)
        || (lowered && (lowered->value || vec_count(lowered->counts)))
        || (lowered && (lowered->owner || lowered->needs_count || lowered->drops_count || lowered->is_raising_call
                        || lowered->saved_left || lowered->sets_handle
                        || (lowered->literal && lowered->literal->kept == LOCAL_RESIDENT)));
}

void emit_identifier(Body *body, Node *node)
{
    Local *local = symbol_local(node->symbol);
    if (!local)
        return;
    const char *use = local_use(body, local);
    if (strncmp(use, node->first->text, node->first->length) != 0 || use[node->first->length] != '\0')
        edit_replace_text(body->unit, node->first, node->first, "%s", use);
}

static bool names_kept_local(const Node *node)
{
    const Local *local = node->kind == NODE_IDENTIFIER ? symbol_local(node->symbol) : NULL;
    if (local && local->kept != LOCAL_TRANSIENT)
        return true;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (names_kept_local(part))
            return true;
    return false;
}

// A working copy has lost its qualifiers, so a _Generic over it is written as the arm that check/ chose.
static const Node *chosen_arm(const Node *node)
{
    if (node->kind != NODE_GENERIC || !node->condition || !names_kept_local(node->condition))
        return NULL;
    return node_chosen_arm(node);
}

// Of an operand that is not evaluated only the type counts: it may hold nothing that only an evaluated one can be
// lowered to.
static bool stands_for_its_type(const Node *node)
{
    bool is_ours = node->kind == NODE_YIELD_FROM || node->kind == NODE_STATEMENT_EXPRESSION;
    return is_ours && node->is_unevaluated && !type_is_unknown(node->type) && !strchr(type_spell(node->type, ""), '<');
}

static void emit_node(Body *body, Node *node)
{
    Lowered *lowered = node->lowered;
    Output *text = output_new(body->unit);
    const Node *arm = chosen_arm(node);
    if (arm) {
        output_text(text, node->first, "(");
        output_node(text, arm);
        output_text(text, node->last, ")");
        edit_replace(body->unit, node->first, node->last, text);
        return;
    }
    if (lowered && lowered->temporary && !(node->kind == NODE_YIELD_FROM && (lowered->owner || lowered->needs_count)))
        write_temporary(body, text, node);
    else if (lowered && lowered->nothing_left)
        output_text(text, node->first, "(void)0");
    else if (lowered && lowered->instead)
        output_node(text, lowered->instead);
    else if (is_rewritten(node))
        write_value(body, text, node);
    else
        return;
    edit_replace(body->unit, node->first, node->last, text);
}

void emit_expression(Body *body, Node *node)
{
    if (!node)
        return;
    if (stands_for_its_type(node)) {
        edit_replace_text(body->unit, node->first, node->last, "((%s)0)()", type_spell(node->type, "(*)(void)"));
        return;
    }
    if (node->kind == NODE_SPECIFIERS)
        emit_specifiers(body, node);
    if (node->kind == NODE_IDENTIFIER && !(node->lowered && (node->lowered->temporary || is_rewritten(node))))
        emit_identifier(body, node);
    else if (node_is_expression(node))
        emit_node(body, node);
    if (node->kind == NODE_STATEMENT_EXPRESSION) {
        emit_statement(body, node->body);
        return;
    }
    for (Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        emit_expression(body, part);
}

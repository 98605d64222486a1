// SPDX-License-Identifier: MIT
// One lowered function: its head, what runs at its entry and at its two exits. Between them stands the user's body with
// the edits of statement.c. A coroutine's head becomes acoc_await_NAME; entry.c adds what stands before and behind it.
#include "body.h"

static Symbol *parameter(const Body *body, size_t i)
{
    return body->function->parameters[i];
}

static const char *incoming_name(Body *body, const Local *local)
{
    return local->kept == LOCAL_RESIDENT ? arena_printf(body->unit->arena, "acoc_in_%s", local->name) : local->name;
}

// ------------------------------------------------------------------------------------------------- entry

// The locals of a clean-up that nothing leaves specially are saved with the others, but never looked at.
static bool *find_ignored(const Body *body)
{
    bool *ignored = arena_alloc(body->unit->arena, vec_count(body->lowered->locals) + 1);
    for (size_t i = 0; i < vec_count(body->lowered->regions); i++) {
        const Region *region = body->lowered->regions[i];
        if (region->kind != REGION_CLEANUP)
            continue;
        ignored[region->leave->index] = !is_left_specially(region);
        ignored[region->pending->failure->index] = !keeps_pending(region);
    }
    return ignored;
}

static void write_hidden_locals(Body *body, Output *out, Token *token)
{
    const bool *ignored = find_ignored(body);
    for (size_t i = 0; i < vec_count(body->lowered->locals); i++) {
        Local *local = body->lowered->locals[i];
        if (!local->is_hidden || local->is_handle || local->is_literal)
            continue;
        if (local == body->lowered->value && !body->is_coroutine && !body->uses_return)
            continue;
        output_text(out, token, "%s = %s; ", type_spell(local->type, local->name), zero_of(local->type));
        if (local->is_extent || ignored[i])
            output_text(out, token, "(void)%s; ", local->name);
    }
}

static void write_parameter_saves(Body *body, Output *out, Token *token)
{
    for (size_t i = 0; i < vec_count(body->function->parameters); i++) {
        Local *local = symbol_local(parameter(body, i));
        const char *name = incoming_name(body, local);
        if (local->is_handle)
            output_text(out, token, "acoc_retain(%s); ", name);
        write_save(out, local, name, token);
    }
}

static bool has_handle_parameters(const Body *body)
{
    for (size_t i = 0; i < vec_count(body->function->parameters); i++)
        if (symbol_local(parameter(body, i))->is_handle)
            return true;
    return false;
}

// State 0: the arguments come out of the frame. Raised there: the object is thrown away before it began.
static void write_state_0(Body *body, Output *out, Token *token)
{
    output_text(out, token, "case 0: ");
    for (size_t i = 0; i < vec_count(body->function->parameters); i++) {
        Local *local = symbol_local(parameter(body, i));
        if (local->kept == LOCAL_RESIDENT && !local->is_handle)
            continue;
        write_reload(out, local, incoming_name(body, local), token);
    }
    bool has_handles = has_handle_parameters(body);
    output_text(out, token, "if (acoc_outcome == ACOC_RAISED) %s", has_handles ? "{ " : "");
    for (size_t i = 0; i < vec_count(body->function->parameters); i++) {
        Local *local = symbol_local(parameter(body, i));
        if (local->is_handle)
            output_text(out, token, "acoc_release(%s); ", incoming_name(body, local));
    }
    body->lowered->regions[0]->is_raised_to = true;
    output_text(out, token, "goto acoc_raised_0;%s break;", has_handles ? " }" : "");
}

static void write_dispatch(Body *body, Output *out, Token *token)
{
    output_text(out, token, "\n    if (acoc_frame_) { acoc_outcome = acoc_outcome_of(acoc_task_); ");
    if (body->function->result->kind != TYPE_VOID)
        output_text(out, token, "acoc_result_ = acoc_result_place(acoc_task_, acoc_base_); ");
    output_text(out, token, "\n        switch (acoc_base_->point->state) { ");
    write_state_0(body, out, token);
    for (size_t i = 0; i < vec_count(body->lowered->suspensions); i++)
        output_text(out, token, " case %zu: goto acoc_resume_%zu;", i + 1, i + 1);
    output_text(out, token, " default: __builtin_trap(); }\n    } else { ");
    output_text(out, token, "if (%s(acoc_task_) && (acoc_frame_ = acoc_start_later(acoc_task_, &acoc_points_%s[0])) != 0) { ",
                vec_count(body->lowered->suspensions) ? "acoc_stack_low" : "acoc_stack_low_leaf", body->label);
    write_parameter_saves(body, out, token);
    output_text(out, token, "return ACOC_SUSPENDED; } ");
}

// The first run: what the parameters need, and a frame when locals live in it.
static void write_first_run(Body *body, Output *out, Token *token)
{
    if (vec_count(body->lowered->residents))
        output_text(out, token, "\n        if ((acoc_frame_ = (void *)acoc_frame_open(acoc_task_, &acoc_function_%s)) == 0) "
                    "goto acoc_raised_0; ", body->label);
    for (size_t i = 0; i < vec_count(body->function->parameters); i++) {
        Local *local = symbol_local(parameter(body, i));
        if (local->is_handle)
            output_text(out, token, "acoc_retain(%s); ", incoming_name(body, local));
        if (local->kept == LOCAL_RESIDENT)
            write_save(out, local, incoming_name(body, local), token);
    }
    output_text(out, token, "} ");
    for (size_t i = 0; i < vec_count(body->function->parameters); i++) {
        Local *local = symbol_local(parameter(body, i));
        if (local->kept == LOCAL_RESIDENT)
            write_local(body, out, local, NULL, token);
    }
    write_extents(body, out, body->lowered->extents);
}

static void write_coroutine_entry(Body *body, Output *out, Token *token)
{
    output_text(out, token, "\n    struct acoc_frame_%s *acoc_frame_ = (struct acoc_frame_%s *)acoc_base_; ",
                body->label, body->label);
    output_text(out, token, "acoc_status acoc_outcome = ACOC_DONE; (void)acoc_outcome; ");
    if (body->function->result->kind != TYPE_VOID && !body->lowered->value)
        output_text(out, token, "(void)acoc_result_; ");
    write_hidden_locals(body, out, token);
    write_handle_beginnings(out, body->function->node->function_body->lowered->region, token);
    write_dispatch(body, out, token);
    write_first_run(body, out, token);
}

static void write_plain_entry(Body *body, Output *out, Token *token)
{
    output_text(out, token, " ");
    write_hidden_locals(body, out, token);
    write_handle_beginnings(out, body->function->node->function_body->lowered->region, token);
    for (size_t i = 0; i < vec_count(body->function->parameters); i++) {
        Local *local = symbol_local(parameter(body, i));
        if (local && local->is_handle && local->type->kind == TYPE_HANDLE)
            output_text(out, token, "acoc_retain(%s); ", local->name);
    }
}

// ------------------------------------------------------------------------------------------------- exits

static void write_release_frame(Body *body, Output *out, Token *token)
{
    output_text(out, token, "if (acoc_frame_) acoc_frame_release(acoc_task_, &acoc_frame_->acoc_base, &acoc_function_%s); ",
                body->label);
}

static void write_coroutine_exits(Body *body, Output *out, Token *token)
{
    output_text(out, token, "\n");
    if (body->uses_return)
        output_text(out, token, "acoc_return: ");
    write_release_frame(body, out, token);
    if (body->lowered->value)
        output_text(out, token, type_has_const_member(body->lowered->value->type)
                    ? "__builtin_memcpy((void *)acoc_result_, &acoc_value, sizeof acoc_value); " : "*acoc_result_ = acoc_value; ");
    output_text(out, token, "return ACOC_DONE;\n");
    if (body->lowered->regions[0]->is_raised_to) {
        output_text(out, token, "acoc_raised_0: ");
        write_release_frame(body, out, token);
        output_text(out, token, "return ACOC_RAISED;\n");
    }
}

static void write_plain_exits(Body *body, Output *out, Token *token)
{
    Type *result = body->function->result;
    bool is_raised_to = body->lowered->regions[0]->is_raised_to;
    if (body->uses_return)
        output_text(out, token, "\nacoc_return: return%s;", result->kind == TYPE_VOID ? "" : " acoc_value");
    else if (is_raised_to)
        output_text(out, token, "\n%s", result->kind == TYPE_VOID ? "return;" : "__builtin_unreachable();");
    if (!is_raised_to)
        return;
    if (result->kind == TYPE_VOID)
        output_text(out, token, "\nacoc_raised_0: return;");
    else
        output_text(out, token, "\nacoc_raised_0: return (%s)%s;", type_spell(type_unqualified(body->unit->arena, result), ""),
                    type_is_scalar(result) ? "0" : "{0}");
}

// ------------------------------------------------------------------------------------------------- whole

static void edit_head(Body *body)
{
    Node *node = body->function->node;
    Unit *unit = body->unit;
    size_t count = vec_count(body->function->parameters);
    const char **names = arena_alloc(unit->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = incoming_name(body, symbol_local(parameter(body, i)));
    Output *head = output_new(unit);
    emit_entry_before(unit, body->function, head);
    Symbol *symbol = body->function->symbol;
    output_text(head, node->declarator->token, "%s%s%s\n", symbol->storage == STORAGE_STATIC ? "static " : "",
                symbol->is_inline ? "inline " : "", spell_await_function(unit, symbol, names, "acoc_task_", "acoc_base_", "acoc_result_"));
    edit_replace(unit, node->first, node->function_body->first - 1, head);
}

static void edit_entry_and_exits(Body *body)
{
    Node *block = body->function->node->function_body;
    Region *region = block->lowered->region;
    bool has_inner = needs_inner_block(block);
    Output *end = output_new(body->unit);
    output_text(end, block->last, has_inner ? " " : "    ");
    write_block_end(body, end, region, block, block->last);
    Output *begin = output_new(body->unit);
    Token *token = body->function->node->declarator->token;
    if (body->is_coroutine) {
        write_coroutine_entry(body, begin, token);
        write_coroutine_exits(body, end, block->last);
    } else {
        write_plain_entry(body, begin, token);
        write_plain_exits(body, end, block->last);
    }
    write_kept_handle_beginnings(body, begin, region, token);
    output_text(begin, token, has_inner ? "{ " : "");
    edit_after(body->unit, block->first, begin);
    edit_before(body->unit, block->last, end);
}

void emit_body(Unit *unit, Function *function)
{
    Body body = { .unit = unit, .function = function, .lowered = function->lowered, .label = function_label(function),
                  .is_coroutine = function->is_coroutine };
    for (size_t i = 0; i < vec_count(body.lowered->locals); i++)
        if (!body.lowered->locals[i]->symbol)
            name_record(unit, body.lowered->locals[i]->type);
    for (size_t i = 0; i < vec_count(body.lowered->extents); i++)
        emit_expression(&body, body.lowered->extents[i]);
    emit_statement(&body, function->node->function_body);
    if (function->is_coroutine)
        edit_head(&body);
    edit_entry_and_exits(&body);
}

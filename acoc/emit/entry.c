// SPDX-License-Identifier: MIT
// What stands around a coroutine's body: before it the frame struct, the tables of points and the function's
// description; behind it the resume function, the constructor that the user's name means, and the C main.
#include "body.h"

#include "../base/map.h"

#include <string.h>

static const char *c_string(Unit *unit, const char *text)
{
    Text quoted = { 0 };
    text_puts(&quoted, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            text_printf(&quoted, "\\%c", *text);
        else if ((unsigned char)*text < 32 || (unsigned char)*text == 127)
            text_printf(&quoted, "\\%03o", (unsigned char)*text);
        else
            text_append(&quoted, text, 1);
    }
    text_puts(&quoted, "\"");
    char *result = arena_copy(unit->arena, quoted.data, quoted.length);
    text_free(&quoted);
    return result;
}

// ------------------------------------------------------------------------------------------------- frame

static void write_member(Unit *unit, Output *out, const Local *local, Token *token)
{
    if (local->is_bytes)
        output_text(out, token, "_Alignas(%u) unsigned char %s[%llu]; ", local->alignment, local->member,
                    (unsigned long long)local->size);
    else {
        if (local->alignment > type_alignment(type_unqualified(unit->arena, local->type)) || local->alignment > 16)
            output_text(out, token, "_Alignas(%u) ", local->alignment);
        output_text(out, token, "%s; ", type_spell(type_unqualified(unit->arena, local->type), local->member));
    }
}

static void write_frame(Unit *unit, Output *out, LoweredFunction *lowered, const char *label, Token *token)
{
    output_text(out, token, "struct acoc_frame_%s { acoc_frame acoc_base; ", label);
    for (size_t i = 0; i < vec_count(lowered->slots); i++) {
        const Local *local = lowered->slots[i];
        if (local->overlaps)
            output_text(out, token, "union { ");
        for (const Local *member = local; member; member = member->overlaps)
            write_member(unit, out, member, token);
        if (local->overlaps)
            output_text(out, token, "}; ");
    }
    output_text(out, token, "};\n_Static_assert(sizeof(struct acoc_frame_%s) == %llu, \"acoc computed another frame size\");\n",
                label, (unsigned long long)lowered->frame_size);
}

// ------------------------------------------------------------------------------------------------ tables

static void write_points(Output *out, LoweredFunction *lowered, const char *label, Token *token)
{
    output_text(out, token, "static const acoc_point acoc_points_%s[] = { { acoc_resume_%s, &acoc_function_%s, 0, %u, 0 }",
                label, label, label, token->place.line);
    for (size_t i = 0; i < vec_count(lowered->suspensions); i++) {
        const Suspension *suspension = lowered->suspensions[i];
        output_text(out, token, ", { acoc_resume_%s, &acoc_function_%s, %u, %u, ", label, label, suspension->state,
                    suspension->token->place.line);
        if (suspension->result)
            output_text(out, token, "__builtin_offsetof(struct acoc_frame_%s, %s) }", label, suspension->result->member);
        else
            output_text(out, token, "0 }");
    }
    for (size_t i = 0; i < vec_count(lowered->points); i++)
        output_text(out, token, ", { 0, &acoc_function_%s, 0, %u, 0 }", label, lowered->points[i]->place.line);
    output_text(out, token, " };\n");
}

static uint64_t round_up(uint64_t size, uint64_t alignment)
{
    return (size + alignment - 1) / alignment * alignment;
}

// The description says where the result and the root frame stand behind struct acoc_task, whose size the header gives.
static void write_description(Unit *unit, Output *out, Function *function, const char *label, Token *token)
{
    const char *file = source_get(token->place.file)->path;
    Symbol *task = map_get(unit->scope->tags, intern_text("acoc_task"));
    Type *result = type_unqualified(unit->arena, function->result);
    uint64_t size = result->kind == TYPE_VOID ? 0 : type_size(result);
    uint64_t alignment = size ? type_alignment(result) : 1;
    uint64_t result_offset = round_up(type_size(task->type), alignment);
    uint64_t root_offset = round_up(result_offset + size, function->lowered->frame_alignment);
    output_text(out, token, "static const acoc_function acoc_function_%s = { &acoc_abi_1, \"%s\", %s, acoc_resume_%s, acoc_points_%s, %u, ",
                label, function->name->text, c_string(unit, file), label, label, token->place.line);
    output_text(out, token, "sizeof(struct acoc_frame_%s), %u, %llu, %llu, %llu, %d };\n", label, function->lowered->frame_alignment,
                (unsigned long long)size, (unsigned long long)result_offset, (unsigned long long)root_offset,
                result->kind == TYPE_HANDLE);
}

// The tables of a plain function that raises: its points only.
static void write_plain_tables(Unit *unit, Output *out, Function *function, const char *label, Token *token)
{
    LoweredFunction *lowered = function->lowered;
    output_text(out, token, "static const acoc_function acoc_function_%s = { &acoc_abi_1, \"%s\", %s, 0, 0, %u, 0, 0, 0, 0, 0, 0 };\n",
                label, function->name->text, c_string(unit, source_get(token->place.file)->path), token->place.line);
    output_text(out, token, "static const acoc_point acoc_points_%s[] = { { 0, &acoc_function_%s, 0, %u, 0 }", label, label,
                token->place.line);
    for (size_t i = 0; i < vec_count(lowered->points); i++)
        output_text(out, token, ", { 0, &acoc_function_%s, 0, %u, 0 }", label, lowered->points[i]->place.line);
    output_text(out, token, " };\n");
}

// static, inline: as the user wrote them. A static one may be used in one of its two forms only.
static const char *linkage(const Function *function, bool is_private)
{
    bool is_static = is_private || function->symbol->storage == STORAGE_STATIC;
    if (is_static)
        return function->symbol->is_inline ? "static inline __attribute__((unused)) " : "static __attribute__((unused)) ";
    return function->symbol->is_inline ? "inline " : "";
}

// The constructor that the user's name means, with the working names of the parameters.
static const char *constructor_head(Unit *unit, Function *function)
{
    Text text = { 0 };
    text_printf(&text, "acoc_awaitable %s(", function->is_main ? "acoc_coroutine_main" : function->name->text);
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        Local *local = symbol_local(function->parameters[i]);
        text_printf(&text, "%s%s", i ? ", " : "", type_spell(local->type, local->name));
    }
    text_puts(&text, vec_count(function->parameters) ? ")" : "void)");
    char *result = arena_copy(unit->arena, text.data, text.length);
    text_free(&text);
    return result;
}

void emit_entry_before(Unit *unit, Function *function, Output *out)
{
    const char *label = function_label(function);
    Token *token = function->node->declarator->token;
    output_text(out, token, "%s%s;\n", linkage(function, false), spell_await_function(unit, function->symbol, NULL, NULL, NULL, NULL));
    output_text(out, token, "%s%s;\n", linkage(function, function->is_main), constructor_head(unit, function));
    write_frame(unit, out, function->lowered, label, token);
    output_text(out, token, "static acoc_status acoc_resume_%s(acoc_task *acoc_task_, acoc_frame *acoc_base_);\n", label);
    output_text(out, token, "static const acoc_function acoc_function_%s;\n", label);
    write_points(out, function->lowered, label, token);
    write_description(unit, out, function, label, token);
}

// ------------------------------------------------------------------------------------------- behind it

static void write_resume(Unit *unit, Output *out, Function *function, const char *label, Token *token)
{
    output_text(out, token, "\nstatic acoc_status acoc_resume_%s(acoc_task *acoc_task_, acoc_frame *acoc_base_)\n", label);
    output_text(out, token, "{ if (!acoc_base_) __builtin_unreachable(); return acoc_await_%s(acoc_task_, acoc_base_%s", function->name->text,
                function->result->kind == TYPE_VOID ? "" : ", 0");
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        Type *type = type_unqualified(unit->arena, function->parameters[i]->type);
        if (type_is_scalar(type))
            output_text(out, token, ", 0");
        else
            output_text(out, token, ", (%s){0}", type_spell(type, ""));
    }
    output_text(out, token, "); }\n");
}

static void write_constructor(Unit *unit, Output *out, Function *function, const char *label, Token *token)
{
    output_text(out, token, "%s%s\n", linkage(function, function->is_main), constructor_head(unit, function));
    output_text(out, token, "{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_%s); ", label);
    output_text(out, token, "struct acoc_frame_%s *acoc_frame_ = acoc_root_frame(acoc_task_); if (acoc_frame_) { ", label);
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        Local *local = symbol_local(function->parameters[i]);
        if (local->is_handle)
            output_text(out, token, "acoc_retain(%s); ", local->name);
        if (local->is_bytes)
            output_text(out, token, "__builtin_memcpy(acoc_frame_->%s, &%s, %llu); ", local->member, local->name, (unsigned long long)local->size);
        else
            output_text(out, token, "acoc_frame_->%s = %s; ", local->member, local->name);
    }
    output_text(out, token, "}\nreturn acoc_object_handle(acoc_task_); }\n");
}

static void write_main(Output *out, Function *function, Token *token)
{
    size_t count = vec_count(function->parameters);
    if (count == 0)
        output_text(out, token, "int main(void) { return acoc_main(acoc_coroutine_main()); }\n");
    else if (count == 2)
        output_text(out, token, "int main(int argc, char **argv) { return acoc_main(acoc_coroutine_main(argc, argv)); }\n");
    else
        output_text(out, token, "int main(int argc, char **argv, char **envp) { return acoc_main(acoc_coroutine_main(argc, argv, envp)); }\n");
}

void emit_entry(Unit *unit, Function *function)
{
    const char *label = function_label(function);
    Token *token = function->node->declarator->token;
    Output *out = output_new(unit);
    if (!function->is_coroutine) {
        if (!vec_count(function->lowered->points))
            return;
        write_plain_tables(unit, out, function, label, token);
        edit_before(unit, function->node->first, out);
        return;
    }
    write_resume(unit, out, function, label, token);
    write_constructor(unit, out, function, label, token);
    if (function->is_main)
        write_main(out, function, token);
    edit_after(unit, function->node->last, out);
}

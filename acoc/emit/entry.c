// SPDX-License-Identifier: MIT
// What stands around a coroutine's body: before it the frame struct, the tables of points and the function's
// description; behind it the resume function, the constructor that the user's name means, and the C main.
#include "body.h"

#include "../base/map.h"

#include <string.h>

typedef struct Entry {
    Unit *unit;
    Function *function;
    const char *label;       // of its tables
    Token *token;            // its name: where its text belongs
    Output *out;
} Entry;

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

static const char *file_name(const Entry *entry)
{
    return c_string(entry->unit, source_get(entry->token->place.file)->path);
}

// ------------------------------------------------------------------------------------------------- frame

static void write_member(Entry *entry, const Local *local)
{
    Type *type = type_unqualified(entry->unit->arena, local->type);
    if (local->is_bytes || local->alignment > type_alignment(type) || local->alignment > 16)
        output_text(entry->out, NULL, "_Alignas(%u) ", local->alignment);
    if (local->is_bytes)
        output_text(entry->out, NULL, "unsigned char %s[%llu]; ", local->member, (unsigned long long)local->size);
    else
        output_text(entry->out, NULL, "%s; ", type_spell(type, local->member));
}

static void write_frame(Entry *entry)
{
    const LoweredFunction *lowered = entry->function->lowered;
    output_text(entry->out, NULL, "struct acoc_frame_%s { acoc_frame acoc_base; ", entry->label);
    for (size_t i = 0; i < vec_count(lowered->slots); i++) {
        const Local *local = lowered->slots[i];
        if (local->overlaps)
            output_text(entry->out, NULL, "union { ");
        for (const Local *member = local; member; member = member->overlaps)
            write_member(entry, member);
        if (local->overlaps)
            output_text(entry->out, NULL, "}; ");
    }
    output_text(entry->out, NULL, "};\n_Static_assert(sizeof(struct acoc_frame_%s) == %llu, "
                "\"acoc computed another frame size\");\n", entry->label, (unsigned long long)lowered->frame_size);
}

// ------------------------------------------------------------------------------------------------ tables

// { resume, function, state, line, where the result stands in the frame }. Points without a state are never resumed.
static void write_point_row(Entry *entry, unsigned state, const Token *token, const Local *result, bool is_resumed)
{
    output_text(entry->out, NULL, "\n    { ");
    output_text(entry->out, NULL, is_resumed ? "acoc_resume_%s" : "0", entry->label);
    output_text(entry->out, NULL, ", &acoc_function_%s, %u, %u, ", entry->label, state, token->place.line);
    if (result)
        output_text(entry->out, NULL, "__builtin_offsetof(struct acoc_frame_%s, %s) },", entry->label, result->member);
    else
        output_text(entry->out, NULL, "0 },");
}

// Point 0 is the start; then the suspensions by state, then the places that may raise.
static void write_points(Entry *entry)
{
    const LoweredFunction *lowered = entry->function->lowered;
    output_text(entry->out, NULL, "static const acoc_point acoc_points_%s[] = {", entry->label);
    write_point_row(entry, 0, entry->token, NULL, entry->function->is_coroutine);
    for (size_t i = 0; i < vec_count(lowered->suspensions); i++) {
        const Suspension *suspension = lowered->suspensions[i];
        write_point_row(entry, suspension->state, suspension->token, suspension->result, true);
    }
    for (size_t i = 0; i < vec_count(lowered->points); i++)
        write_point_row(entry, 0, lowered->points[i], NULL, false);
    output_text(entry->out, NULL, "\n};\n");
}

static uint64_t round_up(uint64_t size, uint64_t alignment)
{
    return (size + alignment - 1) / alignment * alignment;
}

// The description says where the result and the root frame stand behind struct acoc_task, whose size the header gives.
static void write_description(Entry *entry)
{
    const Function *function = entry->function;
    Symbol *task = map_get(entry->unit->scope->tags, intern_text("acoc_task"));
    Type *result = type_unqualified(entry->unit->arena, function->result);
    uint64_t size = result->kind == TYPE_VOID ? 0 : type_size(result);
    uint64_t alignment = size ? type_alignment(result) : 1;
    uint64_t result_offset = round_up(type_size(task->type), alignment);
    uint64_t root_offset = round_up(result_offset + size, function->lowered->frame_alignment);
    output_text(entry->out, NULL, "static const acoc_function acoc_function_%s = {\n    &acoc_abi_1, \"%s\", %s, ",
                entry->label, function->name->text, file_name(entry));
    output_text(entry->out, NULL, "acoc_resume_%s, acoc_points_%s, %u,\n    sizeof(struct acoc_frame_%s), ",
                entry->label, entry->label, entry->token->place.line, entry->label);
    output_text(entry->out, NULL, "%u, %llu, %llu, %llu, %d\n};\n", function->lowered->frame_alignment,
                (unsigned long long)size, (unsigned long long)result_offset, (unsigned long long)root_offset,
                result->kind == TYPE_HANDLE);
}

// The tables of a plain function that raises: its points only.
static void write_plain_tables(Entry *entry)
{
    output_text(entry->out, entry->token, "static const acoc_function acoc_function_%s = {", entry->label);
    output_text(entry->out, NULL, " &acoc_abi_1, \"%s\", %s, 0, 0, %u, 0, 0, 0, 0, 0, 0 };\n",
                entry->function->name->text, file_name(entry), entry->token->place.line);
    write_points(entry);
}

// static, inline: as the user wrote them. A static one may be used in one of its two forms only.
static const char *linkage(const Function *function, bool is_private)
{
    bool is_static = is_private || function->symbol->storage == STORAGE_STATIC;
    if (is_static)
        return function->symbol->is_inline ? "static inline __attribute__((unused)) " : "static __attribute__((unused)) ";
    return function->symbol->is_inline ? "inline " : "";
}

// int a[n] is a pointer, but compilers want it to be written as in the function's other declarations.
static Type *written_type(const Entry *entry, size_t index)
{
    const Function *function = entry->function;
    Local *local = symbol_local(function->parameters[index]);
    if (!function->type->is_kr && type_has_variable_length(function->type->parameters[index].written))
        return function->type->parameters[index].written;
    return local->variable_type ? type_unqualified(entry->unit->arena, local->variable_type) : local->type;
}

// The constructor that the user's name means, with the working names of the parameters.
static const char *constructor_head(const Entry *entry)
{
    const Function *function = entry->function;
    Text text = { 0 };
    text_printf(&text, "%sacoc_awaitable %s(", linkage(function, function->is_main),
                function->is_main ? "acoc_coroutine_main" : function->name->text);
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        Local *local = symbol_local(function->parameters[i]);
        Type *type = written_type(entry, i);
        text_printf(&text, "%s%s", i ? ", " : "", type_spell_in_constructor(type, local->name));
    }
    text_puts(&text, vec_count(function->parameters) ? ")" : "void)");
    char *result = arena_copy(entry->unit->arena, text.data, text.length);
    text_free(&text);
    return result;
}

static const char *resume_head(const Entry *entry)
{
    return arena_printf(entry->unit->arena, "static acoc_status acoc_resume_%s(acoc_task *acoc_task_, acoc_frame *acoc_base_)",
                        entry->label);
}

static Entry entry_of(Unit *unit, Function *function, Output *out)
{
    return (Entry) { unit, function, function_label(function), function->node->declarator->token, out };
}

void emit_entry_before(Unit *unit, Function *function, Output *out)
{
    Entry entry = entry_of(unit, function, out);
    if (function->lowered->has_label_addresses) // of a copy they would be others than those that a resume finds
        output_text(out, NULL, "\n#if defined(__GNUC__) && !defined(__clang__)\n__attribute__((noclone))\n#endif\n");
    output_text(out, entry.token, "%s;\n", constructor_head(&entry)); // compilers may complain of either
    output_text(out, entry.token, "%s%s;\n", linkage(function, false),
                spell_await_function(unit, function->symbol, NULL, NULL, NULL, NULL));
    write_frame(&entry);
    output_text(out, NULL, "%s;\nstatic const acoc_function acoc_function_%s;\n", resume_head(&entry), entry.label);
    write_points(&entry);
    write_description(&entry);
}

// ------------------------------------------------------------------------------------------- behind it

static void write_resume(Entry *entry)
{
    const Function *function = entry->function;
    Output *out = entry->out;
    output_text(out, entry->token, "\n%s\n{ if (!acoc_base_) __builtin_unreachable(); ", resume_head(entry));
    output_text(out, entry->token, "return acoc_await_%s(acoc_task_, acoc_base_%s", function->name->text,
                function->result->kind == TYPE_VOID ? "" : ", 0");
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        Type *type = symbol_local(function->parameters[i])->type;
        if (type_is_scalar(type))
            output_text(out, entry->token, ", 0");
        else
            output_text(out, entry->token, ", (%s){0}", type_spell(type, ""));
    }
    output_text(out, entry->token, "); }\n");
}

static void write_constructor(Entry *entry)
{
    const Function *function = entry->function;
    Output *out = entry->out;
    output_text(out, entry->token, "%s\n{ acoc_task *acoc_task_ = acoc_object_new(&acoc_function_%s); ",
                constructor_head(entry), entry->label);
    output_text(out, entry->token, "struct acoc_frame_%s *acoc_frame_ = acoc_root_frame(acoc_task_);\n  if (acoc_frame_) { ",
                entry->label);
    for (size_t i = 0; i < vec_count(function->parameters); i++) {
        Local *local = symbol_local(function->parameters[i]);
        if (local->is_handle)
            output_text(out, entry->token, "acoc_retain(%s); ", local->name);
        write_save(out, local, local->name, entry->token);
    }
    output_text(out, entry->token, "} return acoc_object_handle(acoc_task_); }\n");
}

static void write_main(Entry *entry)
{
    static const char *const parameters[] = {
        "void", "int argc", "int argc, char **argv", "int argc, char **argv, char **envp"
    };
    static const char *const arguments[] = { "", "argc", "argc, argv", "argc, argv, envp" };
    size_t count = vec_count(entry->function->parameters);
    output_text(entry->out, entry->token, "int main(%s) { return acoc_main(acoc_coroutine_main(%s)); }\n", parameters[count],
                arguments[count]);
}

void emit_entry(Unit *unit, Function *function)
{
    Output *out = output_new(unit);
    Entry entry = entry_of(unit, function, out);
    if (!function->is_coroutine) {
        if (!vec_count(function->lowered->points))
            return;
        write_plain_tables(&entry);
        edit_before(unit, function->node->first, out);
        return;
    }
    write_resume(&entry);
    write_constructor(&entry);
    if (function->is_main)
        write_main(&entry);
    edit_after(unit, function->node->last, out);
}

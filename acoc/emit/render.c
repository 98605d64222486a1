// SPDX-License-Identifier: MIT
// The last step: edits over the unit become the output. The main file is copied byte for byte; only an external
// declaration that has edits is written from its tokens, as plan.c found it. Where that cannot be had the whole unit is
// written self-contained: all tokens in order, headers included, with markers that say where they come from.
#include "assert.h"
#include "plan.h"
#include "writer.h"

#include <string.h>

#include "../base/diag.h"
#include "../model/model.h"

static void tell_self_contained(const Plans *plans)
{
    const Token *token = plans->obstacle;
    warn_at(W_SELF_CONTAINED, token->place, token->length, "the output is self-contained because %s", plans->reason);
    note_at(token->place, token->length, "%s to have the file itself translated", plans->remedy);
}

// ------------------------------------------------------------------------------------------------- writing

// While a part is read again, macros whose names stand in it are undefined.
static void hide_macros(Writer *writer, const Plan *plan)
{
    for (size_t i = 0; i < vec_count(plan->hidden); i++) {
        const char *name = plan->hidden[i]->text;
        const char *push = arena_printf(writer->unit->arena, "#pragma push_macro(\"%s\")", name);
        const char *undefine = arena_printf(writer->unit->arena, "#undef %s", name);
        write_directive(writer, push, strlen(push));
        write_directive(writer, undefine, strlen(undefine));
    }
    writer->hidden = plan->hidden;
}

// Afterwards they are what they were before, or what directives in the part have made of them.
static void show_macros(Writer *writer, const Plan *plan)
{
    const MacroRecord *macros = writer->unit->macros;
    writer->hidden = NULL;
    for (size_t i = 0; i < vec_count(plan->hidden); i++) {
        const char *pop = arena_printf(writer->unit->arena, "#pragma pop_macro(\"%s\")", plan->hidden[i]->text);
        write_directive(writer, pop, strlen(pop));
        for (uint32_t record = plan->first->macros; record < plan->last->macros; record++)
            if (macro_has_name(&macros[record], plan->hidden[i]))
                write_directive(writer, macros[record].text, macros[record].length);
    }
}

static Writer writer_new(Unit *unit, FILE *out)
{
    return (Writer){.out = out, .unit = unit, .file = source_file(unit->path), .line = 1, .at_line_start = true,
                    .last = '\n'};
}

static void write_unchanged(const Unit *unit, FILE *out)
{
    fwrite(unit->file->text, 1, unit->file->length, out);
}

static void write_edited(Unit *unit, const Plans *plans, FILE *out)
{
    Writer writer = writer_new(unit, out);
    Place place = place_at(writer.file, 1, 0);
    bool has_mark = unit->file->length >= 3 && !memcmp(unit->file->text, "\xEF\xBB\xBF", 3);
    uint32_t offset = has_mark ? 3 : 0; // a byte order mark is one only at the very beginning
    writer.line = 0;
    write_line_marker(&writer, place.file, 1);
    for (size_t i = 0; i < vec_count(plans->plans); i++) {
        const Plan *plan = &plans->plans[i];
        const RawToken *first = &unit->raw[plan->raw_first], *last = &unit->raw[plan->raw_last];
        write_verbatim(&writer, place, offset, first->offset);
        hide_macros(&writer, plan);
        write_range(&writer, plan->first, plan->last);
        show_macros(&writer, plan);
        offset = last->offset + last->length;
        place = token_end(unit, plan->last);
    }
    write_verbatim(&writer, place, offset, (uint32_t)unit->file->length);
    text_free(&writer.blanks);
}

static const uint8_t *find_files(Unit *unit)
{
    uint8_t *files = NULL;
    for (const Token *token = unit->tokens; token->kind != T_END; token++) {
        while (vec_count(files) <= token->place.file)
            vec_push(unit->arena, files, 0);
        files[token->place.file] |= (token->from_header ? FILE_IS_INCLUDED : 0)
            | (token->in_system_header ? FILE_IS_SYSTEM : 0);
    }
    uint32_t main_file = source_file(unit->path);
    if (main_file < vec_count(files))
        files[main_file] = 0; // it may include itself
    return files;
}

// No macro is defined in it, so the text of ours must not use those of abi.h.
static void write_self_contained(Unit *unit, FILE *out)
{
    Writer writer = writer_new(unit, out);
    writer.self_contained = true;
    writer.files = find_files(unit);
    writer.line = 0;
    write_line_marker(&writer, writer.file, 1);
    size_t count = vec_count(unit->tokens);
    if (count > 1)
        write_range(&writer, unit->tokens, unit->tokens + count - 2);
    write_line_end(&writer);
    text_free(&writer.blanks);
}

// -------------------------------------------------------------------------------------------------- emitting

static void make_edits(Unit *unit, bool self_contained)
{
    emit_prototypes(unit, self_contained);
    for (size_t i = 0; i < vec_count(unit->functions); i++) {
        Function *function = unit->functions[i];
        if (!function->needs_lowering)
            continue;
        emit_body(unit, function);
        emit_entry(unit, function);
    }
    emit_declarations(unit);
}

// Needs a lowered unit without errors. Leaves the output in out.
bool emit_unit(Unit *unit, const Options *options, FILE *out)
{
    bool is_asked = options->self_contained;
    Plans plans = {0};
    if (!is_asked && unit->must_be_self_contained)
        check_headers(unit, &plans);
    make_edits(unit, is_asked || plans.obstacle);
    if (diag_error_count())
        return false;
    if (!is_asked && !plans.obstacle)
        make_plans(unit, &plans);
    if (plans.obstacle)
        tell_self_contained(&plans);
    if (is_asked || plans.obstacle) {
        emit_declarations_of_headers(unit);
        write_self_contained(unit, out);
    } else if (!plans.plans) {
        write_unchanged(unit, out);
    } else {
        write_edited(unit, &plans, out);
    }
    return !diag_error_count();
}

bool emit_asserted_unit(Unit *unit, FILE *out)
{
    Asserts asserts = {.unit = unit};
    make_edits(unit, true);
    emit_asserts(&asserts);
    emit_declarations_of_headers(unit);
    write_self_contained(unit, out);
    write_assert_counts(&asserts, out);
    return !diag_error_count();
}

// SPDX-License-Identifier: MIT
// --emit=frames: what each coroutine keeps across which suspension and what that costs in bytes. A suspension is named
// by its line, with a letter where a line has several.
//
//     counter, line 3: 24 bytes
//         16  4  int limit      parameter, spilled across 7
//         20  4  int i          spilled across 7, shares with acoc_2
#include "emit.h"

#include <inttypes.h>

typedef struct FrameDump {
    const LoweredFunction *function;
    const char **places;     // by suspension
    FILE *out;
} FrameDump;

static bool same_line(const Suspension *a, const Suspension *b)
{
    return a->token && b->token && a->token->place.line == b->token->place.line;
}

const char *suspension_place(Unit *unit, const LoweredFunction *function, const Suspension *suspension)
{
    unsigned before = 0, all = 0;
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        bool is_here = same_line(function->suspensions[i], suspension);
        all += is_here;
        before += is_here && i + 1 < suspension->state;
    }
    unsigned line = suspension->token ? suspension->token->place.line : 0;
    return all > 1 && before < 26 ? arena_printf(unit->arena, "%u%c", line, 'a' + before) : arena_printf(unit->arena, "%u", line);
}

static void find_places(FrameDump *dump, Unit *unit)
{
    Suspension **suspensions = dump->function->suspensions;
    dump->places = arena_alloc(unit->arena, (vec_count(suspensions) + 1) * sizeof *dump->places);
    for (size_t i = 0; i < vec_count(suspensions); i++)
        dump->places[i] = suspension_place(unit, dump->function, suspensions[i]);
}

static void put_suspension(const FrameDump *dump, const Suspension *suspension)
{
    fputs(dump->places[suspension->state - 1], dump->out);
}

// What a suspension keeps stands in the order of the locals.
static bool is_saved_at(const Local *local, const Suspension *suspension)
{
    size_t index = 0;
    vec_bisect(index, vec_count(suspension->live), middle, suspension->live[middle]->index < local->index);
    return index < vec_count(suspension->live) && suspension->live[index] == local;
}

static bool lands_at(const Local *local, const Suspension *suspension)
{
    return suspension->result == local;
}

static bool lies_around(const Local *local, const Suspension *suspension)
{
    const Token *token = suspension->token;
    return !local->scope || (token >= local->scope->first && token <= local->scope->last);
}

static void put_suspensions(const FrameDump *dump, const Local *local, const char *word,
                            bool (*needs)(const Local *local, const Suspension *suspension))
{
    Suspension **suspensions = dump->function->suspensions;
    const char *before = word;
    for (size_t i = 0; i < vec_count(suspensions); i++) {
        if (!needs(local, suspensions[i]))
            continue;
        fputs(before, dump->out);
        put_suspension(dump, suspensions[i]);
        before = ", ";
    }
}

static void put_sharers(const FrameDump *dump, const Local *slot, const Local *local)
{
    enum { MOST = 8 };
    unsigned named = 0;
    for (const Local *other = slot; other; other = other->overlaps) {
        if (other == local || named++ >= MOST)
            continue;
        fprintf(dump->out, "%s%s", named == 1 ? "; shares with " : ", ", other->member);
    }
    if (named > MOST)
        fprintf(dump->out, " and %u more", named - MOST);
}

static void dump_local(const FrameDump *dump, const Local *slot, const Local *local)
{
    static const char *const classes[] = {"start only", "spilled", "resident"};
    fprintf(dump->out, "  %5" PRIu64 " %5" PRIu64 "  %-24s %s%s", local->offset, local->size,
            type_spell(local->type, local->member), local->is_parameter ? "parameter, " : "", classes[local->kept]);
    if (local->kept == LOCAL_RESIDENT)
        put_suspensions(dump, local, " around ", lies_around);
    else
        put_suspensions(dump, local, " across ", is_saved_at);
    put_suspensions(dump, local, ", value of ", lands_at);
    if (local->must_be_zeroed)
        fputs(", zeroed", dump->out);
    if (local->owns_array)
        fprintf(dump->out, ", leads to %s", type_spell_as_written(local->variable_type, ""));
    put_sharers(dump, slot, local);
    fputc('\n', dump->out);
}

// Where its definition names it; a header may have declared it before.
static const Token *name_token(const Function *function)
{
    const Node *declarator = function->node->declarator;
    return declarator && declarator->token ? declarator->token : function->node->first;
}

static void dump_frame(Unit *unit, const Function *function, FILE *out)
{
    FrameDump dump = {.function = function->lowered, .out = out};
    find_places(&dump, unit);
    fprintf(out, "%s, line %u: %" PRIu64 " bytes", function->name->text,
            name_token(function)->place.line, dump.function->frame_size);
    if (dump.function->frame_alignment > 16)
        fprintf(out, " aligned to %u", dump.function->frame_alignment);
    fputc('\n', out);
    for (size_t i = 0; i < vec_count(dump.function->slots); i++)
        for (const Local *local = dump.function->slots[i]; local; local = local->overlaps)
            dump_local(&dump, dump.function->slots[i], local);
}

bool dump_frames(Unit *unit, FILE *out)
{
    for (size_t i = 0; i < vec_count(unit->functions); i++)
        if (unit->functions[i]->is_coroutine && unit->functions[i]->lowered)
            dump_frame(unit, unit->functions[i], out);
    return !ferror(out);
}

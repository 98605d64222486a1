// SPDX-License-Identifier: MIT
// --emit=frames: what each coroutine keeps across which suspension and what that costs in bytes. A suspension is named
// by its line, with a letter where a line has several.
//
//     counter, line 3: 24 bytes
//         16  4  int limit      parameter, spilled across 7
//         20  4  int i          spilled across 7, shares with acoc_2
#include "../compiler.h"
#include "../model/lowered.h"
#include "../model/model.h"

#include <inttypes.h>

static bool same_line(const Suspension *a, const Suspension *b)
{
    return a->token && b->token && a->token->place.line == b->token->place.line;
}

static void put_suspension(const LoweredFunction *function, const Suspension *suspension, FILE *out)
{
    unsigned before = 0, all = 0;
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        if (!same_line(function->suspensions[i], suspension))
            continue;
        all++;
        before += function->suspensions[i]->state < suspension->state;
    }
    fprintf(out, "%u", suspension->token ? suspension->token->place.line : 0);
    if (all > 1 && before < 26)
        fputc('a' + (int)before, out);
}

static bool is_saved_at(const Local *local, const Suspension *suspension)
{
    for (size_t i = 0; i < vec_count(suspension->live); i++)
        if (suspension->live[i] == local)
            return true;
    return false;
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

static void put_suspensions(const LoweredFunction *function, const Local *local, const char *word,
                            bool (*needs)(const Local *local, const Suspension *suspension), FILE *out)
{
    const char *before = word;
    for (size_t i = 0; i < vec_count(function->suspensions); i++) {
        if (!needs(local, function->suspensions[i]))
            continue;
        fputs(before, out);
        put_suspension(function, function->suspensions[i], out);
        before = ", ";
    }
}

static void put_sharers(const LoweredFunction *function, const Local *local, FILE *out)
{
    const char *before = "; shares with ";
    unsigned named = 0;
    for (size_t i = 0; i < vec_count(function->slots); i++) {
        bool is_its_slot = false;
        for (const Local *other = function->slots[i]; other; other = other->overlaps)
            is_its_slot |= other == local;
        for (const Local *other = function->slots[i]; is_its_slot && other; other = other->overlaps) {
            if (other == local || named++ > 8)
                continue;
            fprintf(out, "%s%s", before, other->member);
            before = ", ";
        }
    }
    if (named > 9)
        fprintf(out, " and %u more", named - 9);
}

static void dump_local(const LoweredFunction *function, const Local *local, FILE *out)
{
    static const char *const classes[] = {"start only", "spilled", "resident"};
    fprintf(out, "  %5" PRIu64 " %5" PRIu64 "  %-24s %s%s", local->offset, local->size,
            type_spell(local->type, local->member), local->is_parameter ? "parameter, " : "", classes[local->kept]);
    if (local->kept == LOCAL_RESIDENT)
        put_suspensions(function, local, " around ", lies_around, out);
    else
        put_suspensions(function, local, " across ", is_saved_at, out);
    put_suspensions(function, local, ", value of ", lands_at, out);
    if (local->must_be_zeroed)
        fputs(", zeroed", out);
    put_sharers(function, local, out);
    fputc('\n', out);
}

static void dump_frame(const Function *function, FILE *out)
{
    const LoweredFunction *lowered = function->lowered;
    fprintf(out, "%s, line %u: %" PRIu64 " bytes", function->name->text,
            function->symbol->token ? function->symbol->token->place.line : 0, lowered->frame_size);
    if (lowered->frame_alignment > 16)
        fprintf(out, " aligned to %u", lowered->frame_alignment);
    fputc('\n', out);
    for (size_t i = 0; i < vec_count(lowered->slots); i++)
        for (const Local *local = lowered->slots[i]; local; local = local->overlaps)
            dump_local(lowered, local, out);
}

bool dump_frames(Unit *unit, FILE *out)
{
    for (size_t i = 0; i < vec_count(unit->functions); i++)
        if (unit->functions[i]->is_coroutine && unit->functions[i]->lowered)
            dump_frame(unit->functions[i], out);
    return !ferror(out);
}

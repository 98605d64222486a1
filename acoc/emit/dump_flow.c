// SPDX-License-Identifier: MIT
// --emit=flow: the flow graph of each lowered function, block by block: what it reads and sets, where it suspends and
// what is saved there, where it goes on.
#include "../compiler.h"
#include "../model/flow.h"

#include <string.h>

static uint32_t line_of(const Token *token)
{
    return token ? token->place.line : 0;
}

static void dump_suspension(const Suspension *suspension, FILE *out)
{
    fprintf(out, "    suspend %u, line %u", suspension->state, line_of(suspension->token));
    for (size_t i = 0; i < vec_count(suspension->live); i++)
        fprintf(out, "%s%s", i ? ", " : ": keeps ", suspension->live[i]->name);
    if (suspension->result)
        fprintf(out, "; value to %s", suspension->result->name);
    fputc('\n', out);
}

static void dump_event(const Event *event, FILE *out)
{
    static const char *const names[] = {
        [EVENT_USE] = "use", [EVENT_DEF] = "set", [EVENT_PARTIAL] = "set part of", [EVENT_NULL] = "zero", [EVENT_UNDEF] = "declare",
        [EVENT_PLACE] = "declare in memory",
    };
    if (event->kind == EVENT_SUSPEND) {
        dump_suspension(event->suspension, out);
        return;
    }
    fprintf(out, "    %s %s", names[event->kind], event->local->name);
    if (event->token)
        fprintf(out, ", line %u", line_of(event->token));
    fputc('\n', out);
}

static void dump_edge(const Edge *edge, FILE *out)
{
    fprintf(out, "    -> %u", edge->to->number);
    if (edge->is_raise)
        fputs(" by an error", out);
    if (edge->through)
        fprintf(out, " if entered by %u", edge->through->number);
    fputc('\n', out);
}

static void dump_block(const Block *block, FILE *out)
{
    if (!vec_count(block->in) && !vec_count(block->events) && !strcmp(block->label, "unreachable"))
        return;
    fprintf(out, "  %u: %s\n", block->number, block->label);
    for (size_t i = 0; i < vec_count(block->events); i++)
        dump_event(&block->events[i], out);
    for (size_t i = 0; i < vec_count(block->out); i++)
        dump_edge(block->out[i], out);
}

bool dump_flow(Unit *unit, FILE *out)
{
    bool is_first = true;
    for (size_t i = 0; i < vec_count(unit->functions); i++) {
        const Function *function = unit->functions[i];
        if (!function->lowered || !function->lowered->flow)
            continue;
        fprintf(out, "%s%s, line %u\n", is_first ? "" : "\n", function->name->text,
                line_of(function->node->declarator->token));
        is_first = false;
        const Flow *flow = function->lowered->flow;
        for (size_t j = 0; j < vec_count(flow->blocks); j++)
            dump_block(flow->blocks[j], out);
    }
    return !ferror(out);
}

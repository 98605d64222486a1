// SPDX-License-Identifier: MIT
// Leaving regions: the text on the ways out (model/lowered.h says what each kind of region asks for).
#include "body.h"

static bool has_work(const Region *region)
{
    return region->kind == REGION_HANDLER || region->kind == REGION_CLEANUP
        || (region->kind == REGION_HANDLES && vec_count(region->handles));
}

// Regions without anything to do have no landing of their own.
const char *landing_label(Region *region)
{
    static char label[32];
    while (region->kind == REGION_HANDLES && !vec_count(region->handles))
        region = region->outer;
    region->is_raised_to = true;
    snprintf(label, sizeof label, "acoc_raised_%u", region->number);
    return label;
}

bool passes_work(const Region *from, const Exit *exit)
{
    for (; from != exit->to; from = from->outer)
        if (has_work(from))
            return true;
    return false;
}

void write_releases(Body *body, Output *out, Region *region, Token *token)
{
    for (size_t i = vec_count(region->handles); i-- > 0;) {
        Local *local = region->handles[i];
        bool is_resident = local->kept == LOCAL_RESIDENT;
        if (local->owns_array) {
            write_array_release(body, out, local, token);
            continue;
        }
        if (local->type->kind != TYPE_ARRAY) {
            output_text(out, token, is_resident ? "acoc_release(*%s); " : "acoc_release(%s); ", local->name);
            continue;
        }
        output_text(out, token, "acoc_release_all((acoc_awaitable *)%s, sizeof %s%s / sizeof(acoc_awaitable)); ",
                    local->name, is_resident ? "*" : "", local->name);
    }
}

static void write_jump(Body *body, Output *out, const Exit *exit, Token *token)
{
    switch (exit->kind) {
    case EXIT_RETURN:
        body->uses_return = true;
        output_text(out, token, "goto acoc_return;");
        break;
    case EXIT_BREAK:
        output_text(out, token, "break;");
        break;
    case EXIT_CONTINUE:
        if (exit->target->lowered && exit->target->lowered->continue_label)
            output_text(out, token, "goto acoc_continue_%u;", exit->target->lowered->continue_label);
        else
            output_text(out, token, "continue;");
        break;
    case EXIT_GOTO:
        output_text(out, token, "goto %s;", exit->target->name->text);
        break;
    }
}

static unsigned exit_number(const Region *region, const Exit *exit)
{
    for (size_t i = 0; i < vec_count(region->exits); i++)
        if (region->exits[i] == exit)
            return ACOC_LEAVE_EXIT + (unsigned)i;
    return 0;
}

// From inside `from` up to the first clean-up on the way, which goes on by itself, or the jump.
void write_leave(Body *body, Output *out, Region *from, const Exit *exit, Token *token)
{
    for (Region *region = from; region != exit->to; region = region->outer) {
        if (region->kind == REGION_CLEANUP) {
            output_text(out, token, "%s = %u; goto acoc_cleanup_%u;", region->leave->name, exit_number(region, exit),
                        region->number);
            return;
        }
        if (region->kind == REGION_HANDLES)
            write_releases(body, out, region, token);
        else if (region->kind == REGION_HANDLER)
            output_text(out, token, "acoc_handled(%s); ", region->failure->name);
    }
    write_jump(body, out, exit, token);
}

void write_handles_landing(Body *body, Output *out, Region *region, bool is_reached, Token *token)
{
    if (!region->is_raised_to)
        return;
    output_text(out, token, "\n%s acoc_raised_%u: ", is_reached ? "if (0) {" : "{", region->number);
    write_releases(body, out, region, token);
    output_text(out, token, "goto %s; } ", landing_label(region->outer));
}

bool is_left_specially(const Region *cleanup)
{
    return cleanup->is_raised_to || vec_count(cleanup->exits);
}

bool keeps_pending(const Region *cleanup)
{
    return cleanup->is_raised_to || cleanup->pending->is_raised_to || cleanup->node->kind == NODE_WITH;
}

// Behind the protected text: everything that leaves it arrives here.
void write_cleanup_begin(Output *out, Region *region, bool is_reached, Token *token)
{
    const char *leave = region->leave->name, *pending = region->pending->failure->name;
    output_text(out, token, "\n");
    if (is_reached && is_left_specially(region))
        output_text(out, token, "%s = 0; ", leave);
    if (region->is_raised_to)
        output_text(out, token, "if (0) { acoc_raised_%u: %s = %d; } ", region->number, leave, ACOC_LEAVE_RAISE);
    if (vec_count(region->exits))
        output_text(out, token, "acoc_cleanup_%u: ", region->number);
    if (region->is_raised_to)
        output_text(out, token, "%s = %s == %d ? acoc_catch() : 0; ", pending, leave, ACOC_LEAVE_RAISE);
    else if (keeps_pending(region))
        output_text(out, token, "%s = 0; ", pending);
}

void write_cleanup_end(Body *body, Output *out, Region *region, bool is_reached, Token *token)
{
    Region *pending = region->pending;
    output_text(out, token, "\n");
    if (pending->is_raised_to) {
        output_text(out, token, "if (0) { acoc_raised_%u: acoc_replaced(%s); ", pending->number, pending->failure->name);
        output_text(out, token, "goto %s; } ", landing_label(pending->outer));
    }
    if (region->is_raised_to) {
        output_text(out, token, "if (%s) { acoc_raise_again(%s); ", pending->failure->name, pending->failure->name);
        output_text(out, token, "goto %s; } ", landing_label(region->outer));
    }
    for (size_t i = 0; i < vec_count(region->exits); i++) {
        output_text(out, token, "if (%s == %zu) { ", region->leave->name, ACOC_LEAVE_EXIT + i);
        write_leave(body, out, region->outer, region->exits[i], token);
        output_text(out, token, " } ");
    }
    if (!is_reached) // nothing falls out here, into the next case, say
        output_text(out, token, "__builtin_unreachable(); ");
}

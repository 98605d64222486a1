// SPDX-License-Identifier: MIT
// The flow graph of a function: blocks and edges, where errors land, and what each way out of a part of the text
// passes. The graph follows the text that emit/ writes, not the user's: a clean-up stands there once and is entered
// for every reason to leave, an error runs through landing places, hidden locals of ours are used as that text does.
//
// Unreachable text is no special case: the C compiler translates it too, and finds fault with it.
//
// Needs steps, regions and exits; leaves LoweredFunction.flow.
#include "flow.h"

#include <stdlib.h>

Block *flow_block(FlowBuilder *builder, const char *label)
{
    Block *block = NEW(builder->arena, Block);
    block->number = (unsigned)vec_count(builder->flow->blocks);
    block->label = label;
    vec_push(builder->arena, builder->flow->blocks, block);
    return block;
}

static Edge *connect(FlowBuilder *builder, Block *from, Block *to)
{
    Edge *edge = NEW(builder->arena, Edge);
    edge->from = from;
    edge->to = to;
    vec_push(builder->arena, from->out, edge);
    vec_push(builder->arena, to->in, edge);
    return edge;
}

void flow_start(FlowBuilder *builder, Block *block)
{
    builder->current = block;
}

void flow_go(FlowBuilder *builder, Block *to)
{
    connect(builder, builder->current, to);
}

void flow_into(FlowBuilder *builder, Block *block)
{
    flow_go(builder, block);
    flow_start(builder, block);
}

void flow_stop(FlowBuilder *builder)
{
    flow_start(builder, flow_block(builder, "unreachable"));
}

void flow_event(FlowBuilder *builder, EventKind kind, Local *local, Token *token)
{
    if (!local || local_needs_memory(local))
        return;
    vec_push(builder->arena, builder->current->events, (Event){.kind = kind, .local = local, .token = token});
}

void flow_extents(FlowBuilder *builder, const Type *type)
{
    for (; type; type = type->base) {
        const Lowered *lowered = type->kind == TYPE_ARRAY && type->length ? type->length->lowered : NULL;
        if (lowered && lowered->extent)
            flow_event(builder, EVENT_USE, lowered->extent, NULL);
        if (type->kind != TYPE_ARRAY && type->kind != TYPE_POINTER && type->kind != TYPE_FUNCTION)
            return;
    }
}

static void use_all(FlowBuilder *builder, Local **locals)
{
    for (size_t i = 0; i < vec_count(locals); i++) {
        flow_event(builder, EVENT_USE, locals[i], NULL);
        if (locals[i]->owns_array && locals[i]->is_handle) // as many as there are are released
            flow_extents(builder, locals[i]->variable_type);
    }
}

void flow_release(FlowBuilder *builder, const Region *region)
{
    use_all(builder, region->handles);
}

static bool is_of_this_graph(const FlowBuilder *builder, const Block *block)
{
    return block && block->number < vec_count(builder->flow->blocks) && builder->flow->blocks[block->number] == block;
}

Block *flow_label(FlowBuilder *builder, Symbol *symbol)
{
    Lowered *lowered = lowered_of(builder->unit, symbol->definition);
    if (is_of_this_graph(builder, lowered->block))
        return lowered->block;
    lowered->block = flow_block(builder, symbol->name ? symbol->name->text : "label");
    vec_push(builder->arena, builder->labels, (FlowLabel){.symbol = symbol, .block = lowered->block});
    return lowered->block;
}

// -------------------------------------------------------------------------------------------------- errors

static FlowRegion *flow_region(FlowBuilder *builder, Region *region)
{
    return &builder->regions[region->number];
}

static Block *cleanup_start(FlowBuilder *builder, Region *region)
{
    FlowRegion *info = flow_region(builder, region);
    if (!info->cleanup)
        info->cleanup = flow_block(builder, "clean-up");
    return info->cleanup;
}

static bool is_same_way(const FlowWay *way, WayKind kind, const Exit *exit)
{
    return way->kind == kind &&
           (kind != WAY_EXIT || (way->exit->kind == exit->kind && way->exit->target == exit->target));
}

// The block that enters the clean-up of region for one reason. All that leave for it share the block.
static Block *way_into_cleanup(FlowBuilder *builder, Region *region, WayKind kind, Exit *exit)
{
    FlowRegion *info = flow_region(builder, region);
    for (size_t i = 0; i < vec_count(info->ways); i++)
        if (is_same_way(&info->ways[i], kind, exit))
            return info->ways[i].block;
    static const char *const labels[] = {"clean up and fall out", "clean up and raise", "clean up and leave"};
    Block *block = flow_block(builder, labels[kind]);
    vec_push(builder->arena, info->ways, (FlowWay){.kind = kind, .exit = exit, .block = block});
    Block *before = builder->current;
    flow_start(builder, block);
    flow_event(builder, EVENT_DEF, region->leave, NULL);
    flow_go(builder, cleanup_start(builder, region));
    flow_start(builder, before);
    return block;
}

// What an error does on arriving in region, for the kinds that only tidy up and pass it on.
static Block *make_passing_landing(FlowBuilder *builder, Region *region)
{
    Block *before = builder->current, *landing = flow_block(builder, "landing");
    flow_region(builder, region)->landing = landing;
    flow_start(builder, landing);
    if (region->kind == REGION_HANDLES)
        use_all(builder, region->handles);
    else
        flow_event(builder, EVENT_USE, region->failure, NULL);
    connect(builder, landing, flow_landing(builder, region->outer))->is_raise = true;
    flow_start(builder, before);
    return landing;
}

bool flow_is_raised_to(FlowBuilder *builder, Region *region)
{
    return flow_region(builder, region)->landing != NULL;
}

Block *flow_landing(FlowBuilder *builder, Region *region)
{
    while (region && region->kind == REGION_HANDLES && !vec_count(region->handles))
        region = region->outer; // nothing to release on the way
    if (!region || region->kind == REGION_FUNCTION)
        return builder->flow->raised;
    FlowRegion *info = flow_region(builder, region);
    if (info->landing)
        return info->landing;
    switch (region->kind) {
    case REGION_TRY: return info->landing = flow_block(builder, "which except");
    case REGION_CLEANUP: return info->landing = way_into_cleanup(builder, region, WAY_RAISE, NULL);
    default: return make_passing_landing(builder, region);
    }
}

static void go_to_landing(FlowBuilder *builder, Region *region)
{
    Block *landing = flow_landing(builder, region ? region : builder->region);
    connect(builder, builder->current, landing)->is_raise = true;
}

void flow_raise(FlowBuilder *builder, Region *region)
{
    go_to_landing(builder, region);
    flow_stop(builder);
}

void flow_may_raise(FlowBuilder *builder, Region *region)
{
    go_to_landing(builder, region);
    flow_into(builder, flow_block(builder, "no error"));
}

// --------------------------------------------------------------------------------------------- suspensions

static void suspension_operands(FlowBuilder *builder, Suspension *suspension)
{
    for (Node *argument = suspension->arguments; argument; argument = argument->next)
        flow_expression_to(builder, argument, NULL);
    use_all(builder, suspension->uses);
    if (!suspension->handle)
        return;
    flow_expression_to(builder, suspension->handle, suspension->owned);
    flow_event(builder, EVENT_USE, suspension->owned, NULL);
}

void flow_suspend(FlowBuilder *builder, Suspension *suspension)
{
    suspension_operands(builder, suspension);
    Event event = {.kind = EVENT_SUSPEND, .suspension = suspension, .token = suspension->token};
    vec_push(builder->arena, builder->current->events, event);
    go_to_landing(builder, suspension->region);
    flow_into(builder, flow_block(builder, "done"));
    flow_event(builder, EVENT_DEF, suspension->result, NULL);
    flow_event(builder, EVENT_USE, suspension->owned, NULL);
    flow_event(builder, EVENT_NULL, suspension->owned, NULL); // released
}

// ---------------------------------------------------------------------------------------------- ways out

static Block *loop_exit_target(const FlowBuilder *builder, const Exit *exit)
{
    for (size_t i = vec_count(builder->targets); i-- > 0;) {
        const FlowTarget *target = &builder->targets[i];
        if (target->node != exit->target)
            continue;
        if (exit->kind == EXIT_CONTINUE)
            return target->continue_to;
        return exit->to == target->inside ? target->break_to : target->outside;
    }
    abort(); // lower/cleanup.c made an exit whose target does not stand around it
}

static Block *exit_target(FlowBuilder *builder, const Exit *exit)
{
    switch (exit->kind) {
    case EXIT_RETURN: return builder->flow->returned;
    case EXIT_GOTO: return flow_label(builder, exit->target->symbol);
    default: return loop_exit_target(builder, exit);
    }
}

void flow_leave(FlowBuilder *builder, Exit *exit, Region *from)
{
    for (Region *region = from; region && region != exit->to && region->kind != REGION_FUNCTION; region = region->outer) {
        if (region->kind == REGION_HANDLES)
            use_all(builder, region->handles);
        if (region->kind == REGION_HANDLER)
            flow_event(builder, EVENT_USE, region->failure, NULL);
        if (region->kind == REGION_CLEANUP) {
            flow_go(builder, way_into_cleanup(builder, region, WAY_EXIT, exit));
            flow_stop(builder);
            return;
        }
    }
    flow_go(builder, exit_target(builder, exit));
    flow_stop(builder);
}

// The protected text has ended: falls into the clean-up, whose text follows now.
void flow_begin_cleanup(FlowBuilder *builder, Region *region)
{
    flow_go(builder, way_into_cleanup(builder, region, WAY_FALL, NULL));
    builder->region = region->pending ? region->pending : region->outer;
    FlowRegion *info = flow_region(builder, region);
    info->text = NEW(builder->arena, CleanupText);
    *info->text = (CleanupText){.start = cleanup_start(builder, region), .first = (unsigned)vec_count(builder->flow->blocks)};
    flow_start(builder, info->text->start);
    if (region->pending)
        flow_event(builder, EVENT_DEF, region->pending->failure, NULL);
}

static void connect_behind(FlowBuilder *builder, Region *region, const FlowWay *way, Block *to)
{
    Edge *edge = connect(builder, builder->current, to);
    edge->through = way->block;
    edge->passed = flow_region(builder, region)->text;
}

static void go_on_by(FlowBuilder *builder, Region *region, const FlowWay *way, Block *after)
{
    Block *end = builder->current, *to = after;
    if (way->kind != WAY_FALL)
        to = flow_block(builder, way->kind == WAY_RAISE ? "raise on" : "leave on");
    connect_behind(builder, region, way, to);
    flow_start(builder, to);
    if (way->kind == WAY_RAISE)
        go_to_landing(builder, region->outer);
    if (way->kind == WAY_EXIT)
        flow_leave(builder, way->exit, region->outer);
    flow_start(builder, end);
}

void flow_end_cleanup(FlowBuilder *builder, Region *region, bool may_swallow)
{
    FlowRegion *info = flow_region(builder, region);
    if (region->pending && info->landing)
        flow_event(builder, EVENT_USE, region->pending->failure, NULL);
    if (vec_count(region->exits))
        flow_event(builder, EVENT_USE, region->leave, NULL);
    info->text->end = (unsigned)vec_count(builder->flow->blocks);
    Block *after = flow_block(builder, "after clean-up");
    for (size_t i = 0; i < vec_count(info->ways); i++) {
        FlowWay way = info->ways[i];
        go_on_by(builder, region, &way, after);
        if (way.kind == WAY_RAISE && may_swallow)
            connect_behind(builder, region, &way, after);
    }
    builder->region = region->outer;
    flow_start(builder, after);
}

// ---------------------------------------------------------------------------------------------- functions

static void finish_ends(FlowBuilder *builder)
{
    LoweredFunction *function = builder->function;
    Region *outermost = vec_count(function->regions) ? function->regions[0] : NULL;
    Local **handles = outermost ? outermost->handles : NULL;
    flow_start(builder, builder->flow->returned);
    use_all(builder, handles);
    flow_event(builder, EVENT_USE, function->value, NULL);
    flow_start(builder, builder->flow->raised);
    use_all(builder, handles);
}

// goto *p may reach every label whose address is taken.
static void connect_computed_jumps(FlowBuilder *builder)
{
    for (size_t i = 0; i < vec_count(builder->computed); i++)
        for (size_t j = 0; j < vec_count(builder->labels); j++)
            if (builder->labels[j].symbol && builder->labels[j].symbol->address_taken)
                connect(builder, builder->computed[i], builder->labels[j].block);
}

// Parameters have their values, and what is declared at the top of the function is 0.
static void begin_locals(FlowBuilder *builder)
{
    for (size_t i = 0; i < vec_count(builder->function->locals); i++) {
        Local *local = builder->function->locals[i];
        if (local->is_parameter)
            flow_event(builder, EVENT_DEF, local, NULL);
        else if (local->is_hidden && !local->is_handle)
            flow_event(builder, EVENT_NULL, local, NULL);
    }
}

void build_flow(Unit *unit, LoweredFunction *function)
{
    FlowBuilder builder = {.unit = unit, .arena = unit->arena, .function = function};
    Flow *flow = builder.flow = NEW(unit->arena, Flow);
    builder.regions = arena_alloc(unit->arena, (vec_count(function->regions) + 1) * sizeof *builder.regions);
    builder.region = vec_count(function->regions) ? function->regions[0] : NULL;
    flow->entry = flow_block(&builder, "entry");
    flow->returned = flow_block(&builder, "return");
    flow->raised = flow_block(&builder, "raised out");
    flow_start(&builder, flow->entry);
    begin_locals(&builder);
    flow_statement(&builder, function->function->node->function_body);
    flow_go(&builder, flow->returned);
    finish_ends(&builder);
    connect_computed_jumps(&builder);
    function->flow = flow;
}

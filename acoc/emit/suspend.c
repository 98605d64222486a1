// SPDX-License-Identifier: MIT
// Suspension points and the steps between them. A suspension, in the text of the function:
//
//     acoc_outcome = acoc_await_g(acoc_task_, 0, &acoc_3, x);
//     if (acoc_outcome != ACOC_DONE) {
//         if (acoc_outcome == ACOC_SUSPENDED) {                  way out: put what is alive into the frame
//             acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_f[1]);
//             acoc_frame_->a = a;
//             return ACOC_SUSPENDED;
//             acoc_resume_1: a = acoc_frame_->a;                 way back: from the switch at the entry
//             if (acoc_outcome != ACOC_DONE) goto acoc_failed_1;
//             acoc_3 = acoc_frame_->acoc_3;
//         } else {
//             acoc_failed_1: acoc_trace(&acoc_points_f[1]); goto acoc_raised_0;
//         }
//     }
//
// The outcome is asked once on each way, so that compilers see that no value is used where there is none.
#include "body.h"

static void write_step_list(Body *body, Output *out, Step **steps, Token *token);

void write_point(Body *body, Output *out, unsigned point, Token *token)
{
    size_t number = point + 1 + vec_count(body->lowered->suspensions);
    output_text(out, token, "&acoc_points_%s[%zu]", body->label, number);
}

// if (an error stands in the slot) { note the point; go where the region says }
void write_raised_check(Body *body, Output *out, unsigned point, Region *region, Token *token)
{
    output_text(out, token, "if (__builtin_expect(acoc_raised != 0, 0)) { acoc_trace(");
    write_point(body, out, point, token);
    output_text(out, token, "); goto %s; }", landing_label(region));
}

static void write_resident_pointers(Output *out, const Suspension *suspension)
{
    Token *token = suspension->token;
    for (size_t i = 0; i < vec_count(suspension->residents); i++) {
        const Local *local = suspension->residents[i];
        if (local_is_declared_at(local, token))
            output_text(out, token, "%s = (void *)&acoc_frame_->%s; ", local->name, local->member);
    }
}

// ---------------------------------------------------------------------------------------------- awaiting

static void write_call(Body *body, Output *out, Suspension *suspension)
{
    Token *token = suspension->token;
    output_text(out, token, "acoc_outcome = acoc_await_%s(acoc_task_, 0", suspension->callee->name->text);
    if (suspension->result)
        output_text(out, token, ", &%s", suspension->result->name);
    if (suspension->object)
        output_text(out, token, ", %s", local_use(body, suspension->object));
    if (suspension->failure)
        output_text(out, token, ", acoc_caught_error(%s)", suspension->failure->name);
    for (Node *argument = suspension->arguments; argument; argument = argument->next) {
        output_text(out, argument->first, ", ");
        output_node(out, argument);
    }
    output_text(out, token, ");");
}

static void write_handle_await(Body *body, Output *out, Suspension *suspension)
{
    Token *token = suspension->token;
    output_text(out, token, "acoc_outcome = acoc_await(acoc_task_, ");
    if (suspension->handle->lowered && suspension->handle->lowered->temporary)
        output_node(out, suspension->handle);
    else
        write_value(body, out, suspension->handle);
    if (suspension->result)
        output_text(out, token, ", &%s, sizeof %s);", suspension->result->name, suspension->result->name);
    else
        output_text(out, token, ", 0, 0);");
}

static void write_way_back(Output *out, Suspension *suspension)
{
    Token *token = suspension->token;
    Local *result = suspension->result;
    for (size_t i = 0; i < vec_count(suspension->live); i++)
        write_reload(out, suspension->live[i], suspension->live[i]->name, token);
    for (size_t i = 0; i < vec_count(suspension->zero); i++)
        output_text(out, token, "%s = 0; ", suspension->zero[i]->name);
    write_resident_pointers(out, suspension);
    output_text(out, token, "if (acoc_outcome != ACOC_DONE) goto acoc_failed_%u; ", suspension->state);
    if (result && result->kept != LOCAL_RESIDENT)
        write_reload(out, result, result->name, token);
}

void write_suspension(Body *body, Output *out, Suspension *suspension)
{
    Token *token = suspension->token;
    unsigned state = suspension->state;
    if (suspension->kind == SUSPEND_CALL)
        write_call(body, out, suspension);
    else
        write_handle_await(body, out, suspension);
    output_text(out, token, "\n    if (acoc_outcome != ACOC_DONE) { if (acoc_outcome == ACOC_SUSPENDED) { ");
    output_text(out, token, "acoc_frame_ = acoc_suspend(acoc_task_, acoc_frame_, &acoc_points_%s[%u]); ", body->label, state);
    for (size_t i = 0; i < vec_count(suspension->live); i++)
        write_save(out, suspension->live[i], suspension->live[i]->name, token);
    output_text(out, token, "return ACOC_SUSPENDED;\nacoc_resume_%u: ; ", state);
    write_way_back(out, suspension);
    output_text(out, token, "}\n    else { acoc_failed_%u: acoc_trace(&acoc_points_%s[%u]); goto %s; } }\n",
                state, body->label, state, landing_label(suspension->region));
    if (suspension->owned)
        output_text(out, token, "acoc_handle_set(&%s, 0); ", suspension->owned->name);
}

// ------------------------------------------------------------------------------------------------ steps

static void write_if(Body *body, Output *out, Step *step)
{
    Token *token = step->node->first;
    output_text(out, token, "if (");
    output_node(out, step->node);
    output_text(out, token, ") { ");
    write_step_list(body, out, step->then, token);
    output_text(out, token, "} else { ");
    write_step_list(body, out, step->otherwise, token);
    output_text(out, token, "} ");
}

// token: where the expression stands, for steps that come of no part of it.
static void write_step(Body *body, Output *out, Step *step, Token *token)
{
    switch (step->kind) {
    case STEP_EVALUATE:
        write_assignment_begin(out, step->target, step->node->first);
        if (step->node->lowered && step->node->lowered->is_saved && step->node->lowered->temporary == step->target)
            write_value(body, out, step->node);
        else
            output_node(out, step->node);
        write_assignment_end(out, step->target, step->node->last);
        break;
    case STEP_TRUTH:
        output_text(out, step->node->first, "%s = !!(", step->target->name);
        output_node(out, step->node);
        output_text(out, step->node->last, "); ");
        break;
    case STEP_CONSTANT:
        output_text(out, token, "%s = %d; ", step->target->name, step->value);
        break;
    case STEP_DO:
        output_text(out, step->node->first, "(void)(");
        output_node(out, step->node);
        output_text(out, step->node->last, "); ");
        break;
    case STEP_BLOCK:
        output_node(out, step->node->body);
        output_text(out, step->node->last, " ");
        break;
    case STEP_KEEP:
        output_text(out, token, "acoc_handle_set(&%s, %s); ", step->target->name, step->temporary->name);
        break;
    case STEP_AWAIT:
        write_suspension(body, out, step->suspension);
        break;
    case STEP_IF:
        write_if(body, out, step);
        break;
    }
}

static void write_step_list(Body *body, Output *out, Step **steps, Token *token)
{
    for (size_t i = 0; i < vec_count(steps); i++)
        write_step(body, out, steps[i], token);
}

void write_steps(Body *body, Output *out, Node *expression)
{
    Lowered *lowered = expression->lowered;
    for (size_t i = 0; i < vec_count(lowered->temporaries); i++)
        write_local(body, out, lowered->temporaries[i], NULL, expression->first);
    write_step_list(body, out, lowered->steps, expression->first);
}

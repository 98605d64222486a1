// SPDX-License-Identifier: MIT
//
// Where errors go that nobody awaits: the loop's exception handler, by default a message with the trace on stderr. An
// error inside the handler is reported by the default one, so that nothing is lost and nothing recurs.
#include <stdio.h>

#include "../base/error.h"
#include "loop.h"

void acoc_loop_set_exception_handler(acoc_loop *loop, acoc_exception_handler handler, void *argument)
{
    loop = acoc__loop_or_current(loop);
    if (!loop)
        return;
    loop->exception_handler = handler;
    loop->exception_handler_argument = argument;
}

void acoc_loop_default_exception_handler(acoc_loop *loop, const acoc_exception_context *context)
{
    (void)loop;
    fprintf(stderr, "%s\n", context->message ? context->message : "Unhandled exception in event loop");
    if (context->future && acoc_task_get_coroutine(context->future))
        fprintf(stderr, "task: %s\n", acoc_task_get_coroutine(context->future));
    if (context->failure)
        acoc_failure_print(context->failure, stderr);
    else if (context->error)
        fprintf(stderr, "%s: %s\n", acoc_error_kind_of(context->error)->name, acoc_error_message(context->error));
}

void acoc_loop_call_exception_handler(acoc_loop *loop, const acoc_exception_context *context)
{
    // What is under way stays under way: the handler is called with an empty slot.
    acoc_failure *pending = acoc_catch();
    if (!loop || !loop->exception_handler) {
        acoc_loop_default_exception_handler(loop, context);
    } else {
        loop->exception_handler(loop, context, loop->exception_handler_argument);
        acoc_failure *broken = acoc_catch();
        if (broken) {
            acoc_exception_context again = { "Unhandled error in exception handler", broken->error, broken, NULL };
            acoc_loop_default_exception_handler(loop, &again);
            acoc_handled(broken);
        }
    }
    if (pending)
        acoc_raise_again(pending);
}

void acoc__loop_report_slot(acoc_loop *loop, const char *message, acoc_future *future)
{
    acoc_failure *failure = acoc_catch();
    if (!failure)
        return;
    acoc_exception_context context = { message, failure->error, failure, future };
    acoc_loop_call_exception_handler(loop, &context);
    acoc_handled(failure);
}

// SPDX-License-Identifier: MIT
//
// Errors on their way: the thread's slot, the trace that an error collects as each coroutine passes it on, and how both
// are printed. Raising cannot fail: without memory the error becomes the preallocated acoc_MemoryError, or keeps a
// shorter trace.
#include <string.h>

#include "error.h"
#include "memory.h"

ACOC_THREAD_LOCAL acoc_failure *acoc_raised;

static acoc_failure memory_failure = { .count = ACOC_IMMORTAL, .error = &acoc__out_of_memory };
static acoc_failure cancelled_failure = { .count = ACOC_IMMORTAL, .error = &acoc__cancelled };

// ---------------------------------------------------------------------------------------------- life and trace

static acoc_failure *failure_make(acoc_error *owned)
{
    acoc_failure *failure = acoc__memory_take(sizeof *failure, ACOC_MEMORY_ERROR);
    if (failure) {
        *failure = (acoc_failure){ .count = 1, .capacity = ACOC_TRACE_INLINE, .error = owned };
        failure->entries = failure->first;
    }
    return failure;
}

acoc_failure *acoc__failure_new(acoc_error *error)
{
    if (!error || error == acoc__memory_error())
        return &memory_failure;
    if (error == acoc__cancelled_error())
        return &cancelled_failure;
    acoc_failure *failure = failure_make(error);
    if (failure)
        return failure;
    acoc_error_release(error);
    return &memory_failure;
}

acoc_failure *acoc__failure_retain(acoc_failure *failure)
{
    if (failure && failure->count != ACOC_IMMORTAL)
        failure->count++;
    return failure;
}

void acoc__failure_release(acoc_failure *failure)
{
    while (failure && failure->count != ACOC_IMMORTAL && --failure->count == 0) {
        acoc_failure *next = failure->before;
        acoc__failure_release(failure->cause);
        acoc_error_release(failure->error);
        if (failure->entries != failure->first)
            acoc__memory_give(failure->entries, failure->capacity * sizeof(acoc_trace_entry), ACOC_MEMORY_ERROR);
        acoc__memory_give(failure, sizeof *failure, ACOC_MEMORY_ERROR);
        failure = next;
    }
}

// The failure in the slot as one that may be changed; NULL: no memory, it stays as it is.
static acoc_failure *own_raised(void)
{
    acoc_failure *raised = acoc_raised;
    if (raised->count == 1)
        return raised;
    acoc_failure *own = failure_make(acoc_error_retain(raised->error));
    if (!own) {
        acoc_error_release(raised->error);
        return NULL;
    }
    own->before = raised;
    acoc_raised = own;
    return own;
}

static int trace_grow(acoc_failure *failure)
{
    if (failure->capacity >= ACOC_TRACE_LIMIT)
        return 0;
    size_t old_size = failure->capacity * sizeof(acoc_trace_entry);
    acoc_trace_entry *entries = acoc__memory_take(4 * old_size, ACOC_MEMORY_ERROR);
    if (!entries)
        return 0;
    memcpy(entries, failure->entries, old_size);
    if (failure->entries != failure->first)
        acoc__memory_give(failure->entries, old_size, ACOC_MEMORY_ERROR);
    failure->entries = entries;
    failure->capacity *= 4;
    return 1;
}

void acoc_trace(const acoc_point *point)
{
    if (!acoc_raised || !point)
        return;
    acoc_failure *failure = own_raised();
    if (!failure)
        return;
    if (failure->used && failure->entries[failure->used - 1].point == point) {
        failure->entries[failure->used - 1].times++;
    } else if (failure->used < failure->capacity || trace_grow(failure)) {
        failure->entries[failure->used++] = (acoc_trace_entry){ point, 1 };
    } else {
        failure->omitted++;
    }
}

// ---------------------------------------------------------------------------------------------- the slot

// Does error stand among failure and its causes? Then it must not get failure as its own cause.
static int is_among_causes(const acoc_error *error, const acoc_failure *failure)
{
    for (; failure; failure = failure->cause)
        if (failure->error == error)
            return 1;
    for (const acoc_error *e = error->cause; e; e = e->cause)
        if (e == error)
            return 1;
    return 0;
}

void acoc_replaced(acoc_failure *caught)
{
    if (!caught)
        return;
    if (!acoc_raised || acoc_raised->cause || is_among_causes(acoc_raised->error, caught)) {
        acoc__failure_release(caught);
        return;
    }
    acoc_failure *raised = own_raised();
    if (!raised) {
        acoc__failure_release(caught);
        return;
    }
    raised->cause = caught;
    if (raised->error == acoc__cancelled_error())
        raised->error = acoc__cancelled_of_its_own();
    acoc_error *error = raised->error;
    if (!error->cause && error->count != ACOC_IMMORTAL && caught->error->cause != error)
        error->cause = acoc_error_retain(caught->error);
}

void acoc_raise(acoc_error *error, const acoc_point *point)
{
    acoc_failure *before = acoc_raised;
    acoc_raised = acoc__failure_new(error);
    acoc_trace(point);
    acoc_replaced(before);
}

void acoc__raise_memory_error(void)
{
    acoc_raise(acoc__memory_error(), NULL);
}

void acoc__raise_cancelled(void)
{
    acoc_raise(acoc__cancelled_error(), NULL);
}

void acoc__raise_failure(acoc_failure *failure)
{
    acoc_failure *before = acoc_raised;
    acoc_raised = acoc__failure_retain(failure);
    acoc_replaced(before);
}

acoc_failure *acoc_catch(void)
{
    acoc_failure *caught = acoc_raised;
    acoc_raised = NULL;
    return caught;
}

acoc_error *acoc_caught_error(const acoc_failure *caught)
{
    return caught ? caught->error : NULL;
}

int acoc_caught_is(const acoc_failure *caught, const acoc_error_kind *kind)
{
    return acoc_error_is(caught->error, kind);
}

void acoc_raise_again(acoc_failure *caught)
{
    acoc_failure *before = acoc_raised;
    acoc_raised = caught;
    acoc_replaced(before);
}

void acoc_handled(acoc_failure *caught)
{
    acoc__failure_release(caught);
}

acoc_error *acoc_error_occurred(void)
{
    return acoc_raised ? acoc_raised->error : NULL;
}

acoc_error *acoc_error_take(void)
{
    if (!acoc_raised)
        return NULL;
    acoc_failure *caught = acoc_catch();
    acoc_error *error = acoc_error_retain(caught->error);
    acoc__failure_release(caught);
    return error;
}

void acoc_error_set(acoc_error *error)
{
    acoc_raise(error, NULL);
}

// ---------------------------------------------------------------------------------------------- printing

static void print_entry(const acoc_trace_entry *entry, FILE *stream)
{
    const acoc_point *point = entry->point;
    fprintf(stream, "  %s (%s:%u)\n", point->function->name, point->function->file, (unsigned)point->line);
    if (entry->times > 1)
        fprintf(stream, "  [the previous line %u more times]\n", (unsigned)entry->times - 1);
}

// Outermost first; what was collected before (in the task that was joined) is further in and follows.
static void print_trace(const acoc_failure *failure, FILE *stream)
{
    for (; failure; failure = failure->before) {
        if (failure->omitted)
            fprintf(stream, "  [%u more]\n", (unsigned)failure->omitted);
        for (uint32_t i = failure->used; i > 0; i--)
            print_entry(&failure->entries[i - 1], stream);
    }
}

static int has_trace(const acoc_failure *failure)
{
    for (; failure; failure = failure->before)
        if (failure->used)
            return 1;
    return 0;
}

// The cause may hang on an earlier part of the propagation.
static const acoc_failure *cause_of(const acoc_failure *failure)
{
    for (; failure; failure = failure->before)
        if (failure->cause)
            return failure->cause;
    return NULL;
}

void acoc_failure_print(const acoc_failure *failure, FILE *stream)
{
    const acoc_failure *cause = cause_of(failure);
    if (cause) {
        acoc_failure_print(cause, stream);
        fprintf(stream, "\nWhile this error was being handled, another one was raised:\n\n");
    }
    if (has_trace(failure)) {
        fprintf(stream, "Traceback (innermost last):\n");
        print_trace(failure, stream);
    }
    const char *message = failure->error->message;
    fprintf(stream, "%s%s%s\n", failure->error->kind->name, *message ? ": " : "", message);
}

void acoc_error_print(FILE *stream)
{
    if (acoc_raised)
        acoc_failure_print(acoc_raised, stream);
}

size_t acoc__failure_stack(const acoc_failure *failure, acoc_stack_entry *entries, size_t limit)
{
    size_t count = 0;
    for (; failure; failure = failure->before) {
        for (uint32_t j = failure->used; j > 0; j--, count++) {
            const acoc_point *point = failure->entries[j - 1].point;
            if (count < limit)
                entries[count] = (acoc_stack_entry){ point->function->name, point->function->file, point->line };
        }
    }
    return count;
}

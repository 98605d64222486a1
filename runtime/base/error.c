// SPDX-License-Identifier: MIT
//
// Errors: counted, immutable objects of a kind, with a message, an errno where there is one, and the error that was being
// handled when they were raised. How an error travels is failure.c. Making one cannot fail: without memory it becomes the
// preallocated acoc_MemoryError.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "memory.h"

#define ACOC_KIND(name, parent) const acoc_error_kind name##_kind = { #name, parent };
#include "errors.def"
#undef ACOC_KIND

acoc_error acoc__out_of_memory = { &acoc_MemoryError_kind, ACOC_IMMORTAL, ENOMEM, NULL, 0, { "out of memory" } };
acoc_error acoc__cancelled = { &acoc_CancelledError_kind, ACOC_IMMORTAL, 0, NULL, 0, { "" } };

// ---------------------------------------------------------------------------------------------------- making

// suffix: what follows the formatted message, ": No such file or directory"; NULL: nothing.
static acoc_error *make(const acoc_error_kind *kind, const char *suffix, const char *format, va_list arguments)
    ACOC_PRINTF(3, 0);
static acoc_error *make(const acoc_error_kind *kind, const char *suffix, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = format ? vsnprintf(NULL, 0, format, again) : 0;
    va_end(again);
    if (length < 0)
        length = 0;
    size_t tail = suffix ? strlen(suffix) + 2 : 0;
    size_t size = sizeof(acoc_error) + (size_t)length + tail + 1;
    acoc_error *error = acoc__memory_take(size, ACOC_MEMORY_ERROR);
    if (!error)
        return &acoc__out_of_memory;
    *error = (acoc_error){ .kind = kind, .count = 1, .size = size };
    error->message[0] = 0;
    if (length)
        vsnprintf(error->message, (size_t)length + 1, format, arguments);
    if (suffix)
        snprintf(error->message + length, tail + 1, "%s%s", length ? ": " : "", suffix);
    return error;
}

acoc_error *acoc_error_new(const acoc_error_kind *kind, const char *format, va_list arguments)
{
    return make(kind, NULL, format, arguments);
}

#define ACOC_KIND(name, parent)                               \
    acoc_error *name(const char *format, ...)                 \
    {                                                         \
        va_list arguments;                                    \
        va_start(arguments, format);                          \
        acoc_error *error = make(&name##_kind, NULL, format, arguments); \
        va_end(arguments);                                    \
        return error;                                         \
    }
#include "errors.def"
#undef ACOC_KIND

acoc_error *acoc__cancelled_of_its_own(void)
{
    acoc_error *error = acoc_CancelledError(NULL);
    return error == acoc__memory_error() ? acoc__cancelled_error() : error;
}

static const acoc_error_kind *kind_of_errno(int error_number)
{
    switch (error_number) {
#define ACOC_ERRNO(value, kind) case value: return &kind##_kind;
#include "errors.def"
#undef ACOC_ERRNO
    }
    return &acoc_OSError_kind;
}

acoc_error *acoc_os_error(int error_number, const char *format, ...)
{
    char text[128] = "";
    const char *said = strerror_r(error_number, text, sizeof text);
    va_list arguments;
    va_start(arguments, format);
    acoc_error *error = make(kind_of_errno(error_number), said, format, arguments);
    va_end(arguments);
    if (error->count != ACOC_IMMORTAL)
        error->error_number = error_number;
    return error;
}

// ---------------------------------------------------------------------------------------------------- asking

const acoc_error_kind *acoc_error_kind_of(const acoc_error *error)
{
    return error->kind;
}

int acoc_error_is(const acoc_error *error, const acoc_error_kind *kind)
{
    if (!error)
        return 0;
    for (const acoc_error_kind *k = error->kind; k; k = k->parent)
        if (k == kind)
            return 1;
    return 0;
}

const char *acoc_error_message(const acoc_error *error)
{
    return error->message;
}

int acoc_error_errno(const acoc_error *error)
{
    return error->error_number;
}

acoc_error *acoc_error_cause(const acoc_error *error)
{
    return error->cause;
}

// ---------------------------------------------------------------------------------------------------- counting

acoc_error *acoc_error_retain(acoc_error *error)
{
    if (error && error->count != ACOC_IMMORTAL)
        error->count++;
    return error;
}

// Causes can be a long chain: released in a loop, not by recursion.
void acoc_error_release(acoc_error *error)
{
    while (error && error->count != ACOC_IMMORTAL && --error->count == 0) {
        acoc_error *cause = error->cause;
        acoc__memory_give(error, error->size, ACOC_MEMORY_ERROR);
        error = cause;
    }
}

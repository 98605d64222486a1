// SPDX-License-Identifier: MIT
// Messages: errors, warnings, notes and fixes with place, source line and caret, as text or JSON; counts errors.
// Nothing is printed before diag_flush() except in text mode, where messages appear at once, in order.
#ifndef ACOC_DIAG_H
#define ACOC_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "source.h"

typedef enum Warning {
#define WARNING(name, text, on_by_default, owner) W_##name,
#include "warnings.def"
#undef WARNING
    W_COUNT
} Warning;

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_FIX } Severity;

// What is said about a message beside its text. length: bytes to underline, 0 or 1 for a caret alone.
typedef struct Message {
    Severity severity;
    Warning warning;         // of SEVERITY_WARNING
    Place place;
    uint32_t length;
    const char *replacement; // what to write instead of those bytes (0: before them), NULL: no fix is plain
    bool in_system_header;   // warnings there are none of the user's
} Message;

// Messages begin in lower case, quote 'like this' and end without a full stop.
void error_at(Place place, uint32_t length, const char *format, ...) __attribute__((format(printf, 3, 4)));
// The fix is so plain that it is shown with the error itself.
void error_replace_at(Place place, uint32_t length, const char *replacement, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void warn_at(Warning warning, Place place, uint32_t length, const char *format, ...) __attribute__((format(printf, 4, 5)));
// Belong to the error or warning before them (dropped with it when that is not shown).
void note_at(Place place, uint32_t length, const char *format, ...) __attribute__((format(printf, 3, 4)));
void fix_at(Place place, uint32_t length, const char *replacement, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// What another program said: as it is; whether a warning is one or an error was decided there.
void diag_retell(Severity severity, Place place, const char *text);
// Without a place: "acoc: error: …".
void error_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void note_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));
// What all of these are made of, for helpers that find the place in another way.
void diag_report(Message message, const char *format, va_list arguments);

// -W arguments that are ours: "no-blocking-call", "error", "error=…", "everything"; false when the name is not ours.
bool diag_option(const char *name);
const char *diag_own_name(Warning warning); // NULL: compilers have a warning of that name too
unsigned long diag_limit(Warning warning); // N of -Wname=N, 0 when none was given
void diag_all_off(void); // -w
void diag_use_json(void);
bool diag_uses_colours(void); // standard error is a terminal that shows them
void diag_most_errors(unsigned long count); // how many are shown, 0: all
unsigned diag_error_count(void);
bool diag_takes_suggestion(void); // whether it pays to look for one beside the message just given: ask once for each
bool diag_is_full(void); // no more errors would be shown
void diag_flush(void);
void diag_forget(void); // what was said, for another unit in the same process; options stay

#endif

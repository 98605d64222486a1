// SPDX-License-Identifier: MIT
// Messages: errors, warnings, notes and fixes with place, source line and caret, as text or JSON; counts errors.
// Nothing is printed before diag_flush() except in text mode, where messages appear at once, in order.
#ifndef ACOC_DIAG_H
#define ACOC_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

typedef enum Warning {
#define WARNING(name, text, on_by_default) W_##name,
#include "warnings.def"
#undef WARNING
    W_COUNT
} Warning;

// length: bytes to underline, 0 or 1 for a caret alone. Messages end without a full stop.
void error_at(Place place, uint32_t length, const char *format, ...) __attribute__((format(printf, 3, 4)));
void warn_at(Warning warning, Place place, uint32_t length, const char *format, ...) __attribute__((format(printf, 4, 5)));
// Belong to the error or warning before them (dropped with it when that warning is off).
void note_at(Place place, uint32_t length, const char *format, ...) __attribute__((format(printf, 3, 4)));
void fix_at(Place place, uint32_t length, const char *replacement, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// Without a place: "acoc: error: …".
void error_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));

// -W arguments that are ours: "no-blocking-call", "error", "error=…", "everything"; false when the name is not ours.
bool diag_option(const char *name);
// Messages at `use` underline the macro's name there and say where it was defined. The name must live on.
void diag_know_macro(Place use, const char *name, Place definition);
unsigned long diag_limit(Warning warning); // N of -Wname=N, 0 when none was given
void diag_all_off(void); // -w
void diag_use_json(void);
unsigned diag_error_count(void);
void diag_flush(void);

#endif

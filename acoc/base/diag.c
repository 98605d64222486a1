// SPDX-License-Identifier: MIT
// Messages. Each goes through diag_report(), which decides by severity, options and the limit whether it is shown,
// finds the macro that it came through, and hands it to the writers of show.c.
#include "diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "show.h"
#include "text.h"

enum { MOST_ERRORS = 25, MOST_SUGGESTIONS = 1000, MOST_STEPS = 6 };

typedef enum Owner { OURS, SHARED } Owner;

static const struct { const char *name; bool on; Owner owner; } known_warnings[] = {
#define WARNING(name, text, on_by_default, owner) {text, on_by_default, owner},
#include "warnings.def"
#undef WARNING
};

static struct {
    bool changed[W_COUNT], on[W_COUNT]; // by an option
    bool fatal[W_COUNT], not_fatal[W_COUNT];
    bool all_fatal, all_off, json;
    unsigned long limit[W_COUNT];
    unsigned long most_errors; // shown; 0: all
    unsigned errors;
    unsigned suggestions; // looked for
    bool muted;         // the message before was not shown, so its notes are not either
    const Inclusion *last_inclusion; // where the message before stood
} state = {.most_errors = MOST_ERRORS};

// ---- deciding

// A column of another line than the one that is shown says nothing.
static void show(Shown *message)
{
    if (message->place.column && !source_is_shown(message->place))
        message->place.column = 0;
    if (state.json)
        show_json(message);
    else
        show_text(message);
}

static bool is_on(Warning warning)
{
    if (state.all_off)
        return false;
    return state.changed[warning] ? state.on[warning] : known_warnings[warning].on;
}

static bool is_fatal(Warning warning)
{
    return (state.all_fatal || state.fatal[warning]) && !state.not_fatal[warning];
}

bool diag_is_full(void)
{
    return state.most_errors && state.errors >= state.most_errors;
}

// A search goes through all names, so one for each of many errors would take as long as their product.
bool diag_takes_suggestion(void)
{
    return !state.muted && state.suggestions++ < MOST_SUGGESTIONS;
}

// Counts an error; the first one too many is replaced by a message that says so.
static bool is_wanted(const Shown *message)
{
    if (message->severity != SEVERITY_ERROR)
        return true;
    bool full = diag_is_full();
    if (full && state.errors == state.most_errors)
        show(&(Shown){.severity = SEVERITY_ERROR, .text = "too many errors; the rest is not shown"});
    state.errors++;
    return !full;
}

static void show_step(const MacroStep *step, size_t left_out)
{
    Text text = {0};
    text_printf(&text, "in the expansion of macro '%s'", step->name);
    if (left_out)
        text_printf(&text, ", to which %zu others led", left_out);
    show(&(Shown){.severity = SEVERITY_NOTE, .place = step->place, .text = text.data, .length = step->length});
    text_free(&text);
}

// Of many macros the outermost and the innermost are shown.
static void show_steps(const Origin *origin)
{
    size_t count = origin->step_count, left_out = count > MOST_STEPS ? count - MOST_STEPS : 0;
    for (size_t i = 0; i < count; i++) {
        bool follows_gap = left_out && i == MOST_STEPS / 2;
        if (follows_gap)
            i += left_out;
        show_step(&origin->steps[i], follows_gap ? left_out : 0);
    }
}

// What a macro made is spoken of where the user wrote what it was made of. A fix must be one there.
static void show_traced(Shown *message)
{
    Origin origin = source_trace(message->place);
    if (!origin.is_itself || message->length != origin.length)
        message->replacement = NULL;
    message->place = origin.place;
    message->length = origin.length;
    show(message);
    if (message->severity < SEVERITY_NOTE)
        show_steps(&origin);
}

// Sets what only the options know: whether a warning is an error, and is shown at all.
static bool judge(const Message *message, Shown *shown)
{
    if (message->severity >= SEVERITY_NOTE)
        return !state.muted;
    if (message->severity == SEVERITY_WARNING) {
        shown->option = known_warnings[message->warning].name;
        shown->severity = is_fatal(message->warning) ? SEVERITY_ERROR : SEVERITY_WARNING;
        if (!is_on(message->warning) || message->in_system_header)
            return false;
    }
    return is_wanted(shown);
}

void diag_report(Message message, const char *format, va_list arguments)
{
    Shown shown = {.severity = message.severity, .length = message.length, .replacement = message.replacement};
    state.muted = !judge(&message, &shown);
    if (state.muted)
        return;
    Text text = {0};
    shown.place = source_resolve(message.place);
    text_vprintf(&text, format, arguments);
    shown.text = text.data;
    if (message.severity < SEVERITY_NOTE) {
        shown.inclusion = source_inclusion(message.place);
        shown.enters_file = shown.inclusion != state.last_inclusion;
        state.last_inclusion = shown.inclusion;
    }
    if (shown.place.trace)
        show_traced(&shown);
    else
        show(&shown);
    text_free(&text);
}

void diag_retell(Severity severity, Place place, const char *text)
{
    Shown shown = {.severity = severity, .place = place, .length = place.column ? 1 : 0, .text = text,
                   .inclusion = source_inclusion(place)};
    state.muted = !is_wanted(&shown);
    if (!state.muted)
        show(&shown);
}

// ---- the forms

void error_at(Place place, uint32_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_ERROR, .place = place, .length = length}, format, arguments);
    va_end(arguments);
}

void error_replace_at(Place place, uint32_t length, const char *replacement, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_ERROR, .place = place, .length = length, .replacement = replacement},
                format, arguments);
    va_end(arguments);
}

void warn_at(Warning warning, Place place, uint32_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_WARNING, .warning = warning, .place = place, .length = length}, format,
                arguments);
    va_end(arguments);
}

void note_at(Place place, uint32_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_NOTE, .place = place, .length = length}, format, arguments);
    va_end(arguments);
}

void fix_at(Place place, uint32_t length, const char *replacement, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_FIX, .place = place, .length = length, .replacement = replacement},
                format, arguments);
    va_end(arguments);
}

void error_plain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_ERROR}, format, arguments);
    va_end(arguments);
}

void note_plain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_NOTE}, format, arguments);
    va_end(arguments);
}

// ---- options

// Finds "name" or "name=limit"; W_COUNT when it is not ours.
static Warning find_warning(const char *name, const char **limit)
{
    size_t length = strcspn(name, "=");
    *limit = name[length] ? name + length + 1 : NULL;
    for (unsigned i = 0; i < W_COUNT; i++)
        if (!strncmp(known_warnings[i].name, name, length) && !known_warnings[i].name[length])
            return (Warning)i;
    return W_COUNT;
}

static bool switch_warning(const char *name, bool on)
{
    const char *limit;
    Warning warning = find_warning(name, &limit);
    if (warning == W_COUNT)
        return false;
    state.changed[warning] = true;
    state.on[warning] = on;
    if (limit)
        state.limit[warning] = strtoul(limit, NULL, 10);
    return true;
}

static bool make_fatal(const char *name, bool fatal)
{
    const char *limit;
    Warning warning = find_warning(name, &limit);
    if (warning == W_COUNT)
        return false;
    state.fatal[warning] = fatal;
    state.not_fatal[warning] = !fatal;
    return !fatal || switch_warning(name, true);
}

static void switch_everything(bool on)
{
    for (unsigned i = 0; i < W_COUNT; i++) {
        state.changed[i] = true;
        state.on[i] = on;
    }
}

bool diag_option(const char *name)
{
    if (!strcmp(name, "error") || !strcmp(name, "no-error")) {
        state.all_fatal = name[0] == 'e';
        return true;
    }
    if (!strcmp(name, "everything") || !strcmp(name, "no-everything")) {
        switch_everything(name[0] == 'e');
        return true;
    }
    if (!strncmp(name, "error=", 6))
        return make_fatal(name + 6, true);
    if (!strncmp(name, "no-error=", 9))
        return make_fatal(name + 9, false);
    if (!strncmp(name, "no-", 3))
        return switch_warning(name + 3, false);
    return switch_warning(name, true);
}

unsigned long diag_limit(Warning warning)
{
    return state.limit[warning];
}

void diag_all_off(void)
{
    state.all_off = true;
}

void diag_use_json(void)
{
    state.json = true;
}

void diag_most_errors(unsigned long count)
{
    state.most_errors = count;
}

const char *diag_own_name(Warning warning)
{
    return known_warnings[warning].owner == OURS ? known_warnings[warning].name : NULL;
}

unsigned diag_error_count(void)
{
    return state.errors;
}

void diag_flush(void)
{
    show_flush();
    fflush(stderr);
}

void diag_forget(void)
{
    diag_flush();
    state.errors = state.suggestions = 0;
    state.muted = false;
    state.last_inclusion = NULL;
}

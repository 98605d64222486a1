// SPDX-License-Identifier: MIT
// Characters that make editors and web pages show a text in another order than compilers read it (Trojan Source,
// CVE-2021-42574). They belong to writing from right to left, in comments and strings, and are harmless where each is
// ended before its comment, string or line ends. gcc warns of those that are not; clang does not, so it is done here.
#include "read.h"

enum { BYTES = 3, MOST_OPEN = 64 }; // more are open at once in nobody's text

// What is open in one comment, string or line, outermost first.
typedef struct Context {
    const char *open[MOST_OPEN];
    unsigned count;
} Context;

enum { LAST_ISOLATE = 0x2068, END_OF_ISOLATE = 0x2069, FIRST_ISOLATE = 0x2066, END_OF_EMBEDDING = 0x202C };

// One of U+202A … U+202E and U+2066 … U+2069, 0 for anything else.
static unsigned code_at(const char *at, const char *end)
{
    if (end - at < BYTES || at[0] != '\xE2' || (at[1] != '\x80' && at[1] != '\x81'))
        return 0;
    unsigned code = 0x2000 + ((unsigned char)at[1] - 0x80u) * 64 + ((unsigned char)at[2] - 0x80u);
    return (code >= 0x202A && code <= 0x202E) || (code >= FIRST_ISOLATE && code <= END_OF_ISOLATE) ? code : 0;
}

static bool is_isolate(const char *at)
{
    unsigned code = code_at(at, at + BYTES);
    return code >= FIRST_ISOLATE && code <= LAST_ISOLATE;
}

// The end of an isolate ends all that began in it.
static void take(Context *context, unsigned code, const char *at)
{
    unsigned count = context->count;
    if (code == END_OF_ISOLATE) {
        while (count > 0 && !is_isolate(context->open[count - 1]))
            count--;
        context->count = count ? count - 1 : context->count;
    } else if (code == END_OF_EMBEDDING) {
        context->count -= count && !is_isolate(context->open[count - 1]);
    } else if (count < MOST_OPEN) {
        context->open[context->count++] = at;
    }
}

static Place place_of(const Unit *unit, const char *at)
{
    const SourceFile *file = unit->file;
    uint32_t offset = (uint32_t)(at - file->text), line = 1;
    while (line < file->line_count && file->line_offsets[line] <= offset)
        line++;
    return place_at(source_file(unit->path), line, offset - file->line_offsets[line - 1] + 1);
}

static void end_context(const Unit *unit, Context *context)
{
    const char *open = context->count ? context->open[0] : NULL;
    if (open)
        warn_at(W_BIDIRECTIONAL, place_of(unit, open), 1,
                "behind this invisible character (U+%04X) the line may be shown in another order than it is read",
                code_at(open, open + BYTES));
    context->count = 0;
}

static void look_through(const Unit *unit, const char *at, const char *end)
{
    Context context = {.count = 0};
    for (; at < end; at++) {
        unsigned code = code_at(at, end);
        if (code)
            take(&context, code, at);
        else if (*at == '\n' || (end - at > 1 && at[0] == '*' && at[1] == '/'))
            end_context(unit, &context);
    }
    end_context(unit, &context);
}

void warn_of_shown_order(const Unit *unit)
{
    const char *text = unit->file->text, *at = text;
    for (size_t i = 0; i < vec_count(unit->raw); i++) {
        const char *token = text + unit->raw[i].offset;
        look_through(unit, at, token);
        at = token + unit->raw[i].length;
        look_through(unit, token, at);
    }
    look_through(unit, at, text + unit->file->length);
}

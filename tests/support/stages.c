// SPDX-License-Identifier: MIT
// As main.c's compile(), without stopping: each run has a unit of its own, and what the compiler keeps for the process
// (messages, files) is forgotten behind it.
#include "stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../acoc/base/diag.h"
#include "../../acoc/compiler.h"
#include "../../acoc/model/model.h"

enum { MOST_MEMORY = 256 * 1024 * 1024, MOST_PRELUDE = 1 << 16 };

static const char *before; // each text
static FILE *nowhere;

static void too_much_memory(size_t limit)
{
    fprintf(stderr, "more than %zu bytes\n", limit);
    abort();
}

// Without its lines of comments.
static const char *read_prelude(void)
{
    static char prelude[MOST_PRELUDE];
    FILE *file = fopen("tests/fuzz/prelude.h", "r");
    size_t length = 0;
    while (file && fgets(prelude + length, (int)(sizeof prelude - length), file))
        length += strncmp(prelude + length, "//", 2) ? strlen(prelude + length) : 0;
    prelude[length] = '\0';
    if (file)
        fclose(file);
    return file ? prelude : NULL;
}

bool stages_begin(const char *context)
{
    before = context ? context : read_prelude();
    nowhere = fopen("/dev/null", "w");
    diag_option("everything");
    arena_limit(MOST_MEMORY, too_much_memory);
    return before && nowhere;
}

static void dump_lowered(Unit *unit)
{
    dump_flow(unit, nowhere);
    dump_frames(unit, nowhere);
    dump_dot(unit, nowhere);
}

static void run(Unit *unit, const Options *options, const char *text, size_t length)
{
    if (!read_preprocessed(unit, options, text, length))
        return;
    bool dumps = length % 4 == 0; // what printing takes would be half of the time
    bool parsed = parse_unit(unit);
    if (dumps)
        dump_tokens(unit, nowhere);
    if (dumps && parsed)
        dump_ast(unit, nowhere);
    if (!check_unit(unit, options) || diag_error_count())
        return;
    if (dumps)
        dump_types(unit, nowhere);
    if (!lower_unit(unit, options) || diag_error_count())
        return;
    if (dumps)
        dump_lowered(unit);
    if (length % 8 < 2)
        emit_asserted_unit(unit, nowhere);
    else
        emit_unit(unit, options, nowhere);
}

unsigned stages_run(const char *text, size_t length)
{
    size_t head = strlen(before);
    char *whole = malloc(head + length + 1); // of its own size, so that sanitizers see a read beyond it
    memcpy(whole, before, head);
    if (length)
        memcpy(whole + head, text, length);
    whole[head + length] = '\0';
    Unit unit = { .arena = arena_new() };
    Options options = { .input = "input.aco", .compiler = "cc", .self_contained = length & 1 };
    run(&unit, &options, whole, head + length);
    unsigned errors = diag_error_count();
    diag_forget();
    source_forget();
    arena_free(unit.arena);
    free(whole);
    return errors;
}

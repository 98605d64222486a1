// SPDX-License-Identifier: MIT
// The compiler as one function: the stages in order, each --emit= stop one line. The output is made in memory and
// replaces the file in one step at the very end, so a failed run leaves what was there before.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/output.h"
#include "base/text.h"
#include "compiler.h"
#include "model/model.h"

static bool stops_at(const Options *options, const char *stage)
{
    return options->emit && !strcmp(options->emit, stage);
}

// The dumps descend the tree, which chains of operators make deep.
static bool is_flat_enough(const Unit *unit)
{
    enum { MOST_LEVELS = 4000 };
    for (size_t i = 0; i < vec_count(unit->declarations); i++) {
        const Node *deep = node_deeper_than(unit->declarations[i], MOST_LEVELS);
        if (deep) {
            error_at(deep->token->place, deep->token->length, "a chain of more than %d operators or 'else if' cannot be dumped",
                     MOST_LEVELS);
            return false;
        }
    }
    return true;
}

// A stage may report errors and still return true so that the next can find more; nothing is lowered after an error.
static bool compile(Unit *unit, const Options *options, FILE *out)
{
    if (!read_unit(unit, options))
        return false;
    if (stops_at(options, "tokens"))
        return dump_tokens(unit, out);
    bool parsed = parse_unit(unit);
    if (stops_at(options, "ast"))
        return parsed && is_flat_enough(unit) && dump_ast(unit, out);
    if (!check_unit(unit, options) || diag_error_count())
        return false;
    if (stops_at(options, "types"))
        return is_flat_enough(unit) && dump_types(unit, out);
    if (!lower_unit(unit, options) || diag_error_count())
        return false;
    if (stops_at(options, "flow"))
        return dump_flow(unit, out);
    if (stops_at(options, "frames"))
        return dump_frames(unit, out);
    if (stops_at(options, "dot"))
        return dump_dot(unit, out);
    if (stops_at(options, "asserts"))
        return is_flat_enough(unit) && emit_asserted_unit(unit, out);
    return emit_unit(unit, options, out);
}

static bool run(Unit *unit, const Options *options)
{
    Text text = {0};
    FILE *out = text_open(&text);
    bool good = compile(unit, options, out) && !diag_error_count();
    text_close(out);
    if (good && options->dependencies && !options->emit)
        good = write_dependencies(unit, options);
    if (good)
        good = output_write(unit->arena, options->output, text.data, text.length);
    text_free(&text);
    return good;
}

static void end_for_lack_of_memory(size_t limit)
{
    if (limit)
        error_plain("this needs more than %zu MiB of memory, the limit (--memory-limit=MIB)", limit >> 20);
    else
        error_plain("out of memory");
    diag_flush();
    exit(EXIT_FAILURE);
}

// Of the standard files one may be closed; a file of ours must not take its number, or what is printed would go there.
// The stand-ins refuse what a closed file refuses.
static void keep_standard_numbers(void)
{
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
        if (fcntl(number, F_GETFD) < 0 && open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) != number)
            exit(EXIT_FAILURE);
}

static void write_statistics(const Unit *unit)
{
    fprintf(stderr, "acoc: %zu tokens, %zu bytes of memory\n", vec_count(unit->tokens), arena_most_bytes());
}

int main(int argc, char **argv)
{
    keep_standard_numbers();
    Unit unit = {.arena = arena_new()};
    Options options = {0};
    OptionsResult result = options_read(&options, unit.arena, argc, argv);
    arena_limit((size_t)options.memory_limit << 20, end_for_lack_of_memory);
    bool good = result == OPTIONS_ANSWERED || (result == OPTIONS_GOOD && run(&unit, &options));
    diag_flush();
    if (options.statistics)
        write_statistics(&unit);
    arena_free(unit.arena);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

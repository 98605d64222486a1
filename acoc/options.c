// SPDX-License-Identifier: MIT
// The command line. acoc's own options stand in one table below; those of the C compiler that change what the
// preprocessor sees are handed to it as they are; everything else is refused by name, since an option that is
// silently dropped changes programs silently.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/similar.h"
#include "compiler.h"

#ifndef ACOC_VERSION
#define ACOC_VERSION "unknown"
#endif

static const char help[] =
    "usage: acoc [options] FILE.aco -o FILE.c\n"
    "Translates C with `async` and `yield from` to plain C.\n"
    "\n"
    "  -o FILE                write the C to FILE (standard output without it)\n"
    "  --self-contained       write the preprocessed unit, without #include lines\n"
    "  --emit=STAGE           print a stage instead: tokens, ast, types, flow,\n"
    "                         frames, dot or asserts\n"
    "  -MD [-MF FILE]         also write a make rule of the files that were read\n"
    "  --diagnostics=json     messages for programs: one JSON object a line\n"
    "  --memory-limit=MIB     give up when more memory would be needed (4096 or half the machine's without it)\n"
    "  --preprocessor-limit=SECONDS\n"
    "                         stop a preprocessor that takes longer (600 without it; 0: none)\n"
    "  --statistics           say at the end how many tokens there were and what memory they took\n"
    "  --cc=COMMAND           the C compiler whose preprocessor is run ($CC, or cc)\n"
    "  -fmax-errors=N         how many errors are shown: 25 unless given, 0 for all\n"
    "  -WNAME -Wno-NAME -Werror[=NAME] -w   acoc's warnings; other -W go to the compiler\n"
    "  --version  --help\n"
    "\n"
    "Handed to the compiler's preprocessor: -I -D -U -include -imacros -isystem -iquote -idirafter -isysroot\n"
    "--sysroot= -std= -ansi -pedantic -trigraphs -nostdinc -m… -f… -O… -g… -W… -w -pthread -pipe --target=\n"
    "-iprefix -iwithprefix -iwithprefixbefore -Xpreprocessor -Xclang -target --param -A\n";

typedef struct Arguments {
    int count, at;
    char **words;
    Arena *arena;
    Options *options;
} Arguments;

static bool starts_with(const char *word, const char *start)
{
    return !strncmp(word, start, strlen(start));
}

// The value of an option that stands in the next word; NULL after a message when there is none.
static const char *next_word(Arguments *arguments)
{
    if (arguments->at + 1 < arguments->count)
        return arguments->words[++arguments->at];
    error_plain("'%s' needs an argument", arguments->words[arguments->at]);
    return NULL;
}

static void hand_on(Arguments *arguments, const char *word)
{
    vec_push(arguments->arena, arguments->options->compiler_flags, word);
}

// ---- what goes to the preprocessor

static bool take_with_value(Arguments *arguments, const char *word)
{
    static const char *const separate[] = {"-I", "-D", "-U", "-include", "-imacros", "-isystem", "-iquote",
                                           "-idirafter", "-isysroot", "-iprefix", "-iwithprefix",
                                           "-iwithprefixbefore", "-Xpreprocessor", "-Xclang", "-target", "--param", "-A"};
    for (size_t i = 0; i < sizeof separate / sizeof *separate; i++) {
        if (!starts_with(word, separate[i]))
            continue;
        bool joined = word[strlen(separate[i])] != '\0';
        if (joined && i >= 3 && strcmp(word, separate[i]))
            continue;
        hand_on(arguments, word);
        const char *value = joined ? NULL : next_word(arguments);
        if (value)
            hand_on(arguments, value);
        return true;
    }
    return false;
}

static bool take_plain(Arguments *arguments, const char *word)
{
    static const char *const whole[] = {"-ansi", "-pedantic", "-pedantic-errors", "-nostdinc", "-pthread", "-trigraphs",
                                        "-pipe"};
    static const char *const beginnings[] = {"-std=", "--sysroot=", "--target=", "--param=", "-A", "-m", "-f", "-O", "-g"};
    bool known = false;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        known |= !strcmp(word, whole[i]);
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        known |= starts_with(word, beginnings[i]);
    if (known)
        hand_on(arguments, word);
    return known;
}

// "-Wno-error=droped-error" is nearly one of ours. The compilers' warnings are nowhere near those.
static bool refuse_misspelt_warning(Arguments *arguments, const char *word)
{
    static const char *const leads[] = {"-Wno-error=", "-Werror=", "-Wno-", "-W"};
    size_t lead = 0;
    while (!starts_with(word, leads[lead]))
        lead++;
    Similar similar = similar_to(word + strlen(leads[lead]));
    for (unsigned i = 0; i < W_COUNT; i++)
        if (diag_own_name((Warning)i))
            similar_offer(&similar, diag_own_name((Warning)i));
    if (similar.found)
        error_plain("unknown warning '%s'; did you mean '%s'?", word,
                    arena_printf(arguments->arena, "%s%s", leads[lead], similar.found));
    return similar.found != NULL;
}

static bool take_warning(Arguments *arguments, const char *word)
{
    if (!strcmp(word, "-w"))
        diag_all_off();
    else if (!starts_with(word, "-W"))
        return false;
    else if (diag_option(word + 2) && strcmp(word, "-Werror") && strcmp(word, "-Wno-error"))
        return true;
    else if (strcmp(word, "-Werror") && strcmp(word, "-Wno-error") && refuse_misspelt_warning(arguments, word))
        return true;
    if (!strcmp(word, "-Wno-attributes")) // the compilers' name for this, and for more of attributes
        diag_option("no-unknown-attributes");
    hand_on(arguments, word);
    return true;
}

// gcc's and clang's ways to say how many errors are shown.
static bool take_limit(const char *word)
{
    const char *number = starts_with(word, "-fmax-errors=") ? word + strlen("-fmax-errors=")
                         : starts_with(word, "-ferror-limit=") ? word + strlen("-ferror-limit=") : NULL;
    if (!number)
        return false;
    char *end;
    unsigned long count = strtoul(number, &end, 10);
    if (*end || end == number || *number == '-')
        error_plain("'%s' needs a number", word);
    else
        diag_most_errors(count);
    return true;
}

// ---- acoc's own

static void set_emit(Options *options, const char *stage)
{
    static const char *const stages[] = {"tokens", "ast", "types", "flow", "frames", "dot", "asserts"};
    options->emit = stage;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (!strcmp(stage, stages[i]))
            return;
    error_plain("unknown stage '--emit=%s'; the stages are tokens, ast, types, flow, frames, dot and asserts", stage);
}

// The number behind the '=' of an option; its own message when there is none.
static unsigned number_of(const char *word, unsigned least, const char *unit)
{
    const char *number = strchr(word, '=') + 1;
    char *end;
    unsigned long value = strtoul(number, &end, 10);
    if (*number < '0' || *number > '9' || *end || value < least || value > UINT32_MAX)
        error_plain("'%s' is no number of %s", word, unit);
    return (unsigned)value;
}

static void set_diagnostics(const char *format)
{
    if (strcmp(format, "json") && strcmp(format, "text"))
        error_plain("unknown format '--diagnostics=%s'; the formats are text and json", format);
}

static bool take_own(Arguments *arguments, const char *word)
{
    Options *options = arguments->options;
    if (!strcmp(word, "-o"))
        options->output = next_word(arguments);
    else if (starts_with(word, "-o"))
        options->output = word + 2;
    else if (!strcmp(word, "-MD"))
        options->dependencies = true;
    else if (!strcmp(word, "-MF"))
        options->dependency_file = next_word(arguments);
    else if (starts_with(word, "--emit="))
        set_emit(options, word + strlen("--emit="));
    else if (starts_with(word, "--diagnostics="))
        set_diagnostics(word + strlen("--diagnostics="));
    else if (starts_with(word, "--memory-limit="))
        options->memory_limit = number_of(word, 1, "MiB");
    else if (starts_with(word, "--preprocessor-limit="))
        options->preprocessor_limit = number_of(word, 0, "seconds");
    else if (!strcmp(word, "--statistics"))
        options->statistics = true;
    else if (starts_with(word, "--cc="))
        options->compiler = word + strlen("--cc=");
    else if (!strcmp(word, "--self-contained"))
        options->self_contained = true;
    else
        return false;
    return true;
}

static void take_input(Arguments *arguments, const char *word)
{
    if (arguments->options->input)
        error_plain("one input at a time: '%s' stands beside '%s'", word, arguments->options->input);
    arguments->options->input = word;
}

static void refuse_option(const char *word)
{
    static const char *const own[] = {"--self-contained", "--emit=", "--diagnostics=", "--statistics", "--memory-limit=",
                                      "--preprocessor-limit=", "--cc=", "--version", "--help", "--sysroot="};
    Similar similar = similar_to(word);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        similar_offer(&similar, own[i]);
    error_plain("unknown option '%s'; see acoc --help", word);
    if (similar.found)
        note_plain("did you mean '%s'?", similar.found);
}

static void take_word(Arguments *arguments, const char *word)
{
    if (word[0] != '-' || !word[1]) {
        if (!strcmp(word, "-"))
            error_plain("standard input cannot be translated; give a file");
        else
            take_input(arguments, word);
    } else if (!take_own(arguments, word) && !take_limit(word) && !take_warning(arguments, word) && !take_with_value(arguments, word) &&
               !take_plain(arguments, word)) {
        refuse_option(word);
    }
}

// ---- what the options mean together

static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return !stat(a, &first) && !stat(b, &second) && first.st_dev == second.st_dev && first.st_ino == second.st_ino &&
           S_ISREG(first.st_mode);
}

// What is read or written must not be replaced by something else of this run. A device may take anything.
static void refuse_one_for_two(const char *a, const char *b, const char *purposes)
{
    if (a && b && (!strcmp(a, b) ? strncmp(a, "/dev/", 5) : is_same_file(a, b)))
        error_plain("'%s' is %s at once", a, purposes);
}

// "dir/name.c" -> "dir/name.d", as the compilers do.
static const char *default_dependency_file(Arena *arena, const Options *options)
{
    const char *base = options->output ? options->output : options->input;
    const char *slash = strrchr(base, '/'), *dot = strrchr(base, '.');
    size_t length = dot && (!slash || dot > slash) && dot != base ? (size_t)(dot - base) : strlen(base);
    return arena_printf(arena, "%.*s.d", (int)length, base);
}

// The i-th word of the compiler's command line, its own flags in $CC before the user's; NULL behind the last.
static const char *compiler_word(const Options *options, size_t i)
{
    size_t own = vec_count(options->command);
    if (i < own)
        return options->command[i];
    return i - own < vec_count(options->compiler_flags) ? options->compiler_flags[i - own] : NULL;
}

static bool is_switch(const char *word, const char *prefix, const char *name)
{
    return starts_with(word, prefix) && !strcmp(word + strlen(prefix), name);
}

bool flag_is_on(const Options *options, const char *name, bool otherwise)
{
    bool on = otherwise;
    const char *word;
    for (size_t i = 0; (word = compiler_word(options, i)); i++)
        on = is_switch(word, "-f", name) || (on && !is_switch(word, "-fno-", name));
    return on;
}

const char *flag_rest(const Options *options, const char *beginning)
{
    const char *word, *rest = NULL;
    for (size_t i = 0; (word = compiler_word(options, i)); i++)
        if (starts_with(word, beginning))
            rest = word + strlen(beginning);
    return rest;
}

static void complete(Arena *arena, Options *options)
{
    if (!options->compiler || !options->compiler[strspn(options->compiler, " \t")])
        options->compiler = getenv("CC");
    if (!options->compiler || !options->compiler[strspn(options->compiler, " \t")])
        options->compiler = "cc";
    options->command = text_words(arena, options->compiler);
    if (!vec_count(options->command))
        error_plain("the quotes in '%s' are not closed", options->compiler);
    if (!options->input)
        error_plain("no input file; usage: acoc [options] FILE.aco -o FILE.c");
    if (options->dependency_file && !options->dependencies)
        error_plain("-MF without -MD");
    if (options->input && options->dependencies && !options->dependency_file)
        options->dependency_file = default_dependency_file(arena, options);
    refuse_one_for_two(options->input, options->output, "input and output");
    refuse_one_for_two(options->input, options->dependency_file, "input and make rule");
    refuse_one_for_two(options->output, options->dependency_file, "output and make rule");
}

static bool has_word(int count, char **words, const char *word)
{
    for (int i = 1; i < count; i++)
        if (!strcmp(words[i], word))
            return true;
    return false;
}

// MiB: enough for any file, and not so much that a small machine begins to swap.
static unsigned usual_memory_limit(void)
{
    enum { MOST = 4096 };
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    unsigned long half = pages > 0 && page > 0 ? (unsigned long)pages / 2 * ((unsigned long)page >> 10) >> 10 : MOST;
    return half < MOST ? (unsigned)half : MOST;
}

OptionsResult options_read(Options *options, Arena *arena, int count, char **words)
{
    if (has_word(count, words, "--help") || has_word(count, words, "--version")) {
        fputs(has_word(count, words, "--help") ? help : "acoc " ACOC_VERSION "\n", stdout);
        if (!fflush(stdout))
            return OPTIONS_ANSWERED;
        error_plain("cannot write 'standard output': %s", strerror(errno));
        return OPTIONS_WRONG;
    }
    options->memory_limit = usual_memory_limit();
    options->preprocessor_limit = 600;
    options->json = has_word(count, words, "--diagnostics=json");
    if (options->json)
        diag_use_json();
    Arguments arguments = {.count = count, .at = 1, .words = words, .arena = arena, .options = options};
    for (; arguments.at < count; arguments.at++)
        take_word(&arguments, words[arguments.at]);
    complete(arena, options);
    return diag_error_count() ? OPTIONS_WRONG : OPTIONS_GOOD;
}

// SPDX-License-Identifier: MIT
// The verbs of the compiler: what each stage offers to main.c, in pipeline order. The nouns are in model/tree.h.
#ifndef ACOC_COMPILER_H
#define ACOC_COMPILER_H

#include <stdio.h>

#include "model/tree.h"

// Options of one run, as given on the command line.
typedef struct Options {
    const char *input;
    const char *output;          // -o, NULL: standard output
    const char *emit;            // tokens, ast, types, flow, frames, dot, asserts; NULL: C
    const char *dependency_file; // -MF
    bool dependencies;           // -MD
    bool self_contained;
    bool json;                   // --diagnostics=json
    unsigned memory_limit;       // MiB
    unsigned preprocessor_limit; // seconds, 0: none
    bool statistics;
    const char *compiler;        // $CC, or cc
    const char **command;        // a Vec: its words, "gcc -m32" is two
    const char **compiler_flags; // a Vec: -I -D -U -std= -include … handed to it
} Options;

// ---- options.c
// Whether the last of -fNAME and -fno-NAME among the compiler's flags is -fNAME; otherwise when there is neither.
bool flag_is_on(const Options *options, const char *name, bool otherwise);
// What stands behind the last of the compiler's flags that begins so, "" for nothing; NULL when there is none.
const char *flag_rest(const Options *options, const char *beginning);

typedef enum OptionsResult { OPTIONS_GOOD, OPTIONS_WRONG, OPTIONS_ANSWERED /* --help, --version: nothing to do */ } OptionsResult;
OptionsResult options_read(Options *options, Arena *arena, int count, char **words);

// ---- read/preprocess.c, read/tokens.c
// Runs the compiler's preprocessor on options->input and fills unit->file, raw, tokens and macros.
bool read_unit(Unit *unit, const Options *options);
// The same for a text without directives, which is file and preprocessed text at once.
bool read_preprocessed(Unit *unit, const Options *options, const char *text, size_t length);
// Writes the make rule of -MD.
bool write_dependencies(Unit *unit, const Options *options);
bool dump_tokens(Unit *unit, FILE *out);

// ---- parse/unit.c
// Needs tokens. Leaves declarations, and the file scope's names as parse/ saw them.
bool parse_unit(Unit *unit);

// ---- check/unit.c
// Needs declarations. Leaves type and symbol in every node, functions, scopes; applies the rules of the language.
bool check_unit(Unit *unit, const Options *options);

// ---- lower/lower.c
// Needs a checked unit without errors. Leaves LoweredFunction in each function that needs lowering.
bool lower_unit(Unit *unit, const Options *options);

// ---- emit/render.c, emit/dump_ast.c, dump_types.c, dump_flow.c, dump_frames.c, dump_dot.c
bool emit_unit(Unit *unit, const Options *options, FILE *out);
// The self-contained unit with a static assertion for each expression: do acoc and the compiler agree on its type?
bool emit_asserted_unit(Unit *unit, FILE *out);
bool dump_ast(Unit *unit, FILE *out);
bool dump_types(Unit *unit, FILE *out);
bool dump_flow(Unit *unit, FILE *out);
bool dump_frames(Unit *unit, FILE *out);
bool dump_dot(Unit *unit, FILE *out);

#endif

// SPDX-License-Identifier: MIT
// Files as the user knows them: names, contents, line tables; a Place is a position in one.
#ifndef ACOC_SOURCE_H
#define ACOC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum { SOURCE_MOST_MEBIBYTES = 512 }; // of a file, and of preprocessed text: more is refused

typedef struct Place {
    uint32_t file;   // 1 + index of the file, 0: no place
    uint32_t line;   // from 1
    uint32_t column; // from 1 in bytes, 0: not known, with COLUMN_DEFERRED: source_resolve() tells
    uint32_t trace;  // not 0: a macro left something here, and source_trace() tells how it came there
} Place;

#define COLUMN_DEFERRED 0x80000000u // the other bits tell what to look for

static inline Place place_at(uint32_t file, uint32_t line, uint32_t column)
{
    return (Place){.file = file, .line = line, .column = column};
}

// What went through a macro: where in its definition that stands which came of it, or which an argument replaced.
typedef struct MacroStep {
    const char *name;
    Place place;
    uint32_t length;
} MacroStep;

// Where that was written which a macro left at a place: the macro's name, or a word of its arguments.
typedef struct Origin {
    Place place;
    uint32_t length;
    bool is_itself;          // it was written there as it is, and can be changed there
    const MacroStep *steps;  // the macros on the way, the outermost first
    size_t step_count;
} Origin;

// One of the times that a file was included.
typedef struct Inclusion {
    Place from;              // the line of the #include; no file: an option did it
    const struct Inclusion *within; // the file that this line stands in; NULL: the main file
} Inclusion;

typedef struct SourceFile {
    const char *path;
    const char *text;        // NULL until loaded; terminated by a zero beyond length
    const char *problem;     // why it could not be loaded; it is not tried again
    size_t length;
    uint32_t *line_offsets;  // start of each line
    uint32_t line_count;
    struct timespec modified; // when it was loaded; a file that was given has no time
    const Inclusion *inclusion; // the only one; NULL: the main file, or there are several
    bool is_included;        // once or more often
} SourceFile;

uint32_t source_file(const char *path);                // its number, the same for the same path
SourceFile *source_get(uint32_t file);                 // NULL for 0
bool source_load(uint32_t file, const char **problem); // reads it; *problem: why not (a directory, permission, …)
bool source_is_unchanged(uint32_t file);               // since it was loaded; reads it again
void source_give(SourceFile *file, const char *text, size_t length); // its contents, which live on and end with a zero
void source_forget(void);                              // all files, for another unit in the same process
const char *source_line(Place place, size_t *length);  // the line's text, NULL when the file cannot be read

// What is seldom asked for, and therefore found only then, by who knows the tokens.
typedef struct SourceFinder {
    Place (*find_column)(void *context, Place place);
    bool (*is_shown)(void *context, Place place);
    const Inclusion *(*find_inclusion)(void *context, Place place);
    Origin (*trace)(void *context, Place place);
    void *context;
} SourceFinder;

void source_find_by(SourceFinder finder);
Place source_resolve(Place place);                     // with its column
const Inclusion *source_inclusion(Place place);        // NULL: the main file, or which one is not known: of several, when the
                                                       // place is resolved
bool source_is_shown(Place place);                     // whether source_line() has what stands there: #line may lie
Origin source_trace(Place place);                      // of a place whose trace is not 0

#endif

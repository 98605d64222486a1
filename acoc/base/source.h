// SPDX-License-Identifier: MIT
// Files as the user knows them: names, contents, line tables; a Place is a position in one.
#ifndef ACOC_SOURCE_H
#define ACOC_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Place {
    uint32_t file;   // 1 + index of the file, 0: no place
    uint32_t line;   // from 1
    uint32_t column; // from 1 in bytes, 0: not known, with COLUMN_DEFERRED: source_resolve() tells
} Place;

#define COLUMN_DEFERRED 0x80000000u // the other bits tell what to look for

typedef struct SourceFile {
    const char *path;
    const char *text;        // NULL until loaded; terminated by a zero beyond length
    size_t length;
    uint32_t *line_offsets;  // start of each line
    uint32_t line_count;
    Place included_from;     // the line of the #include that named it first; no file: the main file
} SourceFile;

uint32_t source_file(const char *path);                // its number, the same for the same path
SourceFile *source_get(uint32_t file);                 // NULL for 0
bool source_load(uint32_t file, const char **problem); // reads it; *problem: why not (a directory, permission, …)
void source_give(SourceFile *file, const char *text, size_t length); // its contents, which live on and end with a zero
void source_forget(void);                              // all files, for another unit in the same process
const char *source_line(Place place, size_t *length);  // the line's text, NULL when the file cannot be read

void source_resolve_by(Place (*find)(void *context, Place place), void *context);
Place source_resolve(Place place);                     // with its column

#endif

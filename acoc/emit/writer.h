// SPDX-License-Identifier: MIT
// Between writer.c, apply.c and render.c: the output as it grows, with what the C compiler believes about the line at hand.
#ifndef ACOC_EMIT_WRITER_H
#define ACOC_EMIT_WRITER_H

#include "emit.h"

enum { FILE_IS_INCLUDED = 1, FILE_IS_SYSTEM = 2 };

typedef struct Writer {
    FILE *out;
    Unit *unit;
    bool self_contained;
    const uint8_t *files;     // a Vec by file number: FILE_IS_…; of a self-contained output, otherwise NULL
    uint32_t includer, includer_line; // of the included file at hand; 0: it is none
    String *const *hidden;    // a Vec: macros whose directives must not be written here
    uint32_t file, line;      // what the C compiler takes the line at hand for; file 0: not known
    bool is_named;            // by a marker of ours: #line needs no name then
    bool at_line_start;       // nothing stands on the line but `blanks`
    Text blanks;              // white space not yet written: it is dropped where a line is broken
    char last;                // last byte written that is not white space
    const char *source_end;   // behind the user's bytes that were written last; NULL when they were ours
    bool deleted;             // what was written last was nothing: a deletion
    const Token *early;       // its edits before it were written ahead of the pragma that belongs to it
} Writer;

// ---- apply.c: the user's tokens first..last with all edits, from the place where the output stands.
void write_range(Writer *writer, Token *first, Token *last);

// ---- writer.c
void write_token(Writer *writer, const Token *token);
// Text of ours: all its lines belong to the line of place.
void write_text(Writer *writer, Place place, const char *text);
// What stands between two tokens that follow each other: white space, comments, directives.
void write_gap(Writer *writer, const Token *before, const Token *behind);
// Bytes of the main file as they are; place is that of the first.
void write_verbatim(Writer *writer, Place place, uint32_t from, uint32_t to);
// A directive of ours on a line of its own.
void write_directive(Writer *writer, const char *text, size_t length);
void write_line_end(Writer *writer);
// The line directive that makes the next line this one, written at once.
void write_line_marker(Writer *writer, uint32_t file, uint32_t line);
// The bytes of a token as they are to be written, and where they end.
const char *token_bytes(const Unit *unit, const Token *token, uint32_t *length);
Place token_end(const Unit *unit, const Token *token);

#endif

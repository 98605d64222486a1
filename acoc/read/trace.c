// SPDX-License-Identifier: MIT
// Answers what messages ask of a place: its column in a header, and for what a macro left there where the user wrote it
// and which macros it went through:
//
//     #define ADD(a, b) ((a) + (b))       error at `p` in the use, steps: `n` in TWICE, `a` in ADD
//     #define TWICE(n) ADD(n, n)
//     … TWICE(p) …
//
// The use is expanded here once more. Where that does not give the preprocessor's tokens one by one, only the macro
// that was used is named.
#include "read.h"

#include <string.h>

// Of the main file, or a header.
typedef struct Tracer {
    const Unit *unit;
    uint32_t first_number;   // of its tokens
    const Expansion *expansions; // a Vec
    RawText text;
    Lexer lexer;
    Macros macros;
    const Expansion *last;   // the expansion of the message before, and what it comes to
    const Made *made;
} Tracer;

typedef struct Tracers {
    Reader *reader;
    Tracer **tracers;        // a Vec, their numbers ascend
} Tracers;

// The written tokens of the main file stand in lines, and these in sections.
static Place place_of_raw(const Tracer *tracer, uint32_t raw)
{
    const RawSection *section = tracer->text.sections;
    while (section->first == section->end || tracer->text.lines[section->end - 1].end <= raw)
        section++;
    return raw_place(tracer->unit, section, raw);
}

static const Expansion *expansion_of(const Tracer *tracer, uint32_t token)
{
    size_t index = 0;
    vec_bisect(index, vec_count(tracer->expansions), middle, tracer->expansions[middle].end <= token);
    return &tracer->expansions[index];
}

// ------------------------------------------------------------------------------------------- the expansion

static bool is_made_so(const Token *token, const Made *made)
{
    if (made->is_any)
        return token->kind != T_PRAGMA;
    return same_spelling(token->text, token->length, made->text, made->length);
}

static bool gives_its_tokens(const Tracer *tracer, const Expansion *expansion, const Made *made)
{
    size_t count = 0;
    for (uint32_t i = expansion->first; i < expansion->end; i++) {
        const Token *token = &tracer->unit->tokens[i];
        if (token->from_header)
            continue;
        if (count == vec_count(made) || !is_made_so(token, &made[count]))
            return false;
        count++;
    }
    return count == vec_count(made);
}

// What the token was made of; NULL when that is not known.
static const Made *made_of(Tracer *tracer, const Expansion *expansion, uint32_t token)
{
    if (tracer->last != expansion) {
        tracer->last = expansion;
        macros_know(&tracer->macros, expansion->macros);
        tracer->made = expand_use(&tracer->macros, &tracer->lexer, expansion->raw, expansion->raw_end);
        if (!gives_its_tokens(tracer, expansion, tracer->made))
            tracer->made = NULL;
    }
    size_t index = 0;
    for (uint32_t i = expansion->first; i < token; i++)
        index += !tracer->unit->tokens[i].from_header;
    return tracer->made ? &tracer->made[index] : NULL;
}

// --------------------------------------------------------------------------------------------- definitions

// Where a lexeme of a definition stands in its file: the preprocessor tells the line of the #define only.
static Place place_of_lexeme(const Tracer *tracer, uint32_t macro, uint32_t lexeme)
{
    const MacroRecord *record = &tracer->unit->macros[macro];
    Place place = place_at(record->file, record->line, 0);
    size_t length;
    const char *line = source_line(place, &length);
    if (!line)
        return place;
    const SourceFile *file = source_get(place.file);
    const Lexeme *written = lex_directive(tracer->unit->arena, &tracer->lexer, line, file->text + file->length);
    const Lexeme *known = lex_directive(tracer->unit->arena, &tracer->lexer, record->text, tracer->lexer.end);
    const Lexeme *name = vec_count(written) == vec_count(known) ? &written[DIRECTIVE_NAME] : NULL;
    if (!name || !same_spelling(name->text, name->length, record->name, record->name_length))
        return place;
    const char *at = written[lexeme].text;
    while (place.line < file->line_count && file->text + file->line_offsets[place.line] <= at)
        place.line++;
    place.column = (uint32_t)(at - (file->text + file->line_offsets[place.line - 1])) + 1;
    return place;
}

static MacroStep step_at(const Tracer *tracer, uint32_t macro, uint32_t lexeme)
{
    const MacroRecord *record = &tracer->unit->macros[macro];
    const Lexeme *lexemes = lex_directive(tracer->unit->arena, &tracer->lexer, record->text, tracer->lexer.end);
    return (MacroStep){.name = intern(record->name, record->name_length)->text,
                       .place = place_of_lexeme(tracer, macro, lexeme), .length = lexemes[lexeme].length};
}

static MacroStep *steps_of(const Tracer *tracer, const Passage *last, size_t *count)
{
    *count = 0;
    for (const Passage *passage = last; passage; passage = passage->before)
        ++*count;
    MacroStep *steps = arena_alloc(tracer->unit->arena, *count * sizeof *steps);
    size_t i = *count;
    for (const Passage *passage = last; passage; passage = passage->before)
        steps[--i] = step_at(tracer, passage->macro, passage->lexeme);
    return steps;
}

// The macro that was used, by its name where it was defined.
static MacroStep *step_of_use(const Tracer *tracer, const MacroRecord *macro)
{
    MacroStep *step = NEW(tracer->unit->arena, MacroStep);
    *step = step_at(tracer, (uint32_t)(macro - tracer->unit->macros), DIRECTIVE_NAME);
    return step;
}

// ------------------------------------------------------------------------------------------------- answers

static Tracer *tracer_of(const Tracers *all, uint32_t number)
{
    size_t i = vec_count(all->tracers) - 1;
    while (all->tracers[i]->first_number > number)
        i--;
    return all->tracers[i];
}

// Whether #line calls a line so that has another text than the one that is shown.
static bool is_called_so(const Tracer *tracer, const RawSection *section, Place place)
{
    const SourceFile *file = tracer->unit->file;
    const RawLine *lines = tracer->text.lines;
    uint32_t line = (uint32_t)(place.line - section->shift);
    bool is_itself = !section->shift && source_get(place.file) == file;
    if (section->file != place.file || is_itself || section->first == section->end ||
        place.line < lines[section->first].first_line || place.line > lines[section->end - 1].last_line)
        return false;
    size_t length, shown_length;
    const char *text = source_line(place_at(source_file(file->path), line, 0), &length);
    const char *shown = source_line(place, &shown_length);
    return shown && (!text || length != shown_length || memcmp(text, shown, length));
}

static bool is_shown(void *context, Place place)
{
    const Tracers *all = context;
    for (size_t i = 0; i < vec_count(all->tracers); i++)
        for (size_t k = 0; k < vec_count(all->tracers[i]->text.sections); k++)
            if (is_called_so(all->tracers[i], &all->tracers[i]->text.sections[k], place))
                return false;
    return true;
}

static Origin trace(void *context, Place place)
{
    Tracer *tracer = tracer_of(context, place.trace - 1);
    const Unit *unit = tracer->unit;
    uint32_t token = place.trace - 1 - tracer->first_number;
    const Expansion *expansion = expansion_of(tracer, token);
    const Made *made = made_of(tracer, expansion, token);
    uint32_t raw = made ? made->raw : expansion->raw;
    Origin origin = {.place = place_of_raw(tracer, raw), .length = unit->raw[raw].length};
    if (made) {
        origin.is_itself = made->text == raw_text(unit, raw);
        origin.steps = steps_of(tracer, made->passage, &origin.step_count);
    } else if (expansion->is_several) {
        origin.place.column = origin.length = 0;
    } else {
        macros_know(&tracer->macros, expansion->macros);
        origin.steps = step_of_use(tracer, macros_find(&tracer->macros, word_name(raw_text(unit, raw), origin.length)));
        origin.step_count = 1;
    }
    return origin;
}

static Place find_column(void *context, Place place)
{
    const Tracers *all = context;
    return find_in_header(all->reader, place);
}

static const Inclusion *inclusion_of(void *context, Place place)
{
    const Tracers *all = context;
    return find_inclusion(all->reader, place);
}

void trace_begin(Reader *reader)
{
    reader->tracers = NEW(reader->unit->arena, Tracers);
    reader->tracers->reader = reader;
    source_find_by((SourceFinder){
        .find_column = find_column, .find_inclusion = inclusion_of, .is_shown = is_shown, .trace = trace,
        .context = reader->tracers,
    });
}

void trace_text(const Reader *reader, const RawText *text)
{
    Tracer *tracer = NEW(reader->unit->arena, Tracer);
    *tracer = (Tracer){.unit = reader->unit, .first_number = reader->first_number, .expansions = reader->expansions,
                       .text = *text, .lexer = reader->lexer, .macros = macros_of(reader->unit)};
    vec_push(reader->unit->arena, reader->tracers->tracers, tracer);
}

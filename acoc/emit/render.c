// SPDX-License-Identifier: MIT
// The last step: edits over the unit become the output. The main file is copied byte for byte; only an external
// declaration that has edits is written from its tokens, which are the preprocessor's result. So a name in it that is
// still a macro must not be expanded a second time, and the directives in it must be its own. Where that cannot be
// had (its first token comes from a macro, a conditional begins in it and ends behind it, …) the whole unit is written
// self-contained: all tokens in order, headers included, with markers that say where they come from.
#include "writer.h"

#include <string.h>

#include "../base/diag.h"
#include "../base/map.h"

// An external declaration that has edits.
typedef struct Plan {
    Token *first, *last;
    size_t raw_first, raw_last; // the raw tokens that it stands for: indices
    String **hidden;         // a Vec: macros that must not be seen while it is read again
} Plan;

typedef struct Render {
    Unit *unit;
    Plan *plans;             // a Vec
    Map *macros;             // name -> its MacroRecord in force; NULL when undefined
    uint32_t macros_known;
    const Token *obstacle;   // why the output must be self-contained; NULL: it need not
    const char *reason;      // "… because " reason
    const char *remedy;
} Render;

static void need_self_contained(Render *render, const Token *token, const char *reason, const char *remedy)
{
    if (render->obstacle)
        return;
    render->obstacle = token;
    render->reason = reason;
    render->remedy = remedy;
}

// --------------------------------------------------------------------------------- directives in the source

typedef struct Directive {
    const char *at, *end;    // behind the '#', to the end of its last line
} Directive;

static const char *skip_comment(const char *at, const char *end)
{
    if (at + 1 >= end || *at != '/')
        return at;
    if (at[1] == '*') {
        for (at += 2; at + 1 < end && (at[0] != '*' || at[1] != '/'); at++)
            ;
        return at + 2 < end ? at + 2 : end;
    }
    if (at[1] == '/')
        while (at < end && *at != '\n')
            at++;
    return at;
}

static const char *directive_end(const char *at, const char *end)
{
    while (at < end && *at != '\n') {
        const char *behind = skip_comment(at, end);
        if (behind == at)
            behind += *at == '\\' && at + 1 < end ? 1 + (at[1] == '\r') + 1 : 1;
        at = behind;
    }
    return at < end ? at : end;
}

// The next directive in text between two raw tokens; *at moves behind it.
static bool next_directive(const char **at, const char *end, bool *line_start, Directive *directive)
{
    while (*at < end) {
        const char *behind = skip_comment(*at, end);
        if (behind != *at) {
            *at = behind;
        } else if (**at == '#' && *line_start) {
            *directive = (Directive){*at + 1, directive_end(*at, end)};
            *at = directive->end;
            return true;
        } else {
            if (**at == '\n')
                *line_start = true;
            else if (**at > ' ')
                *line_start = false;
            ++*at;
        }
    }
    return false;
}

static bool directive_is(const Directive *directive, const char *word)
{
    const char *at = directive->at;
    while (at < directive->end && (*at == ' ' || *at == '\t'))
        at++;
    return (size_t)(directive->end - at) >= strlen(word) && !strncmp(at, word, strlen(word));
}

// What stands before raw token index (the file's end when there are no more).
static const char *gap_before(const Unit *unit, size_t index, const char **end)
{
    const RawToken *left = index ? &unit->raw[index - 1] : NULL;
    size_t stop = index < vec_count(unit->raw) ? unit->raw[index].offset : unit->file->length;
    *end = unit->file->text + stop;
    return unit->file->text + (left ? left->offset + left->length : 0);
}

// Conditionals that begin in a declaration must end in it, and none may go on in it.
static bool has_whole_conditionals(const Unit *unit, const Plan *plan)
{
    int depth = 0;
    for (size_t i = plan->raw_first + 1; i <= plan->raw_last; i++) {
        if (!unit->raw[i].directive_before)
            continue;
        const char *end, *at = gap_before(unit, i, &end);
        bool line_start = false;
        for (Directive directive; next_directive(&at, end, &line_start, &directive); ) {
            if (directive_is(&directive, "if"))
                depth++;
            else if (directive_is(&directive, "endif"))
                depth--;
            if (depth < 0 || (depth == 0 && directive_is(&directive, "el")))
                return false;
        }
    }
    return depth == 0;
}

// `#ifdef __ACOC__` means something else to the C compiler.
static bool asks_for_acoc(const Unit *unit)
{
    static const char name[] = "__ACOC__";
    for (size_t i = 0; i <= vec_count(unit->raw); i++) {
        const char *end, *at = gap_before(unit, i, &end);
        if ((i < vec_count(unit->raw) && !unit->raw[i].directive_before) ||
            !memmem(at, (size_t)(end - at), name, sizeof name - 1))
            continue;
        bool line_start = i == 0;
        for (Directive directive; next_directive(&at, end, &line_start, &directive); )
            if (memmem(directive.at, (size_t)(directive.end - directive.at), name, sizeof name - 1))
                return true;
    }
    return false;
}

// -------------------------------------------------------------------------------------------------- macros

static void know_macros(Render *render, uint32_t count)
{
    for (; render->macros_known < count; render->macros_known++) {
        MacroRecord *record = &render->unit->macros[render->macros_known];
        map_put(render->macros, record->name, record->is_defined ? record : NULL);
    }
}

static bool would_be_expanded(const Render *render, const Token *token)
{
    const MacroRecord *macro = token->name ? map_get(render->macros, token->name) : NULL;
    if (!macro || macro->is_self)
        return false;
    const Token *next = token + 1;
    while (next->kind == T_PRAGMA)
        next++;
    return !macro->is_function_like || next->kind == T_LEFT_PAREN;
}

static bool is_hidden(const Plan *plan, const String *name)
{
    for (size_t i = 0; i < vec_count(plan->hidden); i++)
        if (plan->hidden[i] == name)
            return true;
    return false;
}

static void find_hidden_macros(Render *render, Plan *plan)
{
    for (Token *token = plan->first; token <= plan->last; token++) {
        know_macros(render, token->macros);
        if (would_be_expanded(render, token) && !is_hidden(plan, token->name))
            vec_push(render->unit->arena, plan->hidden, token->name);
    }
    // hidden for the whole declaration, so it cannot be defined or undefined within
    for (uint32_t i = plan->first->macros; i < plan->last->macros; i++)
        if (is_hidden(plan, render->unit->macros[i].name))
            need_self_contained(render, plan->first, "a macro changes inside this declaration, and its name is used there",
                                "define it before the function");
}

static void write_hidden(Writer *writer, const Plan *plan, bool begins)
{
    Arena *arena = writer->unit->arena;
    for (size_t i = 0; i < vec_count(plan->hidden); i++) {
        const char *name = plan->hidden[i]->text;
        const char *push = arena_printf(arena, "#pragma push_macro(\"%s\")", name);
        const char *pop = arena_printf(arena, "#pragma pop_macro(\"%s\")", name);
        const char *undefine = arena_printf(arena, "#undef %s", name);
        if (begins)
            write_directive(writer, push, strlen(push));
        write_directive(writer, begins ? undefine : pop, strlen(begins ? undefine : pop));
    }
}

// ------------------------------------------------------------------------------------------------ planning

// The raw token at a physical line and a column; false when none begins there.
static bool find_raw(const Unit *unit, int64_t line, uint32_t column, size_t *index)
{
    size_t low = 0, high = vec_count(unit->raw);
    if (line < 1 || line > unit->file->line_count)
        return false;
    uint32_t offset = unit->file->line_offsets[line - 1] + column - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (unit->raw[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    *index = low;
    return low < vec_count(unit->raw) && unit->raw[low].offset == offset;
}

// #line shifts the lines that tokens have: by how much, here.
static int64_t line_shift(const Unit *unit, const Plan *plan)
{
    for (const Token *token = plan->first; token <= plan->last; token++)
        if (token->raw && !token->from_header)
            return (int64_t)unit->raw[token->raw - 1].line - token->place.line;
    return 0;
}

// Which raw token a token is, or which macro's name it came from. That must be an object-like macro (bool, say) that
// does not give tokens of the neighbour too.
static bool find_origin(Render *render, const Token *token, const Token *neighbour, int64_t shift, size_t *index)
{
    const Unit *unit = render->unit;
    *index = token->raw - 1;
    if (token->raw)
        return true;
    bool is_shared = !neighbour->raw && neighbour->place.line == token->place.line &&
                     neighbour->place.column == token->place.column && neighbour->place.file == token->place.file;
    if (is_shared || token->from_header || !token->place.column ||
        !find_raw(unit, token->place.line + shift, token->place.column, index))
        return false;
    const RawToken *raw = &unit->raw[*index];
    const MacroRecord *macro = map_get(render->macros, intern(unit->file->text + raw->offset, raw->length));
    return macro && !macro->is_function_like;
}

// Where in the file the declaration stands, and which macros must be hidden while it is read again.
static bool survey(Render *render, Plan *plan)
{
    static const Token nothing = {.raw = 1};
    const Unit *unit = render->unit;
    int64_t shift = line_shift(unit, plan);
    const Token *before = plan->first > unit->tokens ? plan->first - 1 : &nothing;
    know_macros(render, plan->first->macros);
    if (!find_origin(render, plan->first, before, shift, &plan->raw_first))
        return false;
    find_hidden_macros(render, plan); // goes on to the macros at the last token
    return find_origin(render, plan->last, plan->last + 1, shift, &plan->raw_last) && plan->raw_last >= plan->raw_first;
}

static void plan_declaration(Render *render, Node *node)
{
    Plan plan = {.first = node->first, .last = node->last};
    if (plan.first->from_header) {
        need_self_contained(render, plan.first, "this stands in an included file",
                            "move it into the file that is compiled");
    } else if (!survey(render, &plan)) {
        need_self_contained(render, plan.first, "a macro begins or ends this declaration",
                            "write its first and its last token outside of macros");
    } else if (!has_whole_conditionals(render->unit, &plan)) {
        need_self_contained(render, plan.first, "an #if begins or ends in the middle of this declaration",
                            "put the whole declaration into each branch");
    }
    vec_push(render->unit->arena, render->plans, plan);
}

static void make_plans(Render *render)
{
    Unit *unit = render->unit;
    for (size_t i = 0; i < vec_count(unit->declarations); i++) {
        Node *node = unit->declarations[i];
        if (node->last >= node->first && has_edits(unit, node->first, node->last))
            plan_declaration(render, node);
    }
    if (render->plans && asks_for_acoc(unit))
        need_self_contained(render, render->plans[0].first, "a conditional of this file asks for __ACOC__",
                            "ask for a macro of your own");
}

// The word in an included file that plain C cannot read.
static const Token *short_word_in_header(const Unit *unit)
{
    static const char *const words[] = {"async", "raises", "yield", "raise", "try", "defer", "with"};
    for (size_t word = 0; word < sizeof words / sizeof *words; word++) {
        const String *name = intern_text(words[word]);
        for (const Token *token = unit->tokens; token->kind != T_END; token++)
            if (token->from_header && !token->in_system_header && token->name == name)
                return token;
    }
    return unit->tokens;
}

static void tell_self_contained(const Render *render)
{
    const Token *token = render->obstacle;
    warn_at(W_SELF_CONTAINED, token->place, token->length, "the output is self-contained because %s", render->reason);
    note_at(token->place, token->length, "%s to have the file itself translated", render->remedy);
}

// ------------------------------------------------------------------------------------------------- writing

static Writer writer_new(Unit *unit, FILE *out)
{
    return (Writer){.out = out, .unit = unit, .file = source_file(unit->path), .line = 1, .at_line_start = true,
                    .last = '\n'};
}

static void write_unchanged(const Unit *unit, FILE *out)
{
    fwrite(unit->file->text, 1, unit->file->length, out);
}

static void write_edited(const Render *render, FILE *out)
{
    Unit *unit = render->unit;
    Writer writer = writer_new(unit, out);
    Place place = {writer.file, 1, 0};
    bool has_mark = unit->file->length >= 3 && !memcmp(unit->file->text, "\xEF\xBB\xBF", 3);
    uint32_t offset = has_mark ? 3 : 0; // a byte order mark is one only at the very beginning
    writer.line = 0;
    write_line_marker(&writer, place.file, 1);
    for (size_t i = 0; i < vec_count(render->plans); i++) {
        const Plan *plan = &render->plans[i];
        const RawToken *first = &unit->raw[plan->raw_first], *last = &unit->raw[plan->raw_last];
        write_verbatim(&writer, place, offset, first->offset);
        write_hidden(&writer, plan, true);
        write_range(&writer, plan->first, plan->last);
        write_hidden(&writer, plan, false);
        offset = last->offset + last->length;
        place = token_end(unit, plan->last);
    }
    write_verbatim(&writer, place, offset, (uint32_t)unit->file->length);
    text_free(&writer.blanks);
}

static const uint8_t *find_files(Unit *unit)
{
    uint8_t *files = NULL;
    for (const Token *token = unit->tokens; token->kind != T_END; token++) {
        while (vec_count(files) <= token->place.file)
            vec_push(unit->arena, files, 0);
        files[token->place.file] |= (token->from_header ? FILE_IS_INCLUDED : 0) | (token->in_system_header ? FILE_IS_SYSTEM : 0);
    }
    uint32_t main_file = source_file(unit->path);
    if (main_file < vec_count(files))
        files[main_file] = 0; // it may include itself
    return files;
}

// The text of ours uses some macros of acoc.h, which has become tokens like all headers.
static void write_own_macros(Writer *writer)
{
    Unit *unit = writer->unit;
    Map *written = map_new(unit->arena);
    for (size_t i = vec_count(unit->macros); i-- > 0; ) {
        const MacroRecord *macro = &unit->macros[i];
        bool is_ours = !strncmp(macro->name->text, "acoc_", 5) || !strncmp(macro->name->text, "ACOC_", 5);
        if ((!is_ours && !string_is(macro->name, "offsetof")) || !macro->is_function_like || map_get(written, macro->name))
            continue;
        map_put(written, macro->name, macro->name);
        write_directive(writer, macro->text, macro->length);
    }
}

static void write_self_contained(Unit *unit, FILE *out)
{
    Writer writer = writer_new(unit, out);
    writer.self_contained = true;
    writer.files = find_files(unit);
    write_own_macros(&writer);
    writer.line = 0; // not known: our own lines stand before it
    write_line_marker(&writer, writer.file, 1);
    size_t count = vec_count(unit->tokens);
    if (count > 1)
        write_range(&writer, unit->tokens, unit->tokens + count - 2);
    write_line_end(&writer);
    text_free(&writer.blanks);
}

// -------------------------------------------------------------------------------------------------- emitting

static void make_edits(Unit *unit, bool self_contained)
{
    emit_prototypes(unit, self_contained);
    for (size_t i = 0; i < vec_count(unit->functions); i++) {
        Function *function = unit->functions[i];
        if (!function->needs_lowering)
            continue;
        emit_body(unit, function);
        emit_entry(unit, function);
    }
    emit_declarations(unit);
}

// Needs a lowered unit without errors. Leaves the output in out.
bool emit_unit(Unit *unit, const Options *options, FILE *out)
{
    bool is_asked = options->self_contained;
    Render render = {.unit = unit, .macros = map_new(unit->arena)};
    if (!is_asked && unit->must_be_self_contained)
        need_self_contained(&render, short_word_in_header(unit), "an included file uses the short words",
                            "write acoc_async(T) and acoc_raises in headers");
    make_edits(unit, is_asked || render.obstacle);
    if (diag_error_count())
        return false;
    if (!is_asked && !render.obstacle)
        make_plans(&render);
    if (render.obstacle)
        tell_self_contained(&render);
    if (is_asked || render.obstacle) {
        emit_declarations_of_headers(unit);
        write_self_contained(unit, out);
    } else if (!render.plans) {
        write_unchanged(unit, out);
    } else {
        write_edited(&render, out);
    }
    return !diag_error_count();
}

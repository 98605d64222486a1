// SPDX-License-Identifier: MIT
// Finds the parts of the main file that are written anew: the external declarations that have edits. Their text will be
// the preprocessor's, so each part needs a beginning and an end among the file's own tokens, whole conditionals, and
// the names in it that are still macros, which must not be expanded a second time.
//
// A declaration may come from a macro, or begin with one (bool, say). Then the part is the macro's use with all that it
// makes: declarations whose uses overlap are one part.
#include "plan.h"

#include <string.h>

#include "../model/model.h"

// A declaration of the main file and the raw tokens it stands for.
typedef struct Extent {
    Node *node;
    size_t first, last;      // indices; first > last: not known
    bool is_edited;
} Extent;

void need_self_contained(Plans *plans, const Token *token, const char *reason, const char *remedy)
{
    if (plans->obstacle)
        return;
    plans->obstacle = token;
    plans->reason = reason;
    plans->remedy = remedy;
}

// ------------------------------------------------------------------------------------ short words in headers

typedef struct Search {
    Arena *arena;
    Node **nodes;            // a Vec: still to be visited
} Search;

static void search_later(Node *child, void *context)
{
    Search *search = context;
    vec_push(search->arena, search->nodes, child);
}

// The short word that a node is made of; NULL when it is none. acoc_async(T) and acoc_raises are no short words.
static const Token *short_word_of(const Node *node)
{
    switch (node->kind) {
    case NODE_YIELD_FROM: case NODE_ASYNC: case NODE_RAISE: case NODE_TRY: case NODE_DEFER: case NODE_WITH:
        return node->first;
    case NODE_SPECIFIERS:
        if (!(node->flags & (SPEC_ASYNC | SPEC_RAISES)))
            return NULL;
        for (const Token *token = node->first; token <= node->last; token++)
            if (string_is(token->name, "async") || string_is(token->name, "raises"))
                return token;
        return NULL;
    default:
        return NULL;
    }
}

static const Token *find_short_word(Unit *unit, Node *declaration)
{
    Search search = {.arena = unit->arena};
    search_later(declaration, &search);
    while (vec_count(search.nodes)) {
        Node *node = vec_pop(search.nodes);
        const Token *word = short_word_of(node);
        if (word)
            return word;
        node_children(node, search_later, &search);
    }
    return NULL;
}

void check_headers(Unit *unit, Plans *plans)
{
    const Token *first = unit->tokens;
    while (first->kind != T_END && first->from_header)
        first++;
    if (unit->is_preprocessed)
        need_self_contained(plans, first, "the file is preprocessed text, <acoc.h> as acoc reads it included",
                            "give the source that it was made from");
    for (size_t i = 0; i < vec_count(unit->declarations) && !plans->obstacle; i++) {
        const Token *word = NULL;
        if (unit->declarations[i]->first->from_header)
            word = find_short_word(unit, unit->declarations[i]);
        if (word)
            need_self_contained(plans, word, "an included file uses the short words",
                                "write acoc_async(T) and acoc_raises in headers");
    }
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

// Also a function-like macro whose name stands without parentheses: text of ours may write them (`int (f)(void)`).
static bool would_be_expanded(const Macros *macros, const Token *token)
{
    return token->name && macros_find(macros, token->name);
}

bool is_hidden(String *const *hidden, const String *name)
{
    for (size_t i = 0; i < vec_count(hidden); i++)
        if (hidden[i] == name)
            return true;
    return false;
}

static void find_hidden_macros(Macros *macros, Plan *plan)
{
    for (Token *token = plan->first; token <= plan->last; token++) {
        macros_know(macros, token->macros);
        if (would_be_expanded(macros, token) && !is_hidden(plan->hidden, token->name))
            vec_push(macros->unit->arena, plan->hidden, token->name);
    }
}

// ------------------------------------------------------------------------------------------------- extents

// The raw token at a physical line and a column; false when none begins there.
static bool find_raw(const Unit *unit, int64_t line, uint32_t column, size_t *index)
{
    if (line < 1 || line > unit->file->line_count || !column)
        return false;
    uint32_t offset = unit->file->line_offsets[line - 1] + column - 1;
    *index = 0;
    vec_bisect(*index, vec_count(unit->raw), middle, unit->raw[middle].offset < offset);
    return *index < vec_count(unit->raw) && unit->raw[*index].offset == offset;
}

// #line shifts the lines that tokens have: by how much, here.
static int64_t line_shift(const Unit *unit, const Token *near)
{
    for (const Token *token = near; token->kind != T_END; token++)
        if (token->raw && !token->from_header)
            return (int64_t)unit->raw[token->raw - 1].line - token->place.line;
    for (const Token *token = near; token > unit->tokens; token--)
        if (token[-1].raw && !token[-1].from_header)
            return (int64_t)unit->raw[token[-1].raw - 1].line - token[-1].place.line;
    return 0;
}

static bool raw_is(const Unit *unit, size_t index, char mark)
{
    return index < vec_count(unit->raw) && unit->raw[index].length == 1 &&
           unit->file->text[unit->raw[index].offset] == mark;
}

// The last raw token of the macro's use whose name is at index.
static size_t end_of_use(const Unit *unit, size_t index, const MacroRecord *macro)
{
    if (!macro_is_function_like(macro) || !raw_is(unit, index + 1, '('))
        return index;
    int depth = 0;
    for (size_t i = index + 1; i < vec_count(unit->raw); i++) {
        if (raw_is(unit, i, '('))
            depth++;
        else if (raw_is(unit, i, ')') && --depth == 0)
            return i;
    }
    return index;
}

static bool is_same_place(const Token *a, const Token *b)
{
    return a->place.line == b->place.line && a->place.column == b->place.column && a->place.file == b->place.file;
}

// The raw tokens behind one token that a macro made.
static bool find_use(const Macros *macros, const Token *token, int64_t shift, size_t *first, size_t *last)
{
    const Unit *unit = macros->unit;
    if (!find_raw(unit, token->place.line + shift, token->place.column, first))
        return false;
    const RawToken *raw = &unit->raw[*first];
    const MacroRecord *macro = macros_find(macros, intern(unit->file->text + raw->offset, raw->length));
    if (macro)
        *last = end_of_use(unit, *first, macro);
    return macro;
}

static void extend(Extent *extent, size_t first, size_t last)
{
    if (first < extent->first)
        extent->first = first;
    if (last > extent->last)
        extent->last = last;
}

// Where the first and the last token come from must be known; what lies between cannot reach farther than a macro's
// arguments do.
static Extent find_extent(Macros *macros, Node *node)
{
    Extent extent = {.node = node, .first = SIZE_MAX};
    const Token *previous = NULL;
    int64_t shift = line_shift(macros->unit, node->first);
    for (const Token *token = node->first; token <= node->last; token++) {
        macros_know(macros, token->macros);
        size_t first = token->raw - 1, last = token->raw - 1;
        bool is_end = token == node->first || token == node->last;
        if (token->kind == T_PRAGMA || (!is_end && previous && !token->raw && is_same_place(token, previous)))
            continue;
        previous = token->raw ? NULL : token;
        bool is_known = token->raw || (!token->from_header && find_use(macros, token, shift, &first, &last));
        if (is_known)
            extend(&extent, first, last);
        else if (is_end)
            return (Extent){.node = node, .first = 1, .last = 0};
    }
    return extent;
}

// All declarations of the main file.
static Extent *find_extents(Unit *unit)
{
    Extent *extents = NULL;
    Macros macros = macros_of(unit);
    for (size_t i = 0; i < vec_count(unit->declarations); i++) {
        Node *node = unit->declarations[i];
        bool is_edited = has_edits(unit, node->first, node->last);
        if (node->last < node->first || (node->first->from_header && !is_edited))
            continue;
        Extent extent = find_extent(&macros, node);
        extent.is_edited = is_edited;
        vec_push(unit->arena, extents, extent);
    }
    return extents;
}

// ------------------------------------------------------------------------------------------------ planning

// Macros side by side cannot be told apart, nor can one that gives nothing. So the words around a part that belong to
// nobody belong to it.
static void widen(const Unit *unit, Plan *plan, size_t lowest, size_t highest)
{
    while (plan->raw_first > lowest && !unit->raw[plan->raw_first].directive_before)
        plan->raw_first--;
    while (plan->raw_last < highest && !unit->raw[plan->raw_last + 1].directive_before)
        plan->raw_last++;
}

static void add_plan(Unit *unit, Plans *plans, const Extent *extents, size_t count)
{
    Plan plan = {.first = extents[0].node->first, .raw_first = extents[0].first};
    for (size_t i = 0; i < count; i++) {
        const Extent *extent = &extents[i];
        plan.last = extent->node->last;
        plan.raw_last = extent->last > plan.raw_last ? extent->last : plan.raw_last;
        if (extent->first > extent->last)
            need_self_contained(plans, extent->node->first, extent->node->first->from_header
                                    ? "this stands in an included file" : "a macro begins or ends this declaration",
                                extent->node->first->from_header
                                    ? "move it into the file that is compiled"
                                    : "write its first and its last token outside of macros");
    }
    if (!plans->obstacle && !has_whole_conditionals(unit, &plan))
        need_self_contained(plans, plan.first, "an #if begins or ends in the middle of this declaration",
                            "put the whole declaration into each branch");
    vec_push(unit->arena, plans->plans, plan);
}

// How many declarations from the first one on share a macro's use; whether one of them has edits.
static size_t group_length(const Extent *extents, size_t count, bool *is_edited)
{
    size_t length = 1, last = extents[0].last;
    *is_edited = extents[0].is_edited;
    while (length < count && extents[length].first <= last) {
        *is_edited |= extents[length].is_edited;
        last = extents[length].last > last ? extents[length].last : last;
        length++;
    }
    return length;
}

void make_plans(Unit *unit, Plans *plans)
{
    if (!unit->edits)
        return;
    Extent *extents = find_extents(unit);
    size_t count = vec_count(extents), lowest = 0;
    bool is_edited;
    for (size_t i = 0, length; i < count; i += length) {
        length = group_length(extents + i, count - i, &is_edited);
        if (is_edited) {
            add_plan(unit, plans, extents + i, length);
            size_t highest = i + length < count ? extents[i + length].first - 1 : vec_count(unit->raw) - 1;
            if (!plans->obstacle)
                widen(unit, &vec_last(plans->plans), lowest, highest);
            lowest = vec_last(plans->plans).raw_last + 1;
        } else if (extents[i + length - 1].last >= lowest) {
            lowest = extents[i + length - 1].last + 1;
        }
    }
    Macros macros = macros_of(unit);
    for (size_t i = 0; i < vec_count(plans->plans); i++)
        find_hidden_macros(&macros, &plans->plans[i]);
    if (plans->plans && asks_for_acoc(unit))
        need_self_contained(plans, plans->plans[0].first, "a conditional of this file asks for __ACOC__",
                            "ask for a macro of your own");
}

// SPDX-License-Identifier: MIT
// --emit=ast: the tree as parse/ left it, one node a line, indented by depth: what part of its parent it is, its
// kind, its name or operator, its flags, and line:column. Declarations of included files are left out. An explicit
// stack walks it, because a chain of operators is as deep as it is long.
#include <string.h>

#include "../base/vec.h"
#include "../compiler.h"
#include "../model/model.h"

typedef struct Line {
    const Node *node;
    const char *role; // "condition", NULL: a member of the parent's list
    unsigned depth;
} Line;

typedef struct Dump {
    FILE *out;
    Arena *arena;
    Line *pending; // a Vec, the next line last
} Dump;

// What child[0..3] are called where the kind alone does not tell.
static const char *const roles[NODE_KINDS][4] = {
    [NODE_CONDITIONAL] = { "condition", "then", "otherwise" },
    [NODE_IF] = { "condition", "then", "otherwise" },
    [NODE_WHILE] = { "condition", "body" },
    [NODE_SWITCH] = { "condition", "body" },
    [NODE_DO] = { "body", "condition" },
    [NODE_FOR] = { "init", "condition", "step", "body" },
    [NODE_CASE] = { "low", "high", "body" },
    [NODE_WITH] = { "body", "declaration", "value" },
    [NODE_GENERIC] = { "controlling" },
    [NODE_CALL] = { "callee" },
    [NODE_SUBSCRIPT] = { "array", "index" },
    [NODE_DECLARATOR] = { "attribute", "width", "initialiser" },
    [NODE_RECORD] = { "attribute" },
    [NODE_ENUM] = { "attribute", "type" },
    [NODE_DESIGNATED] = { NULL, "value" },
};

static const struct {
    uint32_t flag;
    const char *name;
} specifier_names[] = {
    { SPEC_TYPEDEF, "typedef" }, { SPEC_EXTERN, "extern" }, { SPEC_STATIC, "static" }, { SPEC_AUTO, "auto" },
    { SPEC_REGISTER, "register" }, { SPEC_INLINE, "inline" }, { SPEC_NORETURN, "noreturn" },
    { SPEC_THREAD_LOCAL, "thread_local" }, { SPEC_CONSTEXPR, "constexpr" }, { SPEC_ASYNC, "async" },
    { SPEC_RAISES, "raises" }, { SPEC_FUTURE_OF, "future_of" },
}, qualifier_names[] = {
    { QUAL_CONST, "const" }, { QUAL_VOLATILE, "volatile" }, { QUAL_RESTRICT, "restrict" }, { QUAL_ATOMIC, "atomic" },
};

// ------------------------------------------------------------------------------------------ what a line says

static void put_tokens(FILE *out, const Token *first, const Token *last)
{
    for (const Token *token = first; token <= last; token++)
        fprintf(out, "%s%.*s", token == first ? "" : " ", (int)token->length, token->text);
}

static void put_qualifiers(FILE *out, Qualifiers qualifiers)
{
    for (size_t i = 0; i < sizeof qualifier_names / sizeof *qualifier_names; i++)
        if (qualifiers & qualifier_names[i].flag)
            fprintf(out, " %s", qualifier_names[i].name);
    if (qualifiers & QUAL_SPACE)
        fprintf(out, " address-space %u", (unsigned)qualifiers >> QUAL_SPACE_SHIFT);
}

static void put_word(FILE *out, const char *word, unsigned count)
{
    while (count--)
        fprintf(out, " %s", word);
}

static void put_type_words(FILE *out, const TypeWords *words)
{
    put_word(out, "void", words->void_);
    put_word(out, "_Bool", words->bool_);
    put_word(out, "signed", words->signed_);
    put_word(out, "unsigned", words->unsigned_);
    put_word(out, "char", words->char_);
    put_word(out, "short", words->short_);
    put_word(out, "long", words->long_);
    put_word(out, "int", words->int_);
    put_word(out, "float", words->float_);
    put_word(out, "double", words->double_);
    put_word(out, "_Complex", words->complex_);
    put_word(out, "_Imaginary", words->imaginary_);
    if (words->typedef_name)
        fprintf(out, " %s", words->typedef_name->name->text);
}

static void put_specifiers(FILE *out, const Node *node)
{
    for (size_t i = 0; i < sizeof specifier_names / sizeof *specifier_names; i++)
        if (node->flags & specifier_names[i].flag)
            fprintf(out, " %s", specifier_names[i].name);
    put_qualifiers(out, node->qualifiers);
    put_type_words(out, node->words);
    if (node->words->other)
        for (const Token *token = node->first; token <= node->last; token++)
            if (token->kind == node->words->other)
                fprintf(out, " %.*s", (int)token->length, token->text);
}

static bool is_shown_by_tokens(NodeKind kind)
{
    return kind == NODE_NUMBER || kind == NODE_STRING || kind == NODE_PRAGMA;
}

static bool is_shown_by_operator(const Node *node)
{
    switch (node->kind) {
    case NODE_BINARY: case NODE_ASSIGN: case NODE_INCREMENT: case NODE_POSTFIX: case NODE_SIZEOF: case NODE_EXTENSION:
    case NODE_RECORD: case NODE_TYPEOF:
        return true;
    case NODE_UNARY:
        return !node->name;
    default:
        return false;
    }
}

static void put_details(FILE *out, const Node *node)
{
    if (is_shown_by_tokens(node->kind)) {
        fputc(' ', out);
        put_tokens(out, node->first, node->last);
    }
    if (is_shown_by_operator(node)) {
        const Token *operator = node->kind == NODE_RECORD ? node->first : node->token;
        fprintf(out, " %.*s", (int)operator->length, operator->text);
    }
    if (node->name)
        fprintf(out, " '%s'", node->name->text);
    if (node->kind == NODE_SPECIFIERS)
        put_specifiers(out, node);
    if (node->kind == NODE_POINTER || node->kind == NODE_ARRAY)
        put_qualifiers(out, node->qualifiers);
    if (node->is_static_extent)
        fputs(" static", out);
    if (node->is_star)
        fputs(" [*]", out);
    if (node->is_variadic)
        fputs(" ...", out);
}

// A chain of a million operators would otherwise be a triangle of blanks.
enum { DEEPEST_INDENT = 100 };

static void put_indent(FILE *out, unsigned depth)
{
    if (depth <= DEEPEST_INDENT)
        fprintf(out, "%*s", (int)(2 * depth), "");
    else
        fprintf(out, "%*s(%u) ", 2 * DEEPEST_INDENT, "", depth);
}

static void put_line(Dump *dump, const Line *line)
{
    const Node *node = line->node;
    const Place place = node->token->place;
    put_indent(dump->out, line->depth);
    if (line->role)
        fprintf(dump->out, "%s: ", line->role);
    fputs(node_kind_name(node->kind), dump->out);
    put_details(dump->out, node);
    fprintf(dump->out, "  %u:%u\n", place.line, place.column);
}

// --------------------------------------------------------------------------------------------------- walking

static void push_list(Dump *dump, const Node *list, const char *role, unsigned depth)
{
    for (const Node *node = list; node; node = node->next)
        vec_push(dump->arena, dump->pending, (Line){ node, role, depth });
}

// A switch's head reads before its body, a with's value before its body: C's order, not child[]'s.
static void push_children(Dump *dump, const Node *node, unsigned depth)
{
    static const int in_order[4] = { 0, 1, 2, 3 }, with_order[4] = { 1, 2, 0, 3 };
    static const int type_first[4] = { 1, 0, 2, 3 };
    const int *order = node->kind == NODE_WITH ? with_order
        : node->kind == NODE_CAST || node->kind == NODE_ASSOCIATION ? type_first : in_order;
    bool is_list_before = node->kind == NODE_DECLARATOR || node->kind == NODE_EXCEPT || node->kind == NODE_DESIGNATED;

    if (is_list_before)
        push_list(dump, node->list, NULL, depth);
    for (int i = 0; i < 4; i++) {
        const Node *child = node->child[order[i]];
        const char *role = roles[node->kind][order[i]];
        if (child && role && !strcmp(role, "attribute"))
            push_list(dump, child, role, depth);
        else if (child && node->kind == NODE_FUNCTION && order[i] == 2)
            push_list(dump, node->list, NULL, depth);
        if (child && !(role && !strcmp(role, "attribute")))
            vec_push(dump->arena, dump->pending, (Line){ child, role, depth });
    }
    if (!is_list_before && node->kind != NODE_FUNCTION)
        push_list(dump, node->list, NULL, depth);
}

static void reverse(Line *lines, size_t begin, size_t end)
{
    while (begin + 1 < end) {
        Line line = lines[begin];
        lines[begin++] = lines[--end];
        lines[end] = line;
    }
}

static void dump_node(Dump *dump, const Node *root)
{
    vec_push(dump->arena, dump->pending, (Line){ root, NULL, 0 });
    while (vec_count(dump->pending)) {
        Line line = vec_pop(dump->pending);
        put_line(dump, &line);
        size_t begin = vec_count(dump->pending);
        push_children(dump, line.node, line.depth + 1);
        if (dump->pending)
            reverse(dump->pending, begin, vec_count(dump->pending));
    }
}

bool dump_ast(Unit *unit, FILE *out)
{
    Dump dump = { .out = out, .arena = unit->arena };
    for (size_t i = 0; i < vec_count(unit->declarations); i++)
        if (!unit->declarations[i]->first->from_header)
            dump_node(&dump, unit->declarations[i]);
    return !ferror(out);
}

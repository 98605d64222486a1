// SPDX-License-Identifier: MIT
// --emit=types: what check/ found out, for people and golden files. A line for each declared name and for each
// expression of the main file: line:column, how deep it stands, its source, its type and what else is known of it.
#include "../compiler.h"
#include "../model/model.h"

typedef struct Dump {
    FILE *out;
    int depth;
} Dump;

static void dump_node(Node *node, void *context);

static void print_source(FILE *out, const Node *node)
{
    enum { LONGEST = 48 };
    size_t length = 0;
    for (const Token *token = node->first; token && token <= node->last; token++) {
        bool space = token != node->first && (token->space_before || token->starts_line);
        length += token->length + space;
        if (length > LONGEST) {
            fputs("...", out);
            return;
        }
        fprintf(out, "%s%.*s", space ? " " : "", (int)token->length, token->text);
    }
}

static void print_line_start(const Dump *dump, const Token *token)
{
    enum { DEEPEST = 40 }; // a chain of a million operators needs no million blanks
    int depth = dump->depth < DEEPEST ? dump->depth : DEEPEST;
    fprintf(dump->out, "%u:%u: %*s", token->place.line, token->place.column, depth * 2, "");
}

static void print_facts(const Dump *dump, const Node *node)
{
    if (node->is_lvalue)
        fputs(", lvalue", dump->out);
    if (node->is_constant)
        fprintf(dump->out, ", = %lld", (long long)node->value);
    if (node->is_wide)
        fprintf(dump->out, ", = 0x%llx%016llx", (unsigned long long)((unsigned __int128)*node->wide >> 64),
                (unsigned long long)*node->wide);
    if (node->suspends)
        fputs(", suspends", dump->out);
    else if (node->may_raise)
        fputs(", may raise", dump->out);
    if (node->is_unevaluated)
        fputs(", unevaluated", dump->out);
    fputs("\n", dump->out);
}

static void dump_expression(Dump *dump, Node *node)
{
    print_line_start(dump, node->first);
    print_source(dump->out, node);
    fprintf(dump->out, ": %s", node->type && node->type->kind != TYPE_ERROR ? type_describe(node->type) : "?");
    print_facts(dump, node);
}

static const char *symbol_word(const Symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_TYPEDEF: return "typedef";
    case SYMBOL_FUNCTION: return symbol->type->kind == TYPE_FUNCTION && symbol->type->is_coroutine ? "async function"
                                 : symbol->type->kind == TYPE_FUNCTION && symbol->type->is_raises  ? "raises function"
                                                                                                    : "function";
    default: return symbol->is_parameter ? "parameter" : symbol->function ? "local" : "object";
    }
}

static void dump_declarator(Dump *dump, const Node *node)
{
    const Symbol *symbol = node->symbol;
    print_line_start(dump, node->token);
    fprintf(dump->out, "%s %s: %s", symbol_word(symbol), node->name ? node->name->text : "(unnamed)",
            type_describe(symbol->type));
    if (symbol->function && symbol->kind == SYMBOL_VARIABLE && symbol->address_taken)
        fputs(", address taken", dump->out);
    fputs("\n", dump->out);
}

static bool is_shown(const Node *node)
{
    return node->kind == NODE_DECLARATOR ? node->symbol != NULL : node_is_expression(node) && node->kind != NODE_PAREN;
}

static void dump_node(Node *node, void *context)
{
    Dump *dump = context;
    bool shown = is_shown(node);
    if (shown && node->kind == NODE_DECLARATOR)
        dump_declarator(dump, node);
    else if (shown)
        dump_expression(dump, node);
    dump->depth += shown;
    node_children(node, dump_node, context);
    dump->depth -= shown;
}

bool dump_types(Unit *unit, FILE *out)
{
    Dump dump = {.out = out};
    for (size_t i = 0; i < vec_count(unit->declarations); i++)
        if (!unit->declarations[i]->first->from_header)
            dump_node(unit->declarations[i], &dump);
    return !ferror(out);
}

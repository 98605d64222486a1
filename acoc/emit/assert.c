// SPDX-License-Identifier: MIT
// --emit=asserts: the unit with a static assertion for each expression, which tells whether the C compiler finds the
// type there that acoc found. This file puts them where they may stand; assertion.c says what they say.
//
// Assertions about a statement stand before it, those about a declaration behind it, those about a function's head at
// the beginning of its body: there all their names are visible. A statement that is not an item of a block gets
// braces around the two; what a for declares is visible only in its body.
#include "assert.h"

// Assertions that wait for their place.
typedef struct Pending {
    Asserts *asserts;
    Site site;
    Text text;
} Pending;

static void place_statement(Asserts *asserts, Node *node, Scope *scope, bool is_item, Text *ahead);
static void place_function(Asserts *asserts, Node *node);

static bool is_statement(const Node *node)
{
    return node->kind >= NODE_BLOCK && node->kind <= NODE_WITH;
}

// -------------------------------------------------------------------------------------------- collecting

static void collect(Node *node, void *context);

static void collect_one(Pending *pending, Node *node)
{
    if (node->kind == NODE_RECORD && node->has_body)
        add_record_assertion(pending->asserts, &pending->site, &pending->text, node);
    else if (node->type && ((node_is_expression(node) && node->kind != NODE_PAREN) || node->kind == NODE_ENUMERATOR))
        add_assertion(pending->asserts, &pending->site, &pending->text, node);
}

static void collect(Node *node, void *context)
{
    Pending *pending = context;
    if (node->kind == NODE_STATEMENT_EXPRESSION && node->body && pending->asserts->functions)
        place_statement(pending->asserts, node->body, pending->site.scope, true, NULL);
    collect_one(pending, node);
    if (node->kind != NODE_STATEMENT_EXPRESSION)
        node_children(node, collect, context);
}

static void collect_unless_statement(Node *node, void *context)
{
    if (!is_statement(node) && node->kind != NODE_DECLARATION && node->kind != NODE_FUNCTION)
        collect(node, context);
}

// ----------------------------------------------------------------------------------------------- placing

static void put_before(Unit *unit, Token *token, const char *open, const Text *text)
{
    Output *output = output_new(unit);
    output_text(output, NULL, "%s\n%s", open, text->data);
    edit_before(unit, token, output);
}

static void put_after(Unit *unit, Token *token, const Text *text)
{
    Output *output = output_new(unit);
    output_text(output, NULL, "\n%s", text->data);
    edit_after(unit, token, output);
}

static void place_declaration(Asserts *asserts, Node *node, Scope *scope)
{
    Pending pending = {.asserts = asserts, .site = {node->last + 1, scope}};
    collect(node, &pending);
    if (pending.text.length)
        put_after(asserts->unit, node->last, &pending.text);
    text_free(&pending.text);
}

typedef struct Parts {
    Asserts *asserts;
    Scope *scope;
} Parts;

static void place_part(Node *node, void *context)
{
    Parts *parts = context;
    if (is_statement(node))
        place_statement(parts->asserts, node, parts->scope, false, NULL);
}

static void place_items(Asserts *asserts, Node *block, Scope *outer)
{
    Scope *scope = block->scope ? block->scope : outer;
    for (Node *item = block->list; item; item = item->next) {
        if (item->kind == NODE_DECLARATION || item->kind == NODE_STATIC_ASSERT)
            place_declaration(asserts, item, scope);
        else if (item->kind == NODE_FUNCTION)
            place_function(asserts, item);
        else if (is_statement(item))
            place_statement(asserts, item, scope, true, NULL);
    }
}

// What a for declares is visible in its body, and so is all that its head is made of.
static void place_for(Asserts *asserts, Node *node, Scope *outer)
{
    Scope *scope = node->scope ? node->scope : outer;
    Pending pending = {.asserts = asserts, .site = {node->for_body->first, scope}};
    for (Node *part = node_next_part(node, NULL); part; part = node_next_part(node, part))
        if (part != node->for_body)
            collect(part, &pending);
    place_statement(asserts, node->for_body, scope, false, &pending.text);
    text_free(&pending.text);
}

static Node *labelled(const Node *node)
{
    return node->kind == NODE_CASE ? node->case_body : node->body;
}

static bool is_labelled(const Node *node)
{
    return node->kind == NODE_CASE || node->kind == NODE_DEFAULT || node->kind == NODE_LABEL;
}

// Between a fallthrough and the label behind it nothing may stand, so what concerns labels goes behind them.
static void place_labelled(Asserts *asserts, Node *node, Scope *scope, Text *ahead)
{
    Pending pending = {.asserts = asserts, .site = {node->first, scope}};
    if (ahead && ahead->length)
        text_append(&pending.text, ahead->data, ahead->length);
    Node *last = node;
    for (; node && is_labelled(node); last = node, node = labelled(node))
        node_children(node, collect_unless_statement, &pending);
    if (node && is_statement(node))
        place_statement(asserts, node, scope, false, &pending.text);
    else if (pending.text.length) {
        Text text = {0};
        text_printf(&text, ";\n%s", pending.text.data);
        put_after(asserts->unit, last->last, &text);
        text_free(&text);
    }
    text_free(&pending.text);
}

// ahead: assertions of what is around it, to stand before it.
static void place_statement(Asserts *asserts, Node *node, Scope *scope, bool is_item, Text *ahead)
{
    if (is_labelled(node)) {
        place_labelled(asserts, node, scope, ahead);
        return;
    }
    Pending pending = {.asserts = asserts, .site = {node->first, scope}};
    if (ahead && ahead->length)
        text_append(&pending.text, ahead->data, ahead->length);
    bool is_for = node->kind == NODE_FOR;
    if (node->kind != NODE_BLOCK && node->kind != NODE_LOCAL_LABEL && !is_for)
        node_children(node, collect_unless_statement, &pending);
    if (pending.text.length) {
        put_before(asserts->unit, node->first, is_item ? "" : "{", &pending.text);
        if (!is_item)
            edit_after_text(asserts->unit, node->last, "}");
    }
    text_free(&pending.text);
    Parts parts = {asserts, scope};
    if (node->kind == NODE_BLOCK)
        place_items(asserts, node, scope);
    else if (is_for)
        place_for(asserts, node, scope);
    else
        node_children(node, place_part, &parts);
}

// ----------------------------------------------------------------------------------------- external declarations

// The token behind which a block's declarations may begin: __label__ comes first.
static Token *beginning_of(const Node *block)
{
    Token *token = block->first;
    for (const Node *item = block->list; item && item->kind == NODE_LOCAL_LABEL; item = item->next)
        token = item->last;
    return token;
}

static void place_function(Asserts *asserts, Node *node)
{
    bool was_lowered = asserts->is_lowered;
    Node *body = node->function_body;
    Symbol *symbol = node->declarator ? node->declarator->symbol : NULL;
    asserts->functions++;
    asserts->is_lowered |= symbol && symbol->function && symbol->function->needs_lowering;
    Scope *scope = node->scope ? node->scope : asserts->unit->scope;
    Pending pending = {.asserts = asserts, .site = {beginning_of(body) + 1, body->scope ? body->scope : scope}};
    for (Node *part = node_next_part(node, NULL); part; part = node_next_part(node, part))
        if (part != body)
            collect(part, &pending);
    if (pending.text.length)
        put_after(asserts->unit, beginning_of(body), &pending.text);
    text_free(&pending.text);
    place_statement(asserts, body, scope, true, NULL);
    asserts->functions--;
    asserts->is_lowered = was_lowered;
}

void emit_asserts(Asserts *asserts)
{
    for (size_t i = 0; i < vec_count(asserts->unit->declarations); i++) {
        Node *node = asserts->unit->declarations[i];
        if (node->first->in_system_header)
            continue;
        if (node->kind == NODE_FUNCTION)
            place_function(asserts, node);
        else if (node->kind == NODE_DECLARATION || node->kind == NODE_STATIC_ASSERT)
            place_declaration(asserts, node, asserts->unit->scope);
    }
}

void write_assert_counts(const Asserts *asserts, FILE *out)
{
    static const char *const reasons[] = {
#define UNASSERTED(name, text) text,
#include "unasserted.def"
#undef UNASSERTED
    };
    fprintf(out, "/* asserted: %zu expressions, %zu of them constants; %zu layouts */\n", asserts->expressions,
            asserts->constants, asserts->records);
    for (size_t i = 0; i < UNASSERTED_COUNT; i++)
        if (asserts->skipped[i])
            fprintf(out, "/* not asserted: %zu %s */\n", asserts->skipped[i], reasons[i]);
}

// SPDX-License-Identifier: MIT
// Attributes of coroutine functions. The user writes them on one function and there are two in the output: f, which
// makes the object, and acoc_await_f, which runs the body. grammar/attributes.def says for each where it belongs.
// Those of a definition, whose head is written anew, stand on prototypes in front of it. Pragmas, which are attributes
// of what follows them, are judged here as well.
#include "../base/diag.h"
#include "../model/attribute.h"
#include "emit.h"

#include <string.h>

static AttributePlace place_of(const Node *attribute)
{
    return attribute_rule(attribute->name)->on_coroutine;
}

// " __attribute__((name(arguments)))"
static void add_attribute(Text *text, const Node *attribute)
{
    text_printf(text, " __attribute__((%s", attribute->name->text);
    for (const Token *token = attribute->token + 1; token <= attribute->last; token++)
        text_printf(text, "%s%.*s", token->space_before ? " " : "", (int)token->length, token->text);
    text_puts(text, "))");
}

static bool is_written_so(const Node *attribute)
{
    return attribute->kind == NODE_ATTRIBUTE && (attribute->op == T_ATTRIBUTE || attribute->op == T_LEFT_BRACKET);
}

void add_await_attributes(Text *text, const Node *attributes)
{
    for (const Node *node = attributes; node; node = node->next)
        if (is_written_so(node) && (place_of(node) == ON_BOTH || place_of(node) == ON_BODY))
            add_attribute(text, node);
}

static void add_object_attributes(Text *text, const Node *attributes)
{
    for (const Node *node = attributes; node; node = node->next) {
        AttributePlace place = is_written_so(node) ? place_of(node) : ON_DROP;
        if (place == ON_BOTH || place == ON_KEEP || place == ON_SHIFT)
            add_attribute(text, node);
    }
}

void edit_attributes(Unit *unit, const Node *attributes)
{
    for (const Node *node = attributes; node; node = node->next) {
        if (!is_written_so(node))
            continue;
        AttributePlace place = place_of(node);
        if (place == ON_DROP || place == ON_BODY)
            edit_replace(unit, node->first, node->last, output_new(unit));
    }
}

static void write_prototype(Output *output, const Function *function, const char *prototype, const Text *attributes)
{
    const char *linkage = function->symbol->storage == STORAGE_STATIC ? "static " : "";
    output_text(output, function->node->first, "%s%s%s%s;\n", linkage, function->symbol->is_inline ? "inline " : "",
                prototype, attributes->data);
}

void write_attribute_prototypes(Unit *unit, Output *output, const Function *function)
{
    const Node *node = function->node;
    Text await = {0}, object = {0};
    add_await_attributes(&await, node->specifiers->list);
    add_await_attributes(&await, node->declarator->attributes);
    add_object_attributes(&object, node->specifiers->list);
    add_object_attributes(&object, node->declarator->attributes);
    if (await.length)
        write_prototype(output, function, spell_await_function(unit, function->symbol, NULL, NULL, NULL, NULL), &await);
    if (object.length && !function->is_main)
        write_prototype(output, function, spell_object_function(unit, function->symbol), &object);
    text_free(&await);
    text_free(&object);
}

// ------------------------------------------------------------------------------------------------- pragmas

bool pragma_is_one_of(const Token *pragma, const char *const *names)
{
    const char *end = pragma->text + pragma->length;
    const char *at = memchr(pragma->text, 'p', pragma->length);
    at = at ? at + strlen("pragma") : end;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    for (; *names; names++)
        if ((size_t)(end - at) >= strlen(*names) && !strncmp(at, *names, strlen(*names)))
            return true;
    return false;
}

// A loop that is entered in its middle, as a resume does, is none to the optimiser: it would warn.
void edit_loop_pragmas(Unit *unit, const Node *loop)
{
    static const char *const names[] = {"GCC ivdep", "GCC unroll", "GCC novector", "clang loop", "unroll", "nounroll", NULL};
    for (Token *token = loop->first; token > unit->tokens && token[-1].kind == T_PRAGMA; token--)
        if (pragma_is_one_of(token - 1, names))
            edit_delete(unit, token - 1);
}

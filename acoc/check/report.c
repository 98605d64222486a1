// SPDX-License-Identifier: MIT
// Messages about nodes: which bytes to underline, and the node's own text for naming the value at fault.
#include "check.h"

// A declarator is best pointed at by the name that it declares.
static const Token *start_of(const Node *node)
{
    return node->kind == NODE_DECLARATOR && node->name && node->token ? node->token : node->first;
}

static uint32_t span_of(const Node *node, const Token *start)
{
    const Token *last = node->last;
    if (start == node->token && node->kind == NODE_DECLARATOR)
        return start->length;
    if (!last || last < start || last->place.file != start->place.file || last->place.line != start->place.line)
        return start->length;
    uint32_t from = source_resolve(start->place).column, to = source_resolve(last->place).column;
    return from && to >= from ? to - from + last->length : start->length;
}

void check_error(Node *node, const char *format, ...)
{
    Text text = {0};
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    error_at(start_of(node)->place, span_of(node, start_of(node)), "%s", text.data);
    text_free(&text);
}

void check_warn(Warning warning, Node *node, const char *format, ...)
{
    if (node->first->in_system_header)
        return;
    Text text = {0};
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    warn_at(warning, start_of(node)->place, span_of(node, start_of(node)), "%s", text.data);
    text_free(&text);
}

void check_note(Node *node, const char *format, ...)
{
    Text text = {0};
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    note_at(start_of(node)->place, span_of(node, start_of(node)), "%s", text.data);
    text_free(&text);
}

void note_symbol(const Symbol *symbol, const char *format, ...)
{
    if (!symbol || !symbol->token)
        return;
    Text text = {0};
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    note_at(symbol->token->place, symbol->token->length, "%s", text.data);
    text_free(&text);
}

const char *node_text(Node *node)
{
    enum { LONGEST = 60 };
    Text text = {0};
    text_puts(&text, "");
    for (const Token *token = node->first; token && token <= node->last && text.length < LONGEST; token++) {
        if ((token->space_before || token->starts_line) && token != node->first)
            text_puts(&text, " ");
        text_append(&text, token->text, token->length);
    }
    bool cut = text.length >= LONGEST;
    String *string = intern(text.data ? text.data : "", cut ? LONGEST - 3 : text.length);
    text_free(&text);
    if (!cut)
        return string->text;
    Text shortened = {0};
    text_printf(&shortened, "%s...", string->text);
    string = intern(shortened.data, shortened.length);
    text_free(&shortened);
    return string->text;
}

// SPDX-License-Identifier: MIT
// Messages about nodes: where they point.
#include "check.h"

// A declarator is best pointed at by the name that it declares.
static const Token *start_of(const Node *node)
{
    return node->kind == NODE_DECLARATOR && node->name && node->token ? node->token : node->first;
}

static void report_node(Message message, const Node *node, const char *format, va_list arguments)
{
    const Token *start = start_of(node);
    message.place = start->place;
    message.length = node_span(node, start);
    message.in_system_header = node->first->in_system_header;
    diag_report(message, format, arguments);
}

void check_error_with(const Node *node, const char *format, va_list arguments)
{
    report_node((Message){.severity = SEVERITY_ERROR}, node, format, arguments);
}

void check_error(const Node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    check_error_with(node, format, arguments);
    va_end(arguments);
}

void check_warn(Warning warning, const Node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_node((Message){.severity = SEVERITY_WARNING, .warning = warning}, node, format, arguments);
    va_end(arguments);
}

void check_note(const Node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_node((Message){.severity = SEVERITY_NOTE}, node, format, arguments);
    va_end(arguments);
}

void check_fix(const Node *node, const char *replacement, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_node((Message){.severity = SEVERITY_FIX, .replacement = replacement}, node, format, arguments);
    va_end(arguments);
}

void note_symbol(const Symbol *symbol, const char *format, ...)
{
    if (!symbol || !symbol->token)
        return;
    va_list arguments;
    va_start(arguments, format);
    diag_report((Message){.severity = SEVERITY_NOTE, .place = symbol->token->place, .length = symbol->token->length},
                format, arguments);
    va_end(arguments);
}

void note_declared(const Symbol *symbol)
{
    if (symbol && symbol->name)
        note_symbol(symbol, "'%s' was declared here", symbol->name->text);
}

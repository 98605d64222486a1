// SPDX-License-Identifier: MIT
// Names that are not declared: what the user may have meant. The nearest visible name is offered when few letters
// differ for its length; of a name of ours in a file without our header, the header.
#include "check.h"

#include <string.h>

#include "../base/similar.h"
#include "../model/library.h"

static const char *similar_name(const Checker *c, const String *name)
{
    if (!diag_takes_suggestion())
        return NULL;
    Similar similar = similar_to(name->text);
    for (const Scope *scope = c->scope; scope; scope = scope->outer) {
        String *key;
        void *value;
        for (size_t cursor = 0; scope->names && map_next(scope->names, &cursor, &key, &value);)
            if (!symbol_is_undeclared(value))
                similar_offer(&similar, key->text);
    }
    String *deferred;
    void *value;
    for (size_t cursor = 0; map_next(c->unit->deferred, &cursor, &deferred, &value);)
        similar_offer(&similar, deferred->text);
    return similar.found;
}

void note_undeclared(Checker *c, Node *node)
{
    if (!strncmp(node->name->text, "acoc_", 5) && !scope_find_text(c, "acoc_loop")) {
        check_note(node, "add '#include <acoc.h>' at the top of the file");
        return;
    }
    if (note_header(node->first->place, node->first->length, node->name->text))
        return;
    const char *similar = similar_name(c, node->name);
    if (similar)
        check_fix(node, similar, "did you mean '%s'?", similar);
}

bool is_doubtful(const Checker *c, const String *name)
{
    return name && c->unit->doubtful && map_get(c->unit->doubtful, name);
}

bool is_doubtful_type(const Checker *c, const Type *type)
{
    while (type->kind == TYPE_POINTER || type->kind == TYPE_ARRAY)
        type = type->base;
    return (type_is_record(type) || type->kind == TYPE_ENUM) && is_doubtful(c, type->record->tag);
}

static void offer_members(const Record *record, Similar *similar)
{
    for (size_t i = 0; i < vec_count(record->members); i++) {
        const Member *member = &record->members[i];
        if (member->name)
            similar_offer(similar, member->name->text);
        else if (type_is_record(member->type))
            offer_members(member->type->record, similar);
    }
}

static void suggest_for(const Token *token, const Similar *similar)
{
    if (similar->found)
        fix_at(token->place, token->length, similar->found, "did you mean '%s'?", similar->found);
}

// node: a member expression or a designator; its token is the member's name.
void refuse_unknown_member(const Checker *c, const Node *node, Type *type)
{
    if (is_doubtful(c, node->name))
        return;
    check_error(node, "'%s' has no member '%s'", type_describe(type), node->name->text);
    if (!diag_takes_suggestion())
        return;
    Similar similar = similar_to(node->name->text);
    if (type_is_record(type))
        offer_members(type->record, &similar);
    suggest_for(node->token, &similar);
}

void note_similar_label(const Checker *c, const Node *node)
{
    if (!diag_takes_suggestion())
        return;
    Similar similar = similar_to(node->name->text);
    String *name;
    void *value;
    for (size_t cursor = 0; c->state->function->labels && map_next(c->state->function->labels, &cursor, &name, &value);)
        if (((Symbol *)value)->definition)
            similar_offer(&similar, name->text);
    suggest_for(node->token, &similar);
}

// A struct, union or enum that is only declared: where, and which complete one may be meant.
static void note_incomplete(const Checker *c, Type *type)
{
    const Record *record = type->record;
    if (!record->tag || !diag_takes_suggestion())
        return;
    Similar similar = similar_to(record->tag->text);
    for (const Scope *scope = c->scope; scope; scope = scope->outer) {
        String *name;
        void *value;
        for (size_t cursor = 0; scope->tags && map_next(scope->tags, &cursor, &name, &value);) {
            const Type *other = ((Symbol *)value)->type;
            if (other->kind == type->kind && other->record->is_complete)
                similar_offer(&similar, name->text);
        }
    }
    if (similar.found)
        note_symbol(record->symbol, "'%s' is only declared; did you mean '%s'?", type_describe(type), similar.found);
    else
        note_symbol(record->symbol, "'%s' is only declared here", type_describe(type));
}

// Says the message, which needs a complete type, unless the type's definition was in text that was skipped.
void refuse_incomplete(const Checker *c, const Node *node, Type *type, const char *format, ...)
{
    bool is_tagged = type_is_record(type) || type->kind == TYPE_ENUM;
    if (is_tagged && is_doubtful(c, type->record->tag))
        return;
    Text text = {0};
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(&text, format, arguments);
    va_end(arguments);
    check_error(node, "%s", text.data);
    text_free(&text);
    if (is_tagged)
        note_incomplete(c, type);
}

bool symbol_is_undeclared(const Symbol *symbol)
{
    return symbol->kind == SYMBOL_FUNCTION && symbol->type->is_kr && !symbol->declaration && !symbol->definition &&
           !symbol->is_builtin;
}

bool refuse_undeclared(Checker *c, Node *node)
{
    node = node_strip(node);
    Node *callee = node->kind == NODE_CALL ? node_strip(node->callee) : NULL;
    if (!callee || callee->kind != NODE_IDENTIFIER || !callee->symbol || !symbol_is_undeclared(callee->symbol))
        return false;
    check_error(callee, "'%s' is not declared here", callee->name->text);
    note_undeclared(c, callee);
    return true;
}

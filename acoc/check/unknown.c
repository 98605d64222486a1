// SPDX-License-Identifier: MIT
// What is not known: names that nobody declared, members and labels that are not there, types that are only declared.
// Each is said once, and not at all when it may stand in text that was skipped after an error (Unit.doubtful). The
// nearest visible name is offered when few letters differ for its length; of a name of a header, the header.
#include "check.h"

#include <string.h>

#include "../base/similar.h"
#include "../model/library.h"

// ---------------------------------------------------------------------------------------------- doubtful ones

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

// ------------------------------------------------------------------------------------------------------- names

// Of a name that ends so, what stands before.
static void offer_stem(Similar *similar, const String *name, const char *suffix)
{
    size_t length = strlen(suffix);
    if (name->length > length && !strcmp(name->text + name->length - length, suffix))
        similar_offer(similar, intern(name->text, name->length - length)->text);
}

// A name that was reported as unknown is known from then on, but nobody declared it.
static bool is_to_offer(const Symbol *symbol)
{
    bool is_made_up = symbol->kind == SYMBOL_VARIABLE && !symbol->token;
    return !is_made_up && !symbol_is_undeclared(symbol);
}

// The nearest name that is declared with that suffix.
static const char *similar_name(const Checker *c, const String *name, const char *suffix)
{
    if (!diag_takes_suggestion())
        return NULL;
    Similar similar = similar_to(name->text);
    String *key;
    void *value;
    for (const Scope *scope = c->scope; scope; scope = scope->outer)
        for (size_t cursor = 0; scope->names && map_next(scope->names, &cursor, &key, &value);)
            if (is_to_offer(value))
                offer_stem(&similar, key, suffix);
    for (size_t cursor = 0; map_next(c->unit->passed_over, &cursor, &key, &value);)
        offer_stem(&similar, key, suffix);
    return similar.found;
}

void note_similar(const Checker *c, const Node *node, const char *suffix)
{
    const char *similar = similar_name(c, node->name, suffix);
    if (similar)
        check_fix(node, similar, "did you mean '%s'?", similar);
}

void note_undeclared(Checker *c, Node *node)
{
    if (!strncmp(node->name->text, "acoc_", 5) && !scope_find_text(c, "acoc_loop")) {
        check_note(node, "add '#include <acoc.h>' at the top of the file");
        return;
    }
    if (note_header(node->first->place, node->first->length, node->name->text))
        return;
    note_similar(c, node, "");
}

// ----------------------------------------------------------------------------------------- members and labels

static void offer_members(const Record *record, Similar *similar)
{
    for (size_t i = 0; i < vec_count(record->members); i++) {
        const Member *member = &record->members[i];
        if (member->name)
            similar_offer(similar, member->name->text);
        else if (member_is_anonymous(member))
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
    const Map *labels = c->state->function->labels;
    String *name;
    void *value;
    for (size_t cursor = 0; labels && map_next(labels, &cursor, &name, &value);)
        if (((Symbol *)value)->definition)
            similar_offer(&similar, name->text);
    suggest_for(node->token, &similar);
}

// --------------------------------------------------------------------------------------- types only declared

// Of a struct, union or enum that is only declared: where, and which complete one may be meant.
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

// Says the message, which needs a complete type: once for each type, and not if its definition was in text that was
// skipped.
void refuse_incomplete(const Checker *c, const Node *node, Type *type, const char *format, ...)
{
    Record *record = type_is_record(type) || type->kind == TYPE_ENUM ? type->record : NULL;
    if (record && (record->is_refused || is_doubtful(c, record->tag)))
        return;
    va_list arguments;
    va_start(arguments, format);
    check_error_with(node, format, arguments);
    va_end(arguments);
    if (!record)
        return;
    record->is_refused = true;
    if (!record->is_being_defined)
        note_incomplete(c, type);
}

// The type that a cast, a compound literal or va_arg makes a value of.
Type *check_type_of_value(Checker *c, Node *type_name)
{
    Type *type = check_type_name(c, type_name);
    if (!type_is_record(type) || type_is_complete(type))
        return type;
    refuse_incomplete(c, type_name, type, "'%s' is not complete here: nothing can have this type", type_describe(type));
    return type_basic(TYPE_ERROR);
}

// ----------------------------------------------------------------------- functions that were only called

bool symbol_is_undeclared(const Symbol *symbol)
{
    return symbol->kind == SYMBOL_FUNCTION && !symbol->declaration && !symbol->definition && !symbol->is_builtin;
}

static bool refuse_undeclared(Checker *c, Node *value)
{
    value = node_strip(value);
    Node *callee = value->kind == NODE_CALL ? node_strip(value->callee) : NULL;
    if (!callee || callee->kind != NODE_IDENTIFIER || !callee->symbol || !symbol_is_undeclared(callee->symbol))
        return false;
    callee->symbol->type = type_basic(TYPE_ERROR); // said once in a function, as of other names
    check_error(callee, "'%s' is not declared here", callee->name->text);
    note_undeclared(c, callee);
    return true;
}

bool refuse_value(Checker *c, const Node *node, Node *value, const char *format, ...)
{
    if (refuse_undeclared(c, value))
        return false;
    va_list arguments;
    va_start(arguments, format);
    check_error_with(node, format, arguments);
    va_end(arguments);
    return true;
}

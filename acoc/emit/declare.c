// SPDX-License-Identifier: MIT
// What is ours in declarations, parameters, members and type names becomes plain C: a handle's type is acoc_awaitable,
// `raises` goes, and a coroutine function gets a second prototype, that of acoc_await_f, which direct calls use.
//
//     static async int *next(raises int (*ready)(void));
//     static acoc_awaitable next(int (*ready)(void)); static acoc_status acoc_await_next(acoc_task *, acoc_frame *, …);
//
// The heads of coroutine definitions belong to entry.c and body.c; what they replace swallows the edits made here.
#include "emit.h"

#include <string.h>

#include "../base/diag.h"
#include "../base/map.h"

// --------------------------------------------------------------------------------------------- spelling

const char *function_label(const Function *function)
{
    return function->name->text;
}

// Behind the keyword and its attributes: struct __attribute__((packed)) acoc_record_1 { … }
void name_record(Unit *unit, const Type *type)
{
    while (!type->record && type->base)
        type = type->base;
    Record *record = type->record;
    if (!record || record->tag || record->alias || !record->node || !record->node->has_body)
        return;
    record->tag = intern_text(arena_printf(unit->arena, "acoc_record_%u", ++unit->named_records));
    Token *token = record->node->first;
    while (token->kind != T_LEFT_BRACE && token->kind != T_COLON)
        token++;
    edit_before_text(unit, token, "%s ", record->tag->text);
}

static Type *result_of(Unit *unit, const Symbol *function)
{
    Type *handle = function->type->base;
    return type_unqualified(unit->arena, handle->kind == TYPE_HANDLE ? handle->base : handle);
}

// What an argument of a function without prototype is passed as.
static Type *promoted(Type *type)
{
    switch (type->kind) {
    case TYPE_BOOL: case TYPE_CHAR: case TYPE_SCHAR: case TYPE_UCHAR: case TYPE_SHORT: case TYPE_USHORT:
        return type_basic(TYPE_INT);
    case TYPE_FLOAT:
        return type_basic(TYPE_DOUBLE);
    default:
        return type;
    }
}

// Its own const is the user's, who was told already; a resume assigns it. Callers see no difference.
static void add_parameter(Unit *unit, Text *text, Type *type, const char *name)
{
    Type *kept = type_kept(unit->arena, type_unqualified(unit->arena, type));
    text_printf(text, ", %s", type_spell(kept, name ? name : ""));
}

static void add_parameters(Unit *unit, Text *text, const Symbol *function, const char **names)
{
    const Type *type = function->type;
    const Function *definition = function->function;
    if (type->is_kr && definition) {
        for (size_t i = 0; i < vec_count(definition->parameters); i++)
            add_parameter(unit, text, promoted(definition->parameters[i]->type), names ? names[i] : NULL);
        return;
    }
    for (size_t i = 0; i < vec_count(type->parameters); i++)
        add_parameter(unit, text, type->parameters[i].type, names ? names[i] : NULL);
}

const char *spell_await_function(Unit *unit, Symbol *function, const char **names, const char *task, const char *frame,
                                 const char *result)
{
    Text text = {0};
    Type *type = result_of(unit, function);
    text_printf(&text, "acoc_status acoc_await_%s(", function->name->text);
    if (function->type->is_kr && !function->function) { // only the definition knows the parameters
        text_puts(&text, ")");
    } else {
        text_printf(&text, "acoc_task *%s, acoc_frame *%s", task ? task : "", frame ? frame : "");
        if (type->kind != TYPE_VOID)
            add_parameter(unit, &text, type_pointer_to(unit->arena, type), result);
        add_parameters(unit, &text, function, names);
        text_puts(&text, ")");
    }
    const char *copy = arena_copy(unit->arena, text.data, text.length);
    text_free(&text);
    return copy;
}

const char *spell_object_function(Unit *unit, const Symbol *function)
{
    Text text = {0};
    const Type *type = function->type;
    const Function *definition = function->function;
    bool is_old = type->is_kr && definition;
    size_t count = is_old ? vec_count(definition->parameters) : vec_count(type->parameters);
    for (size_t i = 0; i < count; i++) {
        Type *parameter = is_old ? promoted(definition->parameters[i]->type) : type->parameters[i].type;
        text_printf(&text, "%s%s", i ? ", " : "", type_spell_in_prototype(type_unqualified(unit->arena, parameter)));
    }
    const char *parameters = count ? text.data : type->is_kr ? "" : "void";
    const char *result = arena_printf(unit->arena, "acoc_awaitable %s(%s)", function->name->text, parameters);
    text_free(&text);
    return result;
}

// "static inline acoc_status acoc_await_f(…) __attribute__((…));"
static const char *spell_prototype(Unit *unit, Symbol *function, const Node *specifiers, const Node *declarator)
{
    Text text = {0};
    uint32_t flags = specifiers ? specifiers->flags : 0;
    if ((flags & SPEC_STATIC) || function->storage == STORAGE_STATIC)
        text_puts(&text, "static ");
    else if (flags & SPEC_EXTERN)
        text_puts(&text, "extern ");
    if ((flags & SPEC_INLINE) || (!specifiers && function->is_inline))
        text_puts(&text, "inline ");
    text_puts(&text, spell_await_function(unit, function, NULL, NULL, NULL, NULL));
    if (specifiers)
        add_await_attributes(&text, specifiers->list);
    if (declarator)
        add_await_attributes(&text, declarator->attributes);
    text_puts(&text, ";");
    const char *copy = arena_copy(unit->arena, text.data, text.length);
    text_free(&text);
    return copy;
}

// --------------------------------------------------------------------------------------------- specifiers

typedef enum Fate { KEEP, DROP, HANDLE } Fate; // of a part of the specifiers: HANDLE becomes acoc_awaitable

static Token *closing(Token *opener, const Token *last)
{
    int depth = 0;
    for (Token *token = opener; token <= last; token++) {
        if (token->kind == T_LEFT_PAREN || token->kind == T_LEFT_BRACKET || token->kind == T_LEFT_BRACE)
            depth++;
        else if (token->kind == T_RIGHT_PAREN || token->kind == T_RIGHT_BRACKET || token->kind == T_RIGHT_BRACE)
            if (--depth == 0)
                return token;
    }
    return opener;
}

// The last token of the part that begins at token: a word, or a word with what belongs to it in brackets.
static Token *part_end(const Node *specifiers, Token *token)
{
    const TypeWords *words = specifiers->words;
    if (words && words->node && words->node->first == token)
        return words->node->last;
    if (token->kind == T_LEFT_BRACKET)
        return closing(token, specifiers->last);
    bool is_plain_name = token->kind == T_IDENTIFIER && !(words && words->async_type);
    if (token < specifiers->last && token[1].kind == T_LEFT_PAREN && !is_plain_name)
        return closing(token + 1, specifiers->last);
    return token;
}

static bool stays_beside_a_handle(TokenKind kind)
{
    switch (kind) {
    case T_TYPEDEF: case T_EXTERN: case T_STATIC: case T_AUTO: case T_REGISTER: case T_INLINE: case T_THREAD_LOCAL:
    case T_CONSTEXPR: case T_EXTENSION: case T_ATTRIBUTE: case T_LEFT_BRACKET: case T_ALIGNAS: case T_PRAGMA:
        return true;
    default:
        return false;
    }
}

static Fate fate_of(const Node *specifiers, const Token *token, bool is_coroutine)
{
    bool has_word = specifiers->flags & SPEC_ASYNC;
    if (token->kind == T_NORETURN)
        return is_coroutine ? DROP : KEEP;
    if (stays_beside_a_handle(token->kind))
        return KEEP;
    if (token->kind == T_IDENTIFIER && token != specifiers->words->typedef_name) {
        if (string_is(token->name, "raises") || string_is(token->name, "acoc_raises") ||
            string_is(token->name, "acoc_blocking"))
            return DROP;
        if (string_is(token->name, "async"))
            return HANDLE;
        if (specifiers->words->async_type)
            return has_word ? DROP : HANDLE;
    }
    return has_word ? DROP : KEEP;
}

// Replaces runs of dropped parts. The last run that stands for the handle gets its type, so that storage classes
// stay in front, where compilers want them.
static void edit_words(Unit *unit, const Node *specifiers, bool is_coroutine)
{
    bool has_handle = (specifiers->flags & SPEC_ASYNC) || specifiers->words->async_type;
    Token *run = NULL, *run_end = NULL, *last_run = NULL, *last_end = NULL;
    for (Token *token = specifiers->first; token <= specifiers->last; token++) {
        Token *end = part_end(specifiers, token);
        bool goes = fate_of(specifiers, token, is_coroutine) != KEEP;
        if (goes && !run)
            run = token;
        if (goes)
            run_end = end;
        if (run && (!goes || end == specifiers->last)) {
            if (last_run)
                edit_replace(unit, last_run, last_end, output_new(unit));
            last_run = run;
            last_end = run_end;
            run = NULL;
        }
        token = end;
    }
    if (last_run)
        edit_replace_text(unit, last_run, last_end, "%s", has_handle ? "acoc_awaitable" : "");
}

// `async struct point { int x, y; } *p;`: the definition goes in front, the handle does not name it.
static void keep_definition(Unit *unit, const Node *node)
{
    const Node *record = node->specifiers->words->node;
    if (!(node->specifiers->flags & SPEC_ASYNC) || !record || !record->has_body)
        return;
    if (node->kind != NODE_DECLARATION) {
        error_at(record->first->place, record->first->length,
                 "not supported: a type that is defined in a parameter or type name 'async …'; define it before");
        return;
    }
    Output *output = output_new(unit);
    output_node(output, record);
    output_text(output, record->last, "; ");
    edit_before(unit, node->first, output);
}

// ---------------------------------------------------------------------------------------------- declarators

static void drop_stars(Unit *unit, const Node *declarator)
{
    for (const Node *node = declarator ? declarator->list : NULL; node; node = node->next)
        if (node->kind == NODE_POINTER && node->follows_specifiers)
            edit_replace(unit, node->first, node->last, output_new(unit));
}

static bool declares_coroutine(const Node *declarator)
{
    const Symbol *symbol = declarator ? declarator->symbol : NULL;
    return symbol && symbol->kind == SYMBOL_FUNCTION && symbol->type && symbol->type->is_coroutine;
}

static const Node *first_declarator(const Node *node)
{
    return node->kind == NODE_DECLARATION ? node->list : node->declarator;
}

// A header for plain C, too, may define the await function itself; nobody asks for it by name, so it may have been passed over.
static bool await_function_is_declared(const Unit *unit, const Symbol *function)
{
    String *name = intern_text(arena_printf(unit->arena, "acoc_await_%s", function->name->text));
    return map_get(unit->scope->names, name) || map_get(unit->passed_over, name);
}

// Several coroutine functions may be declared at once; their prototypes follow the semicolon in order.
static void add_prototypes(Unit *unit, const Node *declaration)
{
    Output *output = output_new(unit);
    for (const Node *declarator = declaration->list; declarator; declarator = declarator->next) {
        if (!declares_coroutine(declarator))
            continue;
        edit_attributes(unit, declarator->attributes);
        if (await_function_is_declared(unit, declarator->symbol))
            continue;
        const char *prototype = spell_prototype(unit, declarator->symbol, declaration->specifiers, declarator);
        output_text(output, declaration->last, " %s", prototype);
    }
    if (output_is_empty(output))
        return;
    edit_after(unit, declaration->last, output);
    edit_attributes(unit, declaration->specifiers->list);
}

static bool is_marked_blocking(const Node *specifiers)
{
    for (const Node *node = specifiers->list; node; node = node->next)
        if (node->kind == NODE_ATTRIBUTE && node->op == T_IDENTIFIER)
            return true;
    return false;
}

// A declaration, parameter, type name or function head.
static void edit_declaration(Unit *unit, const Node *node)
{
    const Node *specifiers = node->specifiers;
    if (!specifiers || !specifiers->words || specifiers->last < specifiers->first)
        return;
    bool has_word = specifiers->flags & SPEC_ASYNC;
    if (!has_word && !specifiers->words->async_type && !(specifiers->flags & SPEC_RAISES) && !is_marked_blocking(specifiers))
        return;
    keep_definition(unit, node);
    if (node->kind == NODE_DECLARATION && !(specifiers->flags & SPEC_TYPEDEF))
        add_prototypes(unit, node);
    edit_words(unit, specifiers, declares_coroutine(first_declarator(node)));
    if (!has_word)
        return;
    for (const Node *declarator = first_declarator(node); declarator; declarator = declarator->next)
        drop_stars(unit, declarator);
}

// ------------------------------------------------------------------------------------------------- walking

typedef struct Walk {
    Unit *unit;
    Node **nodes;            // a Vec: still to be visited. No recursion: trees may be deep
} Walk;

static void visit_later(Node *child, void *context)
{
    Walk *walk = context;
    vec_push(walk->unit->arena, walk->nodes, child);
}

static void walk_from(Unit *unit, Node *root)
{
    Walk walk = {.unit = unit};
    visit_later(root, &walk);
    while (vec_count(walk.nodes)) {
        Node *node = vec_pop(walk.nodes);
        bool is_definition = node->kind == NODE_FUNCTION && declares_coroutine(node->declarator);
        if (is_definition) {
            visit_later(node->function_body, &walk);
            continue;
        }
        if (node->kind == NODE_DECLARATION || node->kind == NODE_PARAMETER || node->kind == NODE_TYPE_NAME ||
            node->kind == NODE_FUNCTION)
            edit_declaration(unit, node);
        if (node->suspends && (node->kind == NODE_FOR || node->kind == NODE_WHILE || node->kind == NODE_DO))
            edit_loop_pragmas(unit, node);
        node_children(node, visit_later, &walk);
    }
}

// Most declarations have no word of ours: those are not walked.
static bool has_words(const Node *node, String *const *words)
{
    for (const Token *token = node->first; token <= node->last; token++)
        for (size_t i = 0; token->kind == T_IDENTIFIER && words[i]; i++)
            if (token->name == words[i])
                return true;
    return false;
}

static const Node *nested_function_at(const Node *node, const Token *token)
{
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (token >= part->first && token <= part->last)
            return part->kind == NODE_FUNCTION ? part : nested_function_at(part, token);
    return NULL;
}

// Inside a body the function's name is no longer the user's; nested functions have their own.
static void edit_function_names(Unit *unit, const Function *function)
{
    String *names[] = {intern_text("__func__"), intern_text("__FUNCTION__"), intern_text("__PRETTY_FUNCTION__")};
    const Node *body = function->node->function_body;
    for (Token *token = body->first; token <= body->last; token++)
        for (size_t i = 0; token->kind == T_IDENTIFIER && i < sizeof names / sizeof *names; i++)
            if (token->name == names[i] && !nested_function_at(body, token))
                edit_replace_text(unit, token, token, "\"%s\"", function->name->text);
}

static void emit_where(Unit *unit, bool in_headers)
{
    String *words[] = {intern_text("async"), intern_text("acoc_async"), intern_text("acoc_future_of"),
                       intern_text("raises"), intern_text("acoc_raises"), intern_text("acoc_blocking"), NULL};
    for (size_t i = 0; i < vec_count(unit->declarations); i++) {
        Node *node = unit->declarations[i];
        if (node->first->from_header == in_headers && has_words(node, words))
            walk_from(unit, node);
    }
    for (size_t i = 0; i < vec_count(unit->functions); i++) {
        const Function *function = unit->functions[i];
        if (function->is_coroutine && function->node->first->from_header == in_headers)
            edit_function_names(unit, function);
    }
}

void emit_declarations(Unit *unit)
{
    emit_where(unit, false);
}

void emit_declarations_of_headers(Unit *unit)
{
    emit_where(unit, true);
}

// ------------------------------------------------------------------------- prototypes before definitions

static void write_header_prototypes(Unit *unit, Output *output, const Function *function, Map *known)
{
    const LoweredFunction *lowered = function->lowered;
    for (size_t i = 0; lowered && i < vec_count(lowered->suspensions); i++) {
        Symbol *callee = lowered->suspensions[i]->callee;
        if (!callee || !callee->token || !callee->token->from_header || map_get(known, callee->name))
            continue;
        map_put(known, callee->name, callee);
        if (await_function_is_declared(unit, callee))
            continue;
        output_text(output, function->node->first, "%s\n", spell_prototype(unit, callee, NULL, callee->declaration));
    }
}

// `async struct point { int x, y; } f(void) { … }`: the head is written anew and only names the type.
static void write_definition_of_result(Output *output, const Node *function)
{
    const Node *record = function->specifiers->words ? function->specifiers->words->node : NULL;
    if (!record || !record->has_body)
        return;
    output_node(output, record);
    output_text(output, record->last, "; ");
}

// async struct { int x; } f(void): what f delivers needs a name, for its callers' sake too.
static void name_results(Unit *unit)
{
    for (size_t i = 0; i < vec_count(unit->declarations); i++) {
        const Node *node = unit->declarations[i], *specifiers = node->specifiers;
        bool has_specifiers = node->kind == NODE_DECLARATION || node->kind == NODE_FUNCTION;
        if (has_specifiers && specifiers->flags & SPEC_ASYNC && specifiers->words->node && specifiers->words->node->type)
            name_record(unit, specifiers->words->node->type);
    }
}

void emit_prototypes(Unit *unit, bool self_contained)
{
    Map *known = map_new(unit->arena);
    name_results(unit);
    for (size_t i = 0; i < vec_count(unit->functions); i++) {
        const Function *function = unit->functions[i];
        Output *output = output_new(unit);
        if (!self_contained && !function->node->first->from_header)
            write_header_prototypes(unit, output, function, known);
        if (function->is_coroutine) {
            write_definition_of_result(output, function->node);
            write_attribute_prototypes(unit, output, function);
        }
        if (!output_is_empty(output))
            edit_before(unit, function->node->first, output);
    }
}

// SPDX-License-Identifier: MIT
// Locals of a coroutine in the output. Transient ones stay as written. A spilled one loses its const (a resume assigns
// it) and is zeroed where it may be saved unassigned. A resident one becomes a pointer into the frame, declared in its
// place, and every use of it (*name):
//
//     char line[80] = "x", *end = line;      char (*line)[80] = __builtin_memcpy(&frame->line, …), *end = (*line);
//
// Handles are declared at the beginning of their block, so that every way out may release them; their declaration
// becomes an assignment.
#include "body.h"

#include <string.h>

const char *zero_of(const Type *type)
{
    return type_is_record(type) || type->kind == TYPE_ARRAY || type->kind == TYPE_VECTOR || type->kind == TYPE_COMPLEX
        ? "{0}" : "0";
}

static const char *declared_name(Body *body, const Local *local)
{
    return local->kept == LOCAL_RESIDENT && !local->lives_long ? arena_printf(body->unit->arena, "(*%s)", local->name) : local->name;
}

// gcc computes with a bit-field of 40 bits in 40 bits, and there is no variable of such a type.
static const char *bits_use(Body *body, const Local *local)
{
    return arena_printf(body->unit->arena, "(__extension__ (struct { %s : %u; }){ %s }).bits", type_spell(local->type, "bits"),
                        (unsigned)local->type->count, local->name);
}

const char *local_use(Body *body, const Local *local)
{
    if (!local->symbol && type_is_integer(local->type) && local->type->kind != TYPE_BITINT && local->type->count)
        return bits_use(body, local);
    return local->variable_type ? variable_use(body, local) : declared_name(body, local);
}

void write_save(Output *out, const Local *local, const char *name, Token *token)
{
    if (local->is_bytes)
        output_text(out, token, "__builtin_memcpy(acoc_frame_->%s, &%s, %llu); ", local->member, name,
                    (unsigned long long)local->size);
    else
        output_text(out, token, "acoc_frame_->%s = %s; ", local->member, name);
}

void write_reload(Output *out, const Local *local, const char *name, Token *token)
{
    if (local->is_bytes)
        output_text(out, token, "__builtin_memcpy(&%s, acoc_frame_->%s, %llu); ", name, local->member,
                    (unsigned long long)local->size);
    else
        output_text(out, token, "%s = acoc_frame_->%s; ", name, local->member);
}

// The type that the working copy is declared with.
static Type *declared_type(const Local *local)
{
    bool is_as_written = local->kept == LOCAL_TRANSIENT && local->symbol && !local->is_parameter && !local->variable_type;
    return is_as_written ? local->symbol->type : local->type;
}

static const char *declare(Body *body, const Local *local)
{
    return type_spell(declared_type(local), declared_name(body, local));
}

void write_local(Body *body, Output *out, Local *local, const char *initial, Token *token)
{
    if (local->lives_long)
        return;
    if (local->kept == LOCAL_RESIDENT && initial)
        output_text(out, token, "%s = __builtin_memcpy(&acoc_frame_->%s, (void *)(__typeof__(*%s)[1]){ %s }, sizeof *%s);",
                    declare(body, local), local->member, local->name, initial, local->name);
    else if (local->kept == LOCAL_RESIDENT)
        output_text(out, token, "%s = (void *)&acoc_frame_->%s;", declare(body, local), local->member);
    else if (initial)
        output_text(out, token, "%s = %s;", declare(body, local), initial);
    else if (local->must_be_zeroed || local->is_awaited)
        output_text(out, token, "%s = %s;", declare(body, local), zero_of(local->type));
    else
        output_text(out, token, "%s;", declare(body, local));
    output_text(out, token, " ");
}

void write_assignment_begin(Output *out, const Local *local, Token *token)
{
    if (type_has_const_member(local->type))
        output_text(out, token, "__builtin_memcpy((void *)&%s, (__typeof__(%s)[1]){ ", local->name, local->name);
    else
        output_text(out, token, "%s = ", local->name);
}

void write_assignment_end(Output *out, const Local *local, Token *token)
{
    if (type_has_const_member(local->type))
        output_text(out, token, " }, sizeof %s); ", local->name);
    else
        output_text(out, token, "; ");
}

void write_handle_beginnings(Output *out, Region *region, Token *token)
{
    for (size_t i = 0; i < vec_count(region->handles); i++) {
        const Local *local = region->handles[i];
        if (!local->is_parameter && local->kept != LOCAL_RESIDENT)
            output_text(out, token, "%s = %s; ", type_spell(local->type, local->name), zero_of(local->type));
    }
}

void write_kept_handle_beginnings(Body *body, Output *out, Region *region, Token *token)
{
    for (size_t i = 0; i < vec_count(region->handles); i++) {
        const Local *local = region->handles[i];
        if (!local->is_parameter && local->kept == LOCAL_RESIDENT)
            output_text(out, token, "%s = __builtin_memset(&acoc_frame_->%s, 0, sizeof *%s); ",
                        type_spell(local->type, declared_name(body, local)), local->member, local->name);
    }
}

// ------------------------------------------------------------------------------- declarations written anew

static bool is_counted(const Local *local)
{
    return local->is_handle && local->region;
}

static bool needs_rewriting(const Node *declaration, const Node *declarator)
{
    Local *local = symbol_local(declarator->symbol);
    if (!local)
        return is_rewritten_declarator(declarator); // a typedef
    bool is_auto = declaration->specifiers->words && declaration->specifiers->words->other == T_AUTO_TYPE;
    bool loses_const = local->kept == LOCAL_SPILLED && declarator->symbol->type->qualifiers & QUAL_CONST;
    return is_counted(local) || local->lives_long || local->variable_type || loses_const || (is_auto && local->kept == LOCAL_RESIDENT);
}

// Steps of the first declarator can stand before the declaration as it is.
static bool mentions(const Node *node, const Symbol *symbol)
{
    if (node->kind == NODE_IDENTIFIER && node->symbol == symbol)
        return true;
    for (const Node *part = NULL; (part = node_next_part(node, part)) != NULL;)
        if (mentions(part, symbol))
            return true;
    return false;
}

// struct node n = yield from make(&n): the steps speak of what they initialise.
static bool steps_name_it(const Node *declarator)
{
    const Local *local = symbol_local(declarator->symbol);
    return local && local->kept == LOCAL_RESIDENT && !local->lives_long && has_steps(declarator->initialiser)
        && mentions(declarator->initialiser, declarator->symbol);
}

bool must_redeclare(const Node *node)
{
    for (const Node *declarator = node->list; declarator; declarator = declarator->next)
        if (needs_rewriting(node, declarator) || steps_name_it(declarator)
            || (declarator != node->list && declarator->initialiser && has_steps(declarator->initialiser)))
            return true;
    return false;
}

static bool starts_with_steps(const Node *declaration)
{
    return declaration->list && declaration->list->initialiser && has_steps(declaration->list->initialiser);
}

// One after the other, so that what was made is released when a later one raises.
static void write_items(Body *body, Output *out, Local *local, Node *initialiser)
{
    int64_t index = 0;
    for (Node *item = initialiser->list; item; item = item->next, index++) {
        index = node_item_index(item, index);
        output_text(out, item->first, "acoc_handle_set(&%s[%lld], ", local_use(body, local), (long long)index);
        output_node(out, item->kind == NODE_DESIGNATED ? item->right : item);
        output_text(out, item->last, "); ");
    }
}

static void write_counted(Body *body, Output *out, Local *local, Node *initialiser, Token *token)
{
    const char *use = local_use(body, local);
    if (local->type->kind == TYPE_ARRAY) {
        output_text(out, token, "acoc_release_all(&%s[0]%s, sizeof %s / sizeof(acoc_awaitable)); ", use,
                    local->type->base->kind == TYPE_ARRAY ? "[0]" : "", use);
        if (initialiser && initialiser->lowered && initialiser->lowered->is_stored_one_by_one) {
            output_text(out, token, "__builtin_memset(&%s, 0, sizeof %s); ", use, use);
            write_items(body, out, local, initialiser);
            return;
        }
        output_text(out, token, "__builtin_memcpy(%s, ", use);
        if (initialiser) {
            output_text(out, token, "(__typeof__(%s)[1]){ ", use);
            output_node(out, initialiser);
            output_text(out, token, " }, sizeof %s); ", use);
        } else {
            output_text(out, token, "(__typeof__(%s)[1]){0}, sizeof %s); ", use, use);
        }
        return;
    }
    output_text(out, token, "acoc_handle_set(&%s, ", use);
    if (initialiser)
        output_node(out, initialiser);
    else
        output_text(out, token, "0");
    output_text(out, token, "); ");
}

// Within the braces of ours a scalar's own are one pair too many: int x = { 5 };
static const Node *inner_initialiser(const Local *local, const Node *initialiser)
{
    bool is_braced = initialiser->kind == NODE_INITIALISER && initialiser->list;
    return is_braced && type_is_scalar(local->type) ? initialiser->list : initialiser;
}

static void write_named_in_steps(Body *body, Output *out, Local *local, Node *declarator)
{
    Token *token = declarator->token;
    local->is_declared_early = true;
    write_local(body, out, local, NULL, token);
    write_steps(body, out, declarator->initialiser);
    output_text(out, token, "__builtin_memcpy((void *)%s, (__typeof__(*%s)[1]){ ", local->name, local->name);
    output_node(out, inner_initialiser(local, declarator->initialiser));
    output_text(out, token, " }, sizeof *%s); ", local->name);
}

static void write_declarator(Body *body, Output *out, Node *declarator)
{
    Token *token = declarator->token ? declarator->token : declarator->first;
    Local *local = symbol_local(declarator->symbol);
    Node *initialiser = declarator->initialiser;
    if (write_variable_declarator(body, out, declarator))
        return;
    if (local && steps_name_it(declarator)) {
        write_named_in_steps(body, out, local, declarator);
        return;
    }
    if (initialiser && has_steps(initialiser))
        write_steps(body, out, initialiser);
    if (!local) {
        bool is_typedef = declarator->symbol->kind == SYMBOL_TYPEDEF;
        output_text(out, token, "%s%s; ", is_typedef ? "typedef " : "",
                    type_spell(declarator->symbol->type, declarator->symbol->name->text));
        return;
    }
    if (is_counted(local)) {
        write_counted(body, out, local, initialiser, token);
        return;
    }
    if (!initialiser) {
        write_local(body, out, local, NULL, token);
        return;
    }
    if (local->lives_long) {
        write_assignment_begin(out, local, token);
        output_node(out, initialiser);
        write_assignment_end(out, local, token);
        return;
    }
    bool is_resident = local->kept == LOCAL_RESIDENT;
    output_text(out, token, "%s = ", declare(body, local));
    if (is_resident)
        output_text(out, token, "__builtin_memcpy(&acoc_frame_->%s, (void *)(__typeof__(*%s)[1]){ ", local->member, local->name);
    output_node(out, is_resident ? inner_initialiser(local, initialiser) : initialiser);
    if (is_resident)
        output_text(out, token, " }, sizeof *%s)", local->name);
    output_text(out, token, "; ");
}

// One declaration for each declarator, so that steps can stand between them; a record that it defines comes first.
void write_declaration(Body *body, Output *out, Node *node)
{
    if (!must_redeclare(node)) {
        write_steps(body, out, node->list->initialiser);
        output_inside(out, node);
        return;
    }
    TypeWords *words = node->specifiers->words;
    if (words && words->node && words->node->has_body) {
        output_node(out, words->node);
        output_text(out, node->first, "; ");
    }
    for (Node *declarator = node->list; declarator; declarator = declarator->next)
        write_declarator(body, out, declarator);
}

// ------------------------------------------------------------------------------------- edits in place

// { 0 } for whatever it is: compilers miss no braces in it unless it stands within others.
static bool is_zero_for_all(const Node *initialiser)
{
    const Node *item = initialiser->kind == NODE_INITIALISER ? initialiser->list : NULL;
    return item && !item->next && item->kind != NODE_INITIALISER && item->kind != NODE_DESIGNATED && item->is_constant &&
           item->value == 0;
}

// At one token the outer edit is issued first: what follows a declarator before the edit of its name.
static void edit_resident(Body *body, Local *local, Node *declarator)
{
    Unit *unit = body->unit;
    if (!declarator->initialiser && local->is_unreached) {
        // No initialiser: its label sets the pointer, and the C compiler would say that it is never executed.
    } else if (!declarator->initialiser) {
        edit_after_text(unit, declarator->last, " = (void *)&acoc_frame_->%s", local->member);
    } else {
        Output *value = output_new(unit);
        bool zero = is_zero_for_all(declarator->initialiser);
        output_text(value, declarator->initialiser->first, "__builtin_memcpy(&acoc_frame_->%s, (void *)%s(__typeof__(*%s)%s",
                    local->member, zero ? "&" : "", local->name, zero ? ")" : "[1]){ ");
        output_node(value, zero ? declarator->initialiser : inner_initialiser(local, declarator->initialiser));
        output_text(value, declarator->initialiser->last, "%s, sizeof *%s)", zero ? "" : " }", local->name);
        edit_replace(unit, declarator->initialiser->first, declarator->initialiser->last, value);
    }
    Node *part = declarator->list;
    if (part && part->kind == NODE_ARRAY && !part->operand && local->type->kind == TYPE_ARRAY)
        edit_after_text(unit, part->first, "%llu", (unsigned long long)local->type->count);
    edit_replace_text(unit, declarator->token, declarator->token, "(*%s)", local->name);
}

static void edit_declarator(Body *body, Node *declarator)
{
    Local *local = symbol_local(declarator->symbol);
    if (!local)
        return;
    if (local->kept == LOCAL_RESIDENT) {
        edit_resident(body, local, declarator);
        return;
    }
    if (local->must_be_zeroed && !declarator->initialiser)
        edit_after_text(body->unit, declarator->last, " = %s", zero_of(local->type));
    if (declarator->symbol->name && strcmp(local->name, declarator->symbol->name->text) != 0)
        edit_replace_text(body->unit, declarator->token, declarator->token, "%s", local->name);
}

// What we clean up the C compiler must not.
static void delete_cleanup_attributes(Body *body, Node *list)
{
    for (Node *attribute = list; attribute; attribute = attribute->next)
        if (attribute->kind == NODE_ATTRIBUTE && string_is(attribute->name, "cleanup"))
            edit_replace(body->unit, attribute->first, attribute->last, output_new(body->unit));
}

bool emit_declaration(Body *body, Node *node)
{
    for (Node *declarator = node->list; declarator; declarator = declarator->next) {
        if (!cleanup_of_declarator(declarator))
            continue;
        delete_cleanup_attributes(body, declarator->attributes);
        if (declarator == node->list)
            delete_cleanup_attributes(body, node->specifiers->list);
    }
    bool is_kept = !must_redeclare(node);
    const Node *record = node->specifiers->words ? node->specifiers->words->node : NULL;
    if (!is_kept && record && record->type)
        name_record(body->unit, record->type);
    emit_expression(body, node->specifiers); // typeof(x), sizeof x
    for (Node *declarator = node->list; declarator; declarator = declarator->next) {
        if (is_kept)
            edit_declarator(body, declarator); // the outer edit of an initialiser comes first
        for (Node *part = declarator->list; part; part = part->next)
            emit_expression(body, part);
        if (declarator->initialiser)
            emit_expression(body, declarator->initialiser);
    }
    return is_kept && !starts_with_steps(node);
}

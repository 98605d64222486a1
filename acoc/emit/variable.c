// SPDX-License-Identifier: MIT
// Variably modified types in a coroutine's text, where lower/variable.c has decided to rewrite their declarations: the
// values of their lengths, an array's memory, names as casts, typedef names as types.
#include "body.h"

const char *variable_use(Body *body, const Local *local)
{
    const char *type = type_spell(type_pointer_to(body->unit->arena, local->variable_type), "");
    bool is_address = local->owns_array || local->kept == LOCAL_RESIDENT;
    return arena_printf(body->unit->arena, "(*(%s)%s%s)", type, is_address ? "" : "&", local->name);
}

// acoc_extent_4 = (n);
void write_extents(Body *body, Output *out, Node *const *lengths)
{
    for (size_t i = 0; i < vec_count(lengths); i++) {
        Node *length = lengths[i];
        if (has_steps(length))
            write_steps(body, out, length);
        output_text(out, length->first, "%s = (%s)(", length->lowered->extent->name,
                    type_spell(length->lowered->extent->type, ""));
        output_node(out, length);
        output_text(out, length->last, "); ");
    }
}

void write_array_release(Body *body, Output *out, const Local *local, Token *token)
{
    if (local->is_handle)
        output_text(out, token, "if (%s) acoc_release_all((acoc_awaitable *)%s, sizeof %s / sizeof(acoc_awaitable)); ",
                    local->name, local->name, variable_use(body, local));
    output_text(out, token, "acoc_array_release(%s); ", local->name);
}

static void write_array(Body *body, Output *out, const Local *local, Node *declarator)
{
    Token *token = declarator->token;
    uint32_t alignment = symbol_alignment(declarator->symbol);
    write_array_release(body, out, local, token);
    output_text(out, token, "%s = 0; ", local->name);
    write_extents(body, out, declarator->lowered->extents);
    output_text(out, token, "if ((%s = acoc_array_new(sizeof %s, %u)) == 0) { acoc_trace(", local->name,
                variable_use(body, local), alignment > 16 ? alignment : 16);
    write_point(body, out, declarator->lowered->point, token);
    output_text(out, token, "); goto %s; } ", landing_label(declarator->lowered->allocates));
    if (local->is_handle || declarator->initialiser) // which is {}: others were refused
        output_text(out, token, "__builtin_memset(%s, 0, sizeof %s); ", local->name, variable_use(body, local));
}

// True: nothing is left of the declarator.
bool write_variable_declarator(Body *body, Output *out, Node *declarator)
{
    if (!is_rewritten_declarator(declarator))
        return false;
    const Local *local = symbol_local(declarator->symbol);
    if (local && local->owns_array) {
        write_array(body, out, local, declarator);
        return true;
    }
    write_extents(body, out, declarator->lowered->extents);
    return !local; // a typedef
}

bool is_rewritten_declarator(const Node *declarator)
{
    return declarator->lowered && declarator->lowered->is_rewritten;
}

// A typedef that has left the text: row becomes __typeof__(int [acoc_extent_6]).
void emit_specifiers(Body *body, Node *specifiers)
{
    Token *name = specifiers->words ? specifiers->words->typedef_name : NULL;
    const Symbol *alias = name && specifiers->type ? specifiers->type->alias : NULL;
    if (alias && alias->declaration && is_rewritten_declarator(alias->declaration))
        edit_replace_text(body->unit, name, name, "__typeof__(%s)", type_spell(alias->type, ""));
}

// SPDX-License-Identifier: MIT
// Names that are not declared: what the user may have meant. The nearest visible name is offered when few letters
// differ for its length; of a name of ours in a file without our header, the header.
#include "check.h"

#include <string.h>

#include "../base/similar.h"
#include "../model/library.h"

static const char *similar_name(const Checker *c, const String *name)
{
    Similar similar = similar_to(name->text);
    for (const Scope *scope = c->scope; scope; scope = scope->outer) {
        String *key;
        void *value;
        for (size_t cursor = 0; scope->names && map_next(scope->names, &cursor, &key, &value);)
            if (!symbol_is_undeclared(value))
                similar_offer(&similar, key->text);
    }
    return similar.found;
}

static void suggest(const Node *node, const char *found)
{
    check_fix(node, found, "did you mean '%s'?", found);
}

void note_undeclared(const Checker *c, Node *node)
{
    if (!strncmp(node->name->text, "acoc_", 5) && !scope_find_text(c, "acoc_loop")) {
        check_note(node, "add '#include <acoc.h>' at the top of the file");
        return;
    }
    if (note_header(node->first->place, node->first->length, node->name->text))
        return;
    const char *similar = similar_name(c, node->name);
    if (similar)
        suggest(node, similar);
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

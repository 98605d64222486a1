// SPDX-License-Identifier: MIT
// Names that are not declared: what the user may have meant. The nearest visible name is offered when few letters
// differ for its length; of a name of ours in a file without our header, the header.
#include "check.h"

#include <string.h>

enum { LONGEST_NAME = 63 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

// How many letters have to be put in, left out, replaced or swapped with their neighbour (optimal string alignment).
static unsigned letters_between(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned rows[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
    }
    return rows[a_length % 3][b_length];
}

static const char *similar_name(const Checker *c, const String *name)
{
    size_t length = strlen(name->text), cursor;
    if (length < 3 || length > LONGEST_NAME)
        return NULL;
    unsigned best = (unsigned)(length < 6 ? 1 : length < 12 ? 2 : 3) + 1;
    const char *found = NULL;
    for (const Scope *scope = c->scope; scope; scope = scope->outer) {
        String *key;
        void *value;
        for (cursor = 0; scope->names && map_next(scope->names, &cursor, &key, &value);) {
            size_t other = strlen(key->text);
            const Symbol *symbol = value;
            if (key == name || other > LONGEST_NAME || other > length + 3 || length > other + 3 ||
                symbol_is_undeclared(symbol))
                continue;
            unsigned distance = letters_between(name->text, length, key->text, other);
            if (distance < best) {
                best = distance;
                found = key->text;
            }
        }
    }
    return found;
}

void note_undeclared(const Checker *c, Node *node)
{
    if (!strncmp(node->name->text, "acoc_", 5) && !scope_find_text(c, "acoc_loop")) {
        check_note(node, "add '#include <acoc.h>' at the top of the file");
        return;
    }
    const char *similar = similar_name(c, node->name);
    if (similar)
        check_note(node, "did you mean '%s'?", similar);
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

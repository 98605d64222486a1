// SPDX-License-Identifier: MIT
// Scopes of ordinary names while parsing. C cannot be parsed without knowing which identifiers are typedef names at
// a place; that, and whether a word of ours was declared as something else, is all that is kept here. One map holds
// the innermost meaning of each name; a list of what was hidden brings the outer ones back when a scope ends.
#include "parse.h"

#include "../base/map.h"

typedef struct Hidden {
    String *name;
    void *meaning; // what it meant outside, NULL: nothing
} Hidden;

struct Names {
    Arena *arena;
    Map *meanings;   // String* -> one of kinds[]
    Hidden *hidden;  // a Vec, innermost last
    size_t *scopes;  // a Vec: length of hidden where each open scope began
};

// The map stores pointers, so each kind is represented by the address of its element; which holds what it is taken for.
static NameKind kinds[] = { NAME_UNKNOWN, NAME_ORDINARY, NAME_TYPEDEF, [NAME_ASSUMED] = NAME_TYPEDEF };

Names *names_new(Arena *arena)
{
    Names *names = NEW(arena, Names);
    names->arena = arena;
    names->meanings = map_new(arena);
    return names;
}

void names_enter(Names *names)
{
    vec_push(names->arena, names->scopes, vec_count(names->hidden));
}

void names_leave(Names *names)
{
    size_t begin = vec_pop(names->scopes);
    while (vec_count(names->hidden) > begin) {
        Hidden hidden = vec_pop(names->hidden);
        map_put(names->meanings, hidden.name, hidden.meaning);
    }
}

size_t names_depth(const Names *names)
{
    return vec_count(names->scopes);
}

void names_leave_to(Names *names, size_t depth)
{
    while (vec_count(names->scopes) > depth)
        names_leave(names);
}

void names_declare(Names *names, String *name, NameKind kind)
{
    NameKind *meaning = map_get(names->meanings, name);
    bool is_in_scope = vec_count(names->scopes) > 0; // the file scope never ends
    bool is_type = meaning && *meaning == NAME_TYPEDEF;
    if (meaning == &kinds[kind] || (!is_in_scope && is_type)) // no type becomes an object
        return;
    if (is_in_scope)
        vec_push(names->arena, names->hidden, (Hidden){ name, meaning });
    map_put(names->meanings, name, &kinds[kind]);
}

void names_offer(const Names *names, NameKind kind, Similar *similar)
{
    size_t cursor = 0;
    String *name;
    void *meaning;
    while (map_next(names->meanings, &cursor, &name, &meaning))
        if (meaning == &kinds[kind])
            similar_offer(similar, name->text);
}

NameKind names_lookup(const Names *names, const String *name)
{
    NameKind *kind = map_get(names->meanings, name);
    return kind ? *kind : NAME_UNKNOWN;
}

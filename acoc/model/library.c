// SPDX-License-Identifier: MIT
// Names of the C library and of the system, and the headers that they need (grammar/headers.def); names of builtins.
#include "library.h"

#include <string.h>

#include "../base/diag.h"
#include "../base/similar.h"

static bool contains_word(const char *words, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = words; (at = strstr(at, name)); at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

const char *library_header(const char *name)
{
    static const struct {
        const char *header, *names;
    } headers[] = {
#define HEADER(header, names) {header, names},
#include "headers.def"
#undef HEADER
    };
    for (size_t i = 0; *name && i < sizeof headers / sizeof *headers; i++)
        if (contains_word(headers[i].names, name))
            return headers[i].header;
    return NULL;
}

bool note_header(Place place, uint32_t length, const char *name)
{
    const char *header = library_header(name);
    if (!header)
        return false;
    note_at(place, length, "'%s' is declared in <%s>: add '#include <%s>' at the top of the file", name, header, header);
    return true;
}

static const char builtin_prefix[] = "__builtin_";

// Near is meant of what stands behind the prefix that they share.
static void offer_builtin(Similar *similar, const char *name)
{
    if (!strncmp(name, builtin_prefix, strlen(builtin_prefix)))
        similar_offer(similar, name + strlen(builtin_prefix));
}

// The table of results has many names in one text, without the prefix.
static void offer_results(Similar *similar, const char *names)
{
    for (size_t length; names += strspn(names, " "), (length = strcspn(names, " ")) > 0; names += length)
        similar_offer(similar, intern(names, length)->text);
}

const char *similar_builtin(Arena *arena, const char *name)
{
    if (strncmp(name, builtin_prefix, strlen(builtin_prefix)) != 0)
        return NULL;
    Similar similar = similar_to(name + strlen(builtin_prefix));
#define TOKEN(kind, spelling, since) offer_builtin(&similar, spelling);
#include "tokens.def"
#undef TOKEN
#define BUILTIN(name, signature) offer_builtin(&similar, #name);
#define FOLDED(name, signature, folding) offer_builtin(&similar, #name);
#define IN_CLANG(name, signature)
#define RULED(name, rule) offer_builtin(&similar, #name);
#include "builtins.def"
#undef BUILTIN
#undef FOLDED
#undef IN_CLANG
#undef RULED
#define RESULTS(known_to, result, names) offer_results(&similar, names);
#include "builtin_results.def"
#undef RESULTS
    return similar.found ? arena_printf(arena, "%s%s", builtin_prefix, similar.found) : NULL;
}

// SPDX-License-Identifier: MIT
// Names of the C library and of the system, and the headers that they need (grammar/headers.def).
#include "library.h"

#include <string.h>

#include "../base/diag.h"

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

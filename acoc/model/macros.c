// SPDX-License-Identifier: MIT
// The macros in force at a place of the program, from the records of "cc -E -dD". Whoever goes through the tokens in
// order pays for each record once.
//
// A program's headers define thousands of macros, of which it uses a few. So their names are not interned and their
// bodies not looked at: a table of hashes tells by the spelling which record a name means, and the record's text the
// rest.
#include "model.h"

#include <string.h>

typedef struct MacroSlot {
    uint32_t hash;
    uint32_t record; // 1 + index in Unit.macros, of the last that has this name; 0: free
} MacroSlot;

Macros macros_of(const Unit *unit)
{
    return (Macros){.unit = unit};
}

static void make_slots(Macros *macros)
{
    macros->capacity = 64;
    while (macros->capacity < vec_count(macros->unit->macros) * 2)
        macros->capacity *= 2;
    macros->slots = arena_alloc(macros->unit->arena, macros->capacity * sizeof *macros->slots);
}

// The slot of this name, or the free one where it belongs.
static MacroSlot *find_slot(const Macros *macros, const char *name, size_t length, uint32_t hash)
{
    const MacroRecord *records = macros->unit->macros;
    for (size_t slot = hash;; slot++) {
        MacroSlot *found = &macros->slots[slot & (macros->capacity - 1)];
        const MacroRecord *record = found->record ? &records[found->record - 1] : NULL;
        if (!record || (found->hash == hash && record->name_length == length && !memcmp(record->name, name, length)))
            return found;
    }
}

void macros_know(Macros *macros, uint32_t count)
{
    if (count < macros->known) {
        memset(macros->slots, 0, macros->capacity * sizeof *macros->slots);
        macros->known = 0;
    }
    if (!macros->slots)
        make_slots(macros);
    for (; macros->known < count; macros->known++) {
        const MacroRecord *record = &macros->unit->macros[macros->known];
        uint32_t hash = text_hash(record->name, record->name_length);
        *find_slot(macros, record->name, record->name_length, hash) = (MacroSlot){hash, macros->known + 1};
    }
}

const MacroRecord *macros_find(const Macros *macros, const String *name)
{
    uint32_t number = macros->slots ? find_slot(macros, name->text, name->length, name->hash)->record : 0;
    const MacroRecord *record = number ? &macros->unit->macros[number - 1] : NULL;
    return record && record->is_defined && !macro_is_self(record) ? record : NULL;
}

bool macro_has_name(const MacroRecord *macro, const String *name)
{
    return macro->name_length == name->length && !memcmp(macro->name, name->text, name->length);
}

bool macro_is_function_like(const MacroRecord *macro)
{
    return macro->head_length < macro->length && macro->text[macro->head_length] == '(';
}

const char *macro_body(const MacroRecord *macro, size_t *length)
{
    const char *body = macro->text + macro->head_length, *end = macro->text + macro->length;
    while (body < end && (*body == ' ' || *body == '\t'))
        body++;
    *length = (size_t)(end - body);
    return body;
}

bool macro_is_self(const MacroRecord *macro)
{
    size_t length;
    const char *body = macro_body(macro, &length);
    return !macro_is_function_like(macro) && length == macro->name_length && !memcmp(body, macro->name, length);
}

// SPDX-License-Identifier: MIT
// The macros in force at a place of the program, from the records of "cc -E -dD". Whoever goes through the tokens in
// order pays for each record once.
#include "model.h"

#include "../base/map.h"

Macros macros_of(const Unit *unit)
{
    return (Macros){.unit = unit, .in_force = map_new(unit->arena)};
}

void macros_know(Macros *macros, uint32_t count)
{
    if (count < macros->known)
        *macros = macros_of(macros->unit);
    for (; macros->known < count; macros->known++) {
        MacroRecord *record = &macros->unit->macros[macros->known];
        map_put(macros->in_force, record->name, record->is_defined && !record->is_self ? record : NULL);
    }
}

const MacroRecord *macros_find(const Macros *macros, const String *name)
{
    return map_get(macros->in_force, name);
}

// SPDX-License-Identifier: MIT
// The table of attributes, found by name: headers write them on every declaration.
#include "attribute.h"

static const AttributeRule rules[] = {
    {"", EFFECT_NONE, ON_KEEP},
#define ATTRIBUTE(name, effect, coroutine) {name, EFFECT_##effect, ON_##coroutine},
#include "attributes.def"
#undef ATTRIBUTE
};

enum { RULES = sizeof rules / sizeof *rules, SLOTS = 512 };
_Static_assert(RULES * 2 < SLOTS, "the table is sparse");

static const String *names[SLOTS]; // interned, which is for the whole run
static uint16_t numbers[SLOTS];    // of their rules

static size_t slot_of(const String *name)
{
    size_t slot = name->hash % SLOTS;
    while (names[slot] && names[slot] != name)
        slot = (slot + 1) % SLOTS;
    return slot;
}

static void fill(void)
{
    for (uint16_t i = 0; i < RULES; i++) {
        const String *name = intern_text(rules[i].name);
        size_t slot = slot_of(name);
        names[slot] = name;
        numbers[slot] = i;
    }
}

const AttributeRule *attribute_rule(const String *name)
{
    static bool is_filled;
    if (!is_filled)
        fill();
    is_filled = true;
    return &rules[numbers[slot_of(name)]];
}

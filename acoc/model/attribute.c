// SPDX-License-Identifier: MIT
// The tables of attributes, found by name: headers write them on every declaration.
#include "attribute.h"

#include <string.h>

// Interned names, which are for the whole run, each in the first free slot from the one that its hash says.
static size_t slot_of(const String *const *names, size_t slots, const String *name)
{
    size_t slot = name->hash % slots;
    while (names[slot] && names[slot] != name)
        slot = (slot + 1) % slots;
    return slot;
}

// ---------------------------------------------------------------------- those that mean something to acoc

static const AttributeRule rules[] = {
    {"", EFFECT_NONE, ON_KEEP},
#define ATTRIBUTE(name, effect, coroutine) {name, EFFECT_##effect, ON_##coroutine},
#include "attributes.def"
#undef ATTRIBUTE
};

enum { RULES = sizeof rules / sizeof *rules, RULE_SLOTS = 512 };
_Static_assert(RULES * 2 < RULE_SLOTS, "the table is sparse");

static const String *ruled[RULE_SLOTS];
static uint16_t numbers[RULE_SLOTS]; // of their rules

static void fill_rules(void)
{
    for (uint16_t i = 0; i < RULES; i++) {
        const String *name = intern_text(rules[i].name);
        size_t slot = slot_of(ruled, RULE_SLOTS, name);
        ruled[slot] = name;
        numbers[slot] = i;
    }
}

const AttributeRule *attribute_rule(const String *name)
{
    static bool is_filled;
    if (!is_filled)
        fill_rules();
    is_filled = true;
    return &rules[numbers[slot_of(ruled, RULE_SLOTS, name)]];
}

// ------------------------------------------------------------------------------------------ all that there are

static const struct {
    AttributeUsers users;
    const char *names;
} lists[] = {
#define ATTRIBUTE_NAMES(who, names) {USERS_##who, names},
#include "attribute_names.def"
#undef ATTRIBUTE_NAMES
};

enum { NAME_SLOTS = 2048 };

static const String *known[NAME_SLOTS];
static uint8_t known_by[NAME_SLOTS]; // AttributeUsers; a name may stand in several lists

static void fill_list(const char *names, AttributeUsers users)
{
    for (const char *name = names + strspn(names, " "); *name; name += strspn(name, " ")) {
        size_t length = strcspn(name, " ");
        const String *interned = intern(name, length);
        size_t slot = slot_of(known, NAME_SLOTS, interned);
        known[slot] = interned;
        known_by[slot] |= users;
        name += length;
    }
}

// Only once one is met that means nothing to acoc: most programs have none in their own text.
static void fill_known(void)
{
    static bool is_filled;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !is_filled; i++)
        fill_list(lists[i].names, lists[i].users);
    is_filled = true;
}

bool attribute_is_known(const String *name)
{
    if (*attribute_rule(name)->name)
        return true;
    fill_known();
    return known[slot_of(known, NAME_SLOTS, name)];
}

void attribute_offer(Similar *similar, AttributeUsers users)
{
    fill_known();
    for (size_t slot = 0; slot < NAME_SLOTS; slot++)
        if (known_by[slot] & users)
            similar_offer(similar, known[slot]->text);
}

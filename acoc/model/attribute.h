// SPDX-License-Identifier: MIT
// What grammar/attributes.def says of an attribute: its effect on types and symbols, and what becomes of it on a
// coroutine function; and what attributes there are at all, from grammar/attribute_names.def.
#ifndef ACOC_ATTRIBUTE_H
#define ACOC_ATTRIBUTE_H

#include "../base/similar.h"
#include "../base/text.h"

typedef enum AttributeEffect {
    EFFECT_NONE, EFFECT_PACKED, EFFECT_ALIGNED, EFFECT_VECTOR_SIZE, EFFECT_VECTOR_ELEMENTS, EFFECT_MODE,
    EFFECT_TRANSPARENT_UNION, EFFECT_CLEANUP, EFFECT_NORETURN, EFFECT_BLOCKING, EFFECT_ADDRESS_SPACE, EFFECT_MAY_ALIAS,
    EFFECT_CONVENTION, EFFECT_OVERLOADABLE, EFFECT_MS_STRUCT, EFFECT_GCC_STRUCT, EFFECT_COPY,
    EFFECT_UNSUPPORTED
} AttributeEffect;

typedef enum AttributePlace { ON_KEEP, ON_DROP, ON_SHIFT, ON_BOTH, ON_BODY, ON_REFUSE } AttributePlace;

typedef struct AttributeRule {
    const char *name;
    AttributeEffect effect;
    AttributePlace on_coroutine;
} AttributeRule;

const AttributeRule *attribute_rule(const String *name); // of one that is not listed: no effect, and it stays

// Who knows an attribute: what may be offered to whom.
typedef enum AttributeUsers {
    USERS_ELSEWHERE = 1, USERS_GCC = 2, USERS_CLANG = 4, USERS_BOTH = USERS_GCC | USERS_CLANG, USERS_STANDARD = 8
} AttributeUsers;

bool attribute_is_known(const String *name);             // to anybody
void attribute_offer(Similar *similar, AttributeUsers users);

#endif

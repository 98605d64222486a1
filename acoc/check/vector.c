// SPDX-License-Identifier: MIT
// Elements of clang's own vectors (ext_vector_type) by name, OpenCL's way: v.x, v.wzyx, v.rgba, v.s01F, v.lo, v.odd.
#include "check.h"

#include <string.h>

// The element that a letter names; -1 when it is none of the first count.
static int element_of(char letter, const char *letters, uint64_t count)
{
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found && (uint64_t)(found - letters) < count ? (int)(found - letters) : -1;
}

static bool all_name_elements(const char *name, const char *letters, uint64_t count)
{
    for (; *name; name++)
        if (element_of(*name, letters, count) < 0)
            return false;
    return true;
}

// "s01F": hexadecimal digits in either case.
static bool all_are_digits(const char *name, uint64_t count)
{
    for (; *name; name++) {
        bool is_capital = *name >= 'A' && *name <= 'F';
        if (element_of(is_capital ? (char)(*name - 'A' + 'a') : *name, "0123456789abcdef", count) < 0)
            return false;
    }
    return true;
}

// How many elements the name stands for; 0 when the vector has no such elements.
static uint64_t count_named(const Type *vector, const String *name)
{
    static const char *const halves[] = {"lo", "hi", "even", "odd"};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (string_is(name, halves[i]))
            return (vector->count + 1) / 2; // clang rounds the three of a vector up to four
    bool has_digits = name->length > 1 && (name->text[0] == 's' || name->text[0] == 'S');
    if (has_digits && all_are_digits(name->text + 1, vector->count))
        return name->length - 1;
    bool named = all_name_elements(name->text, "xyzw", vector->count) ||
                 all_name_elements(name->text, "rgba", vector->count);
    return named ? name->length : 0;
}

Type *type_of_elements(Checker *c, const Type *vector, const String *name)
{
    uint64_t count = vector->is_ext_vector ? count_named(vector, name) : 0;
    if (count == 0)
        return NULL;
    if (count == 1)
        return type_qualified(c->arena, vector->base, vector->qualifiers);
    Type *type = type_copy(c->arena, vector);
    type->count = count;
    type->alias = NULL;
    return type;
}

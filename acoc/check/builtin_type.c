// SPDX-License-Identifier: MIT
// The types of builtins, from the letters in which grammar/builtins.def, builtin_results.def and types.def write them.
#include "check.h"

#include <ctype.h>
#include <string.h>

static TypeKind kind_of_letter(char letter)
{
    static const struct { char letter; TypeKind kind; } letters[] = {
        {'v', TYPE_VOID}, {'N', TYPE_VOID}, {'b', TYPE_BOOL}, {'c', TYPE_CHAR}, {'h', TYPE_UCHAR}, {'s', TYPE_SHORT},
        {'t', TYPE_USHORT}, {'i', TYPE_INT}, {'u', TYPE_UINT}, {'l', TYPE_LONG}, {'m', TYPE_ULONG},
        {'q', TYPE_LLONG}, {'w', TYPE_ULLONG}, {'n', TYPE_INT128}, {'o', TYPE_UINT128}, {'f', TYPE_FLOAT},
        {'d', TYPE_DOUBLE}, {'e', TYPE_LDOUBLE}, {'g', TYPE_FLOAT128}, {'r', TYPE_FLOAT16}, {'L', TYPE_VA_LIST},
        {'F', TYPE_FLOAT32}, {'D', TYPE_FLOAT64}, {'X', TYPE_FLOAT32X}, {'E', TYPE_FLOAT64X}, {'1', TYPE_DECIMAL32},
        {'2', TYPE_DECIMAL64}, {'3', TYPE_DECIMAL128},
    };
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].letter == letter)
            return letters[i].kind;
    return letter == 'z' ? target_size_kind() : letter == 'W' ? target_wchar_kind() : TYPE_ERROR;
}

Type *builtin_type(Arena *arena, const char **letters)
{
    char letter = *(*letters)++;
    uint64_t count = 0;
    switch (letter) {
    case 'p': return type_pointer_to(arena, builtin_type(arena, letters));
    case 'k': return type_qualified(arena, builtin_type(arena, letters), QUAL_CONST);
    case 'C': return type_complex_of(arena, builtin_type(arena, letters));
    case 'V':
        while (isdigit((unsigned char)**letters))
            count = count * 10 + (uint64_t)(*(*letters)++ - '0');
        return type_vector_of(arena, builtin_type(arena, letters), count);
    default: return type_basic(kind_of_letter(letter));
    }
}

Type *builtin_signature(Arena *arena, const char *letters)
{
    Type *type = NEW(arena, Type);
    type->kind = TYPE_FUNCTION;
    if (!letters) {
        type->base = type_basic(TYPE_ERROR);
        type->is_kr = true;
        return type;
    }
    type->base = builtin_type(arena, &letters);
    while (*letters) {
        if (*letters == '.') {
            type->is_variadic = true;
            break;
        }
        Type *parameter = builtin_type(arena, &letters);
        vec_push(arena, type->parameters, (Parameter){.type = parameter, .written = parameter});
    }
    return type;
}

// ------------------------------------------------------------------------------------------ the table of results

typedef enum KnownTo { KNOWN_TO_BOTH, KNOWN_TO_GCC, KNOWN_TO_CLANG } KnownTo;

static const struct { KnownTo known_to; const char *result, *names; } results[] = {
#define RESULTS(known_to, result, names) {KNOWN_TO_##known_to, result, names},
#include "builtin_results.def"
#undef RESULTS
};

static bool is_among(const char *names, const char *name, size_t length)
{
    for (const char *found = names; (found = strstr(found, name)); found += length)
        if (found[-1] == ' ' && found[length] == ' ') // a blank stands before the first and behind the last name
            return true;
    return false;
}

const char *builtin_result(const String *name)
{
    const char *plain = name->text + (strncmp(name->text, "__builtin_", 10) ? 0 : 10);
    KnownTo not_here = target_is_clang() ? KNOWN_TO_GCC : KNOWN_TO_CLANG;
    size_t length = strlen(plain);
    for (size_t i = 0; length && i < sizeof results / sizeof *results; i++)
        if (results[i].known_to != not_here && is_among(results[i].names, plain, length))
            return results[i].result;
    return NULL;
}

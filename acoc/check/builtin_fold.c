// SPDX-License-Identifier: MIT
// The values of builtins whose argument is a constant: grammar/builtins.def says which one finds what. They are numbers of
// bits, found in 64, of which the parameter's type may be fewer.
#include "check.h"

// How many bits above the sign repeat it.
static int count_signs(int64_t value)
{
    uint64_t differing = (uint64_t)(value < 0 ? ~value : value);
    return (differing ? __builtin_clzll(differing) : 64) - 1;
}

void builtin_fold(Checker *c, Node *call, Folding folding, const Type *parameter)
{
    const Node *argument = call->list;
    if (!argument || !argument->is_constant)
        return;
    int64_t value = const_wrap(parameter, argument->value); // without the bits that are none of the parameter's
    uint64_t bits = (uint64_t)value;
    int above = 64 - (int)type_width(parameter);
    if (!bits && (folding == FOLD_LEADING_ZEROS || folding == FOLD_TRAILING_ZEROS)) // which is undefined
        return;
    switch (folding) {
    case FOLD_NONE: break;
    case FOLD_VALUE: const_set(c, call, value); break;
    case FOLD_SWAPPED: const_set(c, call, (int64_t)(__builtin_bswap64(bits) >> above)); break;
    case FOLD_FIRST_SET: const_set(c, call, __builtin_ffsll(value)); break;
    case FOLD_LEADING_ZEROS: const_set(c, call, __builtin_clzll(bits) - above); break;
    case FOLD_TRAILING_ZEROS: const_set(c, call, __builtin_ctzll(bits)); break;
    case FOLD_SIGNS: const_set(c, call, count_signs(value) - above); break;
    case FOLD_SET: const_set(c, call, __builtin_popcountll(bits)); break;
    case FOLD_PARITY: const_set(c, call, __builtin_parityll(bits)); break;
    }
}

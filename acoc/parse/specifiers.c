// SPDX-License-Identifier: MIT
// Keywords among declaration specifiers, from grammar/specifiers.def, and the words that make a type: `unsigned long`
// is a type, `unsigned float` is none.
#include "parse.h"

const Specifier specifier_keywords[T_COUNT] = {
#define SPECIFIER(kind, role, value) [T_##kind] = { ROLE_##role, value },
#include "specifiers.def"
#undef SPECIFIER
};

bool count_type_word(TypeWords *words, TokenKind kind)
{
    if (specifier_keywords[kind].role != ROLE_WORD)
        return false;
    uint8_t *counter = (uint8_t *)words + specifier_keywords[kind].value;
    if (*counter < UINT8_MAX)
        ++*counter;
    return true;
}

// ---------------------------------------------------------------------------------- words that contradict

// The types that stand in the specifiers, of which there may be one.
static const char *second_type(const TypeWords *words)
{
    const struct {
        bool stands;
        const char *name;
    } types[] = {
        {words->node != NULL, "a struct, union, enum or typeof"}, {words->typedef_name != NULL, "a typedef"},
        {words->async_type != NULL, "acoc_async()"}, {words->other != 0, "another type"},
        {words->void_, "void"}, {words->bool_, "_Bool"}, {words->float_, "float"}, {words->double_, "double"},
        {words->char_, "char"}, {words->int_ && !(specifier_keywords[words->other].value & BESIDE_INT), "int"},
    };
    bool any = false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (types[i].stands && any)
            return types[i].name;
        any |= types[i].stands;
    }
    return NULL;
}

// Whether the type is one that these words stand beside: BESIDE_SIGN or BESIDE_COMPLEX. Without any it is int or double.
static bool stands_beside(const TypeWords *words, uint16_t which)
{
    if (words->other)
        return specifier_keywords[words->other].value & which;
    if (words->node)
        return words->node->kind == NODE_BITINT;
    bool is_real = words->float_ || words->double_;
    return !words->void_ && !words->bool_ && !words->typedef_name && !words->async_type && (which == BESIDE_COMPLEX || !is_real);
}

static const char *wrong_modifier(const TypeWords *words)
{
    bool is_int = stands_beside(words, BESIDE_SIGN) && !words->other && !words->node && !words->char_;
    if ((words->signed_ || words->unsigned_) && !stands_beside(words, BESIDE_SIGN))
        return words->signed_ ? "signed" : "unsigned";
    if (words->short_ && (!is_int || words->long_))
        return "short";
    if (words->long_ && !is_int && !(words->double_ && words->long_ == 1))
        return "long";
    if (words->imaginary_ && words->complex_)
        return "_Imaginary";
    return words->complex_ && !stands_beside(words, BESIDE_COMPLEX) ? "_Complex" : NULL;
}

static bool has_doubled_word(const TypeWords *words)
{
    return words->void_ > 1 || words->bool_ > 1 || words->char_ > 1 || words->short_ > 1 || words->int_ > 1 ||
           words->long_ > 2 || words->signed_ + words->unsigned_ > 1 || words->float_ > 1 || words->double_ > 1;
}

bool has_type_word(const TypeWords *words)
{
    return words->typedef_name || words->void_ || words->bool_ || words->char_ || words->short_ || words->int_ ||
           words->long_ || words->signed_ || words->unsigned_ || words->float_ || words->double_;
}

// Most types are: nothing in them can contradict anything.
static bool is_one_word(const TypeWords *words)
{
    unsigned named = (words->node != NULL) + (words->typedef_name != NULL) + (words->async_type != NULL) +
                     (words->other != 0);
    return named + words->void_ + words->bool_ + words->char_ + words->short_ + words->int_ + words->long_ + words->signed_ +
           words->unsigned_ + words->float_ + words->double_ + words->complex_ + words->imaginary_ <= 1;
}

bool type_words_agree(const TypeWords *words)
{
    return is_one_word(words) || (!second_type(words) && !wrong_modifier(words) && !has_doubled_word(words));
}

void check_type_words(Parser *p, const Node *specifiers)
{
    const TypeWords *words = specifiers->words;
    if (is_one_word(words))
        return;
    const char *second = second_type(words), *modifier = second ? NULL : wrong_modifier(words);
    Token *first = specifiers->first;
    if (second) {
        error_at(first->place, first->length, "two types in one declaration: the second is '%s'", second);
        doubt(p, first, p->token); // perhaps a '{' or ';' is missing between them
    } else if (modifier) {
        error_at(first->place, first->length, "'%s' cannot stand beside this type", modifier);
    } else if (has_doubled_word(words)) {
        error_at(first->place, first->length, "a word stands twice in this type");
    }
}

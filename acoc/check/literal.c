// SPDX-License-Identifier: MIT
// Literals: the type of a number by its digits and suffix, of characters and strings by their prefix; the values of
// integers and characters, the length of strings.
#include "check.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

// --------------------------------------------------------------------------------------------- numbers

typedef struct Suffix {
    unsigned is_unsigned, longs, size, bits, imaginary;
} Suffix;

static Suffix read_suffix(const char *text)
{
    Suffix suffix = {0};
    for (; *text; text++) {
        switch (*text) {
        case 'u': case 'U': suffix.is_unsigned = 1; break;
        case 'l': case 'L': suffix.longs++; break;
        case 'z': case 'Z': suffix.size = 1; break;
        case 'w': case 'W': suffix.bits = 1; break;
        case 'i': case 'I': case 'j': case 'J': suffix.imaginary = 1; break;
        default: break;
        }
    }
    return suffix;
}

static bool fits(uint64_t value, TypeKind kind)
{
    uint64_t bits = type_size(type_basic(kind)) * 8;
    if (!type_is_unsigned(type_basic(kind)))
        bits--;
    return bits >= 64 || value >> bits == 0;
}

static Type *type_of_integer(uint64_t value, bool decimal, Suffix suffix)
{
    static const TypeKind ladder[] = {TYPE_INT, TYPE_UINT, TYPE_LONG, TYPE_ULONG, TYPE_LLONG, TYPE_ULLONG};
    if (suffix.size)
        return type_basic(suffix.is_unsigned ? target_size_kind() : TYPE_LONG);
    size_t first = suffix.longs >= 2 ? 4 : suffix.longs == 1 ? 2 : 0;
    for (size_t i = first; i < sizeof ladder / sizeof *ladder; i++) {
        bool is_unsigned = i % 2;
        if (suffix.is_unsigned ? !is_unsigned : is_unsigned && decimal)
            continue;
        if (fits(value, ladder[i]))
            return type_basic(ladder[i]);
    }
    return type_basic(decimal && !suffix.is_unsigned ? TYPE_INT128 : TYPE_ULLONG);
}

// The narrowest _BitInt that holds the value.
static Type *bitint_of(Checker *c, uint64_t value, bool is_unsigned)
{
    uint64_t bits = 1;
    while (value >>= 1)
        bits++;
    return type_bitint(c->arena, is_unsigned ? bits : bits + 1, is_unsigned);
}

static void integer_constant(Checker *c, Node *node, const char *text)
{
    bool binary = text[0] == '0' && (text[1] == 'b' || text[1] == 'B');
    char *end;
    uint64_t value = binary ? strtoull(text + 2, &end, 2) : strtoull(text, &end, 0);
    Suffix suffix = read_suffix(end);
    node->type = suffix.bits ? bitint_of(c, value, suffix.is_unsigned)
                             : type_of_integer(value, text[0] != '0', suffix);
    if (suffix.imaginary)
        node->type = type_complex_of(c->arena, node->type);
    else
        const_set(c, node, (Wide)value);
}

static TypeKind floating_kind(const char *suffix)
{
    static const struct { const char *suffix; TypeKind kind; } known[] = {
        {"f16", TYPE_FLOAT16}, {"f32x", TYPE_FLOAT32X}, {"f64x", TYPE_FLOAT64X}, {"f32", TYPE_FLOAT32},
        {"f64", TYPE_FLOAT64}, {"f128", TYPE_FLOAT128}, {"df", TYPE_DECIMAL32}, {"dd", TYPE_DECIMAL64},
        {"dl", TYPE_DECIMAL128}, {"f", TYPE_FLOAT}, {"l", TYPE_LDOUBLE}, {"q", TYPE_FLOAT128}, {"w", TYPE_LDOUBLE},
        {"d", TYPE_DOUBLE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].suffix, suffix))
            return known[i].kind;
    return TYPE_DOUBLE;
}

static void floating_constant(Checker *c, Node *node, const char *text)
{
    char *end, suffix[8] = "";
    (void)strtold(text, &end);
    bool imaginary = false;
    size_t length = 0;
    for (; *end && length + 1 < sizeof suffix; end++) {
        char letter = *end >= 'A' && *end <= 'Z' ? (char)(*end - 'A' + 'a') : *end;
        if (letter == 'i' || letter == 'j')
            imaginary = true;
        else
            suffix[length++] = letter;
    }
    suffix[length] = 0;
    node->type = type_basic(floating_kind(suffix));
    if (imaginary)
        node->type = type_complex_of(c->arena, node->type);
}

static bool is_floating_text(const char *text)
{
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    return strpbrk(text, hexadecimal ? ".pP" : ".eE") != NULL;
}

// The number's text without C23's digit separators.
static void copy_digits(char *target, size_t size, const Token *token)
{
    size_t length = 0;
    for (uint32_t i = 0; i < token->length && length + 1 < size; i++)
        if (token->text[i] != '\'')
            target[length++] = token->text[i];
    target[length] = 0;
}

// ------------------------------------------------------------------------------- characters and strings

// A character as it stands there: a byte, or the several of UTF-8.
static uint32_t read_plain(const char **cursor, const char *end, bool *is_unicode)
{
    uint32_t value = (unsigned char)*(*cursor)++;
    unsigned more = value >= 0xf0 ? 3 : value >= 0xe0 ? 2 : value >= 0xc0 ? 1 : 0;
    *is_unicode = more > 0;
    if (more)
        value &= 0x3fu >> more;
    for (; more && *cursor < end; more--)
        value = value << 6 | ((unsigned char)*(*cursor)++ & 0x3f);
    return value;
}

// The number that the digits at the cursor are, at most so many of them.
static uint32_t read_digits(const char **cursor, const char *end, unsigned base, unsigned most)
{
    static const char digits[] = "0123456789abcdef";
    uint32_t value = 0;
    for (; most && *cursor < end; most--, ++*cursor) {
        char letter = **cursor >= 'A' && **cursor <= 'F' ? (char)(**cursor - 'A' + 'a') : **cursor;
        const char *digit = letter ? strchr(digits, letter) : NULL;
        if (!digit || digit >= digits + base)
            break;
        value = value * base + (uint32_t)(digit - digits);
    }
    return value;
}

// One character of a literal, escapes included. Universal names are UTF-8 in a string of char.
static uint32_t read_character(const char **cursor, const char *end, bool *is_unicode)
{
    static const char letters[] = "ntrabfveE", meant[] = "\n\t\r\a\b\f\v\x1b\x1b";
    if (**cursor != '\\')
        return read_plain(cursor, end, is_unicode);
    char letter = *++*cursor;
    *is_unicode = letter == 'u' || letter == 'U';
    if (letter >= '0' && letter <= '7')
        return read_digits(cursor, end, 8, 3);
    ++*cursor;
    if (letter == 'x')
        return read_digits(cursor, end, 16, UINT_MAX);
    if (*is_unicode)
        return read_digits(cursor, end, 16, letter == 'U' ? 8 : 4);
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? (unsigned char)meant[found - letters] : (unsigned char)letter;
}

static TypeKind prefix_kind(const Token *token, bool is_string)
{
    switch (token->text[0]) {
    case 'L': return target_wchar_kind();
    case 'U': return TYPE_UINT;
    case 'u': return token->text[1] == '8' ? (target_is_c23() ? TYPE_UCHAR : TYPE_CHAR) : TYPE_USHORT;
    default: return is_string ? TYPE_CHAR : TYPE_INT;
    }
}

static void character_constant(Checker *c, Node *node)
{
    const Token *token = node->first;
    const char *cursor = memchr(token->text, '\'', token->length), *end = token->text + token->length - 1;
    TypeKind kind = prefix_kind(token, false);
    node->type = type_basic(kind);
    if (!cursor)
        return;
    uint64_t value = 0;
    unsigned count = 0;
    for (cursor++; cursor < end; count++) {
        bool is_unicode;
        uint32_t one = read_character(&cursor, end, &is_unicode);
        value = kind == TYPE_INT && token->text[0] == '\'' ? value << 8 | (one & 0xff) : one;
    }
    if (count == 1 && token->text[0] == '\'') // a char, sign-extended
        value = (uint64_t)const_wrap(type_basic(TYPE_CHAR), (int64_t)value);
    const_set(c, node, (Wide)value);
}

static unsigned units_of(uint32_t character, bool is_unicode, uint64_t unit_size)
{
    if (!is_unicode || unit_size == 4)
        return 1;
    if (unit_size == 2)
        return character > 0xffff ? 2 : 1;
    return character >= 0x10000 ? 4 : character >= 0x800 ? 3 : character >= 0x80 ? 2 : 1;
}

// What stands between the quotes; of gcc's R"x(…)x" what stands between the parentheses, where nothing is escaped.
typedef struct Contents {
    const char *begin, *end;
    bool is_raw;
} Contents;

static Contents contents_of(const Token *token)
{
    const char *quote = memchr(token->text, '"', token->length), *end = token->text + token->length - 1;
    Contents contents = {quote + 1, end, quote > token->text && quote[-1] == 'R'};
    if (contents.is_raw) {
        contents.begin = (const char *)memchr(quote, '(', (size_t)(end - quote)) + 1;
        contents.end = end - (contents.begin - quote - 1);
    }
    return contents;
}

static uint64_t units_in(const Token *token, uint64_t unit_size)
{
    Contents contents = contents_of(token);
    uint64_t count = 0;
    while (contents.begin < contents.end) {
        bool is_unicode;
        uint32_t character = contents.is_raw ? read_plain(&contents.begin, contents.end, &is_unicode)
                                             : read_character(&contents.begin, contents.end, &is_unicode);
        count += units_of(character, is_unicode, unit_size);
    }
    return count;
}

void literal_string(Checker *c, Node *node)
{
    TypeKind kind = TYPE_CHAR;
    for (const Token *token = node->first; token <= node->last; token++)
        if (token->kind == T_STRING && token->text[0] != '"' && token->text[0] != 'R')
            kind = prefix_kind(token, true);
    uint64_t count = 1, unit_size = type_size(type_basic(kind));
    for (const Token *token = node->first; token <= node->last; token++)
        if (token->kind == T_STRING)
            count += units_in(token, unit_size);
    node->type = type_array_of(c->arena, type_basic(kind), count);
    node->is_lvalue = true;
}

long double literal_floating(const Node *number)
{
    char text[256];
    copy_digits(text, sizeof text, number->first);
    return strtold(text, NULL);
}

// Most numbers are a few decimal digits, an int of any target's. False: not one of those.
static bool small_constant(Node *node, const Token *token)
{
    int64_t value = 0;
    if (token->length > 9 || (token->text[0] == '0' && token->length > 1))
        return false;
    for (uint32_t i = 0; i < token->length; i++) {
        if (token->text[i] < '0' || token->text[i] > '9')
            return false;
        value = value * 10 + (token->text[i] - '0');
    }
    node->type = type_basic(TYPE_INT);
    node->is_constant = true;
    node->value = value;
    return true;
}

void literal_number(Checker *c, Node *node)
{
    const Token *token = node->first;
    if (token->kind == T_NUMBER && small_constant(node, token))
        return;
    if (token->kind == T_CHARACTER) {
        character_constant(c, node);
    } else if (token->kind == T_TRUE || token->kind == T_FALSE) {
        node->type = type_basic(TYPE_BOOL);
        const_set(c, node, token->kind == T_TRUE);
    } else if (token->kind == T_NULLPTR) {
        node->type = type_basic(TYPE_NULLPTR);
    } else {
        char text[256];
        copy_digits(text, sizeof text, token);
        if (is_floating_text(text))
            floating_constant(c, node, text);
        else
            integer_constant(c, node, text);
    }
}

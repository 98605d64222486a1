// SPDX-License-Identifier: MIT
// Literals: the type of a number by its digits and suffix, of characters and strings by their prefix; the values of
// integers and characters, the length of strings.
#include "check.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

// --------------------------------------------------------------------------------------------- numbers

// A number is read from its token, of any length; C23's digit separators are passed over.
typedef struct Cursor {
    const char *at, *end;
} Cursor;

static Cursor number_of(const Token *token)
{
    return (Cursor){token->text, token->text + token->length};
}

static char next_letter(Cursor *cursor)
{
    while (cursor->at < cursor->end && *cursor->at == '\'')
        cursor->at++;
    if (cursor->at == cursor->end)
        return 0;
    return *cursor->at >= 'A' && *cursor->at <= 'Z' ? (char)(*cursor->at - 'A' + 'a') : *cursor->at;
}

// The value of a digit in bases up to 16, and 16 of what is none.
static unsigned digit_value(char letter)
{
    return letter >= '0' && letter <= '9' ? (unsigned)(letter - '0')
         : letter >= 'a' && letter <= 'f' ? (unsigned)(letter - 'a') + 10 : 16;
}

// Passes the prefix.
static unsigned take_base(Cursor *cursor)
{
    if (cursor->end - cursor->at < 2 || *cursor->at != '0')
        return 10;
    Cursor behind = {cursor->at + 1, cursor->end};
    char letter = next_letter(&behind);
    if (letter != 'x' && letter != 'b')
        return 8;
    cursor->at = behind.at + 1;
    return letter == 'x' ? 16 : 2;
}

// ---------------------------------------------------------------------------------------------- integers

typedef struct Suffix {
    unsigned is_unsigned, longs, size, bits, imaginary;
} Suffix;

static Suffix read_suffix(Cursor cursor)
{
    Suffix suffix = {0};
    for (char letter; (letter = next_letter(&cursor)) != 0; cursor.at++) {
        switch (letter) {
        case 'u': suffix.is_unsigned = 1; break;
        case 'l': suffix.longs++; break;
        case 'z': suffix.size = 1; break;
        case 'w': suffix.bits = 1; break;
        case 'i': case 'j': suffix.imaginary = 1; break;
        default: break;
        }
    }
    return suffix;
}

// What the digits make: the lowest 64 bits, which is all that gcc keeps of more, and how many bits it takes to hold it.
typedef struct Magnitude {
    uint64_t value;
    uint64_t bits;           // at least 1; 0: of so many decimal digits that they were not counted
} Magnitude;

static Magnitude take_digits(Cursor *cursor, unsigned base)
{
    unsigned __int128 value = 0;
    const unsigned digit_bits = base == 16 ? 4 : base == 8 ? 3 : 1;
    uint64_t bits = 0, decimal_bits = 0;
    bool is_long = false;
    for (unsigned digit; (digit = digit_value(next_letter(cursor))) < base; cursor->at++) {
        is_long |= value >> 124 != 0;
        value = value * base + digit;
        bits = bits ? bits + digit_bits : digit ? 32 - (unsigned)__builtin_clz(digit) : 0;
    }
    while (decimal_bits < 128 && value >> decimal_bits)
        decimal_bits++;
    if (base == 10)
        bits = decimal_bits;
    return (Magnitude){(uint64_t)value, base == 10 && is_long ? 0 : bits ? bits : 1};
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
        bool may_be = !decimal || (ladder[i] > TYPE_UINT && !target_is_c99()); // of what has no 'u'
        if (is_unsigned ? !suffix.is_unsigned && !may_be : suffix.is_unsigned)
            continue;
        if (fits(value, ladder[i]))
            return type_basic(ladder[i]);
    }
    bool is_wide = decimal && !suffix.is_unsigned && !target_is_clang(); // as which gcc takes what no other type holds
    return type_basic(is_wide ? TYPE_INT128 : TYPE_ULLONG);
}

static void integer_constant(Checker *c, Node *node)
{
    Cursor cursor = number_of(node->first);
    unsigned base = take_base(&cursor);
    Magnitude magnitude = take_digits(&cursor, base);
    Suffix suffix = read_suffix(cursor);
    if (!suffix.bits)
        node->type = type_of_integer(magnitude.value, base == 10, suffix);
    else if (magnitude.bits) // the narrowest _BitInt that holds it
        node->type = type_bitint(c->arena, magnitude.bits + !suffix.is_unsigned, suffix.is_unsigned);
    else
        node->type = type_basic(TYPE_ERROR);
    if (suffix.imaginary)
        node->type = type_complex_of(c->arena, node->type);
    else if (!suffix.bits || (magnitude.bits && magnitude.bits <= 64))
        const_set(c, node, (Wide)magnitude.value);
}

// ----------------------------------------------------------------------------------------- floating numbers

// By its suffix, without the letters that make it imaginary. What is none of these the compiler alone knows.
static TypeKind floating_kind(const char *suffix)
{
    static const struct { const char *suffix; TypeKind kind; } known[] = {
        {"", TYPE_DOUBLE},
        {"f16", TYPE_FLOAT16}, {"f32x", TYPE_FLOAT32X}, {"f64x", TYPE_FLOAT64X}, {"f32", TYPE_FLOAT32},
        {"f64", TYPE_FLOAT64}, {"f128", TYPE_FLOAT128}, {"df", TYPE_DECIMAL32}, {"dd", TYPE_DECIMAL64},
        {"dl", TYPE_DECIMAL128}, {"f", TYPE_FLOAT}, {"l", TYPE_LDOUBLE}, {"q", TYPE_FLOAT128}, {"w", TYPE_LDOUBLE},
        {"d", TYPE_DOUBLE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].suffix, suffix))
            return known[i].kind;
    return TYPE_ERROR;
}

// Passes the digits, the point and the exponent.
static void skip_floating(Cursor *cursor)
{
    unsigned base = take_base(cursor) == 16 ? 16 : 10;
    char exponent = base == 16 ? 'p' : 'e', letter;
    while ((letter = next_letter(cursor)) == '.' || digit_value(letter) < base)
        cursor->at++;
    if (letter != exponent)
        return;
    cursor->at++;
    letter = next_letter(cursor);
    cursor->at += letter == '+' || letter == '-';
    while (digit_value(next_letter(cursor)) < 10)
        cursor->at++;
}

static void floating_constant(Checker *c, Node *node)
{
    Cursor cursor = number_of(node->first);
    char suffix[8] = "", letter; // longer than any that is known
    bool imaginary = false;
    size_t length = 0;
    skip_floating(&cursor);
    for (; (letter = next_letter(&cursor)) != 0 && length + 1 < sizeof suffix; cursor.at++) {
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

// It has a point or an exponent.
static bool is_floating(const Token *token)
{
    Cursor cursor = number_of(token);
    unsigned base = take_base(&cursor) == 16 ? 16 : 10;
    while (digit_value(next_letter(&cursor)) < base)
        cursor.at++;
    char letter = next_letter(&cursor);
    return letter == '.' || letter == (base == 16 ? 'p' : 'e');
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

// strtold takes no separators, and wants an end.
long double literal_floating(const Node *number)
{
    Text digits = {0};
    Cursor cursor = number_of(number->first);
    for (; next_letter(&cursor); cursor.at++)
        text_append(&digits, cursor.at, 1);
    long double value = strtold(digits.data, NULL);
    text_free(&digits);
    return value;
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
    } else if (is_floating(token)) {
        floating_constant(c, node);
    } else {
        integer_constant(c, node);
    }
}

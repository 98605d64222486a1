// SPDX-License-Identifier: MIT
// Constants: what a literal is, and folding as expressions are typed, bottom-up. Values are calculated in 128 bits and
// wrapped to their type. One that needs more than 64 is kept aside (Node.wide): only folding asks for it, and a constant
// expression that ends in a smaller one, as extents and labels do, is like any other. What is wider still, and floating
// values, are typed but not folded; where a constant is needed the C compiler, which sees the same text, decides.
// Addresses with an absolute base fold too, for offsetof's old pattern.
#include "check.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 UnsignedWide;

static uint64_t width_of(const Type *type)
{
    return type->count ? type->count : type_size(type) * 8; // of _BitInt and gcc's bit-field types, of the others
}

static Wide wrap(const Type *type, Wide value)
{
    type = type_of_enum(type);
    if (type->kind == TYPE_BOOL)
        return value != 0;
    uint64_t bits = width_of(type);
    if (bits >= 128 || bits == 0)
        return value;
    UnsignedWide mask = ((UnsignedWide)1 << bits) - 1, low = (UnsignedWide)value & mask;
    bool negative = !type_is_unsigned(type) && (low >> (bits - 1)) & 1;
    return (Wide)(negative ? low | ~mask : low);
}

// Brings a value into the range of its integer type.
int64_t const_wrap(const Type *type, int64_t value)
{
    return (int64_t)wrap(type, value);
}

static bool is_known(const Node *node)
{
    return node->is_constant || node->is_wide;
}

// The value as a number: 64 bits of an unsigned type are no negative ones.
static Wide value_of(const Node *node)
{
    if (node->is_wide)
        return *node->wide;
    bool is_pattern = type_is_unsigned(node->type) && type_size(node->type) <= 8;
    return is_pattern ? (Wide)(uint64_t)node->value : (Wide)node->value;
}

static void set_value(Checker *c, Node *node, Wide value)
{
    value = wrap(node->type, value);
    bool is_narrow = type_size(node->type) <= 8 || (value == (int64_t)value && !(value < 0 && type_is_unsigned(node->type)));
    if (is_narrow) {
        node->is_constant = true;
        node->value = (int64_t)value;
        return;
    }
    Wide *wide = NEW(c->arena, Wide);
    *wide = value;
    node->is_wide = true;
    node->wide = wide;
}

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

static Type *bitint_of(Checker *c, uint64_t value, bool is_unsigned)
{
    Type *type = NEW(c->arena, Type);
    type->kind = TYPE_BITINT;
    type->is_unsigned = is_unsigned;
    type->count = !is_unsigned;
    for (; value; value >>= 1)
        type->count++;
    if (type->count < (is_unsigned ? 1u : 2u))
        type->count = is_unsigned ? 1 : 2;
    return type;
}

static Type *complex_of(Checker *c, Type *base)
{
    Type *type = NEW(c->arena, Type);
    type->kind = TYPE_COMPLEX;
    type->base = base;
    return type;
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
        node->type = complex_of(c, node->type);
    else
        set_value(c, node, (Wide)value);
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
        node->type = complex_of(c, node->type);
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
    set_value(c, node, (Wide)value);
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

void const_string(Checker *c, Node *node)
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

void const_number(Checker *c, Node *node)
{
    const Token *token = node->first;
    if (token->kind == T_NUMBER && small_constant(node, token))
        return;
    if (token->kind == T_CHARACTER) {
        character_constant(c, node);
    } else if (token->kind == T_TRUE || token->kind == T_FALSE) {
        node->type = type_basic(TYPE_BOOL);
        set_value(c, node, token->kind == T_TRUE);
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

// ----------------------------------------------------------------------------------------------- folding

static bool is_foldable(const Type *type)
{
    return type_is_integer(type) && type->kind != TYPE_ERROR && width_of(type) <= 128;
}

void const_unary(Checker *c, Node *node)
{
    Node *operand = node->operand;
    if (!is_known(operand) || !is_foldable(node->type) || !is_foldable(operand->type))
        return;
    Wide value = value_of(operand);
    switch (node->op) {
    case T_PLUS: set_value(c, node, value); break;
    case T_MINUS: set_value(c, node, (Wide)(0 - (UnsignedWide)value)); break;
    case T_TILDE: set_value(c, node, ~value); break;
    case T_NOT: set_value(c, node, !value); break;
    default: break;
    }
}

// An operation on two values of one type: what it gives, and whether that is anything.
typedef struct Operation {
    TokenKind op;
    Wide left, right, result;
    bool is_unsigned;
    uint64_t width;
} Operation;

static bool compare(Operation *o)
{
    UnsignedWide a = (UnsignedWide)o->left, b = (UnsignedWide)o->right;
    switch (o->op) {
    case T_LESS: o->result = o->is_unsigned ? a < b : o->left < o->right; return true;
    case T_GREATER: o->result = o->is_unsigned ? a > b : o->left > o->right; return true;
    case T_LESS_EQUAL: o->result = o->is_unsigned ? a <= b : o->left <= o->right; return true;
    case T_GREATER_EQUAL: o->result = o->is_unsigned ? a >= b : o->left >= o->right; return true;
    case T_EQUAL: o->result = a == b; return true;
    case T_NOT_EQUAL: o->result = a != b; return true;
    default: return false;
    }
}

static bool divide(Operation *o)
{
    UnsignedWide a = (UnsignedWide)o->left, b = (UnsignedWide)o->right;
    if (b == 0)
        return false;
    if (o->is_unsigned)
        o->result = (Wide)(o->op == T_SLASH ? a / b : a % b);
    else if (o->right == -1) // the smallest number divided by -1 traps
        o->result = o->op == T_SLASH ? (Wide)(0 - a) : 0;
    else
        o->result = o->op == T_SLASH ? o->left / o->right : o->left % o->right;
    return true;
}

static bool shift(Operation *o)
{
    if (o->right < 0 || (UnsignedWide)o->right >= o->width)
        return false;
    if (o->op == T_SHIFT_LEFT)
        o->result = (Wide)((UnsignedWide)o->left << o->right);
    else
        o->result = o->is_unsigned ? (Wide)((UnsignedWide)o->left >> o->right) : o->left >> o->right;
    return true;
}

static bool calculate(Operation *o)
{
    UnsignedWide a = (UnsignedWide)o->left, b = (UnsignedWide)o->right;
    switch (o->op) {
    case T_PLUS: o->result = (Wide)(a + b); return true;
    case T_MINUS: o->result = (Wide)(a - b); return true;
    case T_STAR: o->result = (Wide)(a * b); return true;
    case T_SLASH:
    case T_PERCENT: return divide(o);
    case T_AND: o->result = o->left & o->right; return true;
    case T_OR: o->result = o->left | o->right; return true;
    case T_CARET: o->result = o->left ^ o->right; return true;
    case T_SHIFT_LEFT:
    case T_SHIFT_RIGHT: return shift(o);
    default: return compare(o);
    }
}

static void fold_logical(Checker *c, Node *node)
{
    Node *left = node->left, *right = node->right;
    bool decides = node->op == T_OR_OR;
    if (is_known(left) && (value_of(left) != 0) == decides)
        set_value(c, node, decides);
    else if (is_known(left) && is_known(right))
        set_value(c, node, value_of(right) != 0);
}

static bool is_shift(TokenKind op)
{
    return op == T_SHIFT_LEFT || op == T_SHIFT_RIGHT;
}

// operands: the type in which the operation is done; it tells signed from unsigned.
void const_binary(Checker *c, Node *node, Type *operands)
{
    Node *left = node->left, *right = node->right;
    if (node->op == T_AND_AND || node->op == T_OR_OR) {
        fold_logical(c, node);
        return;
    }
    if (!is_known(left) || !is_known(right) || !type_is_integer(node->type) || width_of(operands) > 128)
        return;
    Operation operation = {.op = node->op, .left = wrap(operands, value_of(left)),
                           .right = is_shift(node->op) ? value_of(right) : wrap(operands, value_of(right)),
                           .is_unsigned = type_is_unsigned(operands), .width = width_of(operands)};
    if (calculate(&operation))
        set_value(c, node, operation.result);
}

// The number without its fraction, where 128 bits hold it.
static bool truncate_floating(long double number, Wide *value)
{
    const long double limit = 0x1p127L;
    if (!(number > -limit && number < 2 * limit))
        return false;
    *value = number < limit ? (Wide)number : (Wide)(UnsignedWide)number;
    return true;
}

void const_convert(Checker *c, Node *node, Node *operand)
{
    long double number;
    Wide value;
    bool to_pointer = node->type->kind == TYPE_POINTER;
    if (!to_pointer && !is_foldable(node->type))
        return;
    if (is_known(operand))
        set_value(c, node, value_of(operand));
    else if (!to_pointer && const_floating(operand, &number) && truncate_floating(number, &value))
        set_value(c, node, value);
}

// The nearest number of the type: a literal and each operation are rounded, there is no excess precision.
static bool round_to(const Type *type, long double *value)
{
    if (type->kind == TYPE_FLOAT || type->kind == TYPE_FLOAT32)
        *value = (float)*value;
    else if (type->kind == TYPE_DOUBLE || type->kind == TYPE_FLOAT64 || type->kind == TYPE_FLOAT32X)
        *value = (double)*value;
    return type->kind != TYPE_FLOAT128; // which a long double cannot hold
}

bool const_floating(Node *node, long double *value)
{
    node = node_strip(node);
    if (is_known(node)) {
        *value = type_is_unsigned(node->type) ? (long double)(UnsignedWide)value_of(node) : (long double)value_of(node);
        return true;
    }
    long double left, right;
    if (node->kind == NODE_NUMBER && node->type && type_is_floating(node->type)) {
        char text[256];
        copy_digits(text, sizeof text, node->first);
        *value = strtold(text, NULL);
        return round_to(node->type, value);
    }
    if (node->kind == NODE_UNARY && (node->op == T_MINUS || node->op == T_PLUS) && const_floating(node->operand, &left)) {
        *value = node->op == T_MINUS ? -left : left;
        return true;
    }
    if (node->kind == NODE_CAST && node->type && type_is_floating(node->type))
        return const_floating(node->operand, value) && round_to(node->type, value);
    if (node->kind != NODE_BINARY || !type_is_floating(node->type) || !const_floating(node->left, &left) || !const_floating(node->right, &right))
        return false;
    switch (node->op) {
    case T_PLUS: *value = left + right; break;
    case T_MINUS: *value = left - right; break;
    case T_STAR: *value = left * right; break;
    case T_SLASH: *value = left / right; break;
    default: return false;
    }
    return round_to(node->type, value) && (node->op != T_SLASH || right != 0);
}

// ---------------------------------------------------------------------------------------------- addresses

static bool address_of_subscript(Node *node, int64_t *address)
{
    Type *left = node->left->type;
    if (!left || !node->right->is_constant)
        return false;
    bool known = left->kind == TYPE_ARRAY ? const_address(node->left, address)
                                          : left->kind == TYPE_POINTER && node->left->is_constant;
    if (!known)
        return false;
    if (left->kind == TYPE_POINTER)
        *address = node->left->value;
    *address += node->right->value * (int64_t)type_size(left->base);
    return true;
}

bool const_address(Node *lvalue, int64_t *address)
{
    lvalue = node_strip(lvalue);
    bool found = false;
    switch (lvalue->kind) {
    case NODE_UNARY:
        if (lvalue->op != T_STAR || !lvalue->operand->is_constant)
            return false;
        *address = lvalue->operand->value;
        return true;
    case NODE_SUBSCRIPT:
        return address_of_subscript(lvalue, address);
    case NODE_MEMBER:
        if (!const_address(lvalue->operand, address) || !type_is_record(lvalue->operand->type))
            return false;
        *address += (int64_t)member_offset(lvalue->operand->type->record, lvalue->name, &found);
        return found;
    case NODE_ARROW: {
        Type *type = lvalue->operand->type;
        if (type->kind != TYPE_POINTER || !type_is_record(type->base) || !lvalue->operand->is_constant)
            return false;
        *address = lvalue->operand->value + (int64_t)member_offset(type->base->record, lvalue->name, &found);
        return found;
    }
    default:
        return false;
    }
}

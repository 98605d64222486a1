// SPDX-License-Identifier: MIT
// Declaration specifiers: storage classes, qualifiers, the words of a type (counted in TypeWords), typeof, alignment,
// and our `async` and `raises` among them; structs, unions and enums stand in record.c. Specifiers may stand in any order; an
// identifier is a type only while no other type was seen, which is what lets `T T;` declare a variable.
#include "parse.h"

typedef struct Specifiers {
    Node *node;
    TypeWords *words;
    Node **end;      // of node->list
    bool has_type;
} Specifiers;

static Node *parse_typeof(Parser *p);

// ------------------------------------------------------------------------------------- what starts one

static uint32_t storage_flag(TokenKind kind)
{
    switch (kind) {
    case T_TYPEDEF: return SPEC_TYPEDEF;
    case T_EXTERN: return SPEC_EXTERN;
    case T_STATIC: return SPEC_STATIC;
    case T_AUTO: return SPEC_AUTO;
    case T_REGISTER: return SPEC_REGISTER;
    case T_INLINE: return SPEC_INLINE;
    case T_NORETURN: return SPEC_NORETURN;
    case T_THREAD_LOCAL: return SPEC_THREAD_LOCAL;
    case T_CONSTEXPR: return SPEC_CONSTEXPR;
    default: return 0;
    }
}

static Qualifiers qualifier_flag(TokenKind kind)
{
    switch (kind) {
    case T_CONST: return QUAL_CONST;
    case T_VOLATILE: return QUAL_VOLATILE;
    case T_RESTRICT: return QUAL_RESTRICT;
    case T_ATOMIC: return QUAL_ATOMIC;
    case T_SEG_FS: return QUAL_SEG_FS;
    case T_SEG_GS: return QUAL_SEG_GS;
    default: return 0;
    }
}

bool is_idle_word(TokenKind kind)
{
    return kind == T_EXTENSION || kind == T_NULLABILITY || kind == T_MS_QUALIFIER;
}

bool take_qualifier(Parser *p, Qualifiers *qualifiers)
{
    Qualifiers flag = qualifier_flag(peek(p));
    if (!flag && (!is_idle_word(peek(p)) || peek(p) == T_EXTENSION))
        return false;
    *qualifiers |= flag;
    take(p);
    return true;
}

uint8_t *word_counter(TypeWords *words, TokenKind kind)
{
    switch (kind) {
    case T_VOID: return &words->void_;
    case T_BOOL: return &words->bool_;
    case T_CHAR: return &words->char_;
    case T_SHORT: return &words->short_;
    case T_INT: return &words->int_;
    case T_LONG: return &words->long_;
    case T_SIGNED: return &words->signed_;
    case T_UNSIGNED: return &words->unsigned_;
    case T_FLOAT: return &words->float_;
    case T_DOUBLE: return &words->double_;
    case T_COMPLEX: return &words->complex_;
    case T_IMAGINARY: return &words->imaginary_;
    default: return NULL;
    }
}

static bool is_other_type(TokenKind kind)
{
    switch (kind) {
    case T_INT128: case T_FLOAT16: case T_FLOAT32: case T_FLOAT64: case T_FLOAT128: case T_FLOAT32X: case T_FLOAT64X:
    case T_FLOAT80: case T_DECIMAL32: case T_DECIMAL64: case T_DECIMAL128: case T_BUILTIN_VA_LIST: case T_AUTO_TYPE:
    case T_INT8: case T_INT16: case T_INT32: case T_INT64:
        return true;
    default:
        return false;
    }
}

static bool starts_type_keyword(TokenKind kind)
{
    static TypeWords scratch;
    switch (kind) {
    case T_STRUCT: case T_UNION: case T_ENUM: case T_TYPEOF: case T_TYPEOF_UNQUAL: case T_ALIGNAS: case T_BITINT:
    case T_UNSUPPORTED:
        return true;
    default:
        return (is_idle_word(kind) && kind != T_EXTENSION) || storage_flag(kind) || qualifier_flag(kind) ||
               is_other_type(kind) || word_counter(&scratch, kind);
    }
}

bool starts_specifiers(const Parser *p, Token *token)
{
    while (token->kind == T_EXTENSION)
        token = after(token);
    if (token->kind == T_IDENTIFIER)
        return names_lookup(p->names, token->name) == NAME_TYPEDEF || is_specifier_word(p, token);
    return starts_type_keyword(token->kind);
}

bool starts_type_name(const Parser *p, Token *token)
{
    return starts_specifiers(p, skip_attributes(token));
}

// A declaration of a block: specifiers, possibly behind attributes. Attributes alone are a statement.
bool starts_declaration(const Parser *p)
{
    Token *token = p->token;
    while (token->kind == T_EXTENSION)
        token = after(token);
    if (token->kind == T_STATIC_ASSERT)
        return true;
    return starts_specifiers(p, skip_attributes(token));
}

// ------------------------------------------------------------------------------------------ specifiers

static void set_type(Specifiers *s, Node *node)
{
    s->words->node = node;
    s->end = append(s->end, node);
    s->has_type = true;
}

// bit-int = "_BitInt" "(" conditional ")"
static Node *parse_bit_int(Parser *p)
{
    Node *node = node_at(p, NODE_BITINT, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after '_BitInt'");
    node->operand = parse_conditional(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the width");
    return finish(p, node);
}

// atomic-type = "_Atomic" parenthesised-type
static Node *parse_atomic_type(Parser *p)
{
    Node *node = node_at(p, NODE_ATOMIC_TYPE, take(p));
    node->type_name = parse_parenthesised_type(p, "after '_Atomic'");
    return finish(p, node);
}

// alignas = "_Alignas" "(" ( type-name | conditional ) ")"
static Node *parse_alignas(Parser *p)
{
    Node *node = node_at(p, NODE_ALIGNAS, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after '_Alignas'");
    if (starts_type_name(p, p->token))
        node->type_name = parse_type_name(p);
    else
        node->operand = parse_conditional(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the alignment");
    return finish(p, node);
}

// Keywords that carry no syntax of their own. False: not one of them.
static bool take_plain_word(Parser *p, Specifiers *s)
{
    TokenKind kind = peek(p);
    uint8_t *counter = word_counter(s->words, kind);
    if (counter) {
        if (*counter < UINT8_MAX)
            ++*counter;
        s->has_type = true;
    } else if (is_other_type(kind)) {
        s->words->other = kind;
        s->has_type = true;
    } else if (kind == T_ATOMIC && peek_second(p) == T_LEFT_PAREN) {
        return false;
    } else if (qualifier_flag(kind)) {
        s->node->qualifiers |= qualifier_flag(kind);
    } else if (storage_flag(kind)) {
        s->node->flags |= storage_flag(kind);
    } else if (!is_idle_word(kind)) {
        return false;
    }
    take(p);
    return true;
}

// An identifier that is a typedef name here, or a word of ours.
static bool take_identifier(Parser *p, Specifiers *s)
{
    if (is_word_among_specifiers(p, p->token, s->has_type)) {
        Node *node = parse_async_specifier(p, s->node);
        if (node)
            s->end = append(s->end, node);
        if (node && node->kind == NODE_TYPE_NAME) {
            s->words->async_type = node;
            s->has_type = true;
        }
        return true;
    }
    if (s->has_type || names_lookup(p->names, p->token->name) != NAME_TYPEDEF)
        return false;
    s->words->typedef_name = take(p);
    s->has_type = true;
    return true;
}

static bool is_type_with_parts(TokenKind kind)
{
    return kind == T_STRUCT || kind == T_UNION || kind == T_ENUM || kind == T_TYPEOF || kind == T_TYPEOF_UNQUAL ||
           kind == T_BITINT;
}

// declaration-specifier = "typedef" | "extern" | "static" | "auto" | "register" | "inline" | "_Noreturn"
//     | "_Thread_local" | "constexpr" | qualifier | "__extension__" | "__int8" | "__int16" | "__int32" | "__int64"
//     | "void" | "char" | "short" | "int" | "long" | "float" | "double" | "signed" | "unsigned" | "_Bool"
//     | "_Complex" | "_Imaginary" | "__int128" | "_Float16" | "_Float32" | "_Float64" | "_Float128" | "_Float32x"
//     | "_Float64x" | "__float80" | "_Decimal32" | "_Decimal64" | "_Decimal128" | "__builtin_va_list" | "__auto_type"
//     | typedef-name | record | enumeration | typeof | atomic-type | bit-int | alignas | attributes | async-specifier
static bool parse_declaration_specifier(Parser *p, Specifiers *s)
{
    if (is_attribute_start(p->token)) {
        s->end = parse_attributes(p, s->end);
        return true;
    }
    if (s->words->node && is_type_with_parts(peek(p)))
        fail_at(p, p->token, "two types in one declaration: the second is '%.*s'", (int)p->token->length,
                p->token->text);
    switch (peek(p)) {
    case T_IDENTIFIER:
        return take_identifier(p, s);
    case T_STRUCT: case T_UNION:
        set_type(s, parse_record(p));
        return true;
    case T_ENUM:
        set_type(s, parse_enumeration(p));
        return true;
    case T_TYPEOF: case T_TYPEOF_UNQUAL:
        set_type(s, parse_typeof(p));
        return true;
    case T_BITINT:
        set_type(s, parse_bit_int(p));
        return true;
    case T_ALIGNAS:
        s->end = append(s->end, parse_alignas(p));
        return true;
    case T_UNSUPPORTED:
        refuse_unsupported(p);
    default:
        if (take_plain_word(p, s))
            return true;
        if (peek(p) != T_ATOMIC)
            return false;
        set_type(s, parse_atomic_type(p));
        return true;
    }
}

// The types that stand in the specifiers, of which there may be one; int and its modifiers count as one.
static const char *second_type(const TypeWords *words)
{
    const struct {
        bool stands;
        const char *name;
    } types[] = {
        {words->node != NULL, "a struct, union, enum or typeof"}, {words->typedef_name != NULL, "a typedef"},
        {words->async_type != NULL, "acoc_async()"}, {words->other && words->other != T_INT128, "another type"},
        {words->void_, "void"}, {words->bool_, "_Bool"}, {words->float_, "float"}, {words->double_, "double"},
        {words->char_, "char"}, {words->int_ || words->short_ || words->other == T_INT128, "int"},
    };
    bool any = false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (types[i].stands && any)
            return types[i].name;
        any |= types[i].stands;
    }
    return NULL;
}

static const char *wrong_modifier(const TypeWords *words)
{
    bool integer = !words->void_ && !words->bool_ && !words->float_ && !words->double_ && !words->typedef_name &&
                   !words->async_type;
    bool is_bitint = words->node && words->node->kind == NODE_BITINT;
    if ((words->signed_ || words->unsigned_) && (!integer || (words->node && !is_bitint)))
        return words->signed_ ? "signed" : "unsigned";
    if (words->short_ && (!integer || words->char_ || words->node || words->long_))
        return "short";
    bool takes_long = (integer && !words->char_ && !words->node) || (words->double_ && words->long_ == 1);
    return words->long_ && !takes_long ? "long" : NULL;
}

static bool has_doubled_word(const TypeWords *words)
{
    return words->int_ > 1 || words->long_ > 2 || words->unsigned_ + words->signed_ > 1;
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
           words->unsigned_ + words->float_ + words->double_ <= 1;
}

bool type_words_agree(const TypeWords *words)
{
    return is_one_word(words) || (!second_type(words) && !wrong_modifier(words) && !has_doubled_word(words));
}

static void check_words(Parser *p, const Specifiers *s)
{
    const TypeWords *words = s->words;
    if (is_one_word(words))
        return;
    const char *second = second_type(words), *modifier = second ? NULL : wrong_modifier(words);
    Token *first = s->node->first;
    if (second) {
        error_at(first->place, first->length, "two types in one declaration: the second is '%s'", second);
        doubt(p, first, p->token); // perhaps a '{' or ';' is missing between them
    } else if (modifier) {
        error_at(first->place, first->length, "'%s' cannot stand beside this type", modifier);
    } else if (has_doubled_word(words)) {
        error_at(first->place, first->length, "a word stands twice in this type");
    }
}

// Behind "foo_t": "(*f)(int)" or "(*a)[3]". As the call of a function that nobody declared it could not go on so.
bool declares_pointer_in_parens(Token *opener)
{
    if (opener->kind != T_LEFT_PAREN || after(opener)->kind != T_STAR)
        return false;
    TokenKind behind = skip_balanced(opener)->kind;
    return behind == T_LEFT_PAREN || behind == T_LEFT_BRACKET;
}

// "foo_t x", "foo_t *x", "foo_t (*f)(int)" with an unknown foo_t: said once, then taken as a type so that nothing
// follows from it.
static bool check_unknown_type(Parser *p, Specifiers *s)
{
    if (s->has_type || peek(p) != T_IDENTIFIER || names_lookup(p->names, p->token->name) == NAME_ORDINARY ||
        starts_yield_from(p) || starts_word_statement(p))
        return false;
    Token *token = p->token, *second = after(token);
    bool starred = second->kind == T_STAR && after(second)->kind != T_LEFT_PAREN;
    if (second->kind != T_IDENTIFIER && !starred && !starts_type_keyword(second->kind) &&
        !declares_pointer_in_parens(second))
        return false;
    if (report_unknown_type(p, token))
        fail(p);
    names_declare(p->names, token->name, NAME_ASSUMED);
    s->words->typedef_name = take(p);
    while (parse_declaration_specifier(p, s)) // what else stands there: qualifiers, storage classes
        s->has_type = true;
    return true;
}

bool lacks_semicolon(const Parser *p, const Node *specifiers)
{
    const Node *record = specifiers->words->node;
    if (!record || !record->has_body || p->previous->kind != T_RIGHT_BRACE || !p->token->starts_line)
        return false;
    TokenKind kind = peek(p);
    bool is_type = kind == T_IDENTIFIER ? names_lookup(p->names, p->token->name) == NAME_TYPEDEF
                                        : starts_type_keyword(kind) && !qualifier_flag(kind);
    return is_type || is_specifier_word(p, p->token);
}

// declaration-specifiers = { declaration-specifier }
Node *parse_declaration_specifiers(Parser *p)
{
    Specifiers s = { .node = node_at(p, NODE_SPECIFIERS, p->token), .words = NEW(p->arena, TypeWords) };
    s.end = &s.node->list;
    s.node->words = s.words;
    while (!lacks_semicolon(p, s.node) && parse_declaration_specifier(p, &s))
        continue;
    if (!check_unknown_type(p, &s))
        check_words(p, &s);
    return finish(p, s.node);
}

// ------------------------------------------------------------------------------------- typeof, assertions

// typeof = ( "typeof" | "typeof_unqual" ) "(" ( type-name | expression ) ")"
static Node *parse_typeof(Parser *p)
{
    Node *node = node_at(p, NODE_TYPEOF, take(p));
    node->op = node->first->kind;
    Token *opener = expect(p, T_LEFT_PAREN, "after 'typeof'");
    if (starts_type_name(p, p->token))
        node->type_name = parse_type_name(p);
    else
        node->operand = parse_expression(p);
    expect_close(p, T_RIGHT_PAREN, opener, "after the operand of 'typeof'");
    return finish(p, node);
}

// static-assert = "_Static_assert" "(" conditional [ "," strings ] ")" ";"
Node *parse_static_assert(Parser *p)
{
    Node *node = node_at(p, NODE_STATIC_ASSERT, take(p));
    Token *opener = expect(p, T_LEFT_PAREN, "after the static assertion");
    node->operand = parse_conditional(p);
    if (accept(p, T_COMMA))
        node->right = parse_strings(p, "as the message");
    expect_close(p, T_RIGHT_PAREN, opener, "after the assertion");
    expect_semicolon(p, "after the assertion");
    return finish(p, node);
}

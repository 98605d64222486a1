// SPDX-License-Identifier: MIT
// The nouns of the compiler, in reading order: Token, Type, Symbol, Scope, Node, Function.
//
// A unit is a list of tokens (preprocessed, every one still knowing its place in the user's file) and a
// tree over them. Each Node covers a range of tokens; nothing is ever copied out of the source, so that
// emit/ can give the user's own text back and edit it. Who fills what:
//
//   read/   tokens                      parse/  nodes, names resolved to "typedef or not" only
//   check/  type and symbol of nodes    lower/  Function: steps, clean-ups, liveness, frame, states
//
// Memory: everything here lives in the unit's arena and is never freed singly.
#ifndef ACOC_TREE_H
#define ACOC_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"
#include "../base/source.h"
#include "../base/text.h"
#include "../base/vec.h"

typedef struct Token Token;
typedef struct Type Type;
typedef struct Record Record;
typedef struct Member Member;
typedef struct Symbol Symbol;
typedef struct Scope Scope;
typedef struct Node Node;
typedef struct Function Function;
typedef struct Unit Unit;

// ---------------------------------------------------------------------------------------------- tokens

typedef enum TokenKind {
#define TOKEN(kind, spelling, since) T_##kind,
#include "tokens.def"
#undef TOKEN
    T_COUNT
} TokenKind;

// One token for a declaration of a system header that was not read; `name` is what it declares.
static inline bool kind_is_unread(TokenKind kind)
{
    return kind == T_UNREAD_FUNCTION || kind == T_UNREAD_TYPE;
}

// An identifier-like word of ours (async, yield, from, raise, …) is lexed as T_IDENTIFIER; parse/ decides.
// There are many tokens: fields stand so that no room is lost between them.
struct Token {
    const char *text;        // its bytes in the preprocessed text, not terminated
    String *name;            // interned spelling of identifiers and keywords, NULL otherwise
    Place place;             // file, line, column as the user knows them
    uint32_t length;
    uint32_t raw;            // 1 + index among the raw tokens of the main file when it was written there
                             // directly; 0 when it came from a macro or an included file
    uint32_t macros;         // how many #define/#undef records precede it (index into Unit.macros)
    TokenKind kind : 16;
    bool starts_line : 1;    // first of its line in the preprocessed text
    bool space_before : 1;
    bool from_header : 1;    // stands in an included file
    bool in_system_header : 1; // stands in a system header
};

// ----------------------------------------------------------------------------------------------- types

typedef enum TypeKind {
    TYPE_ERROR,              // an error was reported, or only the compiler knows the type; compatible with everything,
                             // spells as "int"
    TYPE_VOID, TYPE_BOOL,
    TYPE_CHAR, TYPE_SCHAR, TYPE_UCHAR, TYPE_SHORT, TYPE_USHORT, TYPE_INT, TYPE_UINT,
    TYPE_LONG, TYPE_ULONG, TYPE_LLONG, TYPE_ULLONG, TYPE_INT128, TYPE_UINT128,
    TYPE_BITINT,             // count = width, is_unsigned
    TYPE_ENUM,               // base = underlying integer type, record
    TYPE_FLOAT16, TYPE_FLOAT, TYPE_DOUBLE, TYPE_LDOUBLE, TYPE_FLOAT32, TYPE_FLOAT64, TYPE_FLOAT32X,
    TYPE_FLOAT64X, TYPE_FLOAT128,
    TYPE_DECIMAL32, TYPE_DECIMAL64, TYPE_DECIMAL128,
    TYPE_COMPLEX,            // base = the real type
    TYPE_VECTOR,             // base, count
    TYPE_POINTER,            // base
    TYPE_ARRAY,              // base, count; or is_incomplete; or length (a VLA's extent) is set
    TYPE_FUNCTION,           // base = return type, parameters, is_variadic, is_kr
    TYPE_STRUCT, TYPE_UNION, // record
    TYPE_HANDLE,             // async R: base = R (void allowed). A pointer in the output: acoc_awaitable
    TYPE_AUTO,               // __auto_type before its initialiser was seen
    TYPE_VA_LIST,            // __builtin_va_list, opaque: size and alignment from target, decays like the ABI's array
    TYPE_NULLPTR,
    TYPE_KINDS
} TypeKind;

// Qualifiers; among them GNU's may_alias, which no comparison of types sees; and above them the number of a named
// address space: 256 is __seg_gs, 257 is __seg_fs.
typedef uint16_t Qualifiers;
enum {
    QUAL_CONST = 1, QUAL_VOLATILE = 2, QUAL_RESTRICT = 4, QUAL_ATOMIC = 8, QUAL_MAY_ALIAS = 16,
    QUAL_SPACE_SHIFT = 5, QUAL_SPACE = 0xFFE0,
    QUAL_SEG_GS = 256 << QUAL_SPACE_SHIFT, QUAL_SEG_FS = 257 << QUAL_SPACE_SHIFT,
    LAST_ADDRESS_SPACE = QUAL_SPACE >> QUAL_SPACE_SHIFT
};

typedef struct Parameter {
    Symbol *symbol;          // NULL when unnamed
    Type *type;              // adjusted: arrays and functions are pointers
    Type *written;           // as written, before adjustment
} Parameter;

// Types are values: two Types may describe the same type; compare with type_compatibility().
struct Type {
    TypeKind kind;
    Qualifiers qualifiers;
    bool is_unsigned;        // TYPE_BITINT
    bool is_incomplete;      // array without extent
    bool is_star;            // [*]
    bool is_left_to_compiler; // array: only the compiler knows how many elements: of length, or of the values where that is NULL
    bool is_variadic;        // function
    bool is_kr;              // function declared without a prototype
    bool spells_parameters;  // function: that the types of its parameters are known was found before
    bool is_coroutine;       // function: async stands in its own specifiers; base is then the TYPE_HANDLE
    bool is_raises;          // function
    bool is_ext_vector;      // clang's own vectors
    uint32_t alignment;      // _Alignas or aligned(): at least this, 0 when natural
    uint64_t count;          // array elements, vector elements, _BitInt width; of an integer: gcc's type for a
                             // bit-field of so many bits, which has no name; 0 for the integer itself
    Type *base;              // pointee, element, return type, real type, R of a handle, enum's integer
    Node *length;            // a VLA's extent, and one that is left to the compiler
    Record *record;          // struct, union, enum
    Parameter *parameters;   // function: a Vec
    Node *convention;        // function: the attribute that gives it another calling convention, NULL for the usual one
    Symbol *alias;           // the typedef it was written through, for spelling; NULL when written plainly
};

struct Member {
    String *name;            // NULL: anonymous struct/union member or unnamed bit-field
    Type *type;
    uint64_t offset;         // bytes (of the storage unit's first byte for bit-fields)
    uint16_t bit_offset, bit_width;
    bool is_bit_field;
    bool has_unknown_width, has_unknown_alignment; // only the compiler computes it
    bool is_packed;          // the attribute stands on the member itself
    uint32_t alignment;      // aligned or _Alignas on the member itself, 0 when none
    Place place;
};

// Where a struct, union or enum without a name of its own was declared: the type of this expression, `depth` pointers
// and elements down. C can name it so: __typeof__(*((struct outer *)0)->member).
typedef struct Home {
    Symbol *symbol;          // a variable or typedef name; or
    Record *outer;           // member of this record
    String *member;
    unsigned depth;
} Home;

struct Record {
    TypeKind kind;           // TYPE_STRUCT, TYPE_UNION, TYPE_ENUM
    String *tag;             // NULL when anonymous
    Symbol *symbol;          // the tag's symbol
    Symbol *alias;           // first typedef name of an anonymous record
    Home home;               // of one that has neither
    Member *members;         // a Vec
    Type *enum_type;         // enum: its integer type
    uint64_t size;
    uint32_t alignment;
    uint32_t pack;           // #pragma pack(n) in force at its definition, 0 when none
    bool is_complete, is_packed, is_transparent_union, is_being_defined, has_flexible_array, has_const_member;
    bool is_microsoft;       // its bit-fields are laid out as Microsoft's compilers do
    bool has_variable_size;  // GNU: a member is a variable-length array
    bool has_unknown_size;   // that, or a number in it that only the compiler computes: size and offsets mean nothing
    bool has_unknown_alignment;
    bool is_refused;         // that it is not complete was reported: once is enough
    Scope *scope;            // where it was declared: file scope, or inside a function
    Node *node;              // where its members or enumerators stand
};

// --------------------------------------------------------------------------------- symbols and scopes

typedef enum SymbolKind {
    SYMBOL_TYPEDEF, SYMBOL_VARIABLE, SYMBOL_FUNCTION, SYMBOL_CONSTANT, /* enumerator */
    SYMBOL_TAG, SYMBOL_LABEL
} SymbolKind;

typedef enum StorageClass { STORAGE_NONE, STORAGE_AUTO, STORAGE_REGISTER, STORAGE_STATIC, STORAGE_EXTERN } StorageClass;

typedef struct Local Local;  // lower/'s view of a local variable; opaque elsewhere

struct Symbol {
    SymbolKind kind;
    String *name;
    Type *type;
    Node *declaration;       // the NODE_DECLARATOR that first declared it (NULL for builtins)
    Node *definition;        // the declarator, function definition or label that defines it
    Token *token;            // the name where it was declared
    Scope *scope;
    StorageClass storage;
    bool is_inline, is_thread_local, is_parameter, is_noreturn;
    bool is_definition;      // variable: has storage here; function: has a body in this unit
    bool is_builtin;         // from grammar/builtins.def
    bool is_constexpr;
    bool address_taken;      // & was applied, or an array of it decayed, anywhere
    bool is_blocking;        // acoc_blocking
    bool has_cleanup;        // __attribute__((cleanup(f)))
    bool has_static_chain;   // a nested function that uses locals of its outer one
    bool has_register_name;  // register T x asm("…")
    Node *cleanup;           // the function named by the attribute
    uint32_t alignment;      // variable: aligned or _Alignas on itself, 0 when none
    int64_t value;           // SYMBOL_CONSTANT
    bool is_unknown;         // only the compiler knows it: the value of SYMBOL_CONSTANT, a variable's alignment
    bool is_overloadable;    // clang: functions of other types may share its name
    Symbol *overload;        // the one that was declared before it
    Function *function;      // the function whose local it is, or that it defines
    Local *local;            // lower/
};

// One scope for ordinary names, one for tags; labels hang on the Function.
struct Scope {
    Scope *outer;
    Node *node;              // the block, function or prototype it belongs to; NULL for the file
    Function *function;      // NULL at file scope and in prototypes
    struct Map *names;       // String* -> Symbol*
    struct Map *tags;        // String* -> Symbol*
};

// ----------------------------------------------------------------------------------------------- nodes

// Children are in child[0..3], then list (linked by next). The names beside each kind say what stands where;
// they are the names of the union in struct Node. Two kinds do not keep C's order: a cast's type_name follows its
// operand in child[], and a declarator's derivations (list) are ordered from the name outwards: int *a[3] is
// NODE_ARRAY, NODE_POINTER.
typedef enum NodeKind {
    NODE_NONE,

    // expressions
    NODE_IDENTIFIER,         // name; symbol after check
    NODE_NUMBER,             // integer or floating or character constant, true, false, nullptr: token first
    NODE_STRING,             // one or more string tokens first..last
    NODE_PAREN,              // operand
    NODE_BINARY,             // left operator right (op = T_PLUS …, T_AND_AND, T_OR_OR)
    NODE_ASSIGN,             // left = right, left += right (op)
    NODE_UNARY,              // op operand: T_PLUS T_MINUS T_NOT T_TILDE T_STAR T_AND T_AND_AND (&&label: name)
    NODE_INCREMENT,          // prefix ++ -- (op) operand
    NODE_POSTFIX,            // operand ++ -- (op)
    NODE_CONDITIONAL,        // condition ? then : otherwise   (then NULL: GNU a ?: b)
    NODE_COMMA,              // left , right
    NODE_CAST,               // (type_name) operand
    NODE_COMPOUND_LITERAL,   // (type_name) { initialiser }
    NODE_CALL,               // callee ( list )
    NODE_SUBSCRIPT,          // left [ right ]
    NODE_MEMBER,             // operand . name     member after check
    NODE_ARROW,              // operand -> name
    NODE_SIZEOF,             // sizeof operand, or type_name; op: T_SIZEOF or T_ALIGNOF
    NODE_GENERIC,            // condition = controlling; list of NODE_ASSOCIATION
    NODE_ASSOCIATION,        // type_name (NULL: default) : operand
    NODE_STATEMENT_EXPRESSION, // ({ body })
    NODE_BUILTIN,            // builtins with their own syntax (op: the keyword, or T_IDENTIFIER for others that begin
                             // with a type): name; type_names and operands in list; offsetof: NODE_DESIGNATORs
    NODE_EXTENSION,          // __extension__ operand; __real__, __imag__ (op)
    NODE_YIELD_FROM,         // yield from operand
    NODE_ASYNC,              // async operand

    // initialisers
    NODE_INITIALISER,        // { list of expressions, NODE_INITIALISER or NODE_DESIGNATED }
    NODE_DESIGNATED,         // list of NODE_DESIGNATOR; right = value
    NODE_DESIGNATOR,         // .name or [left] or [left ... right]

    // statements
    NODE_BLOCK,              // { list }
    NODE_EXPRESSION,         // expression ;     operand NULL: the empty statement
    NODE_IF,                 // condition then otherwise
    NODE_WHILE,              // loop_condition loop_body
    NODE_DO,                 // do_body do_condition
    NODE_FOR,                // for_init for_condition for_step for_body; for_init is a NODE_DECLARATION,
                             // NODE_EXPRESSION or NULL
    NODE_SWITCH,             // loop_condition loop_body
    NODE_CASE,               // case_low (... case_high)? : case_body
    NODE_DEFAULT,            // body
    NODE_LABEL,              // name : body (body may be NULL at the end of a block or before a declaration; so may
                             // those of case and default); list: its attributes
    NODE_GOTO,               // name; or operand for goto *e
    NODE_BREAK, NODE_CONTINUE,
    NODE_RETURN,             // operand or NULL
    NODE_ASM,                // passes through; operands in list: NODE_PAREN (operand; op T_ASSIGN: an output; token:
                             // the constraint), for asm goto (op T_GOTO) then a NODE_GOTO for each label
    NODE_PRAGMA,             // a #pragma line between the statements of a block or between external declarations
    NODE_LOCAL_LABEL,        // __label__ a, b; list of NODE_IDENTIFIER
    NODE_ATTRIBUTE_STATEMENT, // [[fallthrough]]; __attribute__((fallthrough)); list; body: the statement behind
    NODE_TRY,                // body; list of NODE_EXCEPT, then NODE_ELSE, then NODE_FINALLY
    NODE_EXCEPT,             // list of NODE_KIND_NAME; name or NULL; body
    NODE_KIND_NAME,          // name of an error kind: acoc_TimeoutError
    NODE_ELSE, NODE_FINALLY, // body
    NODE_RAISE,              // operand or NULL
    NODE_DEFER,              // body
    NODE_WITH,               // with_value (an expression) or with_declaration; with_body

    // declarations
    NODE_DECLARATION,        // specifiers; list of NODE_DECLARATOR (empty: struct S { … };)
    NODE_SPECIFIERS,         // list: NODE_RECORD, NODE_ENUM, NODE_TYPEOF, NODE_ATTRIBUTE, NODE_ALIGNAS … found in it
    NODE_DECLARATOR,         // name, derivation in list (see Derivation), initialiser, attributes
    NODE_TYPE_NAME,          // specifiers, declarator (abstract)
    NODE_PARAMETER,          // specifiers, declarator
    NODE_FUNCTION,           // specifiers, declarator, K&R declarations in list, function_body
    NODE_RECORD,             // struct or union (op): name, list of NODE_DECLARATION; has_body; attributes
    NODE_ENUM,               // name, type_name (C23 underlying), list of NODE_ENUMERATOR; has_body; attributes
    NODE_ENUMERATOR,         // name = operand; list: its attributes
    NODE_TYPEOF,             // operand or type_name; op T_TYPEOF or T_TYPEOF_UNQUAL
    NODE_ALIGNAS,            // operand or type_name
    NODE_ATOMIC_TYPE,        // _Atomic(type_name)
    NODE_BITINT,             // _BitInt(operand)
    NODE_ATTRIBUTE,          // name without underscores, list of arguments; also an asm label (name "asm"). op:
                             // T_ATTRIBUTE, T_LEFT_BRACKET ([[…]]), T_DECLSPEC, T_CALLING_CONVENTION, T_ASM,
                             // T_IDENTIFIER (acoc_blocking); covers itself, not __attribute__
    NODE_POINTER,            // a derivation: * qualifiers; list: its attributes
    NODE_ARRAY,              // a derivation: [ qualifiers static? operand? ]
    NODE_FUNCTION_PARAMETERS,// a derivation: ( list of NODE_PARAMETER | K&R names as NODE_IDENTIFIER );
                             // forward_parameters
    NODE_FORWARD_PARAMETERS, // GNU: list of NODE_PARAMETER that stands before a `;` in front of the parameters
    NODE_STATIC_ASSERT,      // operand , string
    NODE_TOP_ASM,
    NODE_EMPTY_DECLARATION,  // a lone ;
    NODE_KINDS
} NodeKind;

enum {                       // Node.flags, on NODE_SPECIFIERS
    SPEC_TYPEDEF = 1, SPEC_EXTERN = 2, SPEC_STATIC = 4, SPEC_AUTO = 8, SPEC_REGISTER = 16, SPEC_INLINE = 32,
    SPEC_NORETURN = 64, SPEC_THREAD_LOCAL = 128, SPEC_CONSTEXPR = 256, SPEC_ASYNC = 512, SPEC_RAISES = 1024,
    SPEC_FUTURE_OF = 2048    // acoc_future_of(R): a handle type, but never a coroutine function
};

// There are more nodes than anything else: what only some kinds have shares its room.
__extension__ typedef __int128 Wide;

struct Node {
    NodeKind kind : 16;
    TokenKind op : 16;       // operator, or which keyword
    uint32_t flags;          // SPEC_*
    Token *first, *last;     // the tokens it covers, both included; last may precede first when empty
    Token *token;            // the most telling one: the operator, the name, the keyword
    String *name;
    Node *next;              // sibling in the parent's list
    union {
        Node *child[4];
        struct { Node *left, *right; };
        struct { Node *condition, *then, *otherwise; };                 // if, ?:
        struct { Node *operand; Node *type_name; Node *initialiser_list; }; // unary, paren, cast, sizeof, literal
        struct { Node *callee; };
        struct { Node *for_init, *for_condition, *for_step, *for_body; };
        struct { Node *loop_condition, *loop_body; };                   // while, switch
        struct { Node *do_body, *do_condition; };
        struct { Node *case_low, *case_high, *case_body; };
        struct { Node *body; };                                         // try, except, else, finally, defer, label
        struct { Node *with_body, *with_declaration, *with_value; };
        struct { Node *specifiers, *declarator, *function_body; };      // declaration, parameter, type name, function
        struct { Node *forward_parameters; };                           // function parameters
        struct { Node *attributes, *bit_width, *initialiser; };         // declarator, record, enum; attributes by next
    };
    Node *list;              // children of any number, linked by next
    Qualifiers qualifiers;   // of specifiers, pointers and arrays
    bool has_body : 1;       // record, enum: braces stand here
    bool is_variadic : 1;    // function parameters
    bool is_static_extent : 1; // [static n]
    bool is_star : 1;        // [*]
    bool has_our_words : 1;  // function: in its body
    bool follows_specifiers : 1; // pointer: its star stands directly after the specifiers (`async` binds it)

    // check/
    bool is_constant : 1;    // value is valid
    bool is_wide : 1;        // wide is valid
    bool is_lvalue : 1;
    bool suspends : 1;       // itself or a part of it is a suspension (set bottom-up by check/)
    bool may_raise : 1;      // itself or a part of it calls a raises function, raises or suspends
    bool is_lent : 1;        // a handle whose value becomes a plain pointer or a truth: no count goes with it
    bool is_unevaluated : 1; // operand of sizeof, typeof, the dead arms of _Generic
    bool is_left_asked : 1;  // is_left_to_compiler is valid
    bool is_left_to_compiler : 1; // no constant here, but perhaps one for the compiler
    Type *type;              // expressions: the value's type (before decay for lvalues); type names: the type
    Symbol *symbol;          // identifier, declarator, label, goto, kind name; with: X_enter; except: its variable
    union {
        int64_t value;       // integer constant expressions
        const Wide *wide;    // those that need more than 64 bits; they are not is_constant
        Scope *scope;        // blocks, functions, with, except, statements that choose or repeat and their unbraced
                             // parts: the scope that they open
    };
    union {
        struct TypeWords *words; // specifiers: the words of the type, counted by parse/; check/ need not read tokens
        Member *member;      // expressions and designators: the member that is meant
        struct { Symbol *with_exit, *with_free; }; // with: X_exit; X_free where there is one and it declares the object
    };

    // lower/
    struct Lowered *lowered; // what lower/ decided about this node; NULL for most
};

// The words of a type in a specifier list: "unsigned long int" is unsigned 1, long 1, int 1.
typedef struct TypeWords {
    uint8_t void_, bool_, char_, short_, int_, long_, signed_, unsigned_, float_, double_, complex_, imaginary_;
    TokenKind other;         // __int128, _Float16 … _Float128, _Decimal32 …, __builtin_va_list, __auto_type; 0: none
    Node *node;              // NODE_RECORD, NODE_ENUM, NODE_TYPEOF, NODE_ATOMIC_TYPE, NODE_BITINT
    Token *typedef_name;     // a name that is a typedef here
    Node *async_type;        // acoc_async(T), acoc_future_of(T): the NODE_TYPE_NAME
} TypeWords;

// ------------------------------------------------------------------------------------------- functions

// A function with a body. lower/ works on those that are coroutines or use an idea of ours.
struct Function {
    Node *node;              // NODE_FUNCTION
    Symbol *symbol;
    String *name;
    Type *type;              // TYPE_FUNCTION
    Type *result;            // R for a coroutine, otherwise the return type
    Symbol **parameters;     // a Vec; one for each parameter, named or not
    Symbol **locals;         // a Vec: every object with automatic storage, parameters first, in order of declaration
    struct Map *labels;      // String* -> Symbol*
    bool is_coroutine;
    bool is_raises;
    bool is_main;            // async int main
    bool needs_lowering;     // coroutine, or try, raise, defer, with, handles, calls of raises functions, async, yield
    struct LoweredFunction *lowered;
};

// A macro definition or its end, in order of appearance, as "cc -E -dD" reports them.
typedef struct MacroRecord {
    const char *text;        // the directive as reported, "#define x …" or "#undef x", without its newline; it is not
                             // terminated
    uint32_t length;
    uint32_t head_length;    // of "#define x"
    const char *name;        // not terminated
    uint32_t name_length;
    bool is_defined;         // false: #undef
    uint32_t file, line;     // where it stands
} MacroRecord;

struct Unit {
    const char *path;        // the .aco file as given
    struct SourceFile *file; // its text
    Arena *arena;
    Token *tokens;           // a Vec, ends with T_END
    struct RawToken *raw;    // a Vec: the main file's own tokens (see read.h), for giving its bytes back
    MacroRecord *macros;     // a Vec
    uint32_t *files;         // a Vec: the main file and every file that was included, for the make rule
    Node **declarations;     // a Vec: external declarations in order
    struct Reader *reader;   // read/'s, for what it left unread
    Token *(*read_unread)(Unit *unit, Token *unread); // read/: the tokens that one of T_UNREAD_… stands for, and T_END
    struct Map *passed_over; // String*: functions and types of headers that parse/ passed over until somebody asks
    Node **(*find_passed_over)(Unit *unit, String *name); // parse/: their declarations, a Vec; NULL: none, or no more
    struct Parser *parser;   // parse/'s, for that
    Scope *scope;            // file scope
    Function **functions;    // a Vec, definitions in order
    struct EditStore *edits; // emit/edit.c; NULL while there are none
    unsigned named_records;  // records without a tag that emit/ gave one to
    struct Map *doubtful;    // String*: names in text that was skipped after an error; nothing is said about them
    bool uses_ideas;         // one of our forms appears unmistakably
    bool must_be_self_contained; // an included file uses the short words, or the file is preprocessed
    bool is_preprocessed;    // it has a preprocessor's line markers: what was included stands in it
};

// False for the tokens of a declaration that had been left unread: they have an order among themselves only, and no
// edits.
static inline bool stands_in_unit(const Unit *unit, const Token *token)
{
    return token >= unit->tokens && token < unit->tokens + vec_count(unit->tokens);
}

// A token of the main file as it stands on disk. Directives are no tokens; they are trivia before the next one.
typedef struct RawToken {
    uint32_t offset, length; // bytes in Unit.file
    uint32_t line;
    bool directive_before;   // a preprocessing directive stands between it and the token before
} RawToken;

#endif

// SPDX-License-Identifier: MIT
// Private to check/: the Checker and what its files offer each other, in the order of style.md's listing.
//
// The tree is walked once, declarations and statements in order, expressions bottom-up; every node gets its type and
// symbol when it is visited, and the three facts that lower/ lives on (suspends, may_raise, is_unevaluated).
#ifndef ACOC_CHECK_H
#define ACOC_CHECK_H

#include "../base/diag.h"
#include "../base/map.h"
#include "../compiler.h"
#include "../model/model.h"

// Where a statement stands: what break, continue, return and jumps have to cross.
typedef enum ContextKind {
    CONTEXT_FUNCTION, CONTEXT_LOOP, CONTEXT_SWITCH, CONTEXT_STATEMENT_EXPRESSION,
    CONTEXT_TRY, CONTEXT_EXCEPT, CONTEXT_ELSE, CONTEXT_FINALLY, CONTEXT_DEFER, CONTEXT_WITH,
    CONTEXT_AFTER_DEFER,     // from a defer to the end of its block
    CONTEXT_AFTER_CLEANUP,   // in a coroutine: from a variable with a clean-up to the end of its block
    CONTEXT_AFTER_VLA        // in a coroutine: from a variably modified declaration to the end of its block
} ContextKind;

typedef struct Context {
    struct Context *outer;
    ContextKind kind;
    Node *node;
    Node **cases;            // of a switch: a Vec of its case and default labels
} Context;

typedef struct Jump {        // a goto, or a label when it is the target
    Node *node;
    Context *context;
} Jump;

// async f(&local): advice.c finds out whether anybody waits for the task while the local lives.
typedef struct Escape {
    Node *start, *argument;  // the `async f(…)`, the address
    Symbol *local, *keeper;  // keeper: the variable that gets the task
    bool is_awaited, in_waiter;
} Escape;

// What a function needs to know about itself only while it is checked.
typedef struct FunctionState {
    struct FunctionState *outer; // GNU nested functions
    Function *function;
    Jump *gotos, *labels;    // Vecs
    Symbol **local_labels;   // a Vec: __label__, innermost last
    Node *first_suspension, *first_register, *first_openmp;
    Node **unevaluated_copies, **macro_suspensions; // Vecs: suspensions that macros wrote: in typeof, sizeof …; others
    Escape *escapes;         // a Vec
    bool uses_ideas, has_static_chain;
    bool told_what_it_is;    // that it is neither async nor raises: once is enough
    Symbol *function_name;   // __func__
} FunctionState;

typedef struct Checker {
    Unit *unit;
    Arena *arena;
    Scope *scope;
    FunctionState *state;    // NULL at file scope
    Context *context;
    unsigned unevaluated;    // depth of sizeof, typeof, …
    unsigned dead;           // depth of _Generic arms that were not chosen: a suspension there is no mistake
    uint32_t *packs;         // a Vec: #pragma pack(push)
    uint32_t pack, default_pack; // -fpack-struct
    size_t pack_cursor;      // index into unit->tokens up to which pragmas were read
    Map *not_awaitable;      // names of functions and variables that were awaited in vain: one message each; NULL: none
    bool short_enums;        // -fshort-enums
    bool knows_library;      // no -fno-builtin, no -ffreestanding
    bool microsoft_bit_fields; // -mms-bitfields
    bool inherits_members;   // -fms-extensions, -fplan9-extensions: `struct base;` among members adds base's
    bool names_inherited;    // -fplan9-extensions: and a typedef so added is a member of its own name
} Checker;

// ---- unit.c
void check_external(Checker *c, Node *node);
void check_function(Checker *c, Node *node);

// ---- scope.c
Scope *scope_open(Checker *c, Node *node);
void scope_close(Checker *c);
Symbol *scope_find(Checker *c, String *name);       // ordinary names, then builtins; NULL when unknown
Symbol *scope_find_here(Checker *c, String *name);  // only in the innermost scope
Symbol *scope_find_tag(const Checker *c, String *name, bool only_here);
Symbol *scope_find_in(Checker *c, const Scope *scope, String *name);
Symbol *scope_find_text(Checker *c, const char *name);
void scope_add(Checker *c, Symbol *symbol);
void scope_add_to(Checker *c, Scope *scope, Symbol *symbol);
void scope_add_tag(Checker *c, Symbol *symbol);
Symbol *symbol_new(Checker *c, SymbolKind kind, String *name, Type *type, Token *token);
bool member_is_anonymous(const Member *member);     // a struct or union whose members are those of the outer one
bool member_has_name(const Checker *c, const Member *member, const String *name);
// Through anonymous ones; its offset is added. NULL: there is none.
Member *member_find(const Checker *c, const Record *record, String *name, uint64_t *offset);
Symbol *label_find(Checker *c, Node *node);                                     // makes it when first seen
bool scope_is_in_function(const Checker *c);
Scope *scope_of_function(const Checker *c);               // the outermost one, of its parameters; outside the file's

// ---- report.c
void check_error(const Node *node, const char *format, ...) __attribute__((format(printf, 2, 3)));
void check_error_with(const Node *node, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
void check_warn(Warning warning, const Node *node, const char *format, ...) __attribute__((format(printf, 3, 4)));
void check_note(const Node *node, const char *format, ...) __attribute__((format(printf, 2, 3)));
void check_fix(const Node *node, const char *replacement, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void note_symbol(const Symbol *symbol, const char *format, ...) __attribute__((format(printf, 2, 3)));
void note_declared(const Symbol *symbol);                 // "'x' was declared here"; nothing for a builtin

// ---- unknown.c
void note_undeclared(Checker *c, Node *identifier); // what may be meant
void note_similar(const Checker *c, const Node *node, const char *suffix); // a name that with the suffix is declared
bool is_doubtful(const Checker *c, const String *name);   // stands in text that was skipped after an error
bool is_doubtful_type(const Checker *c, const Type *type); // a struct, union or enum of such a tag, or a pointer to one
void refuse_unknown_member(const Checker *c, const Node *node, Type *type);
void note_similar_label(const Checker *c, const Node *node);
void refuse_incomplete(const Checker *c, const Node *node, Type *type, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// An error about the type of a value. Of a call of a function that nobody declared, whose int nobody meant, this is said
// instead, and false given: then no note may follow.
bool refuse_value(Checker *c, const Node *node, Node *value, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool symbol_is_undeclared(const Symbol *symbol);          // a function known only because it was called

// ---- twice.c: what may stand only once
void refuse_twice(const Node *node, const Symbol *earlier);
bool refuse_other_kind(const Node *node, const Symbol *earlier, SymbolKind kind);
void rule_members(Checker *c, const Record *record);
void rule_cases(Checker *c, Node *const *labels);

// ---- convert.c
Type *type_promoted(Type *type);
Type *node_promoted(Checker *c, Node *node);              // knows bit-fields
Type *type_usual(Checker *c, Type *left, Type *right);
Type *value_type(Checker *c, Node *node);                 // decayed and unqualified; marks what decays
Type *decayed_type(Checker *c, Node *node);               // the same without marking
Type *atomic_value_type(Checker *c, Node *node);          // the same, but clang leaves _Atomic on
Type *type_composite(Checker *c, Type *a, Type *b);
bool is_null_pointer(Node *node);
void mark_address(Checker *c, Node *lvalue);

// ---- assign.c
void check_conversion(Checker *c, Type *target, Node *value, const char *what); // as if by assignment
void check_coroutine_argument(const Checker *c, Type *target, Node *value, Type *from); // warns as C compilers do
bool is_error_pointer(const Type *type);                  // acoc_error *
bool type_contains_handle(const Type *type);              // a handle, or an array of them
bool is_future_pointer(const Type *type);                 // acoc_future *

// ---- literal.c
void literal_number(Checker *c, Node *node);              // type and value of a number or character constant
void literal_string(Checker *c, Node *node);              // type
long double literal_floating(const Node *number);         // before it is rounded to its type

// ---- const.c
void const_set(Checker *c, Node *node, Wide value);       // brought into the range of the node's type
void const_unary(Checker *c, Node *node);
void const_binary(Checker *c, Node *node, Type *operands);
void const_convert(Checker *c, Node *node, Node *operand); // as if by a cast
bool const_address(const Checker *c, Node *lvalue, int64_t *address); // &((T *)0)->m
bool const_floating(Node *node, long double *value);
bool const_is_left_to_compiler(Checker *c, Node *node);   // it may know a value where acoc knows none; of a checked node
bool const_names_variable(Checker *c, Node *node);        // or a type of which lower/ may keep lengths
bool type_has_local_lengths(const Type *type);            // of what a function declares: lower/ may keep them as variables
int64_t const_wrap(const Type *type, int64_t value);

// ---- decl.c, specifiers.c, declarator.c, record.c, pack.c, attribute.c
bool has_type(const TypeWords *words);                    // one is written there
Type *check_specifiers(Checker *c, Node *specifiers);     // the type before declarators, async included
Type *check_declarator(Checker *c, Node *specifiers, Type *base, Node *declarator);
Type *check_type_name(Checker *c, Node *type_name);
Type *check_type_of_value(Checker *c, Node *type_name); // which must be complete; TYPE_ERROR if not
void check_declaration(Checker *c, Node *node);
Type *check_record(Checker *c, Node *node);
Type *check_enum(Checker *c, Node *node);
Symbol *declare_parameter(Checker *c, Node *declarator, Type *type, Token *token);
Type *type_of_parameter(Checker *c, Type *type);          // arrays and functions are pointers
void give_home(Type *type, Home home);                    // to a record in it that has no name
void read_pragma_packs(Checker *c, const Token *upto);

typedef struct Attributes {
    bool packed, transparent_union, noreturn, blocking, overloadable;
    bool has_unknown_alignment, is_unknown_vector; // a number in them that only the compiler computes
    enum { LAYOUT_NOT_GIVEN, LAYOUT_USUAL, LAYOUT_MICROSOFT } layout;
    Qualifiers qualifiers;   // may_alias, address_space
    uint32_t alignment;
    uint64_t vector_bytes, vector_elements;
    String *mode;
    Node *cleanup, *asm_label, *convention, *unsupported;
} Attributes;
void read_attributes(Checker *c, Node *list, Attributes *attributes); // every NODE_ATTRIBUTE and NODE_ALIGNAS in it
bool is_convention(const String *attribute);
void refuse_attributes_of_coroutine(Node *list);
Type *type_aligned(Checker *c, Type *type, uint32_t alignment);
Type *apply_attributes(Checker *c, Type *type, const Attributes *attributes, Node *where);

// ---- init.c
Type *check_initialiser(Checker *c, Type *type, Node *initialiser); // the type, completed

// ---- expr.c, operator.c, call.c, generic.c
Type *check_expression(Checker *c, Node *node);
// The member of a struct or union that the node names; its offset is added. NULL: there is none, which was said.
Member *named_member(Checker *c, Node *node, Type *type, uint64_t *offset);
Type *check_value(Checker *c, Node *node);                // and its value's type
void check_condition(Checker *c, Node *node);             // a scalar
Type *check_unevaluated(Checker *c, Node *node);
void check_generic(Checker *c, Node *node);
void copy_operand(Node *node, const Node *operand);        // what stands for its operand: (E), __extension__ E
void propagate(Node *node);                               // suspends and may_raise of the children
void check_unary(Checker *c, Node *node);
void check_increment(Checker *c, Node *node);
void check_binary(Checker *c, Node *node);
void check_assign(Checker *c, Node *node);
void check_conditional(Checker *c, Node *node);
void check_cast(Checker *c, Node *node);
void check_call(Checker *c, Node *node);
Type *binary_type(Checker *c, Node *node, TokenKind op, Node *left, Node *right);

// ---- vector.c
Type *type_of_elements(Checker *c, const Type *vector, const String *name); // of v.xy; NULL when v has no such elements

// ---- builtin_type.c
Type *builtin_type(Arena *arena, const char **letters);   // takes the letters of one type
Type *builtin_signature(Arena *arena, const char *letters); // NULL: a function of any parameters, of no known type
const char *builtin_result(const String *name);           // the letters of its result by builtin_results.def, or NULL

// ---- builtin_fold.c
typedef enum Folding {
    FOLD_NONE, FOLD_VALUE, FOLD_SWAPPED, FOLD_FIRST_SET, FOLD_LEADING_ZEROS, FOLD_TRAILING_ZEROS, FOLD_SIGNS, FOLD_SET,
    FOLD_PARITY
} Folding;
void builtin_fold(Checker *c, Node *call, Folding folding, const Type *parameter);

// ---- builtin.c, builtin_syntax.c
void builtins_init(Checker *c);
Symbol *builtin_find(Checker *c, String *name);
Type *builtin_library_result(Checker *c, const String *name);
bool check_builtin_call(Checker *c, Node *node);          // true when a rule of its own gave the type
void check_builtin_syntax(Checker *c, Node *node);        // NODE_BUILTIN

// ---- stmt.c
void check_statement(Checker *c, Node *node);
void check_block_items(Checker *c, Node *block);
Context *context_push(Checker *c, ContextKind kind, Node *node);
void context_pop(Checker *c, Context *to);
bool is_inside(const Checker *c, ContextKind kind);

// ---- async.c: the five ideas
void check_yield_from(Checker *c, Node *node);
void check_async(Checker *c, Node *node);
void refuse_incomplete_result(const Checker *c, const Node *node, const char *source, Type *result);
bool check_acoc_result(Checker *c, Node *node);           // acoc_result(h)
void check_try(Checker *c, Node *node);
void check_raise(Checker *c, Node *node);
void check_defer(Checker *c, Node *node);
void check_coroutine_type(Checker *c, Node *declarator, Type *type);
void rule_unevaluated_copies(Checker *c);                 // at a function's end

// ---- with.c
void check_with(Checker *c, Node *node);
Symbol *function_of_object(Checker *c, const Type *pointer, const char *suffix); // X_suffix for X *, or NULL

// ---- rules.c: language.md section 7
void rule_discarded(Checker *c, Node *statement);
void rule_tested(Node *condition);
void rule_call(Checker *c, Node *call);
bool is_const_object(const Type *type);                   // or one with a const part
void rule_const_assignment(Checker *c, Node *target);
Symbol *local_of_address(Node *value);                    // the local whose address it plainly is; NULL
void rule_returned_local(Checker *c, Node *node);
void rule_lonely_defer(Node *node);
bool rule_plain_function(Checker *c);                     // true when it was said already that it is no coroutine
void rule_cleanup(const Symbol *symbol);                  // a variable of a coroutine with __attribute__((cleanup))
void rule_function_end(Checker *c, Node *node);
void rule_coroutine_refusals(Checker *c);

// ---- constraint.c: C's own, in coroutines
bool in_coroutine(const Checker *c);
bool refuse_array(Node *target, Node *value);             // everywhere; true: it is one
void constrain_target(const Checker *c, Node *target);
void constrain_address(const Checker *c, Node *operand);
bool refuse_array_value(const Checker *c, const Type *type, Node *value); // true: an array, and no array's initialiser
void constrain_variable(const Checker *c, const Node *declarator, const Type *type);
void constrain_to_integer(const Checker *c, Node *node, const char *what);
void constrain_arithmetic(Checker *c, const Node *node, Type *pointer);
bool may_subtract(Checker *c, Type *left, Type *right);
bool may_compare(const Checker *c, const Type *left, const Type *right);
void constrain_measured(const Checker *c, Node *node, Type *type);
void constrain_cast(Checker *c, Node *cast, Type *target, Type *from);

// ---- reach.c
bool falls_through(Node *statement);                      // when in doubt not, so that no warning is wrong
bool is_endless(const Node *loop);

// ---- blocking.c, advice.c: warnings
void rule_blocking(Checker *c, Node *call, const Symbol *function);
void rule_blocking_body(Checker *c, Node *body);
void note_escaping(Checker *c, Node *start);
void rule_handlers(Checker *c, const Node *try);
void rule_advice(Checker *c, Node *body);

// ---- jumps.c
void rule_jumps(Checker *c);
void rule_return(Checker *c, Node *node);
void rule_break(Checker *c, Node *node, bool is_continue);
void rule_case(Checker *c, Node *node);

#endif

// SPDX-License-Identifier: MIT
// What stages may ask of the shared model: walking nodes, making, comparing and spelling types, the target's sizes.
#ifndef ACOC_MODEL_H
#define ACOC_MODEL_H

#include "tree.h"

// ---- tree.c
Node *node_new(Arena *arena, NodeKind kind, Token *first);
const char *node_kind_name(NodeKind kind);
// Calls visit for each direct child of node in the order child[0..3], list.
void node_children(Node *node, void (*visit)(Node *child, void *context), void *context);
// The same as a loop: the child behind `part` (NULL: the first), NULL at the end.
Node *node_next_part(const Node *node, const Node *part);
// Each node under (and with) this one, before its parts and, with leave, behind them; enter says whether to go into it.
// Needs no stack, however long a chain of operators or else-ifs is.
void node_walk(Arena *arena, Node *node, bool (*enter)(Node *node, void *context), void (*leave)(Node *node, void *context),
               void *context);
bool node_is_expression(const Node *node);
// A node that stands more than limit levels below root; NULL when there is none. It needs no stack.
Node *node_deeper_than(Node *root, unsigned limit);
// The node without the parentheses and __extension__ around it.
Node *node_strip(Node *node);
Node *node_chosen_arm(const Node *generic);               // of _Generic, after check: the one that is evaluated, or NULL
const Member *node_bit_field(Node *expression); // the bit-field that it is, through parentheses, or NULL
bool node_is_result_call(const Node *node);   // acoc_result(h)
// The index that an item of an array's initialiser stands for, `next` where none is written; -1: it takes more to say.
int64_t node_item_index(const Node *item, int64_t next);
// The NODE_EXPRESSION that gives a statement expression its value; NULL when it has none.
Node *node_value_statement(const Node *statement_expression);
const char *node_text(const Node *node);                              // its source on one line, shortened
uint32_t node_span(const Node *node, const Token *start);             // how many bytes from start to underline

// ---- type.c
// Types come from the unit's arena. Basic types are shared constants: never change a Type that you did not make.
Type *type_basic(TypeKind kind);
Type *type_pointer_to(Arena *arena, Type *base);
Type *type_array_of(Arena *arena, Type *base, uint64_t count);
Type *type_vector_of(Arena *arena, Type *base, uint64_t count);
Type *type_complex_of(Arena *arena, Type *base);
Type *type_handle_of(Arena *arena, Type *result);
Type *type_bitint(Arena *arena, uint64_t width, bool is_unsigned);
Type *type_copy(Arena *arena, const Type *type);
Qualifiers type_qualifiers(const Type *type);                           // its own; an array's are those of its element
Type *type_qualified(Arena *arena, Type *type, Qualifiers qualifiers);  // adds; goes into an array's element
Type *type_unqualified(Arena *arena, Type *type);                       // removes the top-level ones (array: of the element)
// With qualifiers. Only the compiler may know, where something that only it computes decides about a part of either.
typedef enum Compatibility { INCOMPATIBLE, PERHAPS_COMPATIBLE, COMPATIBLE } Compatibility;
Compatibility type_compatibility(const Type *a, const Type *b);
bool type_compatible(const Type *a, const Type *b);                     // or perhaps so: no reason for an error
bool type_is_integer(const Type *type);     // char, short, …, _Bool, enum, __int128, _BitInt
bool type_is_unsigned(const Type *type);    // integers whose values are never negative; pointers too
Type *type_of_enum(const Type *type);       // an enumeration's integer type, others as they are
uint64_t type_width(const Type *type);      // of an integer: its bits
bool type_is_floating(const Type *type);    // real floating
bool type_is_arithmetic(const Type *type);
bool type_is_scalar(const Type *type);      // arithmetic, pointer, handle, nullptr
bool type_is_record(const Type *type);      // struct or union
bool type_is_complete(const Type *type);
bool type_is_variably_modified(const Type *type); // or by a length that only the compiler computes: both are kept alike
bool type_varies(const Type *type);         // variably modified for the compiler too
bool type_is_unknown(const Type *type);     // it, or what it points to, holds, takes or returns: only the compiler can spell it
// A variable-length array, a struct that has one, and what only the compiler computes the size of.
bool type_has_unknown_size(const Type *type);
bool type_has_unknown_alignment(const Type *type);
bool member_has_unknown_promotion(const Member *field); // a bit-field whose value is an int or not, by a width unknown here
bool type_has_variable_length(const Type *type);       // an array whose size is known at run time only
bool type_has_kept_extents(const Type *type);          // lower/ keeps the values of its arrays' lengths
// Of a variably modified type: what keeps a value of it where C does not allow the type itself, a pointer to void with
// the qualifiers of what it leads to (arrays of those for arrays of pointers); other types as they are.
Type *type_kept(Arena *arena, Type *type);
bool type_has_const_member(const Type *type); // a record, or array of it, that cannot be assigned

// ---- spell.c
// A declaration of name with this type ("int (*name)[3]"), or the type name when name is "" or NULL. Uses typedef
// names (alias) where the type was written through one. A handle is spelled acoc_awaitable. The text is interned.
const char *type_spell(Type *type, const char *name);
// The type name in C's own words, without typedef names, except one that is the only name of a struct, union or enum.
const char *type_spell_plainly(Type *type);
// With the lengths of arrays as they stand in the source, where others are written by the locals that keep them.
const char *type_spell_as_written(Type *type, const char *name);
// The same for a function that evaluates none of them: one whose evaluation would show is replaced.
const char *type_spell_in_constructor(Type *type, const char *name);
const char *type_spell_in_prototype(Type *type);       // no name; those lengths as *
// The same for messages: a handle reads "async int".
const char *type_describe(Type *type);
// True when a declaration at file scope could name it: no tag, alias or typeof that is local to a function.
bool type_is_nameable_at_file_scope(const Type *type);

// ---- macros.c
// The macros in force where the first `count` of Unit.macros were read; going back costs reading them again.
typedef struct Macros {
    const Unit *unit;
    struct MacroSlot *slots; // NULL until the first record was read
    size_t capacity;         // a power of two
    uint32_t known;          // records that were read
} Macros;

Macros macros_of(const Unit *unit);
void macros_know(Macros *macros, uint32_t count);
const MacroRecord *macros_find(const Macros *macros, const String *name); // NULL: none, or expanding it changes nothing
bool macro_has_name(const MacroRecord *macro, const String *name);
bool macro_is_function_like(const MacroRecord *macro);
const char *macro_body(const MacroRecord *macro, size_t *length); // what stands behind its name, parameters included
bool macro_is_self(const MacroRecord *macro);          // #define x x

// ---- target.c
// Sizes and alignments of this $CC, as one of its predefined macros tells them; LP64's until then.
void target_learn(const char *name, const char *value);
bool target_char_is_unsigned(void);
TypeKind target_size_kind(void);            // size_t
TypeKind target_wchar_kind(void);           // wchar_t
uint32_t target_biggest_alignment(void);    // __BIGGEST_ALIGNMENT__: what a bare `aligned` means
bool target_is_clang(void);                 // where it and gcc differ
bool target_is_c99(void);                   // -std=c99 and later
bool target_is_c23(void);                   // -std=c2x and later; and
bool target_knows_c23(void);                // its words and f() as a prototype, which gcc 12 and clang 14 do not know yet
uint64_t type_size(const Type *type);       // 0 when incomplete or variable
uint32_t type_alignment(const Type *type);
uint32_t symbol_alignment(const Symbol *variable); // what its declaration says, or its type
void target_layout_record(Record *record);  // sets offsets, size, alignment; bit-fields, packed, aligned as gcc does

#endif

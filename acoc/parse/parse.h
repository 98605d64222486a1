// SPDX-License-Identifier: MIT
// What the files of parse/ share: the parser's state, its verbs over tokens, the scopes of names, and the
// productions that one chapter of C calls from another. Productions stand as EBNF above their functions, which
// are called parse_<production>; tests/grammar.sh compares them with grammar/*.ebnf. Helpers are never named parse_.
//
// An error is reported once and leaves by fail() to the nearest protect(): a block item, a member of a unit. So
// productions read as grammar and nothing has to be checked on the way out.
#ifndef ACOC_PARSE_H
#define ACOC_PARSE_H

#include <setjmp.h>

#include "../base/diag.h"
#include "../base/similar.h"
#include "../compiler.h"
#include "../model/attribute.h"
#include "../model/model.h"

// ---- names.c: what an identifier was declared as in the scopes that are open
typedef enum NameKind {
    NAME_UNKNOWN, NAME_ORDINARY, NAME_TYPEDEF,
    NAME_ASSUMED // looked up as a typedef and never offered: a type that nobody declared, of which that was said
} NameKind;
typedef struct Names Names;

Names *names_new(Arena *arena);
void names_enter(Names *names);
void names_leave(Names *names);
size_t names_depth(const Names *names);                  // 0: at file scope
void names_leave_to(Names *names, size_t depth);
void names_declare(Names *names, String *name, NameKind kind);
NameKind names_lookup(const Names *names, const String *name);
void names_offer(const Names *names, NameKind kind, Similar *similar); // all that mean this here

// ---- the parser's state
typedef enum Word {
#define WORD(name, spelling) WORD_##name,
#include "words.def"
#undef WORD
    WORD_COUNT
} Word;

typedef struct Recovery {
    jmp_buf jump;
} Recovery;

typedef struct Parser {
    Unit *unit;
    Arena *arena;
    Token *token;            // the next one; never a T_PRAGMA: those are skipped and found again where they matter
    Token *previous;         // the last one taken
    Token *item;             // where the statement or declaration at hand begins
    Names *names;
    Recovery *recovery;      // where fail() goes
    unsigned depth;          // how deep the input is nested here
    unsigned attribute_searches; // for names near unknown ones
    unsigned except_depth;   // except blocks around this place: `raise;` is ours there
    uint32_t words_taken;    // how many words of ours there were
    bool has_short_words;    // the file uses one of our forms unmistakably: ambiguous undeclared words are ours too
    bool gave_up;            // nested too deeply, too many errors, or the end of the file: unwind to the end
    struct Map *tags;        // String* -> the Token of its `struct`, `union` or `enum`
    struct Map *file_tags;   // those at file scope
    const Node *last_if;     // the last `if` of this block that ended without an `else`
    const Token *last_body;  // the '}' of the function before
    const Token *suspect;    // a '{' whose '}' stands further left than it should, a function that begins in another
} Parser;

static inline bool at_file_scope(const Parser *p)
{
    return names_depth(p->names) == 0;
}

// ---- tokens.c: four verbs (peek, accept, expect, expect_close), and nodes over what they took
TokenKind peek(const Parser *p);
Token *after(Token *token);                              // the token behind it, pragmas skipped
TokenKind peek_second(const Parser *p);
Token *take(Parser *p);
bool accept(Parser *p, TokenKind kind);
Token *expect(Parser *p, TokenKind kind, const char *where); // where: "after 'if'"
void expect_close(Parser *p, TokenKind kind, const Token *opener, const char *where);
void expect_end_of_list(Parser *p, TokenKind kind, const Token *opener, const char *where); // "expected ',' or ')' …"
void take_until(Parser *p, const Token *end);            // what is passed over
void enter(Parser *p);                                   // one level of nesting deeper; refused when too deep
void leave(Parser *p);
Node *node_at(Parser *p, NodeKind kind, Token *first);
Node *finish(Parser *p, Node *node);                     // it ends with the token taken last
bool is_empty(const Node *node);                         // it has no tokens
void take_name(Parser *p, Node *node, const char *where);           // the node's name, and its most telling token
Node *name_node(Parser *p, NodeKind kind, const char *where);       // a node that is a name
Node *finish_chain(Parser *p, Node *chain); // a ? b : c ? …, if … else if …, case 1: case 2: …: all end with the last one
Node **list_end(Node **list);
Node **append(Node **end, Node *nodes);                  // to a list; gives its new end

// ---- errors.c
bool protect(Parser *p, void (*parse)(Parser *p, void *context), void *context); // false: an error ended it
_Noreturn void fail(Parser *p);                          // an error was reported
_Noreturn void fail_at(Parser *p, const Token *token, const char *format, ...) __attribute__((format(printf, 3, 4)));
void report_expected(Parser *p, const char *what);       // "expected <what> after '<previous token>'"
_Noreturn void fail_expected(Parser *p, const char *what);
// "expected <kind> <where>", with a note of the opener if there is one; "expected ',' or <kind> <where>"
_Noreturn void fail_missing(Parser *p, TokenKind kind, const Token *opener, const char *where);
_Noreturn void fail_missing_end_of_list(Parser *p, TokenKind kind, const Token *opener, const char *where);
void expect_semicolon(Parser *p, const char *where);     // goes on when only the semicolon at the line's end is missing
_Noreturn void refuse_unsupported(Parser *p);            // the next token belongs to what acoc refuses by name
const char *token_spelling(TokenKind kind);

// ---- skip.c
Token *skip_balanced(Token *opener);                     // the token behind the closer that matches; T_END if none does
bool is_attribute_start(const Token *token);
Token *skip_attributes(Token *token);                    // the first token behind attributes
Token *skip_extensions(Token *token);                    // behind __extension__
bool is_indented(const Token *token);                    // first of its line, and not in column 1
bool stands_at_margin(const Token *token);               // first of its line, in column 1
void recover_in_block(Parser *p, Token *start);          // to the end of the item that began at start
void recover_in_unit(Parser *p, Token *start);
void doubt(Parser *p, Token *from, const Token *end); // names in text that was skipped may be declarations

// ---- unknown.c: names that mean nothing here
// An unknown name that is meant as a type: where specifiers stand ("foo_t x", "foo_t *x", "foo_t (*f)(int)"), or where
// an expression may as well ("foo_t x;", "foo_t *x = …", "foo_t *x;", "foo_t (*f)(int);").
bool stands_for_type(const Parser *p);
bool declares_with_unknown_type(const Parser *p);
bool is_unknown_name(const Parser *p, const Token *token);
bool is_unknown_type_name(const Parser *p, Token *token);  // where an expression may stand as well: "foo_t *)"
// "(foo_t *)", "(foo_t){"; if a cast may stand here "(foo_t)x" too. "(f)(x)" and "(a) - 1" are left to be expressions.
bool is_parenthesised_unknown_type(const Parser *p, bool is_cast);
bool report_unknown_type(Parser *p, const Token *token); // true: a statement is meant
bool note_foreign_word(const Token *token);              // other languages' words for our ideas
bool item_is_misspelt(const Parser *p);                  // begins with nearly a keyword of a statement
void note_misspelt_item(Parser *p);                      // the keyword that the item at hand may begin with
void warn_of_misspelt_attribute(Parser *p, const Token *token, const String *name, AttributeUsers users);
void note_tag(Parser *p, Token *keyword, String *name);
bool tag_is_known(const Parser *p, const String *name);  // mentioned at file scope

// ---- unit.c
Node *parse_external_declaration(Parser *p);
Node *parse_declaration(Parser *p);
Node **collect_pragmas(Parser *p, Node **end);           // the #pragma lines right before the next token

// ---- passed.c
void passed_init(Parser *p);
bool pass_over_declaration(Parser *p); // true: it is one of a header, and parsed when its name is looked up
void take_unread(Parser *p);            // what comes next and was left unread

// ---- specifiers.c
typedef enum SpecifierRole {
    ROLE_NONE, ROLE_STORAGE, ROLE_QUALIFIER, ROLE_WORD, ROLE_TYPE, ROLE_PHRASE, ROLE_ALIGNMENT, ROLE_IDLE, ROLE_UNSUPPORTED
} SpecifierRole;
typedef struct Specifier {
    SpecifierRole role : 16;
    uint16_t value;          // what it adds: see grammar/specifiers.def
} Specifier;
enum { BESIDE_SIGN = 1, BESIDE_COMPLEX = 2, BESIDE_INT = 4 };       // of ROLE_TYPE

extern const Specifier specifier_keywords[T_COUNT];
static inline bool is_specifier_keyword(TokenKind kind)
{
    return specifier_keywords[kind].role != ROLE_NONE;
}

bool count_type_word(TypeWords *words, TokenKind kind);  // false: it is none
bool has_type_word(const TypeWords *words);
bool type_words_agree(const TypeWords *words);
void check_type_words(Parser *p, const Node *specifiers);           // reports those that do not agree

// ---- decl.c
bool starts_specifiers(const Parser *p, Token *token);
bool starts_type_name(const Parser *p, Token *token);  // specifiers, possibly behind attributes
bool stands_type_name(const Parser *p);                // a type name, known or not, where an expression may stand
bool starts_declaration(const Parser *p);
bool lacks_semicolon(const Parser *p, const Node *specifiers); // struct s { … } and the next declaration on a new line
Node *parse_declaration_specifiers(Parser *p);
Node *specifiers_of_type_name(Parser *p);
Node *parse_static_assert(Parser *p);

// ---- record.c
Node *parse_record(Parser *p);
Node *parse_enumeration(Parser *p);

// ---- declarator.c
typedef enum DeclaratorForm { DECLARATOR_NAMED, DECLARATOR_ABSTRACT, DECLARATOR_EITHER } DeclaratorForm;
Node *parse_declarator(Parser *p, DeclaratorForm form);
Node *parse_type_name(Parser *p);

// ---- init.c
Node *parse_initialiser(Parser *p);
Node *parse_braced_initialiser(Parser *p);
Node *parse_designator(Parser *p);

// ---- expr.c, postfix.c
Node *parse_expression(Parser *p);
Node *parse_assignment(Parser *p);
Node *parse_conditional(Parser *p);
Node *parse_cast(Parser *p);
Node *parse_postfix(Parser *p);
Node *parse_postfix_operators(Parser *p, Node *node);
Node *parse_strings(Parser *p, const char *where);
Node *parse_parenthesised(Parser *p, const char *where);
Node *parse_parenthesised_type(Parser *p, const char *where);
Node *parse_type_or_assignment(Parser *p);               // an argument of what takes types as well
Node *finish_with_operand(Parser *p, Node *node);

// ---- stmt.c
bool begins_statement(TokenKind kind);                   // a keyword that does
bool is_statement_keyword(TokenKind kind);               // that, or else, case, default
Node *inner_statement(Parser *p);                        // one that is part of another one
Node *parse_statement(Parser *p);
Node *parse_block(Parser *p);

// ---- attr.c
Node **parse_attributes(Parser *p, Node **end);          // zero or more, appended to a list
Node *parse_asm_label(Parser *p);
Node *parse_asm(Parser *p);
Node *parse_top_asm(Parser *p);

// ---- words.c
void words_init(Parser *p);
bool is_word_of_ours(const String *name);
Word word_of(const Parser *p, const Token *token);       // WORD_COUNT: none, or a typedef of that name hides it
Token *take_word(Parser *p);                             // a word of ours
bool is_specifier_word(const Parser *p, Token *token);   // starts a declaration's specifiers
bool is_word_among_specifiers(const Parser *p, Token *token, bool has_type);
bool starts_yield_from(const Parser *p);
bool starts_async_expression(const Parser *p);
bool starts_word_statement(const Parser *p);
bool goes_on_with(const Parser *p, Word word);           // a try does: except, finally

// ---- async.c
Node *parse_async_specifier(Parser *p, Node *specifiers); // the type in acoc_async(T), an attribute, or NULL
Node *parse_yield_from(Parser *p);
Node *parse_async(Parser *p);
Node *parse_word_statement(Parser *p);

#endif

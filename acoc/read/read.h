// SPDX-License-Identifier: MIT
// What the files of read/ share: the lexer's state and lexemes, the reader's state, and the raw text's lines.
//
//   preprocess.c  runs $CC -E           messages.c what it said                 tokens.c   its text -> Unit.tokens
//   words.c       keywords, spellings
//   markers.c     line markers, macros  raw.c      the file's own tokens        align.c    which token is which
//   columns.c     places of the rest    depend.c   the make rule              unread.c   declarations left for later
//   lookalike.c, bidirectional.c   characters that are not what they look like
//   header.c      places in headers     expand.c   a macro's expansion        trace.c    where in it a token comes from
#ifndef ACOC_READ_H
#define ACOC_READ_H

#include "../base/child.h"
#include "../base/diag.h"
#include "../base/map.h"
#include "../compiler.h"
#include "../model/model.h"

// ---- grammar/lexer.re

typedef struct Lexer {
    const char *start;  // of the lexeme that lex() just read
    const char *cursor; // behind it
    const char *end;    // a zero byte stands here
    bool has_raw_strings; // R"(…)" is one
    bool met_raw_string; // or what would be one
} Lexer;

// What lex() returns besides the kinds of tokens.
enum {
    LEX_SPACE = T_COUNT,
    LEX_NEWLINE,
    LEX_SPLICE,         // backslash, newline
    LEX_COMMENT,        // either kind
    LEX_OPEN_COMMENT,   // never closed; reaches to the end
    LEX_OPEN_STRING,    // never closed; reaches to the end of its line
    LEX_OPEN_CHARACTER
};

int lex(Lexer *lexer);
int lex_zero(Lexer *lexer);    // a zero byte: the end, or white space
int lex_comment(Lexer *lexer); // behind "/*"
// Behind a quote that is not closed before the line or a zero byte ends: a literal with zero bytes in it, or the fault,
// which takes the rest of the line.
int lex_open(Lexer *lexer, int lexeme);
int lex_raw_string(Lexer *lexer); // behind R": where there are none the word R, or uR and so on

// ---- the reader

// Tokens of the main file that a macro's use there left, or several such behind one another, and where that stands.
typedef struct Expansion {
    uint32_t first, end;     // indices into Unit.tokens
    uint32_t raw, raw_end;   // the use: its name, and what its arguments are behind that
    uint32_t macros;         // records that are in force there
    bool is_several;
} Expansion;

// What a token of kind T_UNREAD_… stands for, once it was asked for.
typedef struct LateTokens {
    Token *unread;
    Token *tokens;       // a Vec: one as before the first, its tokens, T_END
    uint32_t first_number; // of its tokens, beyond those of Unit.tokens; see header.c
} LateTokens;

// Tokens that stand one behind the other: indices into Unit.tokens.
typedef struct TokenRun {
    uint32_t first, end;
} TokenRun;

// One of the times that a file was included.
typedef struct Included {
    Inclusion inclusion;
    uint32_t file;
    struct Header *header;   // of header.c, when a message has asked for a place in the file
    TokenRun *runs;          // a Vec: its tokens
    uint32_t first, end;     // of its tokens in header
} Included;

// From the token with this index on, to the next of these, the tokens stand in what was included; NULL: the main file.
typedef struct IncludedRun {
    uint32_t first;
    Included *included;
} IncludedRun;

typedef struct Reader {
    Unit *unit;
    const Options *options;
    Lexer lexer;           // over the preprocessed text
    Token *tokens;         // a Vec: where they go
    uint32_t first_number; // of the first of them
    uint32_t next_number;  // that no token has
    LateTokens *late;      // a Vec
    uint32_t file, line;   // where it stands, as the markers tell
    uint32_t depth;        // of #include; 0: in the main file
    Included **entered;    // a Vec: the included files that are open, innermost last
    IncludedRun *passages; // a Vec: where the text goes over from one file to another
    bool in_system_header, is_below_system; // is_below_system: in one of these
    String **system_directories; // a Vec: with a slash at the end
    bool at_line_start, after_space;
    int nesting;           // brackets that are open
    bool in_old_head;      // between the head of an old function, `int f(a)`, and the end of its body
    bool begins;           // what comes next begins an external declaration
    TokenKind last, before_parens; // the last token; the one before the last bracket that was opened at file scope
    TokenRun *written;     // a Vec: where the main file's tokens stand among the others
    Expansion *expansions; // a Vec, in the order of the tokens
    struct Tracers *tracers; // of trace.c
    bool has_faults;       // there are tokens of kind T_UNKNOWN
    bool knows_words;      // the keywords have their meanings: done when the first word is met
    bool is_strict;        // __STRICT_ANSI__
    bool knows_target;     // the compiler told its sizes
} Reader;

// ---- preprocess.c

typedef struct Preprocessor {
    Child process;
    int output, messages; // files in memory
    char *said;           // its messages; those of one that failed were passed on
} Preprocessor;

bool preprocessor_start(Preprocessor *child, Unit *unit, const Options *options);
// Its output, in the unit's arena, when it has ended; NULL when it failed (the user was told).
char *preprocessor_text(Preprocessor *child, Unit *unit, const Options *options, size_t *length);

// messages.c: to the user, in the form that he asked for. has_faults: acoc will report those of Unit.tokens.
void pass_messages_on(Unit *unit, const Options *options, char *messages, bool has_faults);

// words.c
void words_learn(Reader *reader); // gives each keyword its meaning: the kind of its tokens
String *word_name(const char *text, size_t length); // interned, universal character names as UTF-8
// Two spellings of one token: splices do not count, universal character names and UTF-8 are the same in words.
bool same_spelling(const char *a, size_t a_length, const char *b, size_t b_length);

// markers.c: reads the line that begins with '#' at the lexer's start: a marker, a macro record, a pragma.
void read_hash_line(Reader *reader);

// bidirectional.c: warns of characters that change the order in which the main file's text is shown
void warn_of_shown_order(const Unit *unit);

// lookalike.c: an error when a character of the token only looks like one of C's
bool report_lookalike(const Token *token);

// tokens.c
void push_token(Reader *reader, TokenKind kind);
void count_lines(Reader *reader); // those in the lexeme at hand
// Pushes the tokens of a text, whose first one may stand in a line or behind a space that began before it.
void read_lexemes(Reader *reader, const char *text, size_t length, bool at_line_start, bool after_space);

// unread.c: what system headers declare and perhaps nobody asks for
// In a system header, where a declaration begins. True: one token was pushed for all of it.
bool leave_unread(Reader *reader);
Token *read_unread(Unit *unit, Token *unread); // its tokens, behind one another, and T_END

// ---- the main file's own tokens

// A line as the preprocessor sees it: physical lines joined by splices and comments. Lines as #line presents them.
typedef struct RawLine {
    uint32_t first_line, last_line;
    uint32_t first, end;             // its tokens: indices into Unit.raw
    bool is_ambiguous;               // #line gives its number to another one too
} RawLine;

// The lines from one #line directive to the next: their numbers ascend.
typedef struct RawSection {
    uint32_t file;
    int64_t shift;                   // presented line = physical line + shift
    uint32_t first, end;             // indices of its RawLines
} RawSection;

typedef struct RawText {
    RawLine *lines;                  // Vecs
    RawSection *sections;
    bool met_raw_string;             // whether there are any the preprocessor knows
    bool ends_outside;               // the last token stands in no #if … #endif
} RawText;

RawText read_raw(Unit *unit, bool has_raw_strings);
const char *raw_text(const Unit *unit, uint32_t index);
Place raw_place(const Unit *unit, const RawSection *section, uint32_t index); // as #line presents it

// align.c: needs tokens, raw, macros. Leaves raw, line and column of every token of the main file that it recognises,
// and the expansions.
void align_tokens(Reader *reader, const RawText *text);
bool is_dynamic_macro(const char *text, size_t length); // __LINE__ and its like, which have no #define

// columns.c: finds the columns that are still unknown by looking into the file.
void find_columns(const Reader *reader);

// header.c: of a token of a header, whose column stands for its number
Place find_in_header(Reader *reader, Place place);
const Inclusion *find_inclusion(const Reader *reader, Place place);

// unread.c: which of those that were left unread has the token with that number, beyond those of Unit.tokens
LateTokens *late_with(const Reader *reader, uint32_t number);

// ---- how a macro made a token, asked for by messages

// A lexeme of a #define.
typedef struct Lexeme {
    const char *text;
    uint32_t length;
    TokenKind kind;
} Lexeme;

enum { DIRECTIVE_NAME = 2 }; // the lexeme behind '#' and "define"

// One macro that a token went through: it is this lexeme of the definition, or an argument put it in its place.
typedef struct Passage {
    const struct Passage *before;
    uint32_t macro;          // index into Unit.macros
    uint32_t lexeme;
} Passage;

// A token of an expansion.
typedef struct Made {
    const char *text;
    uint32_t length;
    uint32_t raw;            // the written token that it is, or was made of
    const Passage *passage;  // the last macro that it went through; NULL: none
    TokenKind kind;
    bool is_any;             // its spelling is not known here: __LINE__, what '#' makes
    bool is_final;           // the name of a macro in its own expansion
    bool ends_macro;         // no token: the expansion at hand ends here
} Made;

// expand.c: what the compiler's preprocessor must have made of a use; NULL: not known. Its lexemes' texts live on.
Made *expand_use(Macros *macros, const Lexer *lexer, uint32_t raw, uint32_t raw_end);
Lexeme *lex_directive(Arena *arena, const Lexer *lexer, const char *text, const char *end);

// trace.c
void trace_begin(Reader *reader); // answers source_resolve() and source_trace() from now on
void trace_text(const Reader *reader, const RawText *text); // also for the expansions of this text

#endif

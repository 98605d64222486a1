// SPDX-License-Identifier: MIT
// What a macro's use comes to, as the preprocessor must have made it; here each token keeps the way that it took. Only
// messages ask for that, and trace.c believes it only when the tokens are those that the preprocessor wrote. So what is
// rare (__VA_OPT__, a joint that is no token) is given up.
//
// Tokens to come lie on a stack. A macro's expansion is put on it above a mark; until that is met again the macro's
// name stands for itself.
#include "read.h"

#include <string.h>

enum { MOST_TOKENS = 100000, MOST_DEPTH = 100 };

typedef struct Expander {
    Macros *macros;
    const Lexer *lexer;      // the preprocessed text's: where texts end, which strings there are
    Arena *arena;
    const MacroRecord **active; // a Vec: macros whose expansions are being read
    unsigned spent, depth;
    bool gave_up;
} Expander;

typedef struct Definition {
    const MacroRecord *macro;
    Lexeme *lexemes;         // a Vec
    String **parameters;     // a Vec
    uint32_t body;           // its first lexeme
    bool takes_rest;         // its last parameter does: ... or rest...
} Definition;

// -------------------------------------------------------------------------------------------- definitions

Lexeme *lex_directive(Arena *arena, const Lexer *like, const char *text, const char *end)
{
    Lexer lexer = {.start = text, .cursor = text, .end = end, .has_raw_strings = like->has_raw_strings};
    Lexeme *lexemes = NULL;
    for (int kind; (kind = lex(&lexer)) != T_END && kind != LEX_NEWLINE; )
        if (kind < T_COUNT)
            vec_push(arena, lexemes, (Lexeme){lexer.start, (uint32_t)(lexer.cursor - lexer.start), (TokenKind)kind});
    return lexemes;
}

static TokenKind kind_at(const Definition *definition, uint32_t index)
{
    return index < vec_count(definition->lexemes) ? definition->lexemes[index].kind : T_END;
}

static String *name_of(const Lexeme *lexeme)
{
    return word_name(lexeme->text, lexeme->length);
}

// The lexemes behind the name's parenthesis, up to the one that closes it.
static void read_parameters(Expander *expander, Definition *definition)
{
    for (; kind_at(definition, definition->body) != T_END; definition->body++) {
        const Lexeme *lexeme = &definition->lexemes[definition->body];
        if (lexeme->kind == T_RIGHT_PAREN) {
            definition->body++;
            return;
        }
        if (lexeme->kind == T_IDENTIFIER)
            vec_push(expander->arena, definition->parameters, name_of(lexeme));
        if (lexeme->kind != T_ELLIPSIS)
            continue;
        definition->takes_rest = true;
        if (definition->lexemes[definition->body - 1].kind != T_IDENTIFIER)
            vec_push(expander->arena, definition->parameters, intern_text("__VA_ARGS__"));
    }
}

static Definition definition_of(Expander *expander, const MacroRecord *macro)
{
    Definition definition = {.macro = macro, .body = DIRECTIVE_NAME + 1};
    definition.lexemes = lex_directive(expander->arena, expander->lexer, macro->text, expander->lexer->end);
    if (macro_is_function_like(macro)) {
        definition.body++;
        read_parameters(expander, &definition);
    }
    return definition;
}

// 1 + the parameter's number; 0: the lexeme is none.
static size_t parameter_at(const Definition *definition, uint32_t index)
{
    if (kind_at(definition, index) != T_IDENTIFIER)
        return 0;
    String *name = name_of(&definition->lexemes[index]);
    for (size_t i = 0; i < vec_count(definition->parameters); i++)
        if (definition->parameters[i] == name)
            return i + 1;
    return 0;
}

// "##" is lexed as two tokens.
static bool joins_at(const Definition *definition, uint32_t index)
{
    return kind_at(definition, index) == T_HASH && kind_at(definition, index + 1) == T_HASH &&
           definition->lexemes[index].text + 1 == definition->lexemes[index + 1].text;
}

// ------------------------------------------------------------------------------------------- substitution

static Made *expand(Expander *expander, const Made *input);

// A macro's use: what is put into its definition, and what comes of it.
typedef struct Substitution {
    Expander *expander;
    const Definition *definition;
    const Made *use;
    Made **arguments;        // a Vec of Vecs
    Made *result;            // a Vec
    bool joins;              // "##" stands before the lexeme at hand
    bool left_is_empty;      // and nothing before that
} Substitution;

static const Passage *passage_through(Substitution *into, const Passage *before, uint32_t lexeme)
{
    Passage *passage = NEW(into->expander->arena, Passage);
    *passage = (Passage){before, (uint32_t)(into->definition->macro - into->expander->macros->unit->macros), lexeme};
    return passage;
}

static void put_argument(Substitution *into, const Made *argument, uint32_t lexeme)
{
    for (size_t i = 0; i < vec_count(argument); i++) {
        Made made = argument[i];
        made.passage = passage_through(into, made.passage, lexeme);
        vec_push(into->expander->arena, into->result, made);
    }
}

static void put_lexeme(Substitution *into, uint32_t index, bool is_any)
{
    const Lexeme *lexeme = &into->definition->lexemes[index];
    Made made = {.text = lexeme->text, .length = lexeme->length, .kind = is_any ? T_STRING : lexeme->kind,
                 .is_any = is_any, .raw = into->use->raw, .passage = passage_through(into, into->use->passage, index)};
    vec_push(into->expander->arena, into->result, made);
}

// Makes one token of two.
static void join(Substitution *into, size_t left)
{
    Expander *expander = into->expander;
    Made *a = &into->result[left], *b = a + 1;
    char *text = arena_printf(expander->arena, "%.*s%.*s", (int)a->length, a->text, (int)b->length, b->text);
    Lexer lexer = {.start = text, .cursor = text, .end = text + a->length + b->length};
    int kind = lex(&lexer);
    expander->gave_up |= kind >= T_COUNT || lexer.cursor != lexer.end || a->is_any || b->is_any;
    a->text = text;
    a->length += b->length;
    a->kind = (TokenKind)kind;
    a->is_final = false;
    memmove(b, b + 1, (vec_count(into->result) - left - 2) * sizeof *b);
    (void)vec_pop(into->result);
}

// GNU: `, ## rest` loses its comma where there is no rest, and joins nothing.
static bool is_comma_before_rest(const Substitution *into, size_t parameter)
{
    return into->joins && into->definition->takes_rest && parameter == vec_count(into->definition->parameters) &&
           vec_count(into->result) && vec_last(into->result).kind == T_COMMA;
}

static const Made *argument_at(const Substitution *into, size_t parameter)
{
    return parameter <= vec_count(into->arguments) ? into->arguments[parameter - 1] : NULL;
}

// Puts what one lexeme stands for; gives the index of the next one.
static uint32_t put_operand(Substitution *into, uint32_t index)
{
    const Definition *definition = into->definition;
    size_t parameter = parameter_at(definition, index);
    bool makes_string = kind_at(definition, index) == T_HASH && parameter_at(definition, index + 1);
    if (macro_is_function_like(definition->macro) && makes_string) {
        put_lexeme(into, index, true);
        return index + 2;
    }
    if (!parameter) {
        put_lexeme(into, index, false);
        return index + 1;
    }
    const Made *argument = argument_at(into, parameter);
    if (is_comma_before_rest(into, parameter)) {
        if (!vec_count(argument))
            (void)vec_pop(into->result);
        into->joins = false;
    } else if (!into->joins && !joins_at(definition, index + 1)) {
        argument = expand(into->expander, argument);
    }
    put_argument(into, argument, index);
    return index + 1;
}

static void substitute(Substitution *into)
{
    const Definition *definition = into->definition;
    for (uint32_t i = definition->body; kind_at(definition, i) != T_END && !into->expander->gave_up; ) {
        into->joins = i > definition->body && joins_at(definition, i);
        i += into->joins ? 2 : 0;
        if (kind_at(definition, i) == T_END)
            break;
        size_t before = vec_count(into->result);
        i = put_operand(into, i);
        size_t now = vec_count(into->result);
        if (into->joins && !into->left_is_empty && now > before)
            join(into, before - 1);
        into->left_is_empty = now <= before && (!into->joins || into->left_is_empty);
    }
}

// ---------------------------------------------------------------------------------------------- expansion

static void push_reversed(Expander *expander, Made **pending, const Made *made)
{
    for (size_t i = vec_count(made); i-- > 0; )
        vec_push(expander->arena, *pending, made[i]);
}

static Made take_pending(Expander *expander, Made **pending)
{
    Made made = vec_pop(*pending);
    if (made.ends_macro)
        (void)vec_pop(expander->active);
    expander->gave_up |= ++expander->spent > MOST_TOKENS;
    return made;
}

static bool is_active(const Expander *expander, const MacroRecord *macro)
{
    for (size_t i = 0; i < vec_count(expander->active); i++)
        if (expander->active[i] == macro)
            return true;
    return false;
}

// The parenthesis may stand behind the end of the expansion that ends with the name.
static bool take_opener(Expander *expander, Made **pending)
{
    while (vec_count(*pending) && vec_last(*pending).ends_macro)
        take_pending(expander, pending);
    if (!vec_count(*pending) || vec_last(*pending).kind != T_LEFT_PAREN)
        return false;
    take_pending(expander, pending);
    return true;
}

// A comma begins the next argument, but in the one that takes the rest.
static Made **take_arguments(Expander *expander, Made **pending, const Definition *definition)
{
    Made **arguments = NULL, *argument = NULL;
    size_t depth = 1, rest = definition->takes_rest ? vec_count(definition->parameters) - 1 : SIZE_MAX;
    while (vec_count(*pending)) {
        Made made = take_pending(expander, pending);
        depth += made.kind == T_LEFT_PAREN;
        depth -= made.kind == T_RIGHT_PAREN;
        bool separates = depth == 1 && made.kind == T_COMMA && vec_count(arguments) < rest;
        if (!depth || separates) {
            vec_push(expander->arena, arguments, argument);
            argument = NULL;
            if (!depth)
                return arguments;
        } else if (!made.ends_macro) {
            vec_push(expander->arena, argument, made);
        }
    }
    expander->gave_up = true;
    return NULL;
}

// Puts the expansion of a macro's name on the stack; false when it stands for itself.
static bool replace(Expander *expander, Made **pending, Made *name)
{
    const MacroRecord *macro = name->kind == T_IDENTIFIER && !name->is_final
                                   ? macros_find(expander->macros, word_name(name->text, name->length)) : NULL;
    if (!macro)
        return false;
    name->is_final = is_active(expander, macro);
    if (name->is_final || (macro_is_function_like(macro) && !take_opener(expander, pending)))
        return false;
    Definition definition = definition_of(expander, macro);
    Substitution into = {.expander = expander, .definition = &definition, .use = name};
    if (macro_is_function_like(macro))
        into.arguments = take_arguments(expander, pending, &definition);
    substitute(&into);
    vec_push(expander->arena, expander->active, macro);
    vec_push(expander->arena, *pending, (Made){.ends_macro = true});
    push_reversed(expander, pending, into.result);
    return true;
}

static Made *expand(Expander *expander, const Made *input)
{
    Made *pending = NULL, *result = NULL;
    expander->gave_up |= ++expander->depth > MOST_DEPTH;
    push_reversed(expander, &pending, input);
    while (vec_count(pending) && !expander->gave_up) {
        Made made = take_pending(expander, &pending);
        if (made.ends_macro || replace(expander, &pending, &made))
            continue;
        made.is_any |= is_dynamic_macro(made.text, made.length);
        vec_push(expander->arena, result, made);
    }
    expander->depth--;
    return result;
}

Made *expand_use(Macros *macros, const Lexer *lexer, uint32_t raw, uint32_t raw_end)
{
    const Unit *unit = macros->unit;
    Expander expander = {.macros = macros, .lexer = lexer, .arena = unit->arena};
    Made *input = NULL;
    for (uint32_t i = raw; i < raw_end; i++) {
        const char *text = raw_text(unit, i);
        Lexer token = {.start = text, .cursor = text, .end = unit->file->text + unit->file->length,
                       .has_raw_strings = lexer->has_raw_strings};
        TokenKind kind = (TokenKind)lex(&token);
        vec_push(unit->arena, input, (Made){.text = text, .length = unit->raw[i].length, .raw = i, .kind = kind});
    }
    Made *made = expand(&expander, input);
    return expander.gave_up ? NULL : made;
}

// SPDX-License-Identifier: MIT
// From the preprocessed text to Unit.tokens, and read_unit(), the entry of this stage. Tokens are not copied: each
// points into the preprocessed text, which lives as long as the unit.
#include "read.h"

#include <string.h>

int lex_zero(Lexer *lexer)
{
    if (lexer->cursor <= lexer->end)
        return LEX_SPACE;
    lexer->cursor = lexer->end;
    return T_END;
}

int lex_comment(Lexer *lexer)
{
    const char *at = lexer->cursor;
    while ((at = memchr(at, '*', (size_t)(lexer->end - at)))) {
        at++;
        if (*at == '/') {
            lexer->cursor = at + 1;
            return LEX_COMMENT;
        }
    }
    lexer->cursor = lexer->end;
    return LEX_OPEN_COMMENT;
}

// The rules stop at a zero byte, since one ends the text; the compilers take it as a part of the literal.
static bool close_literal(Lexer *lexer, char quote)
{
    for (const char *at = lexer->cursor; at < lexer->end && *at != '\n'; at++) {
        if (*at == quote) {
            lexer->cursor = at + 1;
            return true;
        }
        at += *at == '\\' && at + 1 < lexer->end;
    }
    return false;
}

int lex_open(Lexer *lexer, int lexeme)
{
    bool is_string = lexeme == LEX_OPEN_STRING;
    size_t length = strcspn(lexer->cursor, "\r\n");
    if (lexer->cursor + length < lexer->end && !lexer->cursor[length] && close_literal(lexer, is_string ? '"' : '\''))
        return is_string ? T_STRING : T_CHARACTER;
    lexer->cursor += length;
    return lexeme;
}

static void name_token(Reader *reader, Token *token)
{
    token->name = word_name(token->text, token->length);
    if (!reader->knows_words)
        words_learn(reader);
    if (token->name->meaning && token->name->meaning < T_COUNT)
        token->kind = (TokenKind)token->name->meaning;
}

// Most tokens stand in headers; those of the main file come in few runs.
static void note_written(Reader *reader, uint32_t index)
{
    if (!vec_count(reader->written) || vec_last(reader->written).end != index)
        vec_push(reader->unit->arena, reader->written, (TokenRun){index, index});
    vec_last(reader->written).end = index + 1;
}

// R"delimiter(…)delimiter", in which no character means anything else.
int lex_raw_string(Lexer *lexer)
{
    lexer->met_raw_string = true;
    if (!lexer->has_raw_strings) {
        lexer->cursor--;
        return T_IDENTIFIER;
    }
    const char *delimiter = lexer->cursor, *at = delimiter + strcspn(delimiter, "()\\ \t\v\f\n");
    size_t length = (size_t)(at - delimiter);
    if (*at != '(')
        return lex_open(lexer, LEX_OPEN_STRING);
    while ((at = memchr(at + 1, ')', (size_t)(lexer->end - at - 1)))) {
        bool closes = (size_t)(lexer->end - at) > length + 1 && !memcmp(at + 1, delimiter, length) && at[length + 1] == '"';
        if (closes) {
            lexer->cursor = at + length + 2;
            return T_STRING;
        }
    }
    return lex_open(lexer, LEX_OPEN_STRING);
}

// A word behind `f(a)`, as in `int f(a) int a;`: what comes before the body of an old function declares its parameters.
static bool begins_parameters(const Reader *reader, const Token *token)
{
    bool is_behind_head = reader->before_parens == T_IDENTIFIER || reader->before_parens == T_RIGHT_PAREN;
    return is_behind_head && token->name && token->kind != T_ATTRIBUTE && token->kind != T_ASM;
}

// Follows the brackets, to know where an external declaration begins.
static void follow(Reader *reader, const Token *token)
{
    bool ends = false;
    switch (token->kind) {
    case T_LEFT_PAREN: case T_LEFT_BRACKET: case T_LEFT_BRACE:
        if (reader->nesting++ == 0)
            reader->before_parens = reader->last;
        break;
    case T_RIGHT_PAREN: case T_RIGHT_BRACKET:
        reader->nesting--;
        break;
    case T_RIGHT_BRACE:
        ends = --reader->nesting == 0;
        reader->in_old_head &= !ends;
        break;
    case T_SEMICOLON: case T_UNREAD_FUNCTION: case T_UNREAD_TYPE:
        ends = reader->nesting == 0;
        break;
    default:
        if (reader->last == T_RIGHT_PAREN && reader->nesting == 0)
            reader->in_old_head |= begins_parameters(reader, token);
    }
    reader->begins = ends && !reader->in_old_head;
    reader->last = token->kind;
}

void push_token(Reader *reader, TokenKind kind)
{
    const Lexer *lexer = &reader->lexer;
    Unit *unit = reader->unit;
    uint32_t index = (uint32_t)vec_count(reader->tokens);
    uint32_t column = reader->depth ? COLUMN_DEFERRED | (reader->first_number + index) : 0;
    Token *token = vec_add(unit->arena, reader->tokens);
    *token = (Token){
        .kind = kind,
        .text = lexer->start,
        .length = (uint32_t)(lexer->cursor - lexer->start),
        .place = place_at(reader->file, reader->line, column),
        .starts_line = reader->at_line_start,
        .space_before = reader->after_space || reader->at_line_start,
        .from_header = reader->depth > 0,
        .in_system_header = reader->in_system_header,
        .macros = (uint32_t)vec_count(unit->macros),
    };
    if (kind == T_IDENTIFIER)
        name_token(reader, token);
    if (!reader->depth)
        note_written(reader, index);
    follow(reader, token);
    reader->has_faults |= kind == T_UNKNOWN;
    reader->at_line_start = false;
    reader->after_space = false;
}

// The errors are given once the columns are known; until then the faulty bytes are tokens of kind T_UNKNOWN.
static void report_fault(const Token *token)
{
    unsigned char first = (unsigned char)token->text[0];
    size_t prefix = strcspn(token->text, "\"'");
    char quote = prefix < token->length ? token->text[prefix] : '\0';
    if (first == '/')
        error_at(token->place, 2, "unterminated comment");
    else if (quote == '\'' && token->text[prefix + 1] == '\'')
        error_at(token->place, 2, "empty character constant");
    else if (quote)
        error_at(token->place, token->length, "missing terminating %c character", quote);
    else if (first >= 0x80)
        error_at(token->place, 1, "byte 0x%02X is not valid UTF-8", first);
    else if (first < ' ' || first == 127)
        error_at(token->place, 1, "control character 0x%02X in the program", first);
    else
        error_at(token->place, 1, "stray '%c' in the program", first);
}

static bool is_ascii(const SourceFile *file)
{
    for (size_t i = 0; i < file->length; i++)
        if ((unsigned char)file->text[i] >= 0x80)
            return false;
    return true;
}

// parse/ goes on with the faulty tokens and says nothing more about them.
static void report_faults(const Reader *reader)
{
    Unit *unit = reader->unit;
    bool ascii = is_ascii(unit->file);
    if (!ascii && target_is_clang())
        warn_of_shown_order(unit);
    if (ascii && !reader->has_faults)
        return;
    for (size_t i = 0; i < vec_count(unit->tokens); i++) {
        Token *token = &unit->tokens[i];
        bool is_word = token->kind == T_IDENTIFIER || token->kind == T_NUMBER || token->kind == T_UNKNOWN;
        if (!ascii && is_word && token->text[0] != '"' && token->text[0] != '\'' && report_lookalike(token))
            token->kind = T_UNKNOWN;
        else if (token->kind == T_UNKNOWN)
            report_fault(token);
    }
}

// Comments, which survive in the preprocessed text only with -C, and raw strings may span lines.
void count_lines(Reader *reader)
{
    const char *at = reader->lexer.start, *end = reader->lexer.cursor;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        reader->line++;
        at++;
    }
}

static void take_lexeme(Reader *reader, int lexeme)
{
    switch (lexeme) {
    case LEX_SPACE:
        reader->after_space = true;
        break;
    case LEX_NEWLINE:
    case LEX_SPLICE:
        reader->line++;
        reader->at_line_start = true;
        reader->after_space = false;
        break;
    case LEX_COMMENT:
        count_lines(reader);
        reader->after_space = true;
        break;
    case T_STRING:
        push_token(reader, T_STRING);
        count_lines(reader);
        break;
    case LEX_OPEN_COMMENT:
    case LEX_OPEN_STRING:
    case LEX_OPEN_CHARACTER:
        push_token(reader, T_UNKNOWN);
        break;
    case T_HASH:
        // Only a '#' in the first column is the preprocessor's; one that a macro left is preceded by a space.
        if (reader->at_line_start && !reader->after_space)
            read_hash_line(reader);
        else
            push_token(reader, T_HASH);
        break;
    default:
        push_token(reader, (TokenKind)lexeme);
    }
}

// Half of the lexemes are single spaces and line ends: they need no lexer.
static void skip_blanks(Reader *reader)
{
    const char *at = reader->lexer.cursor;
    for (; *at == ' ' || *at == '\n'; at++) {
        bool ends_line = *at == '\n';
        reader->line += ends_line;
        reader->at_line_start |= ends_line;
        reader->after_space = !ends_line;
    }
    reader->lexer.cursor = at;
}

void read_lexemes(Reader *reader, const char *text, size_t length, bool at_line_start, bool after_space)
{
    Lexer *lexer = &reader->lexer;
    lexer->start = lexer->cursor = text;
    lexer->end = text + length;
    reader->at_line_start = at_line_start;
    reader->after_space = after_space;
    while (lexer->cursor < lexer->end) {
        skip_blanks(reader);
        if (reader->in_system_header && reader->begins && leave_unread(reader))
            continue;
        int lexeme = lex(lexer);
        if (lexeme != T_END)
            take_lexeme(reader, lexeme);
    }
}

static void read_tokens(Reader *reader, const char *text, size_t length)
{
    enum { BYTES_PER_TOKEN = 24 }; // at least, in a program with headers; growing is cheap
    Unit *unit = reader->unit;
    reader->tokens = vec_with_room(unit->arena, sizeof *reader->tokens, length / BYTES_PER_TOKEN + 1);
    reader->begins = true;
    read_lexemes(reader, text, length, true, false);
    unit->tokens = reader->tokens;
}

// The end stands behind the last token of the main file, where "expected …" messages want to point.
static void push_end(Reader *reader)
{
    SourceFile *file = reader->unit->file;
    Place place = place_at(reader->file, reader->line, 0);
    reader->lexer.start = reader->lexer.cursor = reader->lexer.end;
    push_token(reader, T_END);
    const Token *tokens = reader->unit->tokens = reader->tokens; // pushing may have moved them
    for (size_t i = vec_count(tokens); i-- > 0 && !place.column; )
        if (!tokens[i].from_header && tokens[i].raw) {
            place = tokens[i].place;
            place.column += reader->unit->raw[tokens[i].raw - 1].length;
        }
    if (!place.column && !place.file)
        place = place_at(source_file(file->path), 1, 0);
    vec_last(reader->tokens).place = place;
    reader->next_number = (uint32_t)vec_count(reader->tokens);
}

static bool load_main_file(Unit *unit, const Options *options)
{
    const char *problem;
    uint32_t number = source_file(options->input);
    unit->path = options->input;
    unit->file = source_get(number);
    if (source_load(number, &problem))
        return true;
    error_plain("cannot read '%s': %s", options->input, problem);
    return false;
}

// From the two texts to tokens that know where they stand in both.
static void take_texts(Reader *reader, RawText *raw, const char *text, size_t length, char *messages)
{
    Unit *unit = reader->unit;
    reader->file = source_file(reader->options->input);
    reader->line = 1;
    vec_push(unit->arena, unit->files, reader->file);
    read_tokens(reader, text, length);
    if (raw->met_raw_string && reader->lexer.has_raw_strings)
        *raw = read_raw(unit, true);
    align_tokens(reader, raw);
    find_columns(reader);
    trace_begin(reader);
    trace_text(reader, raw);
    push_end(reader);
    if (messages)
        pass_messages_on(unit, reader->options, messages, reader->has_faults);
    report_faults(reader);
}

// It stays, for what it leaves unread.
static Reader *reader_new(Unit *unit, const Options *options)
{
    Reader *reader = NEW(unit->arena, Reader);
    reader->unit = unit;
    reader->options = options;
    unit->reader = reader;
    unit->read_unread = read_unread;
    return reader;
}

bool read_preprocessed(Unit *unit, const Options *options, const char *text, size_t length)
{
    unit->path = options->input;
    unit->file = source_get(source_file(options->input));
    source_give(unit->file, text, length);
    RawText raw = read_raw(unit, false);
    take_texts(reader_new(unit, options), &raw, text, length, NULL);
    return true;
}

static bool knows_target(const Reader *reader)
{
    if (!reader->knows_target)
        error_plain("the preprocessor '%s' does not define the compiler's own macros (-undef?): sizes are not known",
                    reader->options->compiler);
    return reader->knows_target;
}

// The last token of all, or of the main file: its name may be that of a header to those who follow line markers.
static const Token *last_token(const Unit *unit, bool of_main_file)
{
    for (size_t i = vec_count(unit->tokens); i-- > 0; ) {
        const Token *token = &unit->tokens[i];
        if (token->kind != T_END && token->kind != T_PRAGMA && !(of_main_file && token->from_header))
            return token;
    }
    return NULL;
}

// Where #line makes several lines one, a token may be taken for its like on another.
static bool is_written_as(const Token *token, char last, size_t number, bool is_one_section)
{
    if (!token || token->text[kind_is_unread(token->kind) ? token->length - 1 : 0] != last)
        return false;
    return !token->raw || !is_one_section || token->raw == number;
}

// What the preprocessor wrote may end too early, by a wrapper around it that does not look how it fared. A last ';' or
// '}' outside of conditionals is always handed on, so the text has to end with it.
static bool is_whole(const Unit *unit, const RawText *raw)
{
    size_t count = vec_count(unit->raw);
    bool is_one_section = vec_count(raw->sections) == 1;
    char last = '\0';
    if (count && raw->ends_outside)
        last = *raw_text(unit, (uint32_t)count - 1);
    return (last != ';' && last != '}') || is_written_as(last_token(unit, true), last, count, is_one_section) ||
           is_written_as(last_token(unit, false), last, count, is_one_section);
}

// The file is read by us and by the preprocessor, and both must have read the same.
static bool is_unchanged(const Unit *unit)
{
    bool unchanged = source_is_unchanged(source_file(unit->path));
    if (!unchanged)
        error_plain("'%s' changed while it was read; try again", unit->path);
    return unchanged;
}

bool read_unit(Unit *unit, const Options *options)
{
    Preprocessor preprocessor;
    Reader *reader = reader_new(unit, options);
    if (!load_main_file(unit, options) || !preprocessor_start(&preprocessor, unit, options))
        return false;
    RawText raw = read_raw(unit, false); // while the preprocessor works, which has yet to tell what it knows
    size_t length;
    const char *text = preprocessor_text(&preprocessor, unit, options, &length);
    if (!is_unchanged(unit) || !text)
        return false;
    take_texts(reader, &raw, text, length, preprocessor.said);
    if (!knows_target(reader))
        return false;
    bool whole = diag_error_count() || is_whole(unit, &raw);
    if (!whole)
        error_plain("the preprocessor '%s' did not hand on the whole of '%s'", options->compiler, options->input);
    return whole;
}

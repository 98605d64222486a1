// SPDX-License-Identifier: MIT
// Edits over tokens and the text that comes of them: how edits nest, what a replacement swallows and gives back, and
// which line the C compiler takes each output line for.
#include <stdio.h>
#include <stdlib.h>

#include "emit/writer.h"
#include "support/test.h"

// Units live as long as the test's process.
static Arena *arena;

static void give_back(void)
{
    arena_free(arena);
}

// A unit whose tokens are the words of text; brackets and the like are words too when spaces stand around them.
static Unit *unit_of(const char *text)
{
    if (!arena) {
        arena = arena_new();
        atexit(give_back);
    }
    Unit *unit = NEW(arena, Unit);
    SourceFile *file = NEW(arena, SourceFile);
    *file = (SourceFile){.path = "x.aco", .text = text, .length = strlen(text)};
    unit->arena = arena;
    unit->file = file;
    uint32_t number = source_file("x.aco"), line = 1;
    for (const char *at = text; *at; ) {
        size_t length = strcspn(at, " \n");
        if (length) {
            RawToken raw = {.offset = (uint32_t)(at - text), .length = (uint32_t)length, .line = line};
            vec_push(arena, unit->raw, raw);
            Token token = {.kind = T_IDENTIFIER, .text = at, .length = (uint32_t)length, .name = intern(at, length),
                           .place = place_at(number, line, 1), .raw = (uint32_t)vec_count(unit->raw)};
            vec_push(arena, unit->tokens, token);
            at += length;
        }
        line += *at == '\n';
        at += *at != 0;
    }
    Token end = {.kind = T_END, .text = "", .place = place_at(number, line, 1)};
    vec_push(arena, unit->tokens, end);
    return unit;
}

static Token *token_of(Unit *unit, const char *word)
{
    for (Token *token = unit->tokens; token->kind != T_END; token++)
        if (string_is(token->name, word))
            return token;
    test_give_up();
}

static const char *written(Unit *unit)
{
    static char *text;
    size_t length;
    free(text);
    FILE *out = open_memstream(&text, &length);
    Writer writer = {.out = out, .unit = unit, .file = source_file("x.aco"), .line = 1, .at_line_start = true, .last = '\n'};
    write_range(&writer, unit->tokens, unit->tokens + vec_count(unit->tokens) - 2);
    write_line_end(&writer);
    text_free(&writer.blanks);
    fclose(out);
    return text;
}

static void white_space_between_tokens_is_the_users(void)
{
    CHECK_TEXT(written(unit_of("int   a\n\n  b ;")), "int   a\n\n  b ;\n");
}

static void text_before_stands_in_the_order_of_issue_and_text_after_in_reverse(void)
{
    Unit *unit = unit_of("a b c");
    Token *b = token_of(unit, "b");
    edit_before_text(unit, b, "1(");
    edit_before_text(unit, b, "2(");
    edit_after_text(unit, b, ")1");
    edit_after_text(unit, b, ")2");
    CHECK_TEXT(written(unit), "a 1(2(b)2)1 c\n");
}

static void a_replacement_swallows_the_edits_inside(void)
{
    Unit *unit = unit_of("a b c d");
    edit_replace_text(unit, token_of(unit, "b"), token_of(unit, "c"), "X");
    edit_replace_text(unit, token_of(unit, "c"), token_of(unit, "c"), "Y");
    edit_before_text(unit, token_of(unit, "b"), "inner");
    edit_after_text(unit, token_of(unit, "c"), "inner");
    CHECK_TEXT(written(unit), "a X d\n");
}

static void what_was_issued_before_a_replacement_stands_around_it(void)
{
    Unit *unit = unit_of("a b c d");
    edit_before_text(unit, token_of(unit, "b"), "[");
    edit_after_text(unit, token_of(unit, "c"), "]");
    edit_replace_text(unit, token_of(unit, "b"), token_of(unit, "c"), "X");
    CHECK_TEXT(written(unit), "a [X] d\n");
}

static void a_replacement_may_give_its_tokens_back_with_their_edits(void)
{
    Unit *unit = unit_of("a b c d");
    Token *b = token_of(unit, "b"), *c = token_of(unit, "c");
    Output *output = output_new(unit);
    output_text(output, b, "f(");
    output_tokens(output, b, c);
    output_text(output, b, ")");
    edit_before_text(unit, b, "{");
    edit_replace(unit, b, c, output);
    edit_replace_text(unit, c, c, "C");
    CHECK_TEXT(written(unit), "a {f(b C) d\n");
}

static void of_two_replacements_at_one_token_the_wider_one_is_the_outer(void)
{
    Unit *unit = unit_of("a b c d");
    Token *a = token_of(unit, "a"), *c = token_of(unit, "c");
    Output *outer = output_new(unit);
    output_text(outer, a, "(");
    output_tokens(outer, a, c);
    output_text(outer, a, ")");
    edit_replace(unit, a, c, outer);
    edit_replace_text(unit, a, token_of(unit, "b"), "X");
    CHECK_TEXT(written(unit), "(X c) d\n");
}

static void a_deleted_word_leaves_one_space_and_never_joins_its_neighbours(void)
{
    Unit *unit = unit_of("static raises int");
    edit_delete(unit, token_of(unit, "raises"));
    CHECK_TEXT(written(unit), "static int\n");
    unit = unit_of("raises int f");
    edit_delete(unit, token_of(unit, "raises"));
    CHECK_TEXT(written(unit), "int f\n");
}

static void text_of_ours_has_the_line_of_its_place(void)
{
    Unit *unit = unit_of("a\nb\nc\n");
    Output *output = output_new(unit);
    output_text(output, token_of(unit, "b"), "x;\ny;\nz;");
    edit_replace(unit, token_of(unit, "b"), token_of(unit, "b"), output);
    CHECK_TEXT(written(unit), "a\nx;\n#line 2 \"x.aco\"\ny;\n#line 2\nz;\nc\n");
}

static void a_line_of_another_place_is_broken(void)
{
    Unit *unit = unit_of("a b\nc d");
    edit_before_text(unit, token_of(unit, "d"), "x");
    Output *output = output_new(unit);
    output_text(output, token_of(unit, "a"), "y");
    edit_after(unit, token_of(unit, "c"), output);
    CHECK_TEXT(written(unit), "a b\nc\n#line 1 \"x.aco\"\ny\nx d\n");
}

static void text_that_ends_its_line_takes_the_place_of_the_users_line_end(void)
{
    Unit *unit = unit_of("a\nb");
    edit_after_text(unit, token_of(unit, "a"), " x\n");
    CHECK_TEXT(written(unit), "a x\nb\n");
}

const Test edit_tests[] = {
    TEST(white_space_between_tokens_is_the_users),
    TEST(text_before_stands_in_the_order_of_issue_and_text_after_in_reverse),
    TEST(a_replacement_swallows_the_edits_inside),
    TEST(what_was_issued_before_a_replacement_stands_around_it),
    TEST(a_replacement_may_give_its_tokens_back_with_their_edits),
    TEST(of_two_replacements_at_one_token_the_wider_one_is_the_outer),
    TEST(a_deleted_word_leaves_one_space_and_never_joins_its_neighbours),
    TEST(text_of_ours_has_the_line_of_its_place),
    TEST(a_line_of_another_place_is_broken),
    TEST(text_that_ends_its_line_takes_the_place_of_the_users_line_end),
    TEST_END
};

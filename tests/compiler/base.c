// SPDX-License-Identifier: MIT
// What stands under the compiler: arenas, growing arrays, maps, interned text, source lines.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/source.h"
#include "base/text.h"
#include "base/vec.h"
#include "support/program.h"
#include "support/test.h"

static void arenas_give_zeroed_aligned_memory(void)
{
    Arena *arena = arena_new();
    for (size_t size = 1; size < 200000; size = size * 3 + 1) {
        unsigned char *block = arena_alloc(arena, size);
        CHECK((uintptr_t)block % _Alignof(max_align_t) == 0);
        CHECK(block[0] == 0 && block[size - 1] == 0);
        memset(block, 0xff, size);
    }
    CHECK_TEXT(arena_copy(arena, "abcdef", 3), "abc");
    CHECK_TEXT(arena_printf(arena, "%s-%d", "x", 7), "x-7");
    arena_free(arena);
}

static void vectors_grow_and_keep_their_items(void)
{
    Arena *arena = arena_new();
    int *items = NULL;
    CHECK_INT((long long)vec_count(items), 0);
    for (int i = 0; i < 10000; i++)
        vec_push(arena, items, i);
    CHECK_INT((long long)vec_count(items), 10000);
    for (int i = 0; i < 10000; i++)
        if (items[i] != i)
            test_failed(__FILE__, __LINE__, "items[%d] is %d", i, items[i]);
    CHECK_INT(vec_pop(items), 9999);
    CHECK_INT(vec_last(items), 9998);
    vec_clear(items);
    CHECK_INT((long long)vec_count(items), 0);
    arena_free(arena);
}

// What cannot be had ends the program, also where counting its bytes would overflow.
static void too_much_is_refused(void)
{
    static const size_t items[] = {SIZE_MAX / 16, SIZE_MAX / 8, (size_t)1 << 60};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        pid_t child = fork();
        if (!child) {
            close(STDERR_FILENO);
            vec_with_room(arena_new(), 16, items[i]);
            _exit(0);
        }
        int status = 0;
        CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) != 0);
    }
}

// Big blocks grow where they are, small ones move; what stood in them stays either way.
static void blocks_grow_and_keep_their_bytes(void)
{
    Arena *arena = arena_new();
    unsigned char *bytes = NULL;
    for (size_t old = 0, size = 100; size < 10000000; old = size, size *= 3) {
        bytes = arena_grow(arena, bytes, old, size);
        CHECK((uintptr_t)bytes % _Alignof(max_align_t) == 0);
        for (size_t i = 0; i < old; i++)
            if (bytes[i] != (unsigned char)(i * 7))
                test_failed(__FILE__, __LINE__, "byte %zu of %zu is lost", i, old);
        for (size_t i = old; i < size; i++)
            bytes[i] = (unsigned char)(i * 7);
        arena_alloc(arena, 24); // the newest block goes on beside it
        arena_alloc(arena, 100000);
    }
    size_t most = arena_most_bytes();
    arena_free(arena);
    CHECK(most > 5000000 && arena_most_bytes() == most);
}

static void equal_spellings_are_equal_strings(void)
{
    CHECK(intern("hello there", 5) == intern_text("hello"));
    CHECK(intern_text("hello") != intern_text("hell"));
    CHECK(string_is(intern_text("hello"), "hello"));
    CHECK(!string_is(intern_text("hello"), "hell"));
    CHECK(!string_is(NULL, ""));
    CHECK_INT(intern_text("")->length, 0);
}

static void maps_find_replace_and_keep_the_order(void)
{
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    static int values[5000];
    for (int i = 0; i < 5000; i++)
        map_put(map, intern_text(test_format("key%d", i)), &values[i]);
    map_put(map, intern_text("key7"), &values[70]);
    CHECK(map_get(map, intern_text("key7")) == &values[70]);
    CHECK(map_get(map, intern_text("key4999")) == &values[4999]);
    CHECK(map_get(map, intern_text("no key")) == NULL);
    size_t cursor = 0;
    String *key;
    void *value;
    int count = 0;
    for (; map_next(map, &cursor, &key, &value); count++)
        if (!string_is(key, test_format("key%d", count)))
            test_failed(__FILE__, __LINE__, "key %d is %s", count, key->text);
    CHECK_INT(count, 5000);
    arena_free(arena);
}

static void text_is_built_to_any_length(void)
{
    Text text = { 0 };
    for (int i = 0; i < 3000; i++)
        text_printf(&text, "%d,", i % 10);
    text_puts(&text, "end");
    text_append(&text, "!?", 1);
    CHECK_INT((long long)text.length, 6004);
    CHECK_TEXT(text.data + 6000, "end!");
    text_free(&text);
}

static void commands_are_split_as_a_shell_does(void)
{
    static const struct { const char *command, *words; } cases[] = {
        {"gcc", "gcc|"}, {"  ccache\tgcc  -m32 ", "ccache|gcc|-m32|"}, {"'a b' \"c d\"e", "a b|c de|"},
        {"cc -DS=\\\"q\\\" ''", "cc|-DS=\"q\"||"}, {"\"a\\\"b\\n\" 'a\\b'", "a\"b\\n|a\\b|"}, {"", ""}, {"gcc 'x", ""}, {"\"", ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Text joined = {0};
        const char **words = text_words(arena, cases[i].command);
        text_puts(&joined, "");
        for (size_t word = 0; word < vec_count(words); word++)
            text_printf(&joined, "%s|", words[word]);
        CHECK_TEXT(joined.data, cases[i].words);
        text_free(&joined);
    }
    arena_free(arena);
}

static void lines_are_found_in_any_kind_of_file(void)
{
    char path[] = "/tmp/acoc-lines-XXXXXX";
    static const char text[] = "first\n\n\tthird\r\nlast without end";
    int made = mkstemp(path);
    REQUIRE(made >= 0 && write_whole_file(path, text, sizeof text - 1));
    close(made);
    size_t length = 0;
    uint32_t number = source_file(path);
    CHECK_INT(source_file(path), number);
    const char *line = source_line(place_at(number, 1, 1), &length);
    CHECK_BYTES(line, length, "first", 5);
    line = source_line(place_at(number, 2, 1), &length);
    CHECK_INT((long long)length, 0);
    line = source_line(place_at(number, 4, 1), &length);
    CHECK_BYTES(line, length, "last without end", 16);
    CHECK(source_line(place_at(number, 9, 1), &length) == NULL);
    CHECK(source_line(place_at(source_file("/no/such/file"), 1, 1), &length) == NULL);
    remove(path);
}

const Test base_tests[] = {
    TEST(arenas_give_zeroed_aligned_memory),
    TEST(blocks_grow_and_keep_their_bytes),
    TEST(too_much_is_refused),
    TEST(vectors_grow_and_keep_their_items),
    TEST(equal_spellings_are_equal_strings),
    TEST(maps_find_replace_and_keep_the_order),
    TEST(text_is_built_to_any_length),
    TEST(commands_are_split_as_a_shell_does),
    TEST(lines_are_found_in_any_kind_of_file),
    TEST_END,
};

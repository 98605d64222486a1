// SPDX-License-Identifier: MIT
// Interning: one open-addressed table for the whole run, since equal spellings must be equal pointers everywhere.
// And the string builder on the heap, and the words of a command.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "vec.h"

static struct {
    String **slots;
    size_t capacity; // a power of two
    size_t count;
    Arena *arena;
} table;

// Eight bytes at a time, the last ones perhaps twice: most words take one or two steps.
static uint64_t hash_step(uint64_t hash, const char *text, size_t length)
{
    uint64_t word = 0;
    memcpy(&word, text, length);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

uint32_t text_hash(const char *text, size_t length)
{
    uint64_t hash = length;
    if (length < 4) {
        for (size_t i = 0; i < length; i++)
            hash = hash_step(hash, text + i, 1);
    } else if (length < 8) {
        hash = hash_step(hash_step(hash, text, 4), text + length - 4, 4);
    } else {
        for (size_t i = 0; i + 8 < length; i += 8)
            hash = hash_step(hash, text + i, 8);
        hash = hash_step(hash, text + length - 8, 8);
    }
    return (uint32_t)hash;
}

static void table_grow(void)
{
    size_t capacity = table.capacity ? table.capacity * 2 : 4096;
    if (!table.arena)
        table.arena = arena_new();
    String **slots = arena_alloc(table.arena, capacity * sizeof *slots);
    for (size_t i = 0; i < table.capacity; i++) {
        if (!table.slots[i])
            continue;
        size_t slot = table.slots[i]->hash & (capacity - 1);
        while (slots[slot])
            slot = (slot + 1) & (capacity - 1);
        slots[slot] = table.slots[i];
    }
    table.slots = slots;
    table.capacity = capacity;
}

static String *string_new(const char *text, size_t length, uint32_t hash)
{
    String *string = arena_alloc(table.arena, sizeof(String) + length + 1);
    string->length = (uint32_t)length;
    string->hash = hash;
    memcpy(string->text, text, length);
    table.count++;
    return string;
}

String *intern(const char *text, size_t length)
{
    if (table.count * 2 >= table.capacity)
        table_grow();
    uint32_t hash = text_hash(text, length);
    size_t slot = hash & (table.capacity - 1);
    for (; table.slots[slot]; slot = (slot + 1) & (table.capacity - 1)) {
        String *found = table.slots[slot];
        if (found->hash == hash && found->length == length && !memcmp(found->text, text, length))
            return found;
    }
    return table.slots[slot] = string_new(text, length, hash);
}

String *intern_text(const char *text)
{
    return intern(text, strlen(text));
}

bool string_is(const String *string, const char *text)
{
    return string && !strcmp(string->text, text);
}

static bool has_room(Text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return true;
    size_t capacity = text->capacity ? text->capacity : 128;
    while (capacity < needed)
        capacity *= 2;
    char *data = realloc(text->data, capacity);
    if (data) {
        text->data = data;
        text->capacity = capacity;
    }
    return data;
}

static void text_reserve(Text *text, size_t more)
{
    if (!has_room(text, more))
        arena_out_of_memory();
}

void text_append(Text *text, const char *bytes, size_t length)
{
    text_reserve(text, length);
    if (length)
        memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_puts(Text *text, const char *terminated)
{
    text_append(text, terminated, strlen(terminated));
}

void text_vprintf(Text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    text_reserve(text, (size_t)length);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
    va_end(again);
}

void text_printf(Text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_vprintf(text, format, arguments);
    va_end(arguments);
}

void text_free(Text *text)
{
    free(text->data);
    *text = (Text){0};
}

// A stream may also be written when the run ends for lack of memory; so it only notes the error.
static ssize_t write_to_text(void *text, const char *bytes, size_t length)
{
    if (!has_room(text, length))
        return 0;
    text_append(text, bytes, length);
    return (ssize_t)length;
}

FILE *text_open(Text *text)
{
    FILE *stream = fopencookie(text, "w", (cookie_io_functions_t){.write = write_to_text});
    if (!stream)
        arena_out_of_memory();
    return stream;
}

void text_close(FILE *stream)
{
    bool is_whole = !fflush(stream) && !ferror(stream);
    fclose(stream);
    if (!is_whole)
        arena_out_of_memory();
}

// ---- words of a command

// Takes what the quote at *at encloses; false when it is not closed.
static bool take_quoted(Text *word, const char **at)
{
    const char quote = *(*at)++;
    for (; **at && **at != quote; (*at)++) {
        if (quote == '"' && **at == '\\' && strchr("\"\\$`", (*at)[1]) && (*at)[1])
            (*at)++;
        text_append(word, *at, 1);
    }
    return *(*at)++ == quote;
}

static bool take_word(Text *word, const char **at)
{
    bool closed = true;
    text_puts(word, "");
    while (closed && **at && !strchr(" \t\n", **at)) {
        if (**at == '\'' || **at == '"') {
            closed = take_quoted(word, at);
            continue;
        }
        if (**at == '\\' && (*at)[1])
            (*at)++;
        text_append(word, (*at)++, 1);
    }
    return closed;
}

const char **text_words(Arena *arena, const char *command)
{
    const char **words = NULL;
    while (*(command += strspn(command, " \t\n"))) {
        Text word = {0};
        bool closed = take_word(&word, &command);
        vec_push(arena, words, arena_copy(arena, word.data, word.length));
        text_free(&word);
        if (!closed)
            return NULL;
    }
    return words;
}

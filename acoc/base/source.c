// SPDX-License-Identifier: MIT
// The table of files: numbers for paths, contents read on demand (most headers never are), line offsets.
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "map.h"
#include "vec.h"

static struct {
    Arena *arena;
    Map *numbers;       // path -> number, as a pointer
    SourceFile **files; // a Vec
} sources;

uint32_t source_file(const char *path)
{
    if (!sources.arena) {
        sources.arena = arena_new();
        sources.numbers = map_new(sources.arena);
    }
    String *key = intern_text(path);
    uintptr_t known = (uintptr_t)map_get(sources.numbers, key);
    if (known)
        return (uint32_t)known;
    SourceFile *file = NEW(sources.arena, SourceFile);
    file->path = key->text;
    vec_push(sources.arena, sources.files, file);
    uintptr_t number = vec_count(sources.files);
    map_put(sources.numbers, key, (void *)number);
    return (uint32_t)number;
}

SourceFile *source_get(uint32_t file)
{
    return file && file <= vec_count(sources.files) ? sources.files[file - 1] : NULL;
}

// Reads until the end rather than by st_size, so that pipes and files of /proc work too.
static char *read_all(int descriptor, size_t *length)
{
    Text text = {0};
    char block[64 * 1024];
    ssize_t count;
    while ((count = read(descriptor, block, sizeof block)) != 0) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            text_free(&text);
            return NULL;
        }
        text_append(&text, block, (size_t)count);
    }
    *length = text.length;
    char *copy = arena_copy(sources.arena, text.data, text.length);
    text_free(&text);
    return copy;
}

static void find_lines(SourceFile *file)
{
    uint32_t *offsets = NULL;
    vec_push(sources.arena, offsets, 0);
    const char *end = file->text + file->length;
    for (const char *at = file->text; (at = memchr(at, '\n', (size_t)(end - at))); ) {
        at++;
        vec_push(sources.arena, offsets, (uint32_t)(at - file->text));
    }
    file->line_offsets = offsets;
    file->line_count = (uint32_t)vec_count(offsets);
}

static const char *load(SourceFile *file)
{
    struct stat status;
    int descriptor = open(file->path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return strerror(errno);
    const char *problem = NULL;
    if (fstat(descriptor, &status) < 0) {
        problem = strerror(errno);
    } else if (S_ISDIR(status.st_mode)) {
        problem = strerror(EISDIR);
    } else if (status.st_size >= UINT32_MAX) {
        problem = strerror(EFBIG);
    } else {
        file->text = read_all(descriptor, &file->length);
        if (!file->text)
            problem = strerror(errno);
        else
            find_lines(file);
    }
    close(descriptor);
    return problem;
}

bool source_load(uint32_t number, const char **problem)
{
    SourceFile *file = source_get(number);
    const char *why = !file ? "no such file" : file->text ? NULL : load(file);
    if (problem)
        *problem = why;
    return !why;
}

const char *source_line(Place place, size_t *length)
{
    SourceFile *file = source_get(place.file);
    if (!place.line || !source_load(place.file, NULL) || place.line > file->line_count)
        return NULL;
    const char *start = file->text + file->line_offsets[place.line - 1];
    const char *end = memchr(start, '\n', (size_t)(file->text + file->length - start));
    if (!end)
        end = file->text + file->length;
    if (end > start && end[-1] == '\r')
        end--;
    *length = (size_t)(end - start);
    return start;
}

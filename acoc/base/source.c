// SPDX-License-Identifier: MIT
// The table of files: numbers for paths, contents read on demand (most headers never are), line offsets.
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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
    SourceFinder finder;
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

// Reads until the end rather than by st_size, so that files of /proc work too; the size is only a good guess. NULL when
// it cannot be read.
static char *read_all(int descriptor, size_t size, size_t *length)
{
    size_t room = size + 1;
    char *text = arena_alloc(sources.arena, room);
    *length = 0;
    for (ssize_t count; (count = read(descriptor, text + *length, room - *length)) != 0; ) {
        if (count < 0 && errno != EINTR)
            return NULL;
        *length += count > 0 ? (size_t)count : 0;
        if (*length == room) {
            text = arena_grow(sources.arena, text, room, room * 2);
            room *= 2;
        }
    }
    text[*length] = '\0';
    return text;
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

void source_give(SourceFile *file, const char *text, size_t length)
{
    file->text = text;
    file->length = length;
    find_lines(file);
}

static const char *is_too_big(void)
{
    static char problem[64];
    snprintf(problem, sizeof problem, "it is bigger than %d MiB, acoc's limit", SOURCE_MOST_MEBIBYTES);
    return problem;
}

// NULL, or why it cannot be read; *descriptor is then -1.
static const char *open_regular(const char *path, int *descriptor, struct stat *status)
{
    const char *problem = NULL;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a FIFO must not make us wait
    if (*descriptor < 0)
        return strerror(errno);
    if (fstat(*descriptor, status) < 0)
        problem = strerror(errno);
    else if (S_ISDIR(status->st_mode))
        problem = strerror(EISDIR);
    else if (!S_ISREG(status->st_mode))
        problem = "it is no regular file, and has to be read twice";
    else if (status->st_size > (off_t)SOURCE_MOST_MEBIBYTES << 20)
        problem = is_too_big();
    if (problem) {
        close(*descriptor);
        *descriptor = -1;
    }
    return problem;
}

static const char *load(SourceFile *file)
{
    struct stat status;
    int descriptor;
    size_t length;
    const char *problem = open_regular(file->path, &descriptor, &status);
    if (problem)
        return problem;
    const char *text = read_all(descriptor, (size_t)status.st_size, &length);
    if (text) {
        source_give(file, text, length);
        file->modified = status.st_mtim;
    } else {
        problem = strerror(errno);
    }
    close(descriptor);
    return problem;
}

// Whether the file at hand goes on with this text and ends behind it.
static bool holds(int descriptor, const char *text, size_t length)
{
    char bytes[1 << 16];
    size_t at = 0;
    for (ssize_t count; (count = read(descriptor, bytes, sizeof bytes)) != 0; at += count > 0 ? (size_t)count : 0)
        if (count < 0 ? errno != EINTR : (size_t)count > length - at || memcmp(bytes, text + at, (size_t)count) != 0)
            return false;
    return at == length;
}

bool source_is_unchanged(uint32_t number)
{
    const SourceFile *file = source_get(number);
    struct stat status;
    int descriptor;
    if (open_regular(file->path, &descriptor, &status))
        return false;
    bool same_time = status.st_mtim.tv_sec == file->modified.tv_sec && status.st_mtim.tv_nsec == file->modified.tv_nsec;
    bool unchanged = same_time && holds(descriptor, file->text, file->length);
    close(descriptor);
    return unchanged;
}

bool source_load(uint32_t number, const char **problem)
{
    SourceFile *file = source_get(number);
    if (file && !file->text && !file->problem)
        file->problem = load(file);
    const char *why = file ? file->problem : "no such file";
    if (problem)
        *problem = why;
    return !why;
}

void source_forget(void)
{
    arena_free(sources.arena);
    memset(&sources, 0, sizeof sources);
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

void source_find_by(SourceFinder finder)
{
    sources.finder = finder;
}

Place source_resolve(Place place)
{
    if (!(place.column & COLUMN_DEFERRED))
        return place;
    return sources.finder.find_column ? sources.finder.find_column(sources.finder.context, place)
                                      : place_at(place.file, place.line, 0);
}

const Inclusion *source_inclusion(Place place)
{
    const SourceFile *file = source_get(place.file);
    if (!(place.column & COLUMN_DEFERRED) || !sources.finder.find_inclusion)
        return file ? file->inclusion : NULL;
    return sources.finder.find_inclusion(sources.finder.context, place);
}

bool source_is_shown(Place place)
{
    return !sources.finder.is_shown || sources.finder.is_shown(sources.finder.context, place);
}

Origin source_trace(Place place)
{
    return sources.finder.trace(sources.finder.context, place);
}

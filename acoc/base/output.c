// SPDX-License-Identifier: MIT
// Writing what was made in memory. A full disk, a limit on the size of files and a pipe that nobody reads are errors
// with a name: the signals that would end us there are ignored from then on. Those that ask us to end wait until a file
// stands whole, so that nothing half written is left behind; a pipe or terminal may make us wait for ever, so there they
// do not.
#include "output.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "signals.h"

static bool write_all(FILE *file, const char *text, size_t length)
{
    bool good = !length || fwrite(text, 1, length, file) == length; // no text at all is NULL
    return !fflush(file) && good;
}

// A device or pipe has no earlier contents to keep, and must not be replaced by a file.
static bool write_special(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    bool good = file && write_all(file, text, length);
    return file && !fclose(file) && good;
}

static bool fill_temporary(int descriptor, mode_t mode, const char *text, size_t length)
{
    FILE *file = fdopen(descriptor, "w");
    if (!file) {
        close(descriptor);
        return false;
    }
    bool good = write_all(file, text, length) && !fchmod(descriptor, mode);
    return !fclose(file) && good;
}

// Beside the file, and its name no longer than the file's where that may be as long as names can be.
static char *temporary_name(Arena *arena, const char *path)
{
    enum { LONG_NAME = 200, MARK = 7 };
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strlen(path);
    return arena_printf(arena, "%.*s.XXXXXX", (int)(strlen(name) > LONG_NAME ? length - MARK : length), path);
}

// Writes beside the file and renames, so that nobody ever sees half of it.
static bool replace_file(Arena *arena, const char *path, mode_t mode, const char *text, size_t length)
{
    char *temporary = temporary_name(arena, path);
    sigset_t before;
    signals_hold(&before);
    int descriptor = mkstemp(temporary);
    bool good = descriptor >= 0 && fill_temporary(descriptor, mode, text, length) && !rename(temporary, path);
    int problem = errno;
    if (!good && descriptor >= 0)
        unlink(temporary);
    signals_release(&before);
    errno = problem;
    return good;
}

// NULL when the path is no link.
static const char *target_of_link(Arena *arena, const char *path)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target);
    const char *slash = strrchr(path, '/');
    if (length <= 0 || length == sizeof target)
        return NULL;
    int folder = slash && target[0] != '/' ? (int)(slash + 1 - path) : 0;
    return arena_printf(arena, "%.*s%.*s", folder, path, (int)length, target);
}

// Where there is none yet. A link may lead there.
static bool make_file(Arena *arena, const char *path, const char *text, size_t length)
{
    enum { MOST_LINKS = 40 }; // as many as the system follows
    const char *target;
    int links = 0;
    for (; links < MOST_LINKS && (target = target_of_link(arena, path)); links++)
        path = target;
    if (links == MOST_LINKS) {
        errno = ELOOP;
        return false;
    }
    mode_t mask = umask(0);
    umask(mask);
    return replace_file(arena, path, 0666 & ~mask, text, length);
}

// A link stays one, and what it leads to is replaced. A file that has lost its name, as /dev/stdout may lead to, can
// only be written as it is.
static bool rewrite_file(Arena *arena, const char *path, mode_t mode, const char *text, size_t length)
{
    char *real = realpath(path, NULL);
    bool good = real ? replace_file(arena, real, mode & 0777, text, length) : write_special(path, text, length);
    int problem = errno;
    free(real);
    errno = problem;
    return good;
}

// By any name, as /dev/stdout or /proc/self/fd/1: what stands in the file already is not ours to replace.
static bool is_standard_output(const struct stat *file)
{
    struct stat output;
    return !fstat(STDOUT_FILENO, &output) && output.st_dev == file->st_dev && output.st_ino == file->st_ino;
}

static bool write_to(Arena *arena, const char *path, const char *text, size_t length)
{
    struct stat status;
    if (!path)
        return write_all(stdout, text, length);
    if (stat(path, &status))
        return make_file(arena, path, text, length);
    if (is_standard_output(&status))
        return write_all(stdout, text, length);
    if (S_ISDIR(status.st_mode) || access(path, W_OK)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EACCES;
        return false;
    }
    if (!S_ISREG(status.st_mode))
        return write_special(path, text, length);
    return rewrite_file(arena, path, status.st_mode, text, length);
}

bool output_write(Arena *arena, const char *path, const char *text, size_t length)
{
    static const int deadly[] = {SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], SIG_IGN);
    bool good = write_to(arena, path, text, length);
    if (!good)
        error_plain("cannot write '%s': %s", path ? path : "standard output", strerror(errno));
    return good;
}

// SPDX-License-Identifier: MIT
// Writing what was made in memory. A full disk, a limit on the size of files and a pipe that nobody reads are errors
// with a name: the signals that would end us there are ignored as long as we write. Those that ask us to end wait until
// the file stands whole, so that nothing half written is left behind.
#include "output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"

static bool write_all(FILE *file, const char *text, size_t length)
{
    bool good = fwrite(text, 1, length, file) == length;
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

// Writes beside the file and renames, so that nobody ever sees half of it.
static bool replace_file(Arena *arena, const char *path, const struct stat *old, const char *text, size_t length)
{
    char *real = old ? realpath(path, NULL) : NULL;
    char *temporary = arena_printf(arena, "%s.XXXXXX", real ? real : path);
    mode_t mask = umask(0);
    umask(mask);
    int descriptor = mkstemp(temporary);
    bool good = descriptor >= 0 && fill_temporary(descriptor, old ? old->st_mode & 0777 : 0666 & ~mask, text, length) &&
                !rename(temporary, real ? real : path);
    int problem = errno;
    if (!good && descriptor >= 0)
        unlink(temporary);
    free(real);
    errno = problem;
    return good;
}

static bool write_to(Arena *arena, const char *path, const char *text, size_t length)
{
    struct stat status;
    if (!path)
        return write_all(stdout, text, length);
    bool exists = !stat(path, &status);
    if (exists && (S_ISDIR(status.st_mode) || access(path, W_OK))) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EACCES;
        return false;
    }
    if (exists && !S_ISREG(status.st_mode))
        return write_special(path, text, length);
    return replace_file(arena, path, exists ? &status : NULL, text, length);
}

bool output_write(Arena *arena, const char *path, const char *text, size_t length)
{
    static const int asking[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT}, deadly[] = {SIGPIPE, SIGXFSZ};
    sigset_t waiting, before;
    sigemptyset(&waiting);
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        sigaddset(&waiting, asking[i]);
    sigprocmask(SIG_BLOCK, &waiting, &before);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        signal(deadly[i], SIG_IGN);
    bool good = write_to(arena, path, text, length);
    if (!good)
        error_plain("cannot write '%s': %s", path ? path : "standard output", strerror(errno));
    sigprocmask(SIG_SETMASK, &before, NULL);
    return good;
}

// SPDX-License-Identifier: MIT
#include "tools.h"

#include <stdio.h>
#include <sys/stat.h>

#include "cases.h"
#include "test.h"

const char *tools_folder(void)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/toolchain", build_folder());
    mkdir(path, 0777);
    return path;
}

bool tool_is_installed(const char *tool)
{
    Command command = { 0 };
    command_add(&command, "%s", tool);
    command_add(&command, "--version");
    Output output = command_run(&command, 20);
    bool good = output.status == 0;
    if (!good)
        fprintf(stderr, "left out: %s is not installed\n", tool);
    output_free(&output);
    return good;
}

bool tools_translate(const char *from, const char *to)
{
    Command command = { 0 };
    command_acoc(&command);
    command_add_words(&command, "-Itests/cases/run -Itests/bench/tools");
    command_add(&command, "%s", from);
    command_add(&command, "-o");
    command_add(&command, "%s/%s", tools_folder(), to);
    return command_succeeds(&command, from, true, 60);
}

bool tools_compile(const char *compiler, const char *flags, const char *source, const char *object)
{
    Command command = { 0 };
    command_add_words(&command, compiler);
    command_add_words(&command, flags);
    command_add_words(&command, sanitizer_flags());
    command_add(&command, "-I%s/runtime", project_root());
    command_add_words(&command, "-Itests/cases/link -Itests/cases/run -c");
    command_add(&command, "%s", source);
    command_add(&command, "-o");
    command_add(&command, "%s/%s", tools_folder(), object);
    return command_succeeds(&command, source, true, 60);
}

bool tools_link(const char *compiler, const char *const *objects, const char *program)
{
    Command command = { 0 };
    command_add_words(&command, compiler);
    command_add_words(&command, sanitizer_flags());
    for (; *objects; objects++)
        command_add(&command, "%s/%s", tools_folder(), *objects);
    command_link_runtime(&command);
    command_add(&command, "-o");
    command_add(&command, "%s/%s", tools_folder(), program);
    return command_succeeds(&command, program, true, 60);
}

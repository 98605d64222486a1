// SPDX-License-Identifier: MIT
// Programs built by hand for a test that puts acoc's output before other tools: a folder for them, and the steps.
#ifndef ACOC_TEST_TOOLS_H
#define ACOC_TEST_TOOLS_H

#include <stdbool.h>

// Where their files stand: "toolchain" in the build folder.
const char *tools_folder(void);

// Says so when it is not: the test is then left out.
bool tool_is_installed(const char *tool);

// acoc: from (a path) to tools_folder()/to.
bool tools_translate(const char *from, const char *to);
// compiler may have options behind it. One unit to tools_folder()/object.
bool tools_compile(const char *compiler, const char *flags, const char *source, const char *object);
// Objects of tools_folder(), ended by NULL, and the runtime, to tools_folder()/program.
bool tools_link(const char *compiler, const char *const *objects, const char *program);

#endif

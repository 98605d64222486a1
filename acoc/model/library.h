// SPDX-License-Identifier: MIT
// What is known about the libraries and builtins that programs use, for the advice that follows an unknown name.
#ifndef ACOC_LIBRARY_H
#define ACOC_LIBRARY_H

#include "tree.h"

// The header that declares the name: "stdio.h" for printf, "acoc.h" for what begins as ours does; NULL: not known.
const char *library_header(const char *name);
// A note that names the header; false when none is known.
bool note_header(Place place, uint32_t length, const char *name);
// The compiler's builtin that the name of an unknown one may mean; NULL: none is near.
const char *similar_builtin(Arena *arena, const char *name);

#endif

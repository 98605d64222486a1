// SPDX-License-Identifier: MIT
// What is known about the libraries that programs use, for the advice that follows an unknown name.
#ifndef ACOC_LIBRARY_H
#define ACOC_LIBRARY_H

#include "tree.h"

// The header that declares the name: "stdio.h" for printf, "acoc.h" for what begins as ours does; NULL: not known.
const char *library_header(const char *name);
// A note that names the header; false when none is known.
bool note_header(Place place, uint32_t length, const char *name);

#endif

// SPDX-License-Identifier: MIT
// As co.cpp, frames from a free list.
#define FREELIST
#include "co.cpp"

// SPDX-License-Identifier: MIT
// The text of loop.aco as plain C: the words vanish.
#define PLAIN
#include "loop.aco"

// SPDX-License-Identifier: MIT
// What plain_c.aco offers to plain C.
#ifndef PLAIN_C_H
#define PLAIN_C_H
#include <acoc.h>
acoc_async(int) add_slowly(int a, int b);
acoc_async(void) fail_slowly(const char *text);
acoc_raises int half(int x);
#endif

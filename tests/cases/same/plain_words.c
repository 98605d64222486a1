// SPDX-License-Identifier: MIT
// Our words as ordinary names: members, variables, typedefs, macros, labels, parameters. All of it is C.
#include <signal.h>
#include <stdio.h>

struct options { int async, with, try, finally; void (*raise)(int); int yield, from; };
typedef int defer;
#define except(x) ((x) + 1)

static int async(int yield, int from) { return yield + from; }
static defer with(defer try) { defer raises = try; return raises; }

int main(void)
{
    struct options o = { .async = 1, .with = 2, .try = 3, .finally = 4, .raise = NULL };
    int yield = 1, from = 2;
    int finally = except(o.with);
    goto try;
try:
    if (0)
        raise(SIGTERM);
    return async(yield, from) + with(o.try) + finally == 9 ? 0 : (raise)(SIGINT);
}

// SPDX-License-Identifier: MIT
//
// The loop's time: seconds as users give and get them, nanoseconds inside. Deadlines are rounded up, so that nothing runs
// early, and kept within about 146 years, so that nothing overflows.
#include <math.h>

#include "../base/error.h"
#include "loop.h"

static const double FURTHEST = 4.6e18;          // nanoseconds: half of what int64_t holds

static int64_t nanoseconds_up(double seconds)
{
    double nanoseconds = ceil(seconds * 1e9);
    if (nanoseconds > FURTHEST)
        return (int64_t)FURTHEST;
    return nanoseconds < -FURTHEST ? (int64_t)-FURTHEST : (int64_t)nanoseconds;
}

int64_t acoc__loop_deadline_after(acoc_loop *loop, double seconds)
{
    return acoc__loop_clock(loop) + nanoseconds_up(seconds);
}

int64_t acoc__loop_deadline_at(double when)
{
    return nanoseconds_up(when);
}

double acoc_loop_time(acoc_loop *loop)
{
    loop = acoc__loop_or_current(loop);
    return loop ? (double)acoc__loop_clock(loop) * 1e-9 : 0;
}

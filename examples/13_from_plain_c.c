// SPDX-License-Identifier: MIT
// Plain C: makes a loop, runs a coroutine on it, and looks at its value or its error.
#include "13_from_plain_c.h"
#include <stdio.h>

static void print_average(acoc_loop *loop, const double *values, int count)
{
    acoc_awaitable coroutine = average(values, count); // ours: to be released
    double result = 0;
    acoc_loop_run_until_complete(loop, coroutine);
    acoc_error *error = acoc_error_take();
    if (error) {
        printf("%s: %s\n", acoc_error_kind_of(error)->name, acoc_error_message(error));
    } else {
        acoc_result(coroutine, &result);
        printf("average %.2f\n", result);
    }
    acoc_error_release(error);
    acoc_release(coroutine);
}

int main(void)
{
    static const double values[] = { 1, 2, 3, 4.5 };
    acoc_loop *loop = acoc_new_event_loop();
    acoc_set_event_loop(loop);
    print_average(loop, values, 4);
    print_average(loop, values, 0);
    acoc_loop_free(loop);
    return 0;
}
// expect: average 2.62
// expect: acoc_ValueError: no values

// SPDX-License-Identifier: MIT
// A plain C program that makes a loop, runs coroutines, and reads errors from the slot.
#include "plain_c.h"
#include <stdio.h>

static void run(acoc_loop *loop, acoc_awaitable handle)
{
    acoc_loop_run_until_complete(loop, handle);
    acoc_error *error = acoc_error_take();
    if (error)
        printf("failed: %s\n", acoc_error_message(error));
    acoc_error_release(error);
}

int main(void)
{
    acoc_loop *loop = acoc_new_event_loop();
    acoc_set_event_loop(loop);
    acoc_awaitable sum = add_slowly(40, 2);
    int value = 0;
    run(loop, sum);
    acoc_result(sum, &value);
    printf("sum %d\n", value);
    acoc_release(sum);
    acoc_awaitable failing = fail_slowly("slowly");
    run(loop, failing);
    acoc_release(failing);
    printf("half %d %d\n", half(42), acoc_error_occurred() != NULL);
    half(7);
    acoc_error *error = acoc_error_take();
    puts(acoc_error_message(error));
    acoc_error_release(error);
    acoc_awaitable a = add_slowly(1, 2), b = add_slowly(3, 4), objects[] = { a, b };
    a = acoc_ensure_future(objects[0]);
    b = acoc_ensure_future(objects[1]);
    acoc_release(objects[0]);
    acoc_release(objects[1]);
    acoc_awaitable both = acoc_gather(a, b);
    run(loop, both);
    int x = 0, y = 0;
    acoc_result(a, &x);
    acoc_result(b, &y);
    printf("gathered %d %d\n", x, y);
    acoc_release(both);
    acoc_release(a);
    acoc_release(b);
    acoc_loop_free(loop);
    return 0;
}

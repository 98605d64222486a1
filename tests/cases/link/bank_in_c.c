// SPDX-License-Identifier: MIT
// Plain C awaits a coroutine of another unit.
#include "bank.h"

static int helper(acoc_loop *loop, int amount)
{
    int balance = -1;
    acoc_awaitable deposit = bank_deposit(amount);
    acoc_loop_run_until_complete(loop, deposit);
    if (!acoc_error_occurred())
        acoc_result(deposit, &balance);
    acoc_error_release(acoc_error_take());
    acoc_release(deposit);
    return balance;
}

int bank_in_c(acoc_loop *loop)
{
    int first = helper(loop, 10);
    return helper(loop, -5) == -1 ? first : 0;
}

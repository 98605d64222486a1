// SPDX-License-Identifier: MIT
// C++ makes the loop, awaits a coroutine, and reads an error from the slot.
#include "bank.h"

#include <cstdio>

int main()
{
    acoc_loop_options options = {};
    acoc_loop *loop = acoc_new_event_loop_with(&options);
    acoc_set_event_loop(loop);
    std::printf("plain C: %d\n", bank_in_c(loop));
    acoc_awaitable deposit = bank_deposit(32);
    int balance = 0;
    acoc_loop_run_until_complete(loop, deposit);
    acoc_future_result(deposit, &balance, sizeof balance);
    acoc_release(deposit);
    std::printf("C++: %d\n", balance);
    bank_check(-1);
    acoc_error *error = acoc_error_take();
    std::printf("%s\n", acoc_error_message(error));
    acoc_error_release(error);
    acoc_loop_free(loop);
    return 0;
}

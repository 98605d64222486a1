// SPDX-License-Identifier: MIT
//
// The macros of acoc.h that take options or a list of handles, in C++.
#include <acoc.h>
#include <cstdio>
int main()
{
    acoc_loop *loop = acoc_new_event_loop();
    acoc_loop *other = acoc_new_event_loop(.selector = "poll");
    acoc_set_event_loop(loop);
    acoc_awaitable a = acoc_sleep(0.001), b = acoc_sleep(0);
    acoc_awaitable both = acoc_gather(a, b);
    acoc_future *array[] = { both };
    acoc_awaitable all = acoc_gather_n(array, 1, .return_exceptions = 1);
    acoc_loop_run_until_complete(loop, all);
    std::printf("%d %d\n", acoc_future_done(a), acoc_error_occurred() != nullptr);
    acoc_awaitable server = acoc_create_server(loop, nullptr, nullptr, "127.0.0.1", 0, .backlog = 3);
    acoc_loop_run_until_complete(loop, server);
    std::printf("%s\n", acoc_error_kind_of(acoc_error_occurred())->name);
    acoc_error_release(acoc_error_take());
    acoc_awaitable conn = acoc_open_connection("127.0.0.1", 1, nullptr, .timeout = 2.0);
    acoc_loop_run_until_complete(loop, conn);
    std::printf("%s\n", acoc_error_kind_of(acoc_error_occurred())->name);
    acoc_error_release(acoc_error_take());
    for (acoc_awaitable h : { a, b, both, all, server, conn })
        acoc_release(h);
    acoc_loop_free(other);
    acoc_loop_free(loop);
}

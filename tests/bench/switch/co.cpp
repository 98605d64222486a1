// SPDX-License-Identifier: MIT
// C++20 coroutines and a hand-written FIFO ready queue. usage: co N
#include "hist.h"
#include "task.hpp"
static std::coroutine_handle<> q[64]; static unsigned qh, qt;
struct yield_t {
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) noexcept { q[qt++ & 63] = h; }
    void await_resume() noexcept {}
};
static task<int> body(uint64_t n) { for (uint64_t i = 0; i < n; i++) co_await yield_t{}; co_return 0; }
int main(int argc, char **argv) {
    uint64_t n = strtoull(argv[argc - 1], 0, 10), cnt = 0;
    auto a = body(n / 2), b = body(n / 2);
    q[qt++ & 63] = a.h; q[qt++ & 63] = b.h;
    uint64_t t = now_ns();
    while (qh != qt) { q[qh++ & 63].resume(); cnt++; }
    printf("RESULT ns_per_op=%.3f n=%llu\n", (double)(now_ns() - t) / (double)cnt, (unsigned long long)cnt);
}

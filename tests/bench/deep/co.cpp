// SPDX-License-Identifier: MIT
// C++20, symmetric transfer: the scheduler resumes the leaf. usage: co N D
#include "hist.h"
#include "task.hpp"
static std::coroutine_handle<> q[64]; static unsigned qh, qt;
struct yield_t {
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) noexcept { q[qt++ & 63] = h; }
    void await_resume() noexcept {}
};
static task<int> f(int d, uint64_t n) {
    if (d > 1) co_return co_await f(d - 1, n);
    for (uint64_t i = 0; i < n; i++) co_await yield_t{};
    co_return 0;
}
int main(int, char **argv) {
    uint64_t n = strtoull(argv[1], 0, 10);
    auto r = f(atoi(argv[2]), n); q[qt++ & 63] = r.h;
    uint64_t t = now_ns();
    while (qh != qt) q[qh++ & 63].resume();
    printf("RESULT ns_per_op=%.3f n=%llu\n", (double)(now_ns() - t) / (double)n, (unsigned long long)n);
}

// SPDX-License-Identifier: MIT
// C++20: spawn puts a coroutine on the ready queue, join awaits its completion. usage: co N
#include "hist.h"
#include "task.hpp"
static std::coroutine_handle<> q[64]; static unsigned qh, qt;
struct joinable {                                  // a started-later task; co_await joins it
    task<uint64_t> t;
    explicit joinable(task<uint64_t> x) : t(std::move(x)) { q[qt++ & 63] = t.h; }
    bool await_ready() noexcept { return t.h.done(); }
    void await_suspend(std::coroutine_handle<> c) noexcept { waiter = c; t.h.promise().cont = wake(this).h; }
    uint64_t await_resume() { return t.h.promise().value; }
    std::coroutine_handle<> waiter;
    struct waker { struct promise_type {
        waker get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {} void unhandled_exception() { std::abort(); } };
        std::coroutine_handle<promise_type> h; };
    static waker wake(joinable *j) { q[qt++ & 63] = j->waiter; co_return; }
};
__attribute__((noinline)) static task<uint64_t> child(uint64_t i) { co_return i & 255; }
static task<uint64_t> root(uint64_t n) {
    uint64_t s = 0;
    for (uint64_t i = 0; i < n; i++) { joinable j(child(i)); s += co_await j; }
    co_return s;
}
int main(int argc, char **argv) {
    uint64_t n = strtoull(argv[argc - 1], 0, 10);
    auto r = root(n); q[qt++ & 63] = r.h;
    uint64_t t = now_ns();
    while (qh != qt) q[qh++ & 63].resume();
    printf("RESULT ns_per_op=%.3f n=%llu sum=%llu\n", (double)(now_ns() - t) / (double)n, (unsigned long long)n, (unsigned long long)r.h.promise().value);
}

// SPDX-License-Identifier: MIT
// N C++20 coroutines sleeping on a hand-written binary heap of timers. usage: co N SECONDS
#include "hist.h"
#include "task.hpp"
#include <unistd.h>
#include <vector>
#include <algorithm>
struct ent { uint64_t at; std::coroutine_handle<> h; bool operator<(const ent &o) const { return at > o.at; } };
static std::vector<ent> heap;
struct sleep_ns {
    uint64_t d;
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) { heap.push_back({now_ns() + d, h}); std::push_heap(heap.begin(), heap.end()); }
    void await_resume() noexcept {}
};
static long fired;
static task<int> body(uint64_t d) { co_await sleep_ns{d}; fired++; co_return 0; }
int main(int, char **argv) {
    long n = atol(argv[1]); uint64_t d = (uint64_t)atol(argv[2]) * 1000000000ull;
    std::vector<task<int>> ts; ts.reserve((size_t)n);
    for (long i = 0; i < n; i++) { ts.push_back(body(d)); ts.back().h.resume(); }
    while (!heap.empty()) {
        uint64_t now = now_ns();
        if (heap.front().at > now) { usleep((useconds_t)((heap.front().at - now) / 1000 + 1)); continue; }
        std::pop_heap(heap.begin(), heap.end()); auto h = heap.back().h; heap.pop_back(); h.resume();
    }
    return fired == n ? 0 : 1;
}

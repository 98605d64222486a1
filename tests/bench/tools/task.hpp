// SPDX-License-Identifier: MIT
// Minimal C++20 lazy task with symmetric transfer.
#pragma once
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>
#ifdef FREELIST
template <int = 0> struct frame_pool {           // size classes of 64 bytes, up to 1 KiB
    static inline void *head[16];
    static void *get(std::size_t n) {
        std::size_t k = (n - 1) / 64;
        if (k >= 16) return std::malloc(n);
        if (void *p = head[k]) { head[k] = *(void **)p; return p; }
        return std::malloc((k + 1) * 64);
    }
    static void put(void *p, std::size_t n) {
        std::size_t k = (n - 1) / 64;
        if (k >= 16) { std::free(p); return; }
        *(void **)p = head[k]; head[k] = p;
    }
};
#endif
template <class T> struct task {
    struct promise_type {
        T value; std::coroutine_handle<> cont = std::noop_coroutine();
        task get_return_object() { return task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        struct fin {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept { return h.promise().cont; }
            void await_resume() noexcept {}
        };
        fin final_suspend() noexcept { return {}; }
        void return_value(T v) { value = std::move(v); }
        void unhandled_exception() { std::abort(); }
#ifdef FREELIST
        static void *operator new(std::size_t n) { return frame_pool<>::get(n); }
        static void operator delete(void *p, std::size_t n) { frame_pool<>::put(p, n); }
#endif
    };
    std::coroutine_handle<promise_type> h;
    explicit task(std::coroutine_handle<promise_type> x) : h(x) {}
    task(task &&o) noexcept : h(std::exchange(o.h, {})) {}
    task(const task &) = delete;
    ~task() { if (h) h.destroy(); }
    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> c) noexcept { h.promise().cont = c; return h; }
    T await_resume() { return std::move(h.promise().value); }
};

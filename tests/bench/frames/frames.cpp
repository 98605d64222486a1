// SPDX-License-Identifier: MIT
// The frames of the benchmark coroutines as C++20 makes them: what each asks operator new for. The promise holds what a
// lazy task needs, its continuation and its value; awaiting a socket or the clock is one word in the awaiter.
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <utility>

static const char *made;

template <class T> struct promise_value {
    T value;
    void return_value(T v) { value = v; }
};
template <> struct promise_value<void> {
    void return_void() {}
};

template <class T> struct task {
    struct promise_type : promise_value<T> {
        std::coroutine_handle<> cont = std::noop_coroutine();
        task get_return_object() { return task{std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        struct fin {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept { return h.promise().cont; }
            void await_resume() noexcept {}
        };
        fin final_suspend() noexcept { return {}; }
        void unhandled_exception() { std::abort(); }
        static void *operator new(std::size_t size) { std::printf("%s %zu\n", made, size); return std::malloc(size); }
        static void operator delete(void *p) { std::free(p); }
    };
    std::coroutine_handle<promise_type> h;
    explicit task(std::coroutine_handle<promise_type> x) : h(x) {}
    task(task &&o) noexcept : h(std::exchange(o.h, {})) {}
    ~task() { if (h) h.destroy(); }
    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> c) noexcept { h.promise().cont = c; return h; }
    T await_resume() { if constexpr (sizeof(promise_type) && !std::is_void_v<T>) return h.promise().value; }
};

struct sleep_for {
    double seconds;
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) noexcept {}
    void await_resume() noexcept {}
};
struct bytes {
    const char *data;
    std::size_t size;
};
struct reader {
    std::size_t most;
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) noexcept {}
    bytes await_resume() noexcept { return {nullptr, most}; }
};
struct writer {
    int left;
};
extern void write_to(writer *w, bytes b);
struct drain {
    writer *w;
    bool await_ready() noexcept { return w->left == 0; }
    void await_suspend(std::coroutine_handle<>) noexcept {}
    void await_resume() noexcept {}
};
static long ended;

__attribute__((noinline)) static task<uint64_t> inner(uint64_t i) { co_return i & 255; }
__attribute__((noinline)) static task<uint64_t> outer(uint64_t count)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < count; i++)
        sum += co_await inner(i);
    co_return sum;
}
__attribute__((noinline)) static task<void> body(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        co_await sleep_for{0};
}
__attribute__((noinline)) static task<void> chain(int depth, uint64_t count)
{
    if (depth > 1)
        co_await chain(depth - 1, count);
    else
        for (uint64_t i = 0; i < count; i++)
            co_await sleep_for{0};
}
struct at_end {
    ~at_end() { ended++; }
};
__attribute__((noinline)) static task<void> sleeper(double seconds)
{
    at_end guard;
    co_await sleep_for{seconds};
}
__attribute__((noinline)) static task<void> handle(reader *r, writer *w, void *)
{
    for (;;) {
        bytes data = co_await reader{r->most};
        if (data.size == 0)
            break;
        write_to(w, data);
        co_await drain{w};
    }
}
void write_to(writer *w, bytes b) { w->left = (int)b.size; }

int main()
{
    reader r{0};
    writer w{0};
    made = "inner", inner(1);
    made = "outer", outer(1);
    made = "body", body(1);
    made = "chain", chain(1, 1);
    made = "sleeper", sleeper(1);
    made = "handle", handle(&r, &w, nullptr);
    return 0;
}

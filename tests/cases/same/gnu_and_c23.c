// SPDX-License-Identifier: MIT
// GNU extensions and C23 parts that gcc 12 accepts.
#include <stddef.h>
#include <stdint.h>

typedef float vector __attribute__((vector_size(16)));
typedef int (*callback)(void *restrict, ...) __attribute__((nonnull(1)));
typedef union { int *a; const int *b; } either __attribute__((transparent_union));
struct __attribute__((packed, aligned(2))) packed { char c; int i : 7; unsigned : 3; long l; } __attribute__((may_alias));
struct flexible { int n; char data[]; };
struct anonymous { union { int a; struct { short b, c; }; }; };
enum __attribute__((packed)) tiny { A = 1, B __attribute__((deprecated)), C = B + 2, };
_Static_assert(sizeof(struct packed) >= 1, "packed");
extern int renamed(int) __asm__("other_name");
extern __thread int per_thread;
extern _Thread_local int per_thread_too;
static const int ranges[] = { [0 ... 3] = 1, [5] = 2, };
__extension__ typedef unsigned __int128 wide;
_Noreturn void stop(void);
int old(a, b) int a; char b; { return a + b; }
int takes_union(either e) { return *e.b; }
[[maybe_unused]] static int attributed([[maybe_unused]] int x) { return 0; }

int main(int argc, char **argv)
{
    __label__ local;
    static void *const targets[] = { &&local, &&other };
    int values[argc], n = ({ int t = argc; t * 2; });
    __auto_type copy = n;
    typeof(copy) again = copy;
    _Atomic(int) atomic = 0;
    _Atomic int atomic_too = 1;
    int (*nested[2])(int) = { NULL, };
    double _Complex z = 1.0 + 2.0i;
    vector v = { 1, 2, 3, 4 }, sum = v + v;
    size_t offset = __builtin_offsetof(struct anonymous, c);
    int generic = _Generic((argc), int: 1, default: 2);
    __asm__ volatile ("" : "+r"(n) : "i"(1) : "memory", "cc");
    switch (argc) {
    case 1 ... 5: __attribute__((fallthrough));
    case 'a': break;
    default:;
    }
    for (int i = 0, *p = values; i < argc; i++, p++)
        *p = i ?: -1;
    goto *targets[argc > 1];
local:
    n += __builtin_types_compatible_p(int, long) + __alignof__(double) + sizeof(struct packed);
other:
    (void)argv, (void)again, (void)atomic, (void)atomic_too, (void)nested, (void)z, (void)offset, (void)generic;
    return n + (int)sum[0] - ranges[1] * 0 + (int)sizeof (struct flexible) + L'x' + u'y' + (u8"t"[0]) + 0x1p3 > 1e1f ? 0 : 1;
}

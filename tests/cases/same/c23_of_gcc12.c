// SPDX-License-Identifier: MIT
// What gcc 12 has of C23; its words are no keywords yet.
// gcc: -std=gnu2x
_Static_assert(1);
int f(int, ...);
int unn(int, char *) { return 0; }
[[nodiscard]] int nd(void);
[[maybe_unused]] static int mu;
struct [[deprecated("x")]] ds {
    [[maybe_unused]] int m;
    int n [[deprecated]];
};
enum [[deprecated]] de{DA [[deprecated]] = 1};
int bool = 3, true = 1, false, alignas, alignof_, thread_local, nullptr, constexpr, static_assert_;
int sep = 1'000 + 0b1010'1010 + 0x1'0;
void g() {
    int x = 1;
lab:
    int y = 2;
    switch (x) {
    case 1:
        int z = 3;
        [[fallthrough]];
    default:
    }
    {
    end:
    }
    [[]];
    [[maybe_unused]] int q, r [[maybe_unused]];
    for ([[maybe_unused]] int i = 0; i < 1; i++)
        ;
    y++;
    if (x)
    a2:;
}
char c8 = u8'a';
#ifdef A
#elifdef B
#elifndef C
int elif;
#endif

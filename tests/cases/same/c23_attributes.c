// SPDX-License-Identifier: MIT
// Attributes in brackets.
// gcc: -std=gnu2x
// clang: -std=gnu2x
_Noreturn void a(void);
[[noreturn]] void b(void);
[[_Noreturn]] void c(void);
[[nodiscard("why")]] int d(void);
[[deprecated, maybe_unused]] [[gnu::cold]] static int e(void) { return 1; }
int f [[gnu::weak]] (void);
typedef int T [[deprecated]];
union [[gnu::transparent_union]] tu {
    int *a;
    float *b;
};
int sizeof_ = sizeof(int[[]]);
int (*fp[[]])(void)[[]];
int arr[3][[]] = {1};
void g2(int[[]] x, int (*[[]] y)(void));

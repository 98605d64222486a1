// SPDX-License-Identifier: MIT
// Constants that only the compiler computes: of floating numbers and builtins.
// gcc: -std=gnu11
// clang: -std=gnu11
enum {
    LESS = 1.0 < 2.0f, GREATER = 0.1f > 0.1, SAME = 1.0L == 1, NOT = !0.5, AND = 0.5 && 2, OR = 0.0 || 0.0f,
    CHOSEN = 1.0 ? 2 : 3, OTHER = 0.0 ? 2 : 3, BOTH = 1.0 <= 1 && 2.0 >= 2 && 1.0 != 2
};
enum { LENGTH = __builtin_strlen("abc"), LONGER, TWICE = LENGTH * 2 };
int length(int n)
{
    switch (n) {
    case LENGTH: return 1;
    case TWICE: return 2;
    }
    return LONGER;
}

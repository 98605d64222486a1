// SPDX-License-Identifier: MIT
// __declspec alone.
// clang: -fdeclspec
__declspec(noinline) int g(void) { return 1; }
extern __declspec(dllimport) int x;
__declspec(align(16), noinline) int y;
struct __declspec(align(8)) s {
    int a;
};

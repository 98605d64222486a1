// SPDX-License-Identifier: MIT
// What clang reads where it is written: characters of strings, members and elements of literals.
// clang: -std=gnu11
enum { SECOND = "abc"[1], FIRST = *"abc", THIRD = *("abc" + 2), TURNED = 1["abc"], ELEMENT = ((char[]){ 1, 2 })[0] };
struct widths { int bits : "abc"[1] - 'a'; };
int f(void)
{
    int list[] = { ["abc"[1] - 'a'] = 1 };
    return list[1] + SECOND;
}

// SPDX-License-Identifier: MIT
// How far apart two addresses are, in which order they lie, and that there is something there, are constants too.
// gcc: -std=gnu11
// clang: -std=gnu11
static char text[10];
static struct pair { int first, second; char list[4]; } pair;
extern char elsewhere[];
struct widths {
    int difference : &text[3] - &text[1], bytes : (char *)&pair.second - (char *)&pair.first;
    unsigned truth : !text + 1;
};
int indices[] = { [&text[3] - &text[1]] = 1, [&pair.list[3] - pair.list ... text + 4 - text] = 2 };
enum {
    DIFFERENCE = &text[3] - &text[1], ARRAY = text + 3 - text, OTHER = &elsewhere[3] - elsewhere, ORDER = &text[3] > &text[1],
    SAME = &text[3] == &text[3], NONE = !&text[2], SOME = text && 1, CHOSEN = &text[1] ? 2 : 3, STRING = "abc" && 1
};
_Static_assert(DIFFERENCE == 2 && ARRAY == 3 && ORDER && SAME && !NONE && CHOSEN == 2, "");
_Static_assert(sizeof indices == 5 * sizeof(int), "");
int f(int n)
{
    char local[10];
    enum { LOCAL = &local[3] - &local[1], ITSELF = &f == f };
    struct { int bits : &local[4] - local; } x = { n };
    switch (n) {
    case &text[9] - &text[1]: return LOCAL;
    }
    return x.bits + ITSELF;
}

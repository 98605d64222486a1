// SPDX-License-Identifier: MIT
// Arrays of length zero, empty structs, flexible arrays.
// gcc: -std=gnu11
// clang: -std=gnu11
struct line {
    int length;
    char contents[0];
};
struct foo {
    int x;
    int y[];
};
struct bar {
    struct foo z;
};
struct foo a = {1, {2, 3, 4}};
struct empty {};
struct empty e = {};
union ue {};
struct e2 {
    struct empty x;
    int a;
} e2 = {{}, 3};
int n0[0];
int sz = sizeof(struct line) + sizeof(struct empty) + sizeof(n0);
struct empty fe(struct empty p) {
    return p;
}
struct fl {
    int a;
    struct {
        int b;
        int c[];
    } in;
};

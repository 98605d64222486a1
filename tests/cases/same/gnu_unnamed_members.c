// SPDX-License-Identifier: MIT
// Unnamed members and bit-fields.
// gcc: -std=gnu11
// clang: -std=gnu11
struct {
    int a;
    union {
        int b;
        float c;
    };
    struct {
        int d;
        union {
            int e;
            struct {
                char f;
            };
        };
    };
    int g;
} foo;
int h(void) { return foo.a + foo.b + foo.d + foo.e + foo.f; }
struct {
    int : 3;
    int x : 4;
    int : 0;
    unsigned : 8, y : 2;
} bf;

// SPDX-License-Identifier: MIT
// Enumerations used before they are defined.
// gcc: -std=gnu11
// clang: -std=gnu11
enum foo;
extern enum foo *p;
enum foo { A, B };
enum foo f(enum foo *q) { return *q; }
struct s {
    enum foo e;
    enum late *l;
};
enum late { L };

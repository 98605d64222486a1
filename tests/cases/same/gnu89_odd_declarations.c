// SPDX-License-Identifier: MIT
// Declarations without specifiers; a definition without a type behind a declaration as void, which gcc lets win.
// gcc: -std=gnu89
(a);
(*b);
f(int);
typedef int v4si __attribute__((vector_size(16)));
void g();
g(int i, v4si v) { g(v, i, 0); }
int h(void) { return a + *b + f(1); }

// SPDX-License-Identifier: MIT
// C23's qualifiers of arrays, and what gcc 12 does not have of it: f() as a prototype.
// gcc: -std=gnu2x
void f();
const int (*u)[1];
void *v;
_Atomic void *w;
void g(void)
{
    f(1), f();
    _Static_assert(_Generic(1 ? u : v, const void *: 1, void *: 0), "");
    _Static_assert(_Generic(1 ? w : v, _Atomic void *: 0, void *: 1), "");
    _Static_assert(_Generic(1 ? v : w, _Atomic void *: 0, void *: 1), "");
}

// SPDX-License-Identifier: MIT
// _Generic.
// gcc: -std=gnu11
// clang: -std=gnu11
int f(int a, const int b, int c[3], struct s *d) {
    return _Generic(a, int : 1, default : 2) + _Generic((b), int : 1, const int : 2, default : 3) +
           _Generic(c, int * : 1) + _Generic(&a, int * : 1, const int * : 2) +
           _Generic(f, int (*)(int, int, int *, struct s *) : 1, default : 3) +
           _Generic("x", char * : 1, const char * : 2) + _Generic('a', int : 4) +
           _Generic(1L, long : 1, long long : 2) +
           _Generic(d, struct s *
                    : _Generic(1, int : 1), default
                    : "x");
}
int g[_Generic(0, default : 3, float : 4)];
int *h = _Generic(1, int : (int *)0, default : 1.0);
int k = _Generic(1.0f, float : sizeof(int), default : 3) + _Generic(_Generic(1, default : 1u), unsigned : 2);

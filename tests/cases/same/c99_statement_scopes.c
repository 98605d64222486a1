// SPDX-License-Identifier: MIT
// Since C99 a statement that chooses or repeats is a scope, and so is each statement that is a part of it.
// unasserted: 30 names of scopes in which no statement can be added
// gcc: -std=gnu99
// gcc: -std=c11
// clang: -std=gnu99
typedef char T;
int f(int a, int b)
{
    struct s { char c; };
    if (sizeof(struct s { char c[2]; }) == 2 && sizeof(struct s) == 2)
        a = sizeof(struct s { char c[3]; });
    else if (sizeof(struct s) == 2 && sizeof(struct s { char c[4]; }))
        a = sizeof(struct s { char c[5]; });
    else
        a = sizeof(struct s) == 4;
    switch (sizeof(struct s { char c[6]; }))
    default:
    case sizeof(struct s):
        a = sizeof(struct s { char c[7]; });
    do
        a = sizeof(struct s { char c[8]; });
    while (sizeof(struct s { char c[9]; }) - 9);
    while (sizeof(struct s { char c[10]; }) - 10)
        b = sizeof(struct s { char c[11]; });
    for (b = sizeof(struct s { char c[12]; }); b && sizeof(struct s) == 12; b--)
        a = sizeof(struct s { char c[13]; });
    _Static_assert(sizeof(struct s) == 1, "none of them is left");
    if (sizeof(enum { T, U }))
        b = T + U, a = sizeof(enum { V, W });
    else
        b = T + sizeof(enum { V, W });
    T t = 1, *p = &t;
    while (b--)
        if (sizeof(enum { V = 3, W }) && (T)*p)
            a = V * W;
    enum { V = 5 };
    return a + V + t;
}
int g(const char *text, struct s *p, unsigned n)
{
    struct s { double d; } s = { n }, *q = &s;
    for (unsigned i = 0; i < n; i++)
        if (text[i] == 'a' || *text == 'b')
            q->d += text[i] * 2 - n / (i + 1u);
    return (int)(s.d + q->d) + (p != 0) + !text + (n ? -1 : 'x' + 1);
}
double h(const double *d, int n, const char *s, unsigned char u)
{
    double sum = 0, *p = &sum, a[3] = { 1, 2.5, n };
    for (int i = 0; i < n; i++)
        *p += d[i] * 2 - (s[0] == 'a' ? 1.0 : n / 2) + u % 3u + a[i & 1] * (i << 2 | 1);
    return sum > 1e6 || !n ? -sum : sum + (u ^ 5) + (s[1] - '0') * 10L + (n >= 3) + ~n;
}

// SPDX-License-Identifier: MIT
// Library functions that nobody declared have the type that the compiler knows them by; others are functions of int.
// gcc: -std=gnu89
// gcc: -std=gnu17
// clang: -std=gnu89
void *f(int n)
{
    char *p = malloc(n);
    if (!p)
        abort();
    memset(p, 0, strlen("text"));
    n = sizeof(*(char *)malloc(1)) + sizeof fabs(n) + own(n) + sizeof own(n) + sizeof sqrt(2.0) + sizeof strlen(p);
    return n ? memcpy(p, "x", 1) : malloc(3);
}
int g(int n) { return n + own(2) * own(3) - printf("%d", n) + (n ? exit(1), 1 : 2); }
double h(double *d, int n, const char *s)
{
    double sum = 0, *end = d + n;
    for (; d < end; d++)
        sum += *d * 2 - (s[0] == 'a' ? 1.0 : n / 2) + (unsigned char)s[n] % 3u;
    return sum > 1e6 ? -sum : sum + (n << 2 | 1) + !s;
}

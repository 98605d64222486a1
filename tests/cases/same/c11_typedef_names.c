// SPDX-License-Identifier: MIT
// Typedef names as names of other things.
// gcc: -std=gnu11
// clang: -std=gnu11
typedef int Q;
int t(Q), u(Q Q), w(int Q), x(Q (*)(Q)), y(const Q), z(int(Q)), z2(int(Q), int Q1);
struct { Q Q; } a;
struct { const Q : 3; unsigned Q : 3; } b;
enum e { R = sizeof(Q) };
int (*h(void))(Q) { return 0; }
typedef struct Q2 Q2;
struct Q2 { Q2 *Q2; };
typedef long LL;
LL unsigned_or_not;
struct s { Q *(*fn)(Q, Q *); };

void f(void)
{
    Q Q = 3;
    Q = Q * 2;
    {
        int Q;
        Q = 1;
    }
    for (int Q = 0; Q;)
        ;
    enum { QQ, T };
    (void)sizeof(Q);
}
void g(void)
{
Q: goto Q;
}
void k(Q2 *Q2) { Q2 = Q2->Q2; }
int sq(int Q) { return Q; }
void l(void) { unsigned Q; Q = 3; (void)((Q) + 1); }
int m(Q x) { typedef char Q; Q y = x; return y; }
void call(struct s *s) { s->fn(1, 0); (*s->fn)(2, 0); (**s->fn)(2, 0); }

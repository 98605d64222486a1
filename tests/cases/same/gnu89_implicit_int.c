// SPDX-License-Identifier: MIT
// -std=gnu89: int is left out, inline is GNU's.
// gcc: -std=gnu89
// clang: -std=gnu89
int f(a, b)
int a;
{ return a + b; }
g() {
    auto x = 3;
    const y = 4;
    register z;
    static w;
    return x + y + z + w;
}
typedef t1;
extern foo(), *bar();
signed s;
unsigned u;
t1 v;
volatile vv;
struct {
    const q;
    volatile r : 3;
} st;
inline int in(a) { return a; } // comment
int dollars$x, $;
long long ll;
static st2, *st3(), st4[3];
f2(p) char *p;
{
    for (;;) {
        const k = 3;
        break;
    }
}
f3(x) { return x; }
static *g3();
const c;
typedef T;
main() {
    T a = 3;
    auto b = a;
    register r = b;
    return f(r);
}

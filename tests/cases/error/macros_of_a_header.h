#define TWICE(x) ADD(x, x)
#define ADD(a, b) ((a) + (b))

static inline int of_a_point(int n)
{
    struct Point { int x; } point = { n };
    return TWICE(n) + ADD(n,
                          point.y) + unknown;
}

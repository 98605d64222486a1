// SPDX-License-Identifier: MIT
// Statement expressions: values, structs, jumps, in typeof.
// gcc: -std=gnu11
// clang: -std=gnu11
int y(void);
int f(int a) {
    return ({
               int x = y();
               int z;
               if (x > 0)
                   z = x;
               else
                   z = -x;
               z;
           }) +
           a;
}
struct A {
    int i;
    char b[4];
};
struct A mk(void);
int g(void) {
    int r = ({
                struct A t = mk();
                t;
            }).i;
    ({ ; });
    ({
        goto l;
    l:
        5;
    });
    (void)({
        for (;;)
            break;
    });
    return r;
}
int t = __builtin_constant_p(5) ? 3 : 4;
void h(void) {
    int n = ({ 3; });
    typeof(({
               struct q {
                   long z;
               } w = {1};
               w;
           }).z) v = n;
    (void)v;
}

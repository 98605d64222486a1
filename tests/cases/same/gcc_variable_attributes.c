// SPDX-License-Identifier: MIT
// Attributes of variables; machine modes.
// gcc: -std=gnu11
// clang: -std=gnu11
int a __attribute__((aligned(16))) = 0, b __attribute__((aligned));
short arr[3] __attribute__((aligned(__BIGGEST_ALIGNMENT__)));
__attribute__((alloc_size(1))) void *(*cptr)(__SIZE_TYPE__);
void cl(int *);
void g(void) {
    int x __attribute__((cleanup(cl))) = 1;
    __attribute__((unused)) int y;
    int z __attribute__((unused)), *w __attribute__((unused)) = &z;
    (void)x;
    static int t __attribute__((used));
    register int r __attribute__((unused)) = 1;
}
int common __attribute__((nocommon));
int cmn __attribute__((common));
int dep __attribute__((deprecated("m")));
char nonstr[4] __attribute__((nonstring));
struct {
    char a;
    int b __attribute__((packed));
    int c[2] __attribute__((packed, aligned(2)));
} pk;
int md __attribute__((mode(DI))), *mp;
int sec __attribute__((section("x,y"))) = 1;
__thread int tls __attribute__((tls_model("local-exec")));
extern __thread int tls3 __attribute__((tls_model("initial-exec")));
int v4 __attribute__((vector_size(16)));
int vis __attribute__((visibility("default")));
extern int wk __attribute__((weak));
void q(void) {
    int big[10] __attribute__((uninitialized));
    (void)big;
}
int retain_ __attribute__((retain));
struct __attribute__((designated_init)) di {
    int a;
} d = {.a = 1};
typedef int v4si __attribute__((mode(V4SI)));
typedef float v4sf __attribute__((mode(V4SF)));
v4si mv;
v4sf mf;
typedef unsigned u8 __attribute__((mode(QI)));
enum me { MA, MB } __attribute__((mode(QI))) mev;
int szm[sizeof mev == 1 ? 1 : -1];

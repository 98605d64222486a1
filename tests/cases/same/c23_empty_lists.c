// SPDX-License-Identifier: MIT
// In C23 f() takes nothing, for gcc; clang 14 does not say so yet.
// gcc: -std=gnu2x
// clang: -std=gnu2x
void taking(int);
void nothing(void);
void (*any)();
int truth;
void test(void)
{
    (void)(truth ? nothing : any);
    (void)(truth ? any : nothing);
#ifdef __clang__
    (void)(truth ? taking : any);
#endif
}

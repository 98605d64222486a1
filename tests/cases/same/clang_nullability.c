// SPDX-License-Identifier: MIT
// Nullability qualifiers.
// clang: -std=gnu11
int *_Nonnull a(int *_Nullable p, int *_Null_unspecified q);
typedef int *_Nonnull ip;
struct s {
    int *_Nullable m;
};
void f(int (*_Nonnull fp)(int *_Nullable), int *_Nonnull *_Nullable pp, char arr[_Nonnull]);
int *_Nonnull a(int *_Nullable p, int *q) { return p ? p : q; }
typedef char *str;
str _Nonnull g(str _Nullable s);
typedef void (*fpt)(void);
fpt _Nonnull fv(fpt _Nullable x) { return x; }
int b(int *_Nonnull const *restrict _Nullable z, char *_Nonnull arr2[_Nullable 3]) {
    return (int)(long)(char *_Nullable)arr2;
}

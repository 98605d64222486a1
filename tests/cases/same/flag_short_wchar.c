// SPDX-License-Identifier: MIT
// -fshort-wchar.
// gcc: -fshort-wchar
// clang: -fshort-wchar
int a = _Generic(L'x', unsigned short : 1);
int b[sizeof(L"abc") == 8 ? 1 : -1];
int c = _Generic(*L"x", unsigned short : 1);
typedef __WCHAR_TYPE__ wchar_t;
wchar_t d[] = L"abc";

// SPDX-License-Identifier: MIT
// Microsoft's words.
// clang: -fms-extensions
__int64 a;
unsigned __int64 b;
__int64 int b_as_word;
int unsigned __int64 b_reversed;
long __int32 c_long;
__int32 c;
__int16 d;
__int8 e;
int __cdecl f(int x) { return x; }
__declspec(noinline) int g(void) { return 1; }
__forceinline int h(void) { return 2; }
int __stdcall k(void);
typedef int(__fastcall *fp)(int);
__declspec(align(16)) int al;
int n = _alignof(int);
int *__ptr64 p64;
__unaligned int *ua;
wchar_x;
__w64 int w;
int __pragma_test(void) { __pragma(pack(1)) return 3; }
void *__restrict r;
int uuid = sizeof(__int64);

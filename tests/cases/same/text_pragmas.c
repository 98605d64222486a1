// SPDX-License-Identifier: MIT
// Pragmas in every place.
// gcc: -std=gnu11
// clang: -std=gnu11
#pragma pack(push, 1)
struct a { char c; int i; };
#pragma pack(pop)
#pragma pack(2)
struct b { char c; int i; };
#pragma pack()
#pragma pack(push, foo, 4)
#pragma pack(pop, foo)
#pragma weak wfun
extern void wfun(void);
#pragma weak wal = tgt
void tgt(void) {}
#pragma redefine_extname oldname newname
extern int oldname(void);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused"
#pragma GCC visibility push(hidden)
int hid;
#pragma GCC visibility pop
#pragma GCC push_options
#pragma GCC optimize("O2")
#pragma GCC target("avx2")
int ov(void) { return 1; }
#pragma GCC reset_options
#pragma GCC pop_options
#pragma GCC diagnostic pop
#pragma message("hi")
#pragma GCC warning "w"
#pragma GCC poison printfxyz
#pragma STDC FP_CONTRACT ON
#pragma STDC FENV_ACCESS OFF
#pragma STDC CX_LIMITED_RANGE DEFAULT
#pragma scalar_storage_order big-endian
struct be { int x; };
#pragma scalar_storage_order default
#pragma unknown foo bar baz(
#pragma
int f(int *a, int n) {
#pragma GCC ivdep
  for (int i = 0; i < n; i++) a[i]++;
#pragma GCC unroll 4
  while (n--) a[n]--;
#pragma GCC unroll (2+2)
  do n--; while (n > 0);
  if (n)
#pragma GCC diagnostic ignored "-Wunused"
    n++;
  else
#pragma message "x"
    n--;
  switch (n) {
#pragma GCC diagnostic push
  case 1:
#pragma GCC diagnostic pop
    break;
  }
#pragma omp parallel for
  for (int i = 0; i < n; i++) ;
  return
#pragma foo
  n; }
int g = 3 +
#pragma bar
 4;
struct inmem {
#pragma GCC diagnostic push
  int a;
#pragma pack(1)
  int b;
#pragma pack()
};
enum ine {
#pragma foo
  AA,
#pragma foo
  BB };
int inp(int a,
#pragma foo
 int b);
int ini[] = { 1,
#pragma foo
 2 };
#pragma once
#pragma GCC system_header

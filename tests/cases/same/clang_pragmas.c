// SPDX-License-Identifier: MIT
// clang's pragmas.
// gcc: -std=gnu11
// clang: -std=gnu11
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#pragma clang attribute push (__attribute__((annotate("x"))), apply_to = function)
void f(void);
#pragma clang attribute pop
#pragma clang optimize off
void g(int *a, int n) {
#pragma clang loop vectorize(enable) interleave(enable) unroll_count(2)
  for (int i = 0; i < n; i++) a[i]++;
#pragma unroll
  for (int i = 0; i < n; i++) a[i]++;
#pragma unroll 4
  for (int i = 0; i < n; i++) a[i]++;
#pragma nounroll
  while (n--) ;
#pragma clang loop distribute(enable)
  do ; while (n++ < 0);
 { 
#pragma clang fp contract(fast)
 n++; }
}
#pragma clang optimize on
#pragma clang section bss="x"
#pragma clang assume_nonnull begin
int *h(int *);
#pragma clang assume_nonnull end
#pragma clang diagnostic pop
#pragma clang system_header

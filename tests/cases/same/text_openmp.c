// SPDX-License-Identifier: MIT
// OpenMP directives.
// gcc: -fopenmp
// clang: -fopenmp
int tp;
#pragma omp threadprivate(tp)
int f(int n, int *a) { int s = 0;
#pragma omp parallel for reduction(+:s) schedule(static, 4)
  for (int i = 0; i < n; i++) s += a[i];
  return s; }

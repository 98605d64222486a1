// SPDX-License-Identifier: MIT
// Of an assignment to an element of a const vector gcc only warns.
// gcc: -std=gnu11
const short y __attribute__((vector_size(16))) = {0, 1, 2};
void f(int i) { y[i] = i; y[1]++; }

// SPDX-License-Identifier: MIT
// One header for the .aco unit, the plain C unit and the C++ unit.
#ifndef BANK_H
#define BANK_H

#include <acoc.h>

#ifdef __cplusplus
extern "C" {
#endif

acoc_async(int) bank_deposit(int amount);
acoc_raises int bank_check(int amount);
int bank_in_c(acoc_loop *loop);

#ifdef __cplusplus
}
#endif

#endif

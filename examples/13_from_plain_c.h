// SPDX-License-Identifier: MIT
// acoc_async(T) is the spelling of `async T` that every compiler reads.
#include <acoc.h>

acoc_async(double) average(const double *values, int count);

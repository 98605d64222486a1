// SPDX-License-Identifier: MIT
// Error kinds of a program's own, for its .aco files and its plain C.
#ifndef KINDS_OF_ONES_OWN_H
#define KINDS_OF_ONES_OWN_H
#include <acoc.h>
ACOC_DECLARE_ERROR_KIND(ShopError);
ACOC_DECLARE_ERROR_KIND(NoStock);
ACOC_DECLARE_ERROR_KIND(NoMoney);

struct till { int coins, open; };
typedef acoc_raises int (*price_function)(int article);

acoc_async(int) buy(price_function price, struct till *till, int article);
acoc_raises int list_price(int article);
acoc_raises int half_price(int article);   // plain C
acoc_async(void) till_enter(struct till *till);
acoc_async(_Bool) till_exit(struct till *till, acoc_error *error);
void till_free(struct till *till);
int pay_from_c(price_function price, int article);
#endif

// SPDX-License-Identifier: MIT
// Plain C that raises a kind of the program's own and looks at what a raises function left.
#include "kinds_of_ones_own.h"
#include <stdio.h>

int half_price(int article)
{
    if (article < 0) {
        acoc_error_set(NoStock("negative %d", article));
        return 0;
    }
    return list_price(article) / 2;
}

int pay_from_c(price_function price, int article)
{
    int cost = price(article);
    if (!acoc_error_occurred())
        return cost;
    acoc_error *error = acoc_error_take();
    printf("C: %s, %s, shop %d, money %d\n", acoc_error_message(error), acoc_error_kind_of(error)->name,
           acoc_error_is(error, &ShopError_kind), acoc_error_is(error, &NoMoney_kind));
    acoc_error_release(error);
    return -1;
}

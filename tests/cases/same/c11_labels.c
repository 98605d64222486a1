// SPDX-License-Identifier: MIT
// Labels everywhere.
// gcc: -std=gnu11
// clang: -std=gnu11
void f(int x) {
    switch (x) {
    case 1:
    case 2:;
    }
    {
    l1:;
    }
    goto l1;
    if (x)
    l2:
        x++;
    else
    l3:
    l4:
        x--;
    while (x)
    l5:
        x--;
    for (;;)
    case_:
        break;
    do
    l6:;
        while (0)
            ;
}

// SPDX-License-Identifier: MIT
// Duff's device and odd switches.
// gcc: -std=gnu11
// clang: -std=gnu11
void send(short *to, short *from, int count) {
    int n = (count + 7) / 8;
    switch (count % 8)
    case 0:
        do {
            *to = *from++;
        case 7:
            *to = *from++;
        case 1:
            *to = *from++;
        } while (--n > 0);
    switch (n) {
        int x;
    case 3:
        x = 1;
        break;
        {
        case 4:
            x = 2;
        }
    default:;
    }
    if (0)
    case_:;
        switch (n)
            ;
    switch (1)
    default:
        n++;
}

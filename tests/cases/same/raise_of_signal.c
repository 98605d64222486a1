// SPDX-License-Identifier: MIT
// Where <signal.h> declares raise, `raise (` is a call.
#include <signal.h>

int main(void)
{
    int x = raise(0) + (raise) (0);
    int (*f)(int) = raise;
    raise (0);
    return x || f != raise;
}

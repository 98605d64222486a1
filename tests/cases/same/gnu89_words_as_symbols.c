// SPDX-License-Identifier: MIT
// An asm label behind one of our words is no statement of ours, so it does not tell that the file is not plain C.
// gcc: -std=gnu89
// clang: -std=gnu89
extern int defer asm("other"), raise_count;
void f(int n)
{
    raise (n);
    raise_count = defer;
}

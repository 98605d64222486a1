// SPDX-License-Identifier: MIT
// #ident, #sccs, #assert.
// gcc: -std=gnu11

#ident "foo"
#sccs "bar"
#assert machine(x)
#if #machine(x)
int a;
#endif
#unassert machine
# /* null */
#
int b;

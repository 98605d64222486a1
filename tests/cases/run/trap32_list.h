/* SPDX-License-Identifier: MIT */
/* Included in the middle of a body: the case defines ITEM. */
ITEM(one, 1)
#define THIRD 3
ITEM(two, 2)
ITEM(three, THIRD)
#undef ITEM

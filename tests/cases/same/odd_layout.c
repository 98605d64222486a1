/* SPDX-License-Identifier: MIT */
/* White space, comments and directives in strange places stay as they are.	Tabs	too. */
#include <stdio.h>
  #  define   TWO  /* inside */ 2
#if 0
this is not C at all ??? @ `
#endif
#define JOIN(a, b) a##b
#pragma GCC diagnostic push
int /* a */ main /* b */ ( /* c */ void /* d */ ) // e
{

	int JOIN(x, y) = 1 \
		+ TWO; /* a comment
	over lines */ int z = xy

	;
#ifdef TWO
	printf("%d\n", z), puts("a\
b");
#else
	nothing
#endif
#line 77 "elsewhere.c"
	return (int[]) <% 0 %> <: 0 :>;
}
#pragma GCC diagnostic pop
/* the end, without a newline */
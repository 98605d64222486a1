#if !defined DEPTH
#define DEPTH 1
#include "included_in_a_ring.def"
int outermost = unknown_1;
#elif DEPTH == 1
#undef DEPTH
#define DEPTH 2
#include "included_in_a_ring.def"
int middle = unknown_2;
#else
int innermost = unknown_3;
#endif

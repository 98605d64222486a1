// SPDX-License-Identifier: MIT
// Blanks behind a backslash.
// gcc: -std=gnu11
// clang: -std=gnu11
int x = 1 + \  	
 2; int y\ 
z;
// foo \ 
bar

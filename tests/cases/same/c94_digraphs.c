/* SPDX-License-Identifier: MIT
   C90 with amendment 1: digraphs, trigraphs.
// gcc: -std=iso9899:199409
// clang: -std=iso9899:199409
*/
int inline_ = 3, asm, typeof, restrict; int a<:3:> = <% 1, 2 %>; 
%:define X 3
int inline = X; int x??(3??) = ??< 1 ??>; 
??=define Y 4
int yy = Y; char *t = "??/"";

// SPDX-License-Identifier: MIT
// Escapes and encodings of characters and strings.
// gcc: -std=gnu11
// clang: -std=gnu11
char *s = "\e[0m\x1b\033\a\b\f\n\r\t\v\\\'\"\?\0\E";
char c = '\e', d = '\E';
int mc = 'ab' + 'abcd';
char *u = u8"é"
          "\u00e9\U0001F600";
unsigned short *w16 = u"\u00e9"
                      u"x";
unsigned *w32 = U"\U0001F600";
int *wl = L"wide"
          L"x"
          "y";
int lc = L'\u20ac';
unsigned short uc = u'x';
unsigned Uc = U'\U0001F600';
char arr[] = "abc"
             "def";
char arr2[] = {"xyz"};
char arr3[3] = "abc";
signed char sc[] = "q";
unsigned char ucs[] = "q";
int wa[] = L"abc";

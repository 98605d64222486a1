// SPDX-License-Identifier: MIT
// gcc's raw strings, which its gnu modes have: nothing is escaped in them, and they may span lines.
// gcc: -std=gnu99
// gcc: -std=gnu17
#define S(e) _Static_assert(e, "")
#define R_ 1
const char *const plain = R"(a\n"b)", *const delimited = R"x"y()")x"y";
S(sizeof R"(\n)" == 3 && sizeof R"()" == 1 && sizeof "\n" R"(\n)" "\n" == 5);
const char lines[] = R"(one
// two \
#define three
)" "four", last[] = { R"-(
)-" };
S(sizeof lines == 32 && sizeof last == 2);
const char utf8[] = u8R"(ä)";
const __typeof__(L'a') wide[] = LR"(ä\u00e4)" L"b";
const unsigned short u[] = uR"(ä
)";
const unsigned U[] = UR"***(ä)***" R"(b)";
S(sizeof utf8 == 3 && sizeof wide == 9 * sizeof *wide && sizeof u == 6 && sizeof U == 12);
#define TEXT(...) #__VA_ARGS__
#define R(x) x
int f(int R, const char *uR) { return R(R) + uR[0] + R_ + sizeof TEXT(R"(a)"); }
int g(int i)
{
    const char *t = R"(
        {)"; return t[i]
        + f(i, R"x(
)x"); }

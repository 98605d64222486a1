# SPDX-License-Identifier: MIT
# Writes a unit of constant expressions: each operator on constants of each pair of integer types, small ones and the
# largest and smallest. --emit=asserts says what acoc makes of them, up to 128 bits.
# usage: awk -v compiler=gcc|clang -f constants.awk >constants.c

function type(name, largest, smallest)
{
    count++
    names[count] = name
    largest_of[count] = "(" name ")" largest
    smallest_of[count] = "(" name ")" smallest
}

BEGIN {
    wide = "(((unsigned __int128)0x7fffffffffffffff << 64) + 0xfffffffffffffff1)"
    type("_Bool", 1, 0)
    type("char", 127, "(-128)")
    type("unsigned char", 255, 0)
    type("short", 32767, "(-32768)")
    type("unsigned short", 65535, 0)
    type("int", 2147483647, "(-2147483647 - 1)")
    type("unsigned", "4294967295u", 0)
    type("long", "9223372036854775807", "(-9223372036854775807 - 1)")
    type("unsigned long", "18446744073709551615u", "9223372036854775808u")
    type("long long", "9223372036854775807", "(-9223372036854775807 - 1)")
    type("enum large", "0x100000003", 0)
    type("enum packed", "200", 0)
    type("__int128", wide, "(-(__int128)" wide ")")
    type("unsigned __int128", "-1", wide)
    if (compiler == "clang") {
        type("_BitInt(7)", 63, "(-64)")
        type("unsigned _BitInt(72)", "(((unsigned __int128)0xff << 64) + 5)", 0)
    }
    print "enum large { LARGE = 0x100000003 };\nenum __attribute__((packed)) packed { SMALL = 200 };"
    any = split("< > <= >= == != & | ^ && ||", always, " ")
    few = split("+ - * / %", small, " ")
    for (i = 1; i <= count; i++) {
        printf "void constants%d(void)\n{\n", i
        t = names[i]
        printf "    -(%s)5; ~(%s)5; !(%s)5; +(%s)-5; ~%s; !%s; !%s; sizeof(%s) + (%s)1;\n", t, t, t, t, largest_of[i], largest_of[i], smallest_of[i], t, t
        printf "    (%s)1 << 3; (%s)-64 >> 3; %s >> 5; %s >> 2; (%s)1.9; (%s)(100.5f + 0.25); 1 ? (%s)3 : 4; 0 ? 4 : (%s)3;\n", t, t, largest_of[i], smallest_of[i], t, t, t, t
        for (j = 1; j <= count; j++) {
            u = names[j]
            printf "    (%s)%s; (%s)%s; (%s)(%s)-3; 1 ? %s : (%s)0;\n", u, largest_of[i], u, smallest_of[i], u, t, largest_of[i], u
            for (k = 1; k <= any; k++)
                printf "    %s %s %s; %s %s (%s)-7;\n", largest_of[i], always[k], smallest_of[j], smallest_of[i], always[k], u
            for (k = 1; k <= few; k++)
                printf "    (%s)9 %s (%s)4; (%s)60 %s (%s)1;\n", t, small[k], u, t, small[k], u
            printf "    %s / (%s)3; %s %% (%s)7; (%s)-40 / (%s)7; (%s)-40 %% (%s)6;\n", largest_of[i], u, largest_of[i], u, t, u, t, u
        }
        printf "}\n"
    }
    print "void labels(__int128 n)\n{\n    switch (n) {\n    case (__int128)1 << 100: case ((__int128)1 << 100) >> 98: case -((__int128)1 << 90): break;\n    }"
    print "    static char extent[((unsigned __int128)-1 >> 120) + 1];\n    extent[0] = 1;\n    sizeof extent;\n}"
    print "enum { SHIFTED = (int)(((__int128)1 << 100) >> 98), DIVIDED = (unsigned __int128)-1 / ((unsigned __int128)1 << 120) };"
}

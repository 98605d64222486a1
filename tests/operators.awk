# SPDX-License-Identifier: MIT
# Writes a unit with each operator on each pair of operands of different types: what --emit=asserts is to be asked of.
# usage: awk -v compiler=gcc|clang -f operators.awk >operators.c
#
# Operands have a class: b integers, f real floating, d decimal, c complex, p pointers, v vectors, s records. An operator has
# a pattern of the classes that it takes; vectors and decimals only go with what C lets them.

function operand(class, declaration, name)
{
    count++
    class_of[count] = class
    name_of[count] = name
    declarations = declarations declaration ";\n"
}

function integers(   i, n, kinds)
{
    n = split("_Bool char signed_char unsigned_char short unsigned_short int unsigned long unsigned_long long_long " \
              "unsigned_long_long __int128 unsigned___int128", kinds, " ")
    for (i = 1; i <= n; i++) {
        gsub("_char", " char", kinds[i]); gsub("_short", " short", kinds[i]); gsub("_long", " long", kinds[i])
        gsub("___int128", " __int128", kinds[i])
        operand("b", "static " kinds[i] " b" i, "b" i)
    }
    operand("b", "static enum { A } e1", "e1")
    operand("b", "static enum { B = -1 } e2", "e2")
    operand("b", "static enum { C = 0x100000000 } e3", "e3")
    operand("b", "static enum { D = -0x100000000, D2 } e4", "e4")
    operand("b", "static enum __attribute__((packed)) { E = 200 } e5", "e5")
    operand("b", "static enum __attribute__((packed)) { F = -1, F2 = 200 } e6", "e6")
    operand("b", "static struct { unsigned a : 3, b : 31, c : 32; int d : 5; long e : 33; unsigned long f : 63, g : 64; _Bool h : 1; } fields",
            "fields.a")
    again("fields.b"); again("fields.c"); again("fields.d"); again("fields.h")
    if (compiler == "clang" || wide) {
        again("fields.e"); again("fields.f"); again("fields.g")
    }
    operand("b", "static const volatile short q1", "q1")
    operand("b", "static _Atomic unsigned char q2", "q2")
    if (compiler == "clang") {
        operand("b", "static _BitInt(7) w1", "w1")
        operand("b", "static unsigned _BitInt(40) w2", "w2")
        operand("b", "static _BitInt(32) w3", "w3")
        operand("b", "static unsigned _BitInt(128) w4", "w4")
    }
}

function again(name)
{
    count++
    class_of[count] = class_of[count - 1]
    name_of[count] = name
}

function others(   i, n, kinds)
{
    floats = "float double long_double __float128"
    if (compiler == "gcc")
        floats = floats " _Float32 _Float64 _Float32x _Float64x _Float128 _Float16"
    n = split(floats, kinds, " ")
    for (i = 1; i <= n; i++) {
        sub("_d", " d", kinds[i])
        operand("f", "static " kinds[i] " f" i, "f" i)
    }
    for (i = 32; compiler == "gcc" && i <= 128; i *= 2)
        operand("d", "static _Decimal" i " d" i, "d" i)
    operand("c", "static _Complex float c1", "c1")
    operand("c", "static _Complex double c2", "c2")
    operand("c", "static _Complex long double c3", "c3")
    operand("c", "static _Complex int c4", "c4")
    operand("p", "static int *p1", "p1")
    operand("p", "static const int *p2", "p2")
    operand("p", "static volatile int *const p3", "p3")
    operand("p", "static void *p4", "p4")
    operand("p", "static const void *p5", "p5")
    operand("p", "static int array[3]", "array")
    operand("p", "static struct r { int x; } r", "&r")
    operand("p", "static const int matrix[2][3]", "matrix")
    operand("p", "static int (*p6)[]", "p6")
    operand("p", "static void function(int)", "function")
    operand("p", "static void (*p7)()", "p7")
    operand("p", "static const char *p8", "p8")
    operand("p", "static struct later *p9", "p9")
    operand("s", "static const struct r s1", "s1")
    operand("s", "static struct r returns(void)", "returns()")
    operand("v", "static int v1 __attribute__((vector_size(16)))", "v1")
    operand("v", "static unsigned v2 __attribute__((vector_size(16)))", "v2")
    operand("v", "static float v3 __attribute__((vector_size(16)))", "v3")
    operand("v", "static double v4 __attribute__((vector_size(16)))", "v4")
    operand("v", "static signed char v5 __attribute__((vector_size(8)))", "v5")
    operand("v", "static long v6 __attribute__((vector_size(32)))", "v6")
}

function is_real(class) { return class == "b" || class == "f" || class == "d" }
function is_number(class) { return is_real(class) || class == "c" }

# What goes together with a binary operator: 0 no.
# clang finds nothing common in const int (*)[3] and int (*)[].
function goes(op, i, j,   a, b)
{
    a = class_of[i]; b = class_of[j]
    if (op == ",")
        return 1
    if (a == "s" || b == "s")
        return op == "?" && a == b
    if (a == "v" || b == "v") {
        if (a != b || name_of[i] != name_of[j] || op == "?" || op == "&&" || op == "||")
            return 0
        return op !~ /^(%|&|\||\^|<<|>>)$/ || name_of[i] !~ /v[34]/
    }
    if (op == "&&" || op == "||")
        return 1
    if (a == "p" || b == "p") {
        if (op == "?")
            return a == b && name_of[i] name_of[j] !~ /^(matrixp6|p6matrix)$/
        if (op == "+")
            return steps(i, j) || steps(j, i)
        if (op == "-")
            return steps(i, j) || (i == j && steps(i, 1))
        return (op == "==" || op == "<" || op == "!=") && i == j
    }
    if ((a == "d" && (b == "f" || b == "c")) || (b == "d" && (a == "f" || a == "c")))
        return 0
    if (name_of[i] == "f4" || name_of[j] == "f4") # clang has no __float128 beside long double and complex
        if (compiler == "clang" && (a == "c" || b == "c" || name_of[i] == "f3" || name_of[j] == "f3"))
            return 0
    if (compiler == "clang" && (name_of[i] == "c4" && name_of[j] ~ /^(b1[34]|w)/ || name_of[j] == "c4" && name_of[i] ~ /^(b1[34]|w)/))
        return 0 # it would be a _Complex __int128, which has no name there
    if (op ~ /^(%|&|\||\^|<<|>>)$/)
        return a == "b" && b == "b"
    if (op == "<")
        return is_real(a) && is_real(b)
    return is_number(a) && is_number(b)
}

# A pointer to a complete object type and an integer; clang takes no _Atomic one.
function steps(i, j) { return class_of[i] == "p" && class_of[j] == "b" && name_of[i] !~ /^p[69]$/ && name_of[j] != "q2" }

function is_object(i) { return name_of[i] !~ /^(array|&r|matrix|function|returns\(\)|p3|s1|q1)$/ }

BEGIN {
    integers()
    others()
    printf "%s", declarations
    pairs = split("+ - * / % & | ^ << >> < == != && || , ?", operators, " ")
    for (i = 1; i <= count; i++) {
        printf "void test%d(int n, _Bool truth)\n{\n", i
        for (j = 1; j <= count; j++)
            for (k = 1; k <= pairs; k++) {
                op = operators[k]
                if (!goes(op, i, j))
                    continue
                if (op == "?")
                    printf "    truth ? %s : %s;\n", name_of[i], name_of[j]
                else
                    printf "    %s %s %s;\n", name_of[i], op, name_of[j]
                if (k <= 10 && is_object(i) && class_of[i] != "p" && class_of[j] != "p")
                    printf "    %s %s= %s;\n", name_of[i], op, name_of[j]
            }
        class = class_of[i]
        if (class == "p")
            printf "    truth ? %s : 0; truth ? (void *)0 : %s; %s ?: 0; &*%s;\n", name_of[i], name_of[i], name_of[i], name_of[i]
        if (class == "p" && name_of[i] != "p9")
            printf "    *%s;\n", name_of[i]
        if (is_number(class) || class == "v")
            printf "    +%s; -%s;\n", name_of[i], name_of[i]
        if (class ~ /[bcv]/ && name_of[i] !~ /v[34]/)
            printf "    ~%s;\n", name_of[i]
        if (class != "v" && class != "s")
            printf "    !%s; %s ?: %s; truth && %s;\n", name_of[i], name_of[i], name_of[i], name_of[i]
        if (is_object(i) && class != "s" && class != "d" && (class != "c" || compiler == "gcc") && class != "v" && name_of[i] !~ /^p[69]$/)
            printf "    %s++; --%s;\n", name_of[i], name_of[i]
        if (is_object(i))
            printf "    %s = %s;\n", name_of[i], name_of[i]
        if (class == "c")
            printf "    __real__ %s; __imag__ %s; __real__ %s = 1;\n", name_of[i], name_of[i], name_of[i]
        if (class == "v")
            printf "    %s[n]; %s == %s; %s[1] = 1;\n", name_of[i], name_of[i], name_of[i], name_of[i]
        printf "    (n, %s); ({ %s; });\n", name_of[i], name_of[i]
        if (name_of[i] !~ /^fields/) {
            printf "    __typeof__(%s) *t = 0; *t; sizeof(%s); _Alignof(%s);\n", name_of[i], name_of[i], name_of[i]
            if (name_of[i] != "function" && class != "v")
                printf "    __auto_type a = %s; a;\n", name_of[i]
        }
        printf "}\n"
    }
}

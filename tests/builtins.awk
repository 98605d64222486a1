# SPDX-License-Identifier: MIT
# Writes a unit with a call of each function of grammar/builtins.def whose signature says all, where the compiler has it:
# what --emit=asserts is to be asked of. Those whose type depends on their arguments stand in cases/types/builtins.aco.
# usage: awk -v compiler=gcc|clang -f builtins.awk grammar/builtins.def >builtins.c

BEGIN {
    split("b=(_Bool)1 c=(char)1 h=(unsigned^char)1 s=(short)1 t=(unsigned^short)1 i=1 u=0u l=1l m=1ul q=1ll w=1ull n=(__int128)1 " \
          "o=(unsigned^__int128)1 z=sizeof(long) f=1.0f d=1.0 e=1.0l g=(__float128)1 r=(_Float16)1 L=list W=L'x'", pairs, " ")
    for (i in pairs) {
        value = substr(pairs[i], 3)
        gsub(/\^/, " ", value)
        values[substr(pairs[i], 1, 1)] = value
    }
    # literals that are asked for
    given["__builtin_cpu_is"] = "\"intel\""
    given["__builtin_cpu_supports"] = "\"sse2\""
    # only in a function of its own kind, or nowhere on this machine
    split("__builtin_va_arg_pack __builtin_va_arg_pack_len __builtin_apply_args __builtin_thread_pointer", excluded, " ")
    for (i in excluded)
        given[excluded[i]] = "-"
    print "#include <stdio.h>\nstatic void fixed(int first, ...)\n{\n    __builtin_va_list list;\n    __builtin_va_start(list, first);"
}

function next_argument(   letter)
{
    letter = substr(rest, 1, 1)
    rest = substr(rest, 2)
    if (letter == "p") {
        letter = substr(rest, 1, 1)
        if (rest ~ /^kc/) {
            rest = substr(rest, 3)
            return "\"text\""
        }
        next_argument()
        return "(void *)&list"
    }
    if (letter == "k")
        return next_argument()
    if (letter == "C")
        return "(_Complex double)" next_argument()
    return values[letter]
}

# The rest of a signature behind its result.
function skip_type()
{
    while (rest ~ /^[pkC]/)
        rest = substr(rest, 2)
    rest = substr(rest, 2)
}

{
    line = $0
    while (match(line, /^ *(BUILTIN|FOLDED)\([A-Za-z_0-9]+, "[^"]*"(, [A-Z_]+)?\)/)) {
        item = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        name = item
        sub(/^ *[A-Z]+\(/, "", name); sub(/,.*/, "", name)
        rest = item
        sub(/^[^"]*"/, "", rest); sub(/".*/, "", rest)
        if (rest ~ /x/ || given[name] == "-")
            continue
        skip_type()
        arguments = given[name]
        while (arguments == "" && rest != "" && rest != ".") {
            one = next_argument()
            many = many (many == "" ? "" : ", ") one
        }
        printf "#if __has_builtin(%s)\n    %s(%s);\n#endif\n", name, name, arguments == "" ? many : arguments
        many = ""
        if (arguments != "")
            rest = ""
    }
}

END {
    print "    __builtin_va_end(list);\n}\nvoid (*keep)(int, ...) = fixed;"
}

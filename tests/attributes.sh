#!/bin/sh
# SPDX-License-Identifier: MIT
# grammar/attribute_names.def says the truth: what may be offered for a misspelt attribute is one that gcc, or clang,
# knows (on x86, whose attributes it lists), and acoc warns of none that stands there. Prints what is wrong and exits 1.
# usage: attributes.sh [ACOC [FOLDER]]
cd "$(dirname "$0")/.." || exit 1
acoc=${1:-build/acoc} work=${2:-build/attributes}
[ -x "$acoc" ] || { echo "attributes: no compiler at '$acoc'; usage: sh tests/attributes.sh [ACOC [FOLDER]]" >&2; exit 2; }
mkdir -p "$work"

# declare WHO...: a variable with each attribute that those lists name, one a line
declare() {
    awk -v who=" $* " '
        /^ATTRIBUTE_NAMES\(/ { split($0, part, /[(,]/); listed = index(who, " " part[2] " ") }
        /^ *"/ && listed { gsub(/[")]/, ""); for (i = 1; i <= NF; i++) printf "int v%d __attribute__((%s));\n", ++count, $i }
    ' grammar/attribute_names.def
}
complain() { # who: the lines of standard input are wrong
    sed "s,^,attributes: $1: ," >>"$work/wrong"
}
: >"$work/wrong"

case $(cc -dumpmachine) in x86_64-*)
    declare BOTH GCC >"$work/gcc.c"
    gcc -fsyntax-only "$work/gcc.c" 2>&1 | grep 'attribute directive ignored' | complain gcc
    declare BOTH CLANG >"$work/clang.c"
    clang -fsyntax-only -ferror-limit=0 "$work/clang.c" 2>&1 | grep 'unknown attribute' | complain clang ;;
esac
declare BOTH GCC CLANG STANDARD ELSEWHERE | grep -v matrix_type >"$work/all.c" # which is refused by name
[ "$(wc -l <"$work/all.c")" -gt 500 ] || echo "only $(wc -l <"$work/all.c") names are found" | complain table
for compiler in gcc clang; do
    "$acoc" --cc=$compiler -Werror "$work/all.c" -o "$work/all.out.c" 2>&1 | grep error: | complain "acoc with $compiler"
    cmp "$work/all.c" "$work/all.out.c" 2>&1 | complain "acoc with $compiler"
done
cat "$work/wrong"
[ ! -s "$work/wrong" ]

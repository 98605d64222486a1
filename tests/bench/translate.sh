#!/bin/bash
# SPDX-License-Identifier: MIT
# What acoc costs: CPU seconds of its own (its preprocessor's are taken off), against `gcc -O0 -c` of the same file and of
# acoc's output; peak memory, and how both grow with the size. Medians of ROUNDS.
# usage: translate.sh BUILD FOLDER      ROUNDS=3, SQLITE=path of sqlite3.c in the environment
build=$1 out=$2/translate rounds=${ROUNDS:-3}
mkdir -p "$out"

repeat() { awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) { line = text; gsub(/@/, i, line); printf "%s\n", line } }'; }
unit() { # head, lines, what one line is (@: its number), tail
    printf '%s\n' "$1"; repeat "$2" "$3"; printf '%s\n' "$4"
}
aco='#include <acoc.h>
async int g(int x);'
programs() { # name, then the program on standard output
    local n=$2
    case $1 in
    functions) unit '' "$n" 'static int f@(int x) { int y = x * @; for (int i = 0; i < y; i++) x += i; return x; }' '' ;;
    coroutines) unit "$aco" "$n" 'async int f@(int x) { int y = yield from g(x); for (int i = 0; i < y; i++) x += yield from g(i); return x; }' '' ;;
    initialiser) unit 'int x[] = {' "$n" '@, 2, 3, 4, 5,' '};' ;;
    strings) unit 'const char *x[] = {' "$n" '"text @",' '};' ;;
    declarations) unit '' "$n" 'extern int d@;' '' ;;
    enumerators) unit 'enum e {' "$n" 'E@,' 'LAST };' ;;
    members) unit 'struct s {' "$n" 'int m@;' '};' ;;
    cases) unit 'int f(int x) { switch (x) {' "$n" 'case @: x += 2; break;' '} return x; }' ;;
    labels) unit 'int f(int x) {' "$n" 'l@: x += 2; if (x > @) goto l@;' 'return x; }' ;;
    locals) unit 'int f(int x) {' "$n" 'int v@ = x + @;' 'return x; }' ;;
    suspensions) unit "$aco
async int f(int x) {" "$n" 'x += yield from g(x);' 'return x; }' ;;
    kept-locals) unit "$aco
async int f(int x) {" "$n" 'int v@ = yield from g(x);' 'return x; }' ;;
    esac
}

field() { sed -n "s/.* \{0,1\}$1=\([0-9.]*\).*/\1/p"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "nan" }'; }
cpu() { for _ in $(seq "$rounds"); do timeout 120 "$2/measure" "${@:3}" 2>/dev/null | field "$1"; done | median; }

row() { # name, file, flags...
    local name=$1 file=$2 bytes; shift 2
    bytes=$(gcc -E "$@" -x c "$file" | wc -c)
    local pre own rss gcc emitted
    pre=$(cpu cpu_s "$tools" gcc -E -dD "$@" -x c "$file" -o "$out/x.i")
    own=$(cpu cpu_s "$tools" "$build/acoc" -w "$@" "$file" -o "$out/x.c")
    rss=$(cpu rss_kib "$tools" "$build/acoc" -w "$@" "$file" -o "$out/x.c")
    gcc=$(cpu cpu_s "$tools" gcc -O0 -w "$@" -x c -c "$file" -o "$out/x.o")
    emitted=$(cpu cpu_s "$tools" gcc -O0 -w "$@" -c "$out/x.c" -o "$out/x.o")
    awk -v name="$name" -v b="$bytes" -v p="$pre" -v a="$own" -v r="$rss" -v g="$gcc" -v e="$emitted" 'BEGIN {
        own = a - p; if (own < 0.001) own = 0.001
        printf "%-26s %10d %8.3f %8s %7s %8.3f %8.1f %7.1f\n", name, b, own, g == "nan" ? "-" : sprintf("%.3f", g),
            g == "nan" || g == 0 ? "-" : sprintf("%.0f%%", 100 * own / g), e, r / 1024, r * 1024 / b }'
}

tools=$2
printf '%-26s %10s %8s %8s %7s %8s %8s %7s\n' translate bytes acoc gcc-O0 ratio gcc-out MiB B/byte
for shape in functions:10 functions:100 functions:1000 functions:10000 coroutines:10 coroutines:100 coroutines:1000 \
    initialiser:20000 initialiser:200000 strings:10000 strings:100000 declarations:10000 declarations:100000 \
    enumerators:100000 members:100000 cases:10000 cases:100000 labels:10000 locals:10000 \
    suspensions:1000 suspensions:2000 suspensions:4000 kept-locals:1000 kept-locals:2000 kept-locals:4000; do
    programs "${shape%:*}" "${shape#*:}" >"$out/x.aco"
    row "$shape" "$out/x.aco" -Iruntime
done
printf '#include <glib.h>\n#include <openssl/ssl.h>\nint main(void) { return 0; }\n' >"$out/x.aco"
flags=$(pkg-config --cflags glib-2.0 openssl 2>/dev/null) && row glib+openssl "$out/x.aco" $flags
[ -f "${SQLITE:-}" ] && row sqlite "$SQLITE"
exit 0

#!/bin/bash
# SPDX-License-Identifier: MIT
# What acoc costs: CPU seconds of its own (its preprocessor's are taken off), against `gcc -O0 -c` of the same file and of
# acoc's output; the memory it says it took (--statistics), and how both grow with the size. Medians of ROUNDS; a run
# that takes 30 s is given up ("-").
# usage: translate.sh BUILD FOLDER      ROUNDS=3, SQLITE=path of sqlite3.c in the environment
build=$1 out=$2/translate rounds=${ROUNDS:-3}
mkdir -p "$out"

. "$(dirname "$0")/../shapes.sh"
aco='#include <acoc.h>
async int g(int x);'

field() { sed -n "s/.* \{0,1\}$1=\([0-9.]*\).*/\1/p"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "nan" }'; }
cpu() { for _ in $(seq "$rounds"); do timeout 30 "$2/measure" "${@:3}" 2>/dev/null | field "$1"; done | median; }

row() { # name, file, flags...
    local name=$1 file=$2 bytes; shift 2
    bytes=$(gcc -E "$@" -x c "$file" | wc -c)
    local pre own memory gcc emitted
    pre=$(cpu cpu_s "$tools" gcc -E -dD "$@" -x c "$file" -o "$out/x.i")
    own=$(cpu cpu_s "$tools" "$build/acoc" -w "$@" "$file" -o "$out/x.c")
    memory=$("$build/acoc" -w --statistics "$@" "$file" -o "$out/x.c" 2>&1 | awk '/bytes of memory/ { print $4 }')
    gcc=$(cpu cpu_s "$tools" gcc -O0 -w "$@" -x c -c "$file" -o "$out/x.o")
    emitted=$gcc # of the same text
    cmp -s "$file" "$out/x.c" || emitted=$(cpu cpu_s "$tools" gcc -O0 -w "$@" -c "$out/x.c" -o "$out/x.o")
    awk -v name="$name" -v b="$bytes" -v p="$pre" -v a="$own" -v m="$memory" -v g="$gcc" -v e="$emitted" 'BEGIN {
        own = a - p; if (own < 0.001) own = 0.001
        printf "%-26s %10d %8.3f %8s %7s %8.3f %8.1f %7.1f\n", name, b, own, g == "nan" ? "-" : sprintf("%.3f", g),
            g == "nan" || g == 0 ? "-" : sprintf("%.0f%%", 100 * own / g), e, m / 1048576, m / b }'
}

tools=$2
printf '%-26s %10s %8s %8s %7s %8s %8s %7s\n' translate bytes acoc gcc-O0 ratio gcc-out MiB B/byte
for shape in functions:10 functions:100 functions:1000 functions:10000 coroutines:10 coroutines:100 coroutines:1000 \
    initialiser:20000 initialiser:200000 strings:10000 strings:100000 declarations:10000 declarations:100000 \
    enumerators:100000 members:100000 cases:10000 cases:100000 labels:10000 locals:10000 \
    suspensions:1000 suspensions:2000 suspensions:4000 kept-locals:1000 kept-locals:2000 kept-locals:4000; do
    shape "${shape%:*}" "${shape#*:}" >"$out/x.aco"
    row "$shape" "$out/x.aco" -Iruntime
done
printf '#include <glib.h>\n#include <openssl/ssl.h>\nint main(void) { return 0; }\n' >"$out/x.aco"
if flags=$(pkg-config --cflags glib-2.0 openssl 2>/dev/null); then
    row glib+openssl-headers "$out/x.aco" $flags
    row glib+openssl-program "$(dirname "$0")/translate/mirror.c" -D_GNU_SOURCE $flags
fi
[ -f "${SQLITE:-}" ] && row sqlite "$SQLITE"
exit 0

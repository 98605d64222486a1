#!/bin/sh
# SPDX-License-Identifier: MIT
# How long the emitted coroutines are: the lines of each acoc_await_NAME, without #line and empty lines, against those of
# the coroutine. Over programs as people write them (examples, runtime) at most 3 times as many; in a case full of
# suspensions at most 6 lines more for each of them, and 10 for each coroutine. Prints what is above and exits 1.
# usage: lines.sh [ACOC [FOLDER [show]]]        show: every file, the longest last
cd "$(dirname "$0")/.." || exit 1
acoc=${1:-build/acoc} work=${2:-build/lines} show=$3
[ -x "$acoc" ] || { echo "lines: no compiler at '$acoc'; usage: sh tests/lines.sh [ACOC [FOLDER [show]]]" >&2; exit 2; }
mkdir -p "$work"

count() { # file: "lines emitted coroutines suspensions file"
    "$acoc" -w -Iruntime -I"$(dirname "$1")" -Itests $(sed -n 's,^// flags: ,,p' "$1") "$1" -o "$work/lines.c" 2>/dev/null || return
    awk -v file="$1" '
        /^#line/ || /^[ \t]*$/ { next }
        FNR == NR && /^([A-Za-z_].*[ \t])?async [^;=]*\([^;]*(\{.*)?$/ { lines++; inside = !/\{.*\}[ \t]*$/; next }
        FNR == NR && inside && /^[^{].*;$/ && !/^[ \t}]/ { lines--; inside = 0 } # it was a declaration of several lines
        FNR == NR { lines += inside; if (/^}/) inside = 0; next }
        FNR == 1 { inside = 0 }
        /acoc_status acoc_await_.*acoc_base_.*\)$/ { inside = 1; coroutines++ }
        inside { emitted++; suspensions += /acoc_resume_[0-9]+:/ }
        /^}/ { inside = 0 }
        END { print lines + 0, emitted + 0, coroutines + 0, suspensions + 0, file }' "$1" "$work/lines.c"
}

for file in examples/*.aco runtime/*/*.aco tests/cases/run/*.aco tests/cases/run-async/*.aco; do count "$file"; done |
    awk -v show="$show" '
        $1 { ratio = $2 / $1 }
        show && $1 { printf "%6.2f %5d lines %6d emitted %4d suspensions %s\n", ratio, $1, $2, $4, $5 | "sort -n" }
        $2 > $1 + 6 * $4 + 10 * $3 { printf "%s: %d lines emitted for %d, %d suspensions\n", $5, $2, $1, $4; failed = 1 }
        $5 !~ /cases/ && $1 { lines += $1; emitted += $2 }
        END {
            if (show) close("sort -n")
            printf "lines: %d of coroutines, %d emitted, %.2f times\n", lines, emitted, emitted / lines
            exit failed || emitted > 3 * lines || lines < 200
        }'

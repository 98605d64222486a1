#!/bin/sh
# SPDX-License-Identifier: MIT
# Twice as much of anything takes acoc twice as much: of memory, by its own account, and of instructions where valgrind
# can count them. Memory also has a bound for each token. Prints what grows faster and exits 1. Time is not looked at.
# usage: growth.sh [ACOC [FOLDER [show]]]        show: the figures of every shape
acoc=${1:-build/acoc} work=${2:-build/growth} show=$3
[ -x "$acoc" ] || { echo "growth: no compiler at '$acoc'; usage: sh tests/growth.sh [ACOC [FOLDER [show]]]" >&2; exit 2; }
mkdir -p "$work"
. "$(dirname "$0")/shapes.sh"

account() { "$acoc" -w -fmax-errors=0 --statistics "$work/x.aco" -o "$work/x.c" 2>&1 | awk '/bytes of memory/ { print $2, $4 }'; }
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$acoc" -w -fmax-errors=0 "$work/x.aco" -o "$work/x.c" 2>&1 |
        awk '/Collected/ { print $NF }'
}
measure() { # account|instructions shape count
    shape "$2" "$3" >"$work/x.aco"
    "$1"
}

# shape, how many for memory, bytes of memory a token at most, how many for instructions
table='functions 2000 450 100
coroutines 1000 1300 50
initialiser 10000 320 300
strings 25000 540 500
declarations 20000 600 500
enumerators 25000 720 500
members 20000 650 500
cases 10000 420 300
labels 10000 420 1000
locals 10000 540 300
macros 5000 420 100
prototypes 10000 600 200
errors 10000 640 3000
macro-errors 10000 1600 3000
suspensions 1000 2000 50
kept-locals 1000 2200 50'

shape nothing 0 >"$work/x.aco"
least=0
command -v valgrind >/dev/null && least=$(instructions)
echo "$table" | while read -r name many bound few; do
    set -- $(measure account "$name" "$many") $(measure account "$name" $((2 * many)))
    echo "$name" "$@" "$bound"
    [ "$least" = 0 ] || echo "$name" "$least" "$(measure instructions "$name" "$few")" "$(measure instructions "$name" $((2 * few)))"
done | awk -v show="$show" '
    NF == 6 {
        if (show) printf "%-14s %6.1f MiB, %5.2f times that for twice as many, %5.0f bytes a token\n", $1, $3 / 1048576, $5 / $3, $5 / $4
        if ($5 > 2.1 * $3 + 16777216) { print $1 ": twice as many take", $5 / $3, "times the memory"; failed = 1 }
        if ($5 > $6 * $4) { print $1 ": a token takes", $5 / $4, "bytes of memory, more than", $6; failed = 1 }
        next
    }
    NF == 4 {
        grown = ($4 - $2) / ($3 - $2)
        if (show) printf "%-14s %6.1f million instructions, %5.2f times that for twice as many\n", $1, ($3 - $2) / 1e6, grown
        if (grown > 2.3) { print $1 ": twice as many take", grown, "times the instructions"; failed = 1 }
        next
    }
    { print "no figures: " $0; failed = 1 }
    END { exit failed }'

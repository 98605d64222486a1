#!/bin/sh
# SPDX-License-Identifier: MIT
# Random programs of random.awk: without ideas each must print what its sync twin prints, with them what it prints when
# nothing suspends, under ACOC_SUSPEND=never, always and two seeds. Locals are filled with a pattern where the compiler
# can, so a value that was not saved shows. A program whose twin says different things by gcc and by clang depends on the
# order of operands, which C leaves open: it is left out, and said so. A failing program stays in FOLDER.
# usage: random.sh ACOC LIBACOC FOLDER [COUNT [FIRST [FLAGS OF THE C COMPILER]]]
acoc=$1 library=$2 work=$3 count=${4:-30} first=${5:-1} flags=${6:--ftrivial-auto-var-init=pattern} seed=$7
ideas=$((seed % 2)) name=$work/random-$seed

complain() {
    echo "random $seed: $1: $name.aco"
    exit
}

# The program's twin: the words away, as for tests/cases/run.
run_twin() { # compiler, what it prints
    sed -E 's/\byield from\b//g; s/\basync\b//g; /acoc\.h/d' "$name.aco" >"$name-twin.c"
    "$1" -std=gnu11 -w -fwrapv "$name-twin.c" -o "$name-twin" && timeout 20 "$name-twin" >"$2" 2>&1
}

order_is_open() {
    [ $ideas = 0 ] && command -v clang >/dev/null && run_twin clang "$name.twin" && ! cmp -s "$name.twin" "$name.expected"
}

differs() {
    order_is_open || complain "differs under ACOC_SUSPEND=$mode"
    rm -f "$name"[.-]*
    echo "random $seed: order is open"
    exit
}

one() {
    [ $((seed % 4)) -lt 2 ] && compiler=gcc || compiler=clang
    awk -v seed="$seed" -v ideas=$ideas -f tests/random.awk >"$name.aco"
    timeout 20 "$acoc" -w -Iruntime "$name.aco" -o "$name.c" || complain "acoc"
    $compiler -std=gnu11 -O$((seed % 3)) -w -fwrapv $flags -DACOC_FORCE_SUSPEND -Iruntime "$name.c" tests/link/left.c "$library" \
        -pthread -lm -o "$name.run" || complain "$compiler"
    if [ $ideas = 0 ]; then run_twin gcc "$name.expected"; else ACOC_SUSPEND=never timeout 20 "$name.run" >"$name.expected" 2>&1; fi ||
        complain "exit status"
    for mode in never always 1 2; do
        ACOC_SUSPEND=$mode timeout 20 "$name.run" >"$name.actual" 2>&1 && cmp -s "$name.actual" "$name.expected" || differs
    done
    rm -f "$name"[.-]*
    echo "random $seed: good"
}

if [ "$seed" ]; then
    one
else
    mkdir -p "$work"
    seq "$first" $((first + count - 1)) | xargs -P "$(nproc)" -n 1 sh "$0" "$acoc" "$library" "$work" "$count" "$first" "$flags" |
        awk '/: good$/ { good++; next } /: order is open$/ { open++; next } { print; failed++ }
            END { printf "random: %d programs, %d failures; %d left out that gcc and clang see differently\n", good + failed, failed, open
                exit failed > 0 }'
fi

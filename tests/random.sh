#!/bin/sh
# SPDX-License-Identifier: MIT
# Random programs of random.awk: without ideas each must print what its sync twin prints, with them what it prints when
# nothing suspends, under ACOC_SUSPEND=never, always and two seeds. Locals are filled with a pattern where the compiler
# can, so a value that was not saved shows. A failing program stays in FOLDER.
# usage: random.sh ACOC LIBACOC FOLDER [COUNT [FIRST [FLAGS OF THE C COMPILER]]]
acoc=$1 library=$2 work=$3 count=${4:-30} seed=${5:-1} flags=${6:--ftrivial-auto-var-init=pattern}
mkdir -p "$work"
failed=0 last=$((seed + count))

complain() {
    failed=$((failed + 1))
    echo "random $seed: $1: $name.aco"
}

# The program's twin: the words away, as for tests/cases/run.
run_twin() {
    sed -E 's/\byield from\b//g; s/\basync\b//g; /acoc\.h/d' "$name.aco" >"$name-twin.c"
    gcc -std=gnu11 -w -fwrapv "$name-twin.c" -o "$name-twin" && timeout 20 "$name-twin" >"$name.expected" 2>&1
}

check_runs() {
    if [ $ideas = 0 ]; then run_twin; else ACOC_SUSPEND=never timeout 20 "$name.run" >"$name.expected" 2>&1; fi ||
        { complain "exit status"; return 1; }
    for mode in never always 1 2; do
        ACOC_SUSPEND=$mode timeout 20 "$name.run" >"$name.actual" 2>&1 && cmp -s "$name.actual" "$name.expected" && continue
        complain "differs under ACOC_SUSPEND=$mode"
        return 1
    done
}

while [ "$seed" -lt "$last" ]; do
    ideas=$((seed % 2)) name=$work/random-$seed
    [ $((seed % 4)) -lt 2 ] && compiler=gcc || compiler=clang
    awk -v seed="$seed" -v ideas=$ideas -f tests/random.awk >"$name.aco"
    if ! timeout 20 "$acoc" -w -Iruntime "$name.aco" -o "$name.c"; then
        complain "acoc"
    elif ! $compiler -std=gnu11 -O$((seed % 3)) -w -fwrapv $flags -DACOC_FORCE_SUSPEND -Iruntime "$name.c" "$library" \
        -pthread -lm -o "$name.run"; then
        complain "$compiler"
    elif check_runs; then
        rm -f "$name"[.-]*
    fi
    seed=$((seed + 1))
done
echo "random: $count programs, $failed failures"
[ $failed = 0 ]

#!/bin/sh
# SPDX-License-Identifier: MIT
# Damaged programs: every case and example is cut at many places and has bytes changed; acoc must end with 0 or 1.
# usage: fuzz.sh ACOC FOLDER [ROUNDS]
acoc=$1 work=$2 rounds=${3:-20}
mkdir -p "$work"
failed=0 tried=0

attempt() {
    timeout 20 "$acoc" -w -Iruntime "$work/damaged.aco" -o "$work/damaged.c" >"$work/messages" 2>&1
    status=$?
    tried=$((tried + 1))
    [ $status -le 1 ] && ! grep -q 'Sanitizer\|runtime error' "$work/messages" && return
    failed=$((failed + 1))
    cp "$work/damaged.aco" "$work/failure-$failed.aco"
    echo "status $status: $work/failure-$failed.aco"
}

for program in examples/*.aco tests/cases/*/*.aco; do
    [ -f "$program" ] || continue
    size=$(wc -c <"$program")
    round=0
    while [ $round -lt "$rounds" ]; do
        place=$(( (round * 7919 + size * 31) % (size + 1) ))
        head -c $place "$program" >"$work/damaged.aco"
        attempt
        { head -c $place "$program"; printf '%b' "\\$(printf '%03o' $(( (round * 37 + place) % 127 + 1 )))"
          tail -c +$((place + 2)) "$program"; } >"$work/damaged.aco"
        attempt
        round=$((round + 1))
    done
done
echo "fuzz: $tried damaged programs, $failed failures"
[ $failed = 0 ]

#!/bin/sh
# SPDX-License-Identifier: MIT
# The frames of the benchmark coroutines, in bytes: acoc's, C++20's as clang and gcc make them, Rust's futures. A
# contender whose compiler is missing is left out. usage: sh tests/bench/frames.sh [BUILD]
build=${1:-build}
bench=$(dirname "$0")
work=$build/bench/frames
mkdir -p "$work"

acoc() {
    for file in await-ready/inner await-ready/units deep/chain sleepers/tasks echo/streams switch/tasks; do
        "$build/acoc" -Iruntime -I"$bench/tools" --emit=frames "$bench/$file.aco"
    done | sed -n 's/^\([a-z]*\), line [0-9]*: \([0-9]*\) bytes.*/\1 \2/p'
}

peer() { # name, command that builds $work/name
    name=$1
    shift
    "$@" -o "$work/$name" 2>/dev/null && "$work/$name" >"$work/$name.txt"
}

acoc >"$work/acoc.txt"
peer clang clang++ -std=c++20 -O2 "$bench/frames/frames.cpp"
peer gcc g++ -std=c++20 -O2 "$bench/frames/frames.cpp"
peer rust rustc -O --edition 2021 "$bench/frames/frames.rs"
printf '%-10s %8s %8s %8s %8s\n' coroutine acoc clang++ g++ rust
for name in inner outer body chain sleeper handle; do
    printf '%-10s' "$name"
    for contender in acoc clang gcc rust; do
        printf ' %8s' "$(sed -n "s/^$name //p" "$work/$contender.txt" 2>/dev/null | tail -1)"
    done
    echo
done

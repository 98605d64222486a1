#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs acoc's programs, the hand-written floors and C++20 side by side: contenders interleaved round by round, the
# program under test on core 0, load generators on core 1. Prints medians, spread (max - min) / median, and the median
# of the ratios to the floor taken round by round, so that a drift of the machine's speed cancels.
# usage: run.sh [WORKLOAD...]     ROUNDS=5 SECS=2 CASES="64:64:1 …" (connections:bytes:depth) in the environment
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${ACOC_BUILD:-build}
out=$build/bench
rounds=${ROUNDS:-5} secs=${SECS:-2}
cases=${CASES:-"64:64:1 1:64:1 64:16384:1 64:64:16"}
src=tests/bench
mkdir -p "$out"
results=$out/results.txt
: >"$results"

# ---- building: only what is older than its source

newer() { [ "$1" -nt "$2" ] && [ "$1" -nt "$build/libacoc.a" ]; }
build_c() { # name source flags...
    local o=$out/$1 s=$src/$2; shift 2
    newer "$o" "$s" || gcc -std=gnu11 -O2 -Iruntime -I$src/tools "$s" "$@" -o "$o" || echo "not built: $s" >&2
}
build_cpp() { # name source
    newer "$out/$1" "$src/$2" || g++ -std=c++20 -fcoroutines -O2 -I$src/tools "$src/$2" -o "$out/$1" 2>/dev/null ||
        echo "left out: $1 (needs a C++20 compiler)" >&2
}
build_aco() { # name sources...
    local o=$out/$1 c=(); shift
    for s in "$@"; do
        "$build/acoc" -Iruntime -I$src/tools "$src/$s" -o "$out/$(echo "$s" | tr / _).c" || return
        c+=("$out/$(echo "$s" | tr / _).c")
    done
    gcc -std=gnu11 -O2 -Iruntime -I$src/tools "${c[@]}" "$build/libacoc.a" -pthread -lm -o "$o"
}
build_all() {
    for t in loadgen measure srvcpu; do build_c $t tools/$t.c; done
    build_c await-call await-ready/call.c
    for w in await-ready switch deep spawn-join; do build_c $w-sm $w/sm.c; build_cpp $w-co $w/co.cpp; done
    build_cpp await-ready-co-freelist await-ready/co_freelist.cpp
    build_cpp sleepers-co sleepers/co.cpp
    build_c echo-epoll echo/epoll.c
    build_aco await-units await-ready/units.aco await-ready/inner.aco
    build_aco await-static await-ready/static.aco
    build_aco switch-acoc switch/tasks.aco
    build_aco deep-acoc deep/chain.aco
    build_aco spawn-acoc spawn-join/tasks.aco
    build_aco sleepers-acoc sleepers/tasks.aco
    build_aco hot-loop-acoc hot-loop/loop.aco
    build_c hot-loop-plain hot-loop/plain.c
    build_aco echo-streams echo/streams.aco
    build_c echo-protocol echo/protocol.c "$build/libacoc.a" -pthread -lm
}

# ---- running: every sample is one line "workload contender round value"

sample() { # workload contender round key: reads RESULT lines
    awk -v w="$1" -v c="$2" -v r="$3" -v k="$4" '/^RESULT/ { for (i = 2; i <= NF; i++) { split($i, a, "=");
        if (a[1] == k) print w, c, r, a[2] } }' >>"$results"
}
micro() { # workload round contender command...
    local w=$1 r=$2 c=$3; shift 3
    [ -x "$1" ] && timeout 100 taskset -c 0 "$@" | sample "$w" "$c" "$r" ns_per_op
}
run_await_ready() { for r in $(seq "$rounds"); do
    micro await-ready $r c-call $out/await-call 100000000
    micro await-ready $r acoc-across-units $out/await-units 100000000
    micro await-ready $r acoc-static $out/await-static 100000000
    micro await-ready $r c++20 $out/await-ready-co 20000000
    micro await-ready $r c++20-free-lists $out/await-ready-co-freelist 50000000
    micro await-ready $r c-state-machine $out/await-ready-sm embedded 100000000
done; }
run_hot_loop() { for r in $(seq "$rounds"); do
    micro hot-loop $r c-function $out/hot-loop-plain 20000
    micro hot-loop $r acoc $out/hot-loop-acoc 20000
done; }
run_switch() { for r in $(seq "$rounds"); do
    micro switch $r c++20-own-queue $out/switch-co 20000000
    micro switch $r acoc $out/switch-acoc 20000000
    micro switch $r c-state-machine $out/switch-sm 20000000
done; }
run_deep() { local d; for r in $(seq "$rounds"); do for d in 1 16; do
    micro deep-$d $r c++20-own-queue $out/deep-co 5000000 $d
    micro deep-$d $r acoc $out/deep-acoc 5000000 $d
    micro deep-$d $r c-state-machine $out/deep-sm leaf 5000000 $d
done; done; }
run_spawn_join() { for r in $(seq "$rounds"); do
    micro spawn-join $r c++20 $out/spawn-join-co 5000000
    micro spawn-join $r acoc $out/spawn-acoc 5000000
    micro spawn-join $r c-state-machine $out/spawn-join-sm 5000000
done; }

rss() { timeout 100 taskset -c 0 "$out/measure" "$@" | sed -n 's/^RESULT rss_kib=\([0-9]*\).*/\1/p'; }
run_sleepers() { # bytes per task: peak memory of 1,000,000, less that of one
    local c one all
    "$out/sleepers-acoc" 1000000 5 show || echo "sleepers: not whole tasks" >&2
    for r in $(seq 3); do for c in c++20-heap:sleepers-co acoc:sleepers-acoc; do
        [ -x "$out/${c#*:}" ] || continue
        one=$(rss "$out/${c#*:}" 1 1) all=$(rss "$out/${c#*:}" 1000000 5)
        echo "sleepers-bytes ${c%%:*} $r $(((all - one) * 1024 / 1000000))" >>"$results"
    done; done
}

port=7100
run_echo() { local c n pid; for r in $(seq "$rounds"); do for c in $cases; do for n in epoll streams protocol; do
    port=$((port + 1))
    taskset -c 0 "$out/echo-$n" $port >"$out/server.out" 2>"$out/server.err" &
    pid=$!
    for _ in $(seq 100); do grep -q READY "$out/server.out" && break; sleep 0.05; done
    timeout 60 taskset -c 1 "$out/loadgen" $port ${c//:/ } "$secs" $pid | sample "echo-$c-cpu-us" $n $r srv_us_per_req
    kill $pid; wait $pid 2>/dev/null
done; done; done; }

run_translate() { bash "$src/translate.sh" "$build" "$out"; }

report() { # the first contender of a workload is its floor
    awk '{ if (!(($1) in seen)) { seen[$1] = ++workloads; name[workloads] = $1 }
           if (!(($1, $2) in known)) { known[$1, $2] = 1; who[$1, ++count[$1]] = $2 }
           value[$1, $2, $3] = $4; if ($3 > last[$1]) last[$1] = $3 }
         function median(list, n,   i, j, t) { for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j-1] > list[j]; j--) {
             t = list[j]; list[j] = list[j-1]; list[j-1] = t } return n ? (list[int((n + 1) / 2)] + list[int(n / 2) + 1]) / 2 : 0 }
         END { printf "%-22s %-20s %10s %8s %8s  %s\n", "workload", "contender", "median", "spread", "ratio", "ratio round by round"
             for (w = 1; w <= workloads; w++) for (c = 1; c <= count[name[w]]; c++) { k = name[w]; who_is = who[k, c]; n = m = 0; line = ""
                 for (r = 1; r <= last[k]; r++) if ((k, who_is, r) in value) { v[++n] = value[k, who_is, r] + 0
                     f = value[k, who[k, 1], r] + 0; if (f > 0) { q[++m] = v[n] / f; line = line sprintf(" %.2f", q[m]) } }
                 mid = median(v, n); printf "%-22s %-20s %10.2f %7.0f%% %8.2f %s\n", k, who_is, mid, mid ? 100 * (v[n] - v[1]) / mid : 0, median(q, m), line } }' "$results"
}

build_all
for w in ${@:-await_ready hot_loop switch deep spawn_join sleepers echo translate}; do run_${w//-/_}; done
report

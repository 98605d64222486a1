#!/bin/sh
# SPDX-License-Identifier: MIT
# Programs of Csmith turned into coroutines by csmith.awk: each must print the checksum of the plain program, compiled by
# gcc and clang, with -O0 and -O2, one of them under UndefinedBehaviorSanitizer, under ACOC_SUSPEND=never, always and a
# seed. Frames and locals that were not set hold a pattern. A program that runs longer than 2 s is left out, and said so;
# so is one of which gcc and clang print different things: it depends on what C leaves open.
# usage: csmith.sh ACOC LIBACOC FOLDER [COUNT [FIRST [all | some | FLAGS]]]
# all: each of the four builds; some: two of them by turns; flags of gcc: one build with these.
# A failing seed N stays in FOLDER; csmith.sh ACOC LIBACOC FOLDER 1 N all tries it again.
acoc=$1 library=$2 work=$3 count=${4:-25} first=${5:-1} extent=${6:-all}
include=$(for folder in /usr/include/csmith /usr/include/csmith-* /usr/local/include/csmith*; do
    [ -e "$folder/csmith.h" ] && echo "$folder" && break; done)
pattern=-ftrivial-auto-var-init=pattern
undefined="$pattern -fsanitize=undefined"
coroutine_flags="-std=gnu11 -w -fwrapv -DACOC_FORCE_SUSPEND -Iruntime -I$include"

# Size and kind of the program by its seed.
generate() {
    case $((seed % 5)) in
    0) size="--max-funcs 6 --max-block-depth 4 --max-expr-complexity 5" ;;
    1) size="--max-funcs 3 --max-block-depth 5 --max-expr-complexity 4 --float" ;;
    2) size="--max-funcs 8 --max-block-depth 2 --max-expr-complexity 8 --no-packed-struct" ;;
    3) size="--max-funcs 4 --max-block-depth 3 --max-expr-complexity 10 --max-struct-fields 4" ;;
    4) size="--max-funcs 5 --max-block-depth 3 --max-block-size 8 --max-expr-complexity 3 --no-volatiles" ;;
    esac
    (cd "$work" && csmith --seed "$seed" --concise --max-array-len-per-dim 5 $size) >"$name-csmith.c" # it leaves a file there
    awk -v seed="$seed" -v plain=1 -f tests/csmith.awk "$name-csmith.c" >"$name-plain.c"
    awk -v seed="$seed" -f tests/csmith.awk "$name-csmith.c" >"$name.aco"
}

complain() {
    echo "csmith $seed: $1: $name.aco"
    echo "  again: sh tests/csmith.sh $acoc $library $work 1 $seed all" >&2
    command -v cvise >/dev/null && echo "  smaller: cvise on $name.aco with a script that asks for this failure" >&2
    exit
}

run_plain() { # the checksum to reach
    gcc -std=gnu11 -w -fwrapv -O1 "-I$include" "$name-plain.c" -o "$name-plain" || complain "gcc on Csmith's own program"
    timeout 2 "$name-plain" >"$name.expected" 2>&1 && return
    rm -f "$name"[.-]*
    echo "csmith $seed: runs too long"
    exit
}

# C leaves the order of operands open, and gcc and clang differ in it: what such a program prints is no measure.
leave_out_if_order_is_open() {
    clang -std=gnu11 -w -fwrapv -O0 "-I$include" "$name-plain.c" -o "$name-plain" && timeout 10 "$name-plain" 2>&1 |
        cmp -s - "$name.expected" && return 1
    rm -f "$name"[.-]*
    echo "csmith $seed: order is open"
    exit
}

build() { # compiler flags...
    compiler=$1; shift
    timeout 60 "$acoc" -w --cc="$compiler" -Iruntime "-I$include" "$name.aco" -o "$name.c" || complain "acoc"
    timeout 300 "$compiler" $coroutine_flags "$@" "$name.c" "$library" -pthread -lm -o "$name.run" || complain "$compiler $*"
    for mode in never always "$seed"; do
        ACOC_SUSPEND=$mode timeout 200 "$name.run" >"$name.actual" 2>"$name.messages"
        status=$?
        [ $status = 124 ] && complain "no end under ACOC_SUSPEND=$mode, $compiler $*"
        cmp -s "$name.actual" "$name.expected" || leave_out_if_order_is_open || complain "differs under ACOC_SUSPEND=$mode, $compiler $*"
        [ $status = 0 ] && [ ! -s "$name.messages" ] || excused "$compiler" "$@" ||
            complain "status $status, $(head -c 300 "$name.messages") under ACOC_SUSPEND=$mode, $compiler $*"
    done
}

# What the sanitizer says of the plain program, too, is Csmith's.
excused() {
    compiler=$1; shift
    case $* in *sanitize*) ;; *) return 1 ;; esac
    "$compiler" -std=gnu11 -w -fwrapv "$@" "-I$include" "$name-plain.c" -lm -o "$name-plain" &&
        timeout 20 "$name-plain" 2>&1 | grep -q 'runtime error'
}

one() {
    seed=$1 name=$work/csmith-$1
    generate
    run_plain
    case $extent in
    -*) build gcc $extent ;;
    all) build gcc -O0 $pattern; build gcc -O2 $pattern; build clang -O2 $pattern; build clang -O0 $undefined ;;
    *) [ $((seed % 2)) = 0 ] && { build gcc -O0 $pattern; build clang -O2 $pattern; } ||
        { build gcc -O2 $pattern; build clang -O0 $undefined; } ;;
    esac
    rm -f "$name"[.-]*
    echo "csmith $seed: good"
}

if [ "$7" ]; then
    one "$7"
elif ! command -v csmith >/dev/null || [ -z "$include" ]; then
    echo "csmith: not installed, left out"
else
    mkdir -p "$work"
    seq "$first" $((first + count - 1)) |
        xargs -P "$(nproc)" -n 1 sh "$0" "$acoc" "$library" "$work" "$count" "$first" "$extent" |
        awk '/: good$/ { good++; next } /: runs too long$/ { long++; next } /: order is open$/ { open++; next } { print; failed++ }
            END { printf "csmith: %d programs, %d failures; %d left out that run too long, %d that gcc and clang see differently\n",
                  good + failed, failed, long, open
                  exit failed > 0 }'
fi

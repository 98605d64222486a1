#!/bin/sh
# SPDX-License-Identifier: MIT
# Programs of Csmith turned into coroutines by csmith.awk: each must print what the plain program prints, compiled by gcc and
# clang, at some level of optimisation, some under UndefinedBehaviorSanitizer, under ACOC_SUSPEND=never, always and a
# seed; then it is cancelled after some turns of the loop: what it computes does not matter then, but it must end well
# and leave nothing behind. Frames and locals that were not set hold a pattern. A program that runs longer than 1 s is left
# out, and said so; so is one of which gcc and clang print different things: it depends on what C leaves open.
# usage: csmith.sh ACOC LIBACOC FOLDER [COUNT [FIRST [all | turns | FLAGS]]]
# all: gcc and clang, -O0 and -O2, one with UBSan; turns: one build with each compiler, whose level is the seed's, from -O0 to
# -O3, -Og and -Os; flags of gcc: one build with these.
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
    0) size="--max-funcs 4 --max-block-depth 4 --max-block-size 3 --max-expr-complexity 4" ;;
    1) size="--max-funcs 3 --max-block-depth 4 --max-block-size 3 --max-expr-complexity 4 --float" ;;
    2) size="--max-funcs 6 --max-block-depth 2 --max-expr-complexity 7 --no-packed-struct" ;;
    3) size="--max-funcs 3 --max-block-depth 3 --max-expr-complexity 9 --max-struct-fields 4" ;;
    4) size="--max-funcs 3 --max-block-depth 2 --max-block-size 8 --max-expr-complexity 3 --no-volatiles" ;;
    esac
    (cd "$work" && csmith --seed "$seed" --concise --max-array-len-per-dim 5 $size) >"$name-csmith.c" # it leaves a file there
    awk -v seed="$seed" -v plain=1 -f tests/csmith_forms.awk -f tests/csmith.awk "$name-csmith.c" >"$name-plain.c"
    awk -v seed="$seed" -f tests/csmith_forms.awk -f tests/csmith.awk "$name-csmith.c" >"$name.aco"
}

complain() {
    echo "csmith $seed: $1: $name.aco"
    echo "  again: sh tests/csmith.sh $acoc $library $work 1 $seed all" >&2
    command -v cvise >/dev/null && echo "  smaller: cvise on $name.aco with a script that asks for this failure" >&2
    exit
}

run_plain() { # the checksum to reach
    gcc -std=gnu11 -w -fwrapv -O0 "-I$include" "$name-plain.c" -o "$name-plain" || complain "gcc on Csmith's own program"
    # the shell tells who was killed: the one inside, to nobody, which waits since it has something left to do
    { (ulimit -t 1; timeout 20 "$name-plain" >"$name.expected" 2>&1; exit $?); } 2>/dev/null && return
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
        run_program "ACOC_SUSPEND=$mode" "$@"
        cmp -s "$name.actual" "$name.expected" || leave_out_if_order_is_open || complain "differs under $under"
    done
    for turns in $((seed % 4)) $((5 + seed % 17)) $((25 + seed % 211)); do
        run_program "ACOC_SUSPEND=$([ $((seed % 3)) = 0 ] && echo never || echo "$seed$turns") CSMITH_CANCEL=$turns" "$@"
    done
}

# Ends with status 0 and says nothing on standard error. Leaves what it prints in $name.actual.
run_program() { # environment, compiler flags...
    under="$1, $compiler"; environment=$1; shift
    under="$under $*"
    env $environment timeout 200 "$name.run" >"$name.actual" 2>"$name.messages"
    status=$?
    case $environment in # objects that were to be awaited later
    *CANCEL*) sed -i '/ was never awaited$/d' "$name.messages" ;;
    esac
    [ $status = 124 ] && complain "no end under $under"
    [ $status = 0 ] && [ ! -s "$name.messages" ] || excused "$compiler" "$@" ||
        complain "status $status, $(head -c 300 "$name.messages") under $under"
}

# What the sanitizer says of the plain program, too, is Csmith's.
excused() {
    compiler=$1; shift
    case $* in *sanitize*) ;; *) return 1 ;; esac
    "$compiler" -std=gnu11 -w -fwrapv "$@" "-I$include" "$name-plain.c" -lm -o "$name-plain" &&
        timeout 20 "$name-plain" 2>&1 | grep -q 'runtime error'
}

# The level of optimisation whose turn it is.
level() { # a number
    set -- $((1 + $1 % 12)) -O0 -O2 -O1 -O0 -O2 -O3 -O0 -O2 -Og -O0 -O2 -Os
    shift "$1"
    echo "$1"
}

# Each compiler comes with each level; every third build of clang and sixth of gcc has UndefinedBehaviorSanitizer.
by_turns() {
    build gcc $(level "$seed") $([ $((seed / 12 % 6)) = 0 ] && echo "$undefined" || echo $pattern)
    build clang $(level $((seed / 7))) $([ $((seed % 3)) = 0 ] && echo "$undefined" || echo $pattern)
}

one() {
    seed=$1 name=$work/csmith-$1
    generate
    run_plain
    case $extent in
    -*) build gcc $extent ;;
    turns) by_turns ;;
    *) build gcc -O0 $pattern; build gcc -O2 $pattern; build clang -O2 $pattern; build clang -O0 $undefined ;;
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
        xargs -P "${CSMITH_JOBS:-$(nproc)}" -n 1 sh "$0" "$acoc" "$library" "$work" "$count" "$first" "$extent" |
        awk '/: good$/ { good++; next } /: runs too long$/ { long++; next } /: order is open$/ { open++; next } { print; failed++ }
            END { printf "csmith: %d programs, %d failures; %d left out that run too long, %d that gcc and clang see differently\n",
                  good + failed, failed, long, open
                  exit failed > 0 }'
fi

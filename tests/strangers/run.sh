#!/bin/bash
# SPDX-License-Identifier: MIT
# Programs that know nothing of acoc are built from what acoc makes of their sources, and their own tests say whether
# they still work. Each is built twice, by the compiler alone and by the compiler behind tests/strangers/cc; a test that
# passes the first way has to pass the second way too. The first way is the reference, since on one machine or another
# some test always fails: it is kept until its folder is removed.
#
# usage: run.sh ACOC FOLDER [NAME...]      NAME.sh beside this file says, for its stranger,
#   package=      Debian's name of the source package
#   needs=        what building and testing needs, as tests/deps.sh takes it
#   includes=     -I and -D with which those of its files can be read that the build leaves out: examples, fuzzers
#   build         builds in the current folder with $CC
#   run_tests     prints "ok TEST" or "not ok TEST", a line each; with arguments those tests at least
# and may say    flags_of FILE, instead of includes; unpack, instead of all that the package holds
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2" && work=$(realpath "$2") && cp "$1" "$work/acoc" && ACOC=$work/acoc && shift 2 || exit 1
compiler=${STRANGER_CC:-gcc}
updated=
. "$here/fetch.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL CFLAGS CC
# acoc's own warnings, to tell them from the preprocessor's
STRANGER_WARNINGS=$(sed -n 's/^WARNING([^,]*, "\([^"]*\)".*/\\[-W\1[]=]/p' "$here/../../grammar/warnings.def" | paste -sd'|' | sed 's/|/\\|/g')
export here ACOC STRANGER_WARNINGS STRANGER_CC=$compiler LC_ALL=C

# say NAME COMMAND...: a test that is a command.
say() {
    local name=$1 && shift
    if "$@" >&2; then echo "ok $name"; else echo "not ok $name"; fi
}
export -f say

# The stranger's tests in the folder of one side. For root nothing is read-only and no port refused, which tests of
# refusals take amiss; without its capabilities root is a user like others.
unprivileged=
[ "$(id -u)" = 0 ] && setpriv --bounding-set=-all true 2>/dev/null && unprivileged="setpriv --bounding-set=-all"

test_side() {
    local name=$1 side=$2 && shift 2
    (cd "$work/$name/$side" && $unprivileged bash -c 'run_tests "$@"' run_tests "$@") 2>>"$work/$name/$side.tests" </dev/null
}

use_compiler_of() {
    CC=$compiler
    [ "$2" = acoc ] && CC=$here/cc
    export CC STRANGER_LOG=$work/$1/$2.files
}

# Leaves $work/NAME/SIDE with the built program, and SIDE.results: what was tested, sorted.
do_side() {
    local name=$1 side=$2
    use_compiler_of "$name" "$side"
    rm -rf "$work/$name/$side".*
    unpack "$name" "$work/$name/$side" || { echo "$name: cannot be unpacked"; return 1; }
    (cd "$work/$name/$side" && build) >"$work/$name/$side.build" 2>&1 </dev/null ||
        { echo "$name: does not build, see $work/$name/$side.build"; return 1; }
    test_side "$name" "$side" | sort -u >"$work/$name/$side.results"
    [ -s "$work/$name/$side.results" ] || { echo "$name: no test has a result, see $work/$name/$side.tests"; return 1; }
}

# What was found before, when it was found to the end and with the same compiler, holds.
do_reference() {
    [ "$(cat "$work/$1/plain.compiler" 2>/dev/null)" = "$compiler" ] && return
    do_side "$1" plain && echo "$compiler" >"$work/$1/plain.compiler"
}

# The flags with which one of the files can be read; a stranger may know better.
flags_of() {
    echo "$includes"
}
export -f flags_of

# Of the lines of its input those whose turn it is: STRANGER_PART=2/5 is the second of five parts.
part_of() {
    awk -v part="${STRANGER_PART:-1/1}" '{ split(part, of, "/"); if (NR % of[2] == of[1] % of[2]) print }'
}
export -f part_of

# The files that the build left out: what the compiler can read of them goes through acoc too, each in a minute at most.
sweep() {
    use_compiler_of "$1" acoc
    (cd "$work/$1/acoc" && comm -23 <(find "$PWD" -name '*.c' ! -name '.*' | sort) <(cut -f2 "$STRANGER_LOG" | sort -u) | part_of |
        xargs -d '\n' -n 1 -P 2 bash -c 'ulimit -t 60; "$CC" -w -fsyntax-only $(flags_of "$1") "$1"' sweep >/dev/null 2>&1)
}

passed_on() {
    sed -n 's/^ok //p' "$work/$1/$2.results" | sort -u
}

# Tests that pass with the compiler alone and not behind acoc. Where time or a network is in play a test may fail once
# in a while, so such a one has two more chances by itself; only who fails three times is told.
lost_tests() {
    local name=$1 lost
    for chance in 1 2; do
        lost=$(comm -23 <(passed_on "$name" plain) <(passed_on "$name" acoc))
        [ -z "$lost" ] && return
        [ "$(wc -l <<<"$lost")" -gt 40 ] && break
        use_compiler_of "$name" acoc
        test_side "$name" acoc $lost |
            grep '^ok' | sort -u - "$work/$name/acoc.results" >"$work/$name/acoc.new" && mv "$work/$name/acoc.new" "$work/$name/acoc.results"
    done
    comm -23 <(passed_on "$name" plain) <(passed_on "$name" acoc)
}

# What is known about the files of one stranger: files, lines, files that came out as they should, acoc's part of the
# time that acoc and the compiler took. A file may be compiled several times, with different flags.
count_files() {
    awk -F '\t' '{ if (!($2 in lines)) { files++; all += $3 } lines[$2] = $3
                   if ($1 != "same") bad[$2] = 1
                   acoc += $4; compiler += $6 }
        END { for (file in bad) wrong++
              printf "%d %d %d %.0f%%\n", files, all, files - wrong, acoc + compiler ? 100 * acoc / (acoc + compiler) : 0 }' "$1"
}

# One stranger: a line of the table, and what is wrong with it.
do_stranger() {
    local name=$1
    set -a      # the functions too, for the shell that test_side starts
    . "$here/$name.sh"
    set +a
    sh "$here/../deps.sh" tool:dpkg-source:dpkg-dev $needs || return 1
    fetch "$name" "$package" || { echo "$name: the source package '$package' cannot be fetched"; return 1; }
    do_reference "$name" && do_side "$name" acoc || return 1
    sweep "$name"
    local lost faults=$work/$name/acoc.files.faults
    lost=$(lost_tests "$name")
    read -r files lines good share <<<"$(count_files "$work/$name/acoc.files")"
    printf '%-10s %7d %9d %9d %14s %10s\n' "$name" "$files" "$lines" "$good" \
        "$(passed_on "$name" acoc | wc -l)/$(passed_on "$name" plain | wc -l)" "$share" >>"$work/table"
    [ -s "$work/$name/acoc.files.counts" ] && awk -f "$here/../typed.awk" "$work/$name/acoc.files.counts"
    [ -s "$faults" ] && cat "$faults" && echo "$name: $((files - good)) files"
    [ -n "$lost" ] && sed "s/^/$name: passes with $compiler alone, fails behind acoc: /" <<<"$lost"
    [ ! -s "$faults" ] && [ -z "$lost" ] && [ "$files" -gt 0 ]
}

[ $# -gt 0 ] || set -- zlib lua sqlite libuv curl glib openssl gcc
failed=
printf '%-10s %7s %9s %9s %14s %10s\n' stranger files lines unchanged 'tests passed' "acoc's time" >"$work/table"
for name; do
    [ -f "$here/$name.sh" ] || { echo "there is no stranger '$name'"; failed="$failed $name"; continue; }
    echo "$name"
    (do_stranger "$name") || failed="$failed $name"
done
cat "$work/table"
[ -z "$failed" ] || { echo "strangers: not as they should be:$failed"; exit 1; }
echo "strangers: all as they should be"

#!/bin/sh
# SPDX-License-Identifier: MIT
# Are acoc's types those of the C compiler? Each file is written with a static assertion for each of its expressions
# (acoc --emit=asserts) and compiled. One line a file and compiler that disagree, with what they disagree about; at the
# end how much was asserted and what was not.
# usage: typed.sh ACOC FOLDER "COMPILERS" [OPTION...] FILE...   options are handed to acoc and to the compiler
acoc=$1 folder=$2 compilers=$3
shift 3
mkdir -p "$folder" || exit 1
options= files=
for word; do
    case $word in
    -*) options="$options $word" ;;
    *) files="$files $word" ;;
    esac
done
: >"$folder/counts"
wrong=0
for compiler in $compilers; do
    for file in $files; do
        out=$folder/$(echo "$file" | tr '/' '_').$compiler.c
        # shellcheck disable=SC2086  # options are words
        if ! $acoc --cc="$compiler" $options --emit=asserts "$file" -o "$out" 2>"$out.log"; then
            echo "$compiler: $file: acoc refuses it"
            sed 5q "$out.log"
            wrong=1
        elif ! $compiler $options -w -fsyntax-only -x c "$out" 2>"$out.log"; then
            echo "$compiler: $file: $(grep -c 'error:' "$out.log") errors"
            grep 'error:' "$out.log" | sed 's/^/    /; 5q'
            sed -n 's/.*static[ _]assertion failed.*"\([^"]*\)"$/, "\1");/p' "$out.log" | sort -u >"$out.failed"
            [ -s "$out.failed" ] && grep -F -f "$out.failed" "$out" | cut -c 1-300 | sed 's/^/    /; 10q'
            wrong=1
        else
            rm -f "$out.log"
        fi
        [ -f "$out" ] && sed -n '/^\/\* \(not \)\{0,1\}asserted:/p' "$out" >>"$folder/counts"
        [ -f "$out.log" ] || rm -f "$out"
    done
done
awk -f "${0%/*}/typed.awk" "$folder/counts"
exit $wrong

#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the fuzzer's target with clang and lets it run on all cases, on one core, for a bounded time. Inputs that reach
# something new are kept in FOLDER/corpus for the next run, finds in FOLDER/finds; any find is a failure.
# usage: run.sh FOLDER SECONDS        FOLDER/translate FIND shows a find again
folder=$1 seconds=$2
command -v clang >/dev/null || { echo "fuzz: left out, libFuzzer needs clang"; exit 0; }
mkdir -p "$folder/objects" "$folder/corpus" "$folder/seeds" "$folder/finds"
make --no-print-directory build/gen/lexer.c
for source in acoc/options.c acoc/*/*.c build/gen/lexer.c tests/support/stages.c tests/support/damage.c tests/fuzz/translate.c; do
    object=$folder/objects/$(echo "$source" | tr / _).o
    clang -std=gnu11 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined \
        -Igrammar -Iacoc -c "$source" -o "$object" || exit 1
done
clang -fsanitize=fuzzer,address,undefined "$folder"/objects/*.o -o "$folder/translate" || exit 1
for case in tests/cases/*/*.aco; do
    cc -E -w -D__ACOC__=1 -Iruntime -x c "$case" 2>"$folder/messages" | awk -f tests/fuzz/own.awk \
        >"$folder/seeds/$(echo "$case" | tr / _)"
done
"$folder/translate" -close_fd_mask=3 -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 -max_len=6000 -timeout=10 \
    -rss_limit_mb=1500 -max_total_time="$seconds" -artifact_prefix="$folder/finds/" "$folder/corpus" "$folder/seeds" \
    >"$folder/log" 2>&1
finds=$(ls "$folder/finds" | wc -l)
echo "fuzz: $seconds seconds, $(ls "$folder/corpus" | wc -l) inputs that reach something, $finds finds in $folder/finds"
[ "$finds" = 0 ]

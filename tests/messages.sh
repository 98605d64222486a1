#!/bin/sh
# SPDX-License-Identifier: MIT
# Every message of the compiler is seen by a test. Takes the format strings out of acoc/**/*.c, from the calls of the
# functions that report (and of the helpers that build a message from parts), and looks for each in the golden files of
# tests/cases and in the texts that tests/compiler expects. Prints those that nothing shows, and exits 1.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What only a failing system call, a full memory or a fault of acoc itself brings about, and no test can.
cat >"$work/unseen" <<'END'
cannot keep %s of the preprocessor: %s
cannot read what the preprocessor wrote: %s
it was cut
cannot wait for '%s': %s
out of memory
unexpected end of file
not supported: a suspension in this place
END

# "file:line<TAB>format": the first string of a reporting call, its parts joined.
awk '
    function flush_call() {
        if (collecting && text != "") print place "\t" text
        collecting = 0; text = ""
    }
    FNR == 1 { flush_call() }
    /^\/\// || /^[a-z].*__attribute__/ { next }
    {
        line = $0
        if (!collecting && match(line, /(error_at|error_replace_at|warn_at|note_at|fix_at|error_plain|note_plain|check_error|check_warn|check_note|check_fix|note_symbol|refuse_incomplete|fail_at)\(/) && line !~ /^(static |void |bool |_Noreturn )/) {
            collecting = 1; text = ""; place = FILENAME ":" FNR
            line = substr(line, RSTART)
        }
        if (!collecting) next
        while (match(line, /"([^"\\]|\\.)*"/)) {
            piece = substr(line, RSTART + 1, RLENGTH - 2)
            before = substr(line, 1, RSTART - 1)
            line = substr(line, RSTART + RLENGTH)
            # alternatives (a ? "x" : "y") are messages of their own
            if (text != "" && before ~ /:[ ]*$/) print place "\t" piece
            else if (text != "" && before ~ /[^ \t]/) break
            else text = text piece
        }
        if ($0 ~ /;[ \t]*$/ || $0 ~ /;[ \t]*\/\//) flush_call()
    }
    END { flush_call() }
' $(find acoc -name '*.c' ! -path 'acoc/base/diag.c') >"$work/formats"

# Golden texts and what tests expect, each line once.
cat tests/cases/*/*.err tests/compiler/*.c tests/runtime/*.c 2>/dev/null | sort -u >"$work/seen"

status=0
while IFS="$(printf '\t')" read -r place format; do
    pattern=$(printf '%s' "$format" | sed -e 's/\\"/"/g' -e 's/%%/%/g' -e 's/[][\\.*^$+?(){}|]/\\&/g' \
        -e 's/%0*[0-9]*\(\\\.\\\*\)\{0,1\}\(ll\|l\|z\)\{0,1\}[sducX]/.*/g')
    case $pattern in '' | '.*' | *[!.*\ ]*) ;; *) continue ;; esac
    [ -n "$(printf '%s' "$pattern" | tr -d '.* ')" ] || continue
    grep -qE -e "$pattern" "$work/seen" || grep -qxF -e "$format" "$work/unseen" && continue
    printf 'messages: %s: no test shows "%s"\n' "$place" "$format"
    status=1
done <"$work/formats"
exit $status

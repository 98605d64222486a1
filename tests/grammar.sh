#!/bin/sh
# SPDX-License-Identifier: MIT
# Parser and grammar agree: every parse_ function of acoc/parse stands below a production of its name, the productions
# in those comments are the ones of grammar/*.ebnf word for word, and every name a production uses is defined.
# Prints what differs and exits 1; silent otherwise.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "name = right-hand side", one a line: from the comments above the functions …
awk '
    /^\/\/ [a-z0-9-]+ = / { if (text) print text; text = substr($0, 4); next }
    text && /^\/\/     / { sub(/^\/\/ +/, " "); text = text $0; next }
    text { print text; text = "" }
' acoc/parse/*.c | sort >"$work/comments"

# … and from the grammar, where each ends with a semicolon of its own and (* … *) is a comment.
awk '
    /^\(\*/ || /^$/ { next }
    { sub(/^ +/, ""); text = text (text ? " " : "") $0 }
    / ;$/ { sub(/ ;$/, "", text); print text; text = "" }
' grammar/c.ebnf grammar/gnu.ebnf grammar/acoc.ebnf | sort >"$work/grammar"

# Functions that are defined (their line ends a head, not a prototype) and their names as productions.
sed -n 's/^[A-Za-z].*[ *]parse_\([a-z_0-9]*\)(.*)$/\1/p' acoc/parse/*.c | tr _ - | sort -u >"$work/functions"
sed 's/ = .*//' "$work/comments" | sort >"$work/productions"

# Names on right-hand sides that nothing defines and the lexer does not give.
cut -d= -f2- "$work/grammar" | sed 's/"[^"]*"//g' | tr -cs 'a-z0-9-' '\n' | grep '[a-z]' | sort -u |
    grep -vxE 'identifier|typedef-name|keyword|number|character|string' >"$work/used"

status=0
report() { # what, file: complains when the file has lines
    if [ -s "$2" ]; then
        echo "grammar: $1:"
        sed 's/^/    /' "$2"
        status=1
    fi
}
comm -23 "$work/functions" "$work/productions" >"$work/1"
comm -13 "$work/functions" "$work/productions" >"$work/2"
comm -23 "$work/comments" "$work/grammar" >"$work/3"
comm -13 "$work/comments" "$work/grammar" >"$work/4"
comm -23 "$work/used" "$work/productions" >"$work/5"
uniq -d "$work/productions" >"$work/6"
report "parse_ functions without a production above them" "$work/1"
report "productions without a parse_ function" "$work/2"
report "above a function, but not so in grammar/*.ebnf" "$work/3"
report "in grammar/*.ebnf, but not so above a function" "$work/4"
report "used but not defined" "$work/5"
report "defined twice" "$work/6"
exit $status

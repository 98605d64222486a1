#!/bin/sh
# SPDX-License-Identifier: MIT
# The traps of coroutine compilers, 1 to 36: each has a test that is named after it (a file trapNN_… or a function
# trapNN_…), and the table in tests/README.md says where. Prints what is missing and exits 1; silent otherwise.
cd "$(dirname "$0")/.." || exit 1
awk '
    # Rows "| 1-3, 7 | `place`, … |": where[trap] is a list of places, with trapNN standing for its number.
    /^\| trap \| kept shut by/ { in_table = 1; next }
    in_table && !/^\|/ { in_table = 0 }
    in_table && !/---/ {
        split($0, column, "|"); n = split(column[2], part, ",")
        for (i = 1; i <= n; i++) {
            m = split(part[i], range, "-")
            for (trap = range[1] + 0; trap <= range[m] + 0; trap++) {
                m2 = split(column[3], place, "`")
                for (j = 2; j <= m2; j += 2) print trap, place[j]
            }
        }
    }' tests/README.md >/tmp/acoc-traps.$$
failed=0
complain() { echo "trap $1: $2"; failed=1; }
for trap in $(seq 1 36); do
    name=trap$(printf %02d "$trap")_
    places=$(awk -v trap="$trap" '$1 == trap { print $2 }' /tmp/acoc-traps.$$)
    [ "$places" ] || complain "$trap" "is not in the table of tests/README.md"
    for place in $places; do
        case $place in
        cases/*) ls tests/"${place%%trapNN*}$name"* >/dev/null 2>&1 || complain "$trap" "no test in tests/$place" ;;
        *) grep -q "$name" "tests/$place" 2>/dev/null || complain "$trap" "no test in tests/$place" ;;
        esac
    done
done
rm -f /tmp/acoc-traps.$$
exit $failed

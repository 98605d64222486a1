# SPDX-License-Identifier: MIT
# Adds up the last lines of what acoc --emit=asserts writes: how much was asserted, and what was not, by reason.

{ sub(/ [*][/]$/, "") }

/^.. asserted/ {
    total += $3
    layouts += $9
}

/^.. not asserted/ {
    count = $4
    sub(/^.. not asserted: [0-9]* /, "")
    sub(/ ..$/, "")
    skipped[$0] += count
    all += count
}

END {
    printf "asserted %d expressions, not %d (%.2f %%); %d layouts\n", total, all, total + all ? 100 * all / (total + all) : 0, layouts
    for (reason in skipped)
        printf "  not: %d %s\n", skipped[reason], reason
}

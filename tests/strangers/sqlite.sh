# SPDX-License-Identifier: MIT
# SQLite: the amalgamation with all its extensions, in the shell, in testfixture (a Tcl interpreter with SQLite's own
# test commands), fuzzcheck and sessionfuzz. Run are the scripts of `make quicktest` (they need Tcl) and the first
# database of fuzz cases. Of permutations and `make fulltest`, which take hours, nothing.
package=sqlite3
needs="tool:tclsh:tcl header:tcl8.6/tcl.h:tcl-dev header:zlib.h:zlib1g-dev"
includes="-I. -Isrc -Itsrc -Iext/fts3 -Iext/rtree -Iext/fts5 -Iext/session -Iext/recover -Iext/rbu -Iext/expert -I/usr/include/tcl8.6 -DSQLITE_TEST"

build() {
    ./configure --enable-all --disable-shared && make -j2 sqlite3 testfixture fuzzcheck sessionfuzz
}

# A script is one test: the names of its cases hold random numbers here and there.
run_tests() {
    for script; do
        path=$(find test ext -name "$script")
        [ -z "$path" ] || say "$script" ./testfixture "$path"
    done
    [ $# -gt 0 ] && return
    say fuzzcheck ./fuzzcheck test/fuzzdata1.db
    say sessionfuzz ./sessionfuzz run test/sessionfuzz-data1.db
    ./testfixture test/extraquick.test 2>&1 |
        awk '/^! .* expected/ { bad = 1 } /^Time: / { print (bad ? "not ok" : "ok"), $2; bad = 0 }'
}

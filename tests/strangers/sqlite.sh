# SPDX-License-Identifier: MIT
# SQLite: the amalgamation with all its extensions, in the shell, in testfixture (a Tcl interpreter with SQLite's own
# test commands), fuzzcheck and sessionfuzz. Run are the scripts of `make quicktest` (they need Tcl) and the first
# database of fuzz cases. Of permutations and `make fulltest`, which take hours, nothing.
package=sqlite3
needs="tool:tclsh:tcl header:tcl8.6/tcl.h:tcl-dev header:zlib.h:zlib1g-dev"

build() {
    ./configure --enable-all --disable-shared && make -j2 sqlite3 testfixture fuzzcheck sessionfuzz
}

run_tests() {
    say fuzzcheck ./fuzzcheck test/fuzzdata1.db
    say sessionfuzz ./sessionfuzz run test/sessionfuzz-data1.db
    # as root nothing is read-only, so a few scripts fail with any compiler
    ./testfixture test/extraquick.test 2>&1 | sed -n 's/^\(.*\)\.\.\. Ok$/ok \1/p; s/^! \([^ ]*\) expected.*/not ok \1/p'
}

# SPDX-License-Identifier: MIT
# zlib: the library static and shared; its example and minigzip in the three ways that `make test` has, and infcover.
package=zlib
needs=
includes="-I. -Icontrib/minizip"

build() {
    ./configure && make -j2 && $CC -I. -o infcover test/infcover.c libz.a
}

run_tests() {
    for target in teststatic testshared test64; do
        say "$target" make $target
    done
    say infcover ./infcover
}

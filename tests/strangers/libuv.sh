# SPDX-License-Identifier: MIT
# libuv: the library and its test runner, which starts every test in a process of its own.
package=libuv1
needs="tool:autoconf:autoconf tool:automake:automake tool:libtoolize:libtool"
includes="-Iinclude -Isrc -Itest -D_GNU_SOURCE"

build() {
    sh autogen.sh && ./configure --disable-shared && make -j2 check TESTS=
}

run_tests() {
    export UV_RUN_AS_ROOT=1
    if [ $# -gt 0 ]; then
        for name; do
            test/run-tests "$name"
        done
    else
        test/run-tests
    fi | sed -n '/# SKIP/d; s/^\(ok\|not ok\) [0-9]* - /\1 /p'
}

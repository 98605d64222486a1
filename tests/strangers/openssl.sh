# SPDX-License-Identifier: MIT
# OpenSSL: libcrypto, libssl, providers, engines, the program and all tests of `make test`; one recipe is one test.
# Assembler stays as it is, as in any build.
package=openssl
needs="tool:perl:perl"
includes="-I. -Iinclude -Iapps/include -Icrypto/include -Iproviders/common/include -Iproviders/implementations/include -Itest"

build() {
    ./Configure && make -j2
}

run_tests() {
    make test HARNESS_JOBS=2 TESTS="${*#??-}" 2>&1 |
        sed -n '/\.\. skipped/d; s/^\([0-9][^ ]*\)\.t \.* *ok$/ok \1/p; s/^\([0-9][^ ]*\)\.t \.* *$/not ok \1/p'
}

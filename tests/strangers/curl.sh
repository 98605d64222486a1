# SPDX-License-Identifier: MIT
# curl: library, program and test servers, with OpenSSL; the unit tests too, hence --enable-debug. runtests.pl starts
# its servers on the loopback; what this machine has no servers for (SSH, SMB, …) it leaves out.
package=curl
needs="tool:perl:perl header:openssl/ssl.h:libssl-dev header:zlib.h:zlib1g-dev"
includes="-DHAVE_CONFIG_H -DBUILDING_LIBCURL -Iinclude -Ilib -Isrc -Itests/server -Itests/libtest -Itests/unit"

build() {
    ./configure --with-openssl --disable-shared --enable-debug --disable-ldap && make -j2 && make -j2 -C tests all
}

# The servers may outlive the script and keep its output open, so that goes to a file.
run_tests() {
    LC_ALL=C.UTF-8 USER=$(id -un) make -C tests test TFLAGS="-a -am -n ${*:-!flaky}" >tests.out 2>&1 </dev/null
    sed -n 's/^PASS: \([0-9]*\) - .*/ok \1/p; s/^FAIL: \([0-9]*\) - .*/not ok \1/p' tests.out
}

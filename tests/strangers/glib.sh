# SPDX-License-Identifier: MIT
# GLib, GObject, GIO with all their tests: one path of a test program is one test.
package=glib2.0
needs="tool:meson:meson tool:ninja:ninja-build tool:dbus-daemon:dbus tool:update-desktop-database:desktop-file-utils header:pcre2.h:libpcre2-dev header:zlib.h:zlib1g-dev header:ffi.h:libffi-dev"
includes="-I. -Iglib -Igobject -Igio -Igmodule -I_build -I_build/glib -I_build/gio -I_build/gobject -DGLIB_COMPILATION -DGOBJECT_COMPILATION -DGIO_COMPILATION"

build() {
    meson setup _build -Dselinux=disabled -Dlibmount=disabled -Dnls=disabled && ninja -j2 -C _build
}

run_tests() {
    # a test is given as PROGRAM /path, and a program is what meson can run
    programs=$(printf '%s\n' "$@" | grep -v ^/ | sort -u)
    meson test -C _build --no-rebuild --num-processes 2 $programs >meson-test.log 2>&1
    python3 "$here/glib_results.py" _build/meson-logs/testlog.json
}

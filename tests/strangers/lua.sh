# SPDX-License-Identifier: MIT
# Lua: the package has no tests, so the interpreter and the compiler made of acoc's output run lua.lua, a program that
# asks every library; as source, as bytecode, and as stripped bytecode.
package=lua5.4
needs=
includes="-Isrc"

build() {
    make -j2 linux CC="$CC"
}

run_tests() {
    lua_tests source src/lua "$here/lua.lua"
    src/luac -o whole.luac "$here/lua.lua" && lua_tests bytecode src/lua whole.luac
    src/luac -s -o stripped.luac "$here/lua.lua" && lua_tests stripped src/lua stripped.luac
    src/luac -l -l "$here/lua.lua" | sed 's/0x[0-9a-f]*//g' >listing && say "listing $(cksum <listing)" true
}

lua_tests() {
    name=$1 && shift
    "$@" | sed -n "s/^\(ok\|not ok\) /\1 $name /p"
}

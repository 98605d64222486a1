# SPDX-License-Identifier: MIT
# gcc's own tests of C: each file of gcc.c-torture, gcc.dg and c-c++-common that the compiler takes, with the options
# that the file asks for, goes through acoc (run.sh sweeps them), and the programs of gcc.c-torture/execute run. Nothing
# is built. STRANGER_CC=clang takes clang's view of the same files. It all takes an hour; STRANGER_PART=1/6 takes a sixth
# of the files that are no programs.
package=gcc-12
needs=tool:xz:xz-utils
includes=

# The package's tarball holds gcc's, of which three folders are wanted; without what acoc refuses by name, or leaves to
# the compiler (docs/extensions.md, sections 3 and 5).
unpack() {
    rm -rf "$2" && mkdir -p "$2" || return
    tar -xOf "$work/$1"/source/gcc-*.orig.tar.* --wildcards '*/gcc-*-dfsg.tar.xz' |
        tar -xJ -C "$2" --no-same-owner --strip-components=3 --wildcards '*/gcc/testsuite/gcc.c-torture' \
            '*/gcc/testsuite/gcc.dg' '*/gcc/testsuite/c-c++-common' || return
    (cd "$2" && refused_files | xargs -d '\n' rm -f)
}

refused_files() {
    grep -rlE --include='*.c' '__GIMPLE|__RTL|__transaction_|-fgnu-tm' .
    # 10,000 levels of nesting; macros that a pragma changes; what gcc folds though it is no constant
    ls gcc.c-torture/compile/limits-{declparen,exprparen,structnest}.c
    ls gcc.dg/{rounding,associative,reciprocal,no-trapping}-math-[12].c gcc.dg/no-signed-zeros-[12].c gcc.dg/no-math-errno-4.c
    ls gcc.dg/c{90,99}-const-expr-6.c gcc.dg/bitfld-{19,20,21}.c c-c++-common/builtin_location.c
    # -fpreprocessed: the preprocessor tells no macros then, so no sizes
    ls c-c++-common/cpp/counter-3.c
    # -fexec-charset, -frounding-math
    ls gcc.dg/c2x-utf8char-2.c gcc.dg/c99-const-expr-13.c
} 2>/dev/null

build() {
    true
}

# The options that stand in the file for every target and change what it means.
flags_of() {
    sed -n 's/.*{ *dg-\(additional-\)\{0,1\}options  *["{]\([^"}]*\)["}] *}.*/\2/p' "$1" | tr ' ' '\n' |
        grep -E '^-(std=|ansi$|trigraphs$|[DUmOf])' | grep -vE '^-f(dump|profile|plugin|lto|save|compare|self)' | tr '\n' ' '
}

all_programs() {
    find gcc.c-torture/execute -name '*.c' ! -path '*/lib/*' ! -name '*-lib.c' ! -name '.*'
}

run_tests() {
    { [ $# -gt 0 ] && printf '%s\n' "$@" || all_programs; } | xargs -d '\n' -n 1 -P 2 bash -c 'run_program "$1"' run_tests
}

# Those of execute/builtins come with a library of their own.
run_program() {
    local folder=$(mktemp -d) sources=$1 verdict="not ok"
    case $1 in
    */builtins/*) sources="$1 ${1%.c}-lib.c ${1%/*}/lib/main.c" ;;
    esac
    ulimit -t 60
    $CC -w $(flags_of "$1") $sources -o "$folder/program" -lm >&2 && (cd "$folder" && timeout 20 ./program >&2) &&
        verdict=ok
    rm -rf "$folder"
    echo "$verdict $1"
}
